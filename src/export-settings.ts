import { basename, resolve } from "node:path";
import { chooseFormats, type MapTarget, outputTarget, requireMapTarget } from "./export-settings/output.js";
import { requireMarkers, type ShapeSettings, shapeSettings } from "./export-settings/shape.js";
import {
  badOption,
  requireMediaRate,
  requireName,
  requireSize,
  requireTimecodeForm,
  requireWord,
} from "./export-settings/values.js";
import type { MarkerChoice } from "./map/markers.js";
import { type SortKey, sortKeys } from "./map/order.js";
import { type VariableRateChoice, variableRateChoices } from "./media/media-facts.js";
import { given as known } from "./model/given.js";
import { type MediaUse, mediaUses, type Size } from "./model/media.js";
import { type ExportOptions, exportOptions, type OptionRow } from "./options.js";
import type { Template } from "./templates.js";
import { type FrameRate, type RateWord, requireTimelineRate } from "./time/frame-rate.js";
import type { Dialect, FormatId } from "./write/writer.js";

export { outputTarget } from "./export-settings/output.js";

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
  /** What is to be shown, and in which shape. */
  readonly shape: ShapeSettings;
  /** File with names to write instead of those found. */
  readonly aliases?: string;
  /** Where to write how long everybody is on screen. */
  readonly summary?: string;
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
    shape: shapeSettings(given, text),
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
      aliases: given.aliases,
      summary: given.summary,
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
