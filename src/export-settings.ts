import { basename, dirname, extname, resolve, sep } from "node:path";
import { FacecutError } from "./errors.js";
import type { MarkerChoice } from "./map/markers.js";
import { type SortKey, sortKeys } from "./map/order.js";
import { type VariableRateChoice, variableRateChoices } from "./media/media-facts.js";
import { given as known } from "./model/given.js";
import { type MediaUse, mediaUses, type Size } from "./model/media.js";
import { type ExportOptions, exportOptions, type OptionRow } from "./options.js";
import type { Template } from "./templates.js";
import { nearest } from "./text.js";
import { parseDuration } from "./time/duration.js";
import { type FrameRate, mediaRateForm, parseMediaRate, type RateWord, requireTimelineRate } from "./time/frame-rate.js";
import { parseTimecode } from "./time/timecode.js";
import { type Dialect, type FormatId, formatIds } from "./write/writer.js";
import { writers } from "./write/writers.js";

/** The options of an export, read: what was a text is now a value of its own kind. */
export interface ExportSettings {
  readonly outFolder: string;
  /** Timeline name, when asked for by `--name`, or by a file name after `-o` without one. */
  readonly name?: string;
  /** File name without extension, when asked for after `-o`. */
  readonly fileName?: string;
  readonly fallbackName: string;
  readonly formats: readonly FormatId[];
  readonly dialect: Dialect;
  readonly rate?: RateWord;
  readonly size?: Size;
  readonly startTimecode: string;
  readonly sort: SortKey;
  readonly markers: MarkerChoice;
  readonly mediaRate?: FrameRate;
  /** Folders to look for media in. */
  readonly mediaDirs: readonly string[];
  readonly use: MediaUse;
  readonly vfr: VariableRateChoice;
  /** Refuse what is missing or assumed. */
  readonly strictMedia: boolean;
  /** Where to write a media map, and how. */
  readonly mapTarget?: MapTarget;
  /** Remember what ffprobe says, and take its word of earlier runs. */
  readonly useCache: boolean;
  /** Report of an earlier export to compare with. */
  readonly since?: string;
  /** Write only what that export has not. */
  readonly onlyNew: boolean;
  /** Read every file back before it gets its name. */
  readonly verify: boolean;
  /** Make every file, write none. */
  readonly dryRun: boolean;
  /** Replace files that exist already. */
  readonly force: boolean;
}

/** Reads the options, strongest first: flag, template, default. Throws `bad-option` naming the option. */
export function exportSettings(given: ExportOptions, template: Template, recordFolder: string): ExportSettings {
  const text = (key: keyof ExportOptions) => textOf(given, template, key);
  const read = <T>(key: keyof ExportOptions, reader: (value: string) => T) => {
    const value = text(key);
    return value === undefined ? undefined : reader(value);
  };
  const target = outputTarget(text("out") as string);
  return {
    outFolder: target.folder,
    fallbackName: basename(resolve(recordFolder)),
    formats: chooseFormats(given.format, target.format, text("format") as string),
    dialect: template.dialect,
    startTimecode: requireTimecodeForm(text("startTimecode") as string),
    sort: requireWord(text("sort") as string, sortKeys, "sort"),
    markers: requireMarkers(text("markers") as string),
    mediaDirs: given.mediaDir ?? [],
    use: requireWord(text("use") as string, mediaUses, "use"),
    vfr: requireWord(text("vfr") as string, variableRateChoices, "vfr"),
    strictMedia: given.strictMedia ?? false,
    useCache: !given.noCache,
    onlyNew: requireSince(given),
    verify: !given.noVerify,
    dryRun: given.dryRun ?? false,
    force: given.force ?? false,
    ...known({
      name: read("name", requireName) ?? target.name,
      fileName: target.name,
      rate: read("rate", (value) => requireTimelineRate(value, "rate")),
      size: read("size", requireSize),
      mediaRate: read("mediaRate", requireMediaRate),
      mapTarget: read("writeMediaMap", requireMapTarget),
      since: given.since,
    }),
  };
}

function textOf(given: ExportOptions, template: Template, key: keyof ExportOptions): string | undefined {
  const row: OptionRow = exportOptions[key];
  return (given[key] as string | undefined) ?? template.options[key] ?? row.default;
}

function requireSince({ since, onlyNew = false }: ExportOptions): boolean {
  if (!onlyNew || since !== undefined) return onlyNew;
  throw badOption("onlyNew", "New against what?", "Give the report of the earlier export with --since");
}

/** A media map to write. */
export interface MapTarget {
  readonly path: string;
  readonly format: "csv" | "json";
}

function requireMapTarget(path: string): MapTarget {
  const format = (["csv", "json"] as const).find((each) => path.toLowerCase().endsWith(`.${each}`));
  if (format !== undefined) return { path, format };
  throw badOption("writeMediaMap", `"${path}" is neither a .csv nor a .json file`, "Write a name such as media.csv");
}

/** Where `-o` points: a folder, and a name and format when it names a file. */
export interface OutputTarget {
  readonly folder: string;
  readonly name?: string;
  readonly format?: FormatId;
}

// A folder may have any name, but these show that a file was meant.
const foreignExtensions = new Set([
  ".aaf",
  ".ale",
  ".csv",
  ".json",
  ".txt",
  ".drp",
  ".prproj",
  ".fcpxmld",
  ".otioz",
  ".otiod",
  ".mov",
  ".mp4",
  ".mxf",
]);

/** `cut` and `cut.otio/` are folders; `cut/ada.otio` is one format, its folder and its name. */
export function outputTarget(out: string): OutputTarget {
  if (out === "") throw badOption("out", "The output folder has no name", "Write the folder after -o");
  if (out.endsWith("/") || out.endsWith(sep)) return { folder: out };
  const extension = extname(out).toLowerCase();
  const format = formatIds.find((id) => writers[id].extension === extension);
  if (foreignExtensions.has(extension)) {
    throw badOption(
      "out",
      `facecut writes no ${extension} file`,
      `Take one of ${formatIds.map((id) => writers[id].extension).join(", ")}, or a folder`,
    );
  }
  if (format === undefined) return { folder: out };
  return { folder: dirname(out), name: basename(out).slice(0, -extension.length), format };
}

function chooseFormats(asked: string | undefined, byExtension: FormatId | undefined, otherwise: string): readonly FormatId[] {
  const formats = readFormats(asked ?? otherwise);
  if (byExtension === undefined) return formats;
  if (asked === undefined || (formats.length === 1 && formats[0] === byExtension)) return [byExtension];
  throw badOption(
    "format",
    `--format ${asked} contradicts the output file, which is ${writers[byExtension].label}`,
    "Give a folder after -o, or leave --format out",
  );
}

const formatAliases: ReadonlyMap<string, FormatId> = new Map([
  ["xml", "fcp7xml"],
  ["xmeml", "fcp7xml"],
]);

function readFormats(list: string): readonly FormatId[] {
  const words = list
    .split(",")
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== "");
  if (words.length === 0) throw badOption("format", "No format is given", `Take one or more of ${formatIds.join(", ")}`);
  const asked = new Set(words.map((word) => formatAliases.get(word) ?? requireWord(word, formatIds, "format")));
  return formatIds.filter((id) => asked.has(id));
}

function requireWord<T extends string>(word: string, words: readonly T[], option: string): T {
  const found = words.find((candidate) => candidate === word.trim().toLowerCase());
  if (found !== undefined) return found;
  const near = nearest(word, words);
  throw badOption(
    option,
    `"${word}" is not one of ${words.join(", ")}`,
    near === undefined ? "Take one of them" : `Did you mean ${near}?`,
  );
}

function requireName(name: string): string {
  if (name.trim() !== "") return name;
  throw badOption("name", "The name is empty", "Leave --name out to take the person's or the folder's");
}

function requireSize(text: string): Size {
  const match = /^(\d{1,5})\s*[x×*]\s*(\d{1,5})$/i.exec(text.trim());
  const [width, height] = [Number(match?.[1]), Number(match?.[2])];
  if (width >= 16 && height >= 16 && width <= 16384 && height <= 16384) return { width, height };
  throw badOption("size", `"${text}" is not a frame size`, "Write width x height in pixels, from 16 to 16384: 1920x1080");
}

function requireTimecodeForm(text: string): string {
  if (parseTimecode(text) !== undefined) return text.trim();
  throw badOption("startTimecode", `"${text}" is not a timecode`, "Write HH:MM:SS:FF, or HH:MM:SS;FF for drop-frame");
}

function requireMarkers(text: string): MarkerChoice {
  const word = text.trim().toLowerCase();
  const kind = (["none", "appearance", "all"] as const).find((choice) => choice === word);
  if (kind !== undefined) return kind;
  const spacing = parseDuration(word);
  if (spacing !== undefined && !isZero(spacing)) return { spacing };
  throw badOption(
    "markers",
    `"${text}" is no kind of markers`,
    "Take none, appearance, all, or a spacing such as 1s or 12 (frames)",
  );
}

function isZero(duration: NonNullable<ReturnType<typeof parseDuration>>): boolean {
  if (duration.unit === "frames") return duration.frames === 0;
  if (duration.unit === "seconds") return duration.seconds.num === 0n;
  const { hours, minutes, seconds, frames } = duration.label;
  return hours + minutes + seconds + frames === 0;
}

function requireMediaRate(text: string): FrameRate {
  const rate = parseMediaRate(text);
  if (rate !== undefined) return rate;
  throw badOption("mediaRate", `"${text}" is not a frame rate`, `Write ${mediaRateForm}`);
}

function badOption(option: string, what: string, cure: string): FacecutError {
  return new FacecutError("bad-option", { what, cure, option });
}
