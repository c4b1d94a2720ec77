import { basename, dirname, extname, sep } from "node:path";
import { formats as allFormats } from "../write/formats.js";
import { type FormatId, formatIds } from "../write/writer.js";
import { badOption, requireWord } from "./values.js";

/** A media map to write. */
export interface MapTarget {
  readonly path: string;
  readonly format: "csv" | "json";
}

/** Reads the name of a media map to write. Throws `bad-option`. */
export function requireMapTarget(path: string): MapTarget {
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
const foreignExtensions = new Set([".aaf", ".ale", ".json", ".txt", ".drp", ".prproj", ".fcpxmld", ".mov", ".mp4", ".mxf"]);

/** `cut` and `cut.otio/` are folders; `cut/ada.otio` is one format, its folder and its name. */
export function outputTarget(out: string): OutputTarget {
  if (out === "") throw badOption("out", "The output folder has no name", "Write the folder after -o");
  if (out.endsWith("/") || out.endsWith(sep)) return { folder: out };
  const extension = extname(out).toLowerCase();
  const format = formatIds.find((id) => allFormats[id].extension === extension);
  if (foreignExtensions.has(extension)) {
    throw badOption(
      "out",
      `facecut writes no ${extension} file`,
      `Take one of ${formatIds.map((id) => allFormats[id].extension).join(", ")}, or a folder`,
    );
  }
  if (format === undefined) return { folder: out };
  return { folder: dirname(out), name: basename(out).slice(0, -extension.length), format };
}

/** The formats asked for: by the file after `-o`, by `--format`, else by the template. Throws `bad-option`. */
export function chooseFormats(
  asked: string | undefined,
  byExtension: FormatId | undefined,
  otherwise: string,
): readonly FormatId[] {
  const formats = readFormats(asked ?? otherwise);
  if (byExtension === undefined) return formats;
  if (asked === undefined || (formats.length === 1 && formats[0] === byExtension)) return [byExtension];
  throw badOption(
    "format",
    `--format ${asked} contradicts the output file, which is ${allFormats[byExtension].label}`,
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
