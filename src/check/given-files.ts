import { readdirSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { FacecutError, osReason } from "../errors.js";
import { compareNames, count } from "../text.js";
import type { CheckedFolder, SkippedFile } from "./finding.js";
import { isTimelineFile, otherKindInFolder, otherKindOf } from "./other-files.js";

/** What was given, sorted out. */
export interface GivenFiles {
  /** Files to check, each once: those given, and those in the folders given. */
  readonly timelines: readonly string[];
  readonly folders: readonly CheckedFolder[];
  /** Files that are known to be something else, each once: likewise. */
  readonly skipped: readonly SkippedFile[];
}

/**
 * Looks at what was given before anything is checked. Throws `no-input` for what is not there, `no-timeline` for a folder
 * without timelines, and when nothing is left to check.
 */
export function sortOut(paths: readonly string[]): GivenFiles {
  const timelines: string[] = [];
  const folders: CheckedFolder[] = [];
  const others: SkippedFile[] = [];
  for (const path of new Set(paths)) {
    const stats = statsOf(path);
    const what = stats.isFile() ? otherKindOf(path) : undefined;
    if (what !== undefined) others.push({ file: path, what });
    else if (!stats.isDirectory() || isBundle(path)) timelines.push(path);
    else {
      const inside = filesIn(path);
      folders.push({ folder: path, timelines: inside.timelines.length });
      timelines.push(...inside.timelines);
      others.push(...inside.skipped);
    }
  }
  const skipped = [...new Map(others.map((other) => [other.file, other])).values()];
  if (timelines.length === 0 && skipped.length > 0) throw noTimeline(skipped);
  return { timelines: [...new Set(timelines)], folders, skipped };
}

function statsOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw noInput(path, error);
  }
}

function isBundle(path: string): boolean {
  return /\.(fcpxmld|otiod)[\\/]*$/i.test(path);
}

/** Those in the folder itself, not in folders below it. */
function filesIn(folder: string): Pick<GivenFiles, "timelines" | "skipped"> {
  const named = namesIn(folder)
    .sort(compareNames)
    .map((name) => ({ name, file: join(folder, name) }));
  const timelines = named.filter(({ name, file }) => isTimelineFile(file, name)).map(({ file }) => file);
  const skipped = named.flatMap(({ name, file }) => {
    const what = otherKindInFolder(file, name);
    return what === undefined ? [] : [{ file, what }];
  });
  if (timelines.length > 0) return { timelines, skipped };
  throw new FacecutError("no-timeline", { what: "There is no timeline file in the folder", where: folder, cure });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw noInput(folder, error);
  }
}

const cure = "Give .otio, .otioz, .otiod, .fcpxml, .fcpxmld, .edl or .xml files, or a folder that holds some";

function noInput(where: string, error: unknown): FacecutError {
  return new FacecutError("no-input", { what: `The file cannot be read: ${osReason(error)}`, where, cure });
}

function noTimeline(skipped: readonly SkippedFile[]): FacecutError {
  const [first] = skipped as readonly [SkippedFile];
  const more = skipped.length === 1 ? "" : `, and ${count(skipped.length - 1, "other file")} like it`;
  return new FacecutError("no-timeline", { what: `This is ${first.what}, no timeline${more}`, where: first.file, cure });
}
