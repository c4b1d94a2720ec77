import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readFileBytes } from "./read-file.js";
import { decodeUtf8 } from "./text.js";
import { type CompanionId, companions } from "./write/companions.js";
import { formats as allFormats } from "./write/formats.js";
import type { FormatId } from "./write/writer.js";

/** What an earlier export left in a folder under the same name. */
export interface PreviousExport {
  /** Name of its conform report; absent when there is none, or a file of that name that facecut did not write. */
  readonly report?: string;
  /** Its timelines, in the formats asked about. */
  readonly files: readonly string[];
}

/** Name of the conform report of an export. */
export function reportName(baseName: string): string {
  return `${baseName}.report.json`;
}

/**
 * Looks for an earlier export in the given formats under the given base names. Parts of EDLs are known by their names;
 * further timelines (`-2`, `-3` …) and companions only when the report lists them: somebody's second version may be
 * called the same.
 */
export async function previousExport(
  folder: string,
  baseNames: readonly string[],
  kinds: { readonly formats: readonly FormatId[]; readonly companions: readonly CompanionId[] },
): Promise<PreviousExport> {
  const base = baseNames[0] as string;
  const present = await fileNames(folder);
  const listed = await listedFiles(join(folder, reportName(base)));
  const isLeft = (name: string, format: FormatId): boolean => {
    const stem = stemOf(name, format);
    if (stem === undefined || isAnExportOfItsOwn(stem, baseNames, present)) return false;
    const isPart = format === "edl" && baseNames.some((known) => isEdlPart(stem, known));
    return isPart || (listed?.includes(name) === true && isFurtherTimeline(stem, base));
  };
  const isCompanion = (name: string) =>
    listed?.includes(name) === true && kinds.companions.some((id) => baseNames.some((known) => isOfExport(name, known, id)));
  const files = present.filter((name) => kinds.formats.some((format) => isLeft(name, format)) || isCompanion(name));
  return { files, ...(listed === undefined ? {} : { report: reportName(base) }) };
}

/** Names of what is in a folder, folders that are no bundles apart; none when it cannot be read. */
async function fileNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory() || entry.name.endsWith(allFormats.otiod.extension))
    .map((entry) => entry.name);
}

/** The files a conform report lists; undefined when it is missing or no conform report. */
async function listedFiles(path: string): Promise<readonly unknown[] | undefined> {
  try {
    const report = JSON.parse(decodeUtf8(await readFileBytes(path)) ?? "") as { version?: unknown; files?: unknown } | null;
    return report?.version === 1 && Array.isArray(report.files) ? report.files : undefined;
  } catch {
    return undefined;
  }
}

function stemOf(name: string, format: FormatId): string | undefined {
  const { extension } = allFormats[format];
  return name.endsWith(extension) ? name.slice(0, -extension.length) : undefined;
}

/** An export named `Ada.001` or `Ada-2` has a report to itself; it is no part of an export named `Ada`. */
function isAnExportOfItsOwn(stem: string, baseNames: readonly string[], present: readonly string[]): boolean {
  return !baseNames.includes(stem) && present.includes(reportName(stem));
}

/** `Ada.ale`, `Ada-2.avid-markers.txt`, `Ada.resolve-markers.002.edl`. */
function isOfExport(name: string, base: string, id: CompanionId): boolean {
  const rest = name.startsWith(base) ? name.slice(base.length) : "";
  const { names } = companions[id];
  // A timeline's own name may hold full stops too.
  const ends = rest.startsWith(" - ")
    ? [...rest.matchAll(/\./g)].map(({ index }) => rest.slice(index))
    : [rest.replace(/^-\d+/, "")];
  return ends.some((end) => names.test(end));
}

/** `Ada` and `Ada.001`, `Ada.002` …: one list, or the parts of a long one. */
function isEdlPart(stem: string, base: string): boolean {
  return stem.startsWith(base) && /^(\.\d{3,})?$/.test(stem.slice(base.length));
}

/** `Ada-2` or `Ada - take 3.mov`, and its own parts. A report may have been edited: it cannot name just any file. */
function isFurtherTimeline(stem: string, base: string): boolean {
  return stem.startsWith(base) && /^(-\d+| - .+?)(\.\d{3,})?$/s.test(stem.slice(base.length));
}
