import { FacecutError } from "../errors.js";
import type { ReadOptions } from "../read/read-options.js";
import { readTimelines } from "../read/readers.js";
import type { Reading } from "../read/reading.js";
import { compareCodePoints, compareNames } from "../text.js";
import type { TimelineRate } from "../time/frame-rate.js";
import type { CheckedFile, CheckedFolder, Finding, SkippedFile } from "./finding.js";
import { sortOut } from "./given-files.js";
import { Group, groupFiles, groupKey } from "./group-files.js";
import { lacksVersionFile, openTimeline, readingFailed } from "./open-timeline.js";
import { isEmptyFile, whyNoTimeline } from "./other-files.js";
import { reportedRate } from "./reported-rate.js";
import { Inspection } from "./rules.js";

export interface CheckSettings {
  /** Of edit lists; without it that of another file of the same name, else what the report beside it says. */
  readonly rate?: TimelineRate;
}

export interface Checked {
  /** In the order given; those of a folder by name. */
  readonly files: readonly CheckedFile[];
  readonly folders: readonly CheckedFolder[];
  /** What was given, or lies in a folder that was, and is known to be no timeline. */
  readonly skipped: readonly SkippedFile[];
  /** In the order of the files, then by place and rule; what differs between two files stands with the second. */
  readonly findings: readonly Finding[];
}

/**
 * Reads timeline files, and those in folders, checks each against the rules of its format, and compares those of one name
 * with each other. A file that cannot be read is a finding, `unreadable`; the others are checked all the same. Throws
 * `no-input` for a file or folder that is not there, `no-timeline` when there is none to check.
 */
export async function checkFiles(paths: readonly string[], settings: CheckSettings = {}): Promise<Checked> {
  const { timelines: given, folders, skipped } = sortOut(paths);
  const results = new Map<string, CheckedFile>();
  const findings: Finding[] = [];
  for (const group of groupFiles(given)) {
    const checked = await checkGroup(group, settings);
    for (const file of checked.files) results.set(file.file, file);
    findings.push(...checked.findings);
  }
  const order = new Map(given.map((path, index) => [path, index]));
  findings.sort(
    (a, b) =>
      (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0) || compareNames(a.place, b.place) || compareCodePoints(a.rule, b.rule),
  );
  return { files: given.flatMap((path) => results.get(path) ?? []), folders, skipped, findings };
}

/** Files of one name: each is compared with the first as soon as it is read, so that no more than two are in memory. */
async function checkGroup(paths: readonly string[], settings: CheckSettings): Promise<Pick<Checked, "files" | "findings">> {
  const group = new Group();
  const files: CheckedFile[] = [];
  const findings: Finding[] = [];
  for (const path of editListsLast(paths)) {
    const { reading, findings: found } = await checkFile(path, settings.rate ?? group.rate ?? rateBeside(path));
    files.push(reading ? summary(reading) : { file: path, ...nothingRead });
    findings.push(...found, ...(reading ? group.add(reading) : []));
  }
  return { files, findings: [...findings, ...group.compareEditLists()] };
}

const nothingRead = { format: undefined, kind: undefined, timelines: 0, clips: 0, markers: 0 };

/** The other files tell the rate of an edit list. */
function editListsLast(paths: readonly string[]): string[] {
  return [...paths.filter((path) => !isEdl(path)), ...paths.filter(isEdl)];
}

/** Of edit lists alone: an export may have written no other file that tells it. */
function rateBeside(path: string): ReadOptions["rate"] {
  return isEdl(path) ? reportedRate(path, groupKey(path)) : undefined;
}

function isEdl(path: string): boolean {
  return /\.edl$/i.test(path);
}

interface FileResult {
  readonly reading?: Reading;
  readonly findings: readonly Finding[];
}

async function checkFile(file: string, rate: ReadOptions["rate"]): Promise<FileResult> {
  if (isEmptyFile(file)) return { findings: [unreadableFile(file, "line 1", "The file is empty")] };
  const inspection = new Inspection();
  try {
    const reading = readTimelines(await openTimeline(file), { file, rate, ...inspection.watching });
    return { reading, findings: [...inspection.findings(reading), ...(lacksVersionFile(file) ? [noVersionFile(file)] : [])] };
  } catch (thrown) {
    const error = readingFailed(file, thrown);
    if (!(error instanceof FacecutError) || error.code !== "bad-timeline") throw error;
    const why = whyNoTimeline(file);
    return { findings: [why === undefined ? broken(file, error) : unreadableFile(file, "line 1", why)] };
  }
}

function broken(file: string, { message, where = "" }: FacecutError): Finding {
  return unreadableFile(file, where.startsWith(`${file}, `) ? where.slice(file.length + 2) : "line 1", message);
}

function unreadableFile(file: string, place: string, what: string): Finding {
  return { severity: "error", rule: "unreadable", file, place, what, consequence: "No program can import it" };
}

function noVersionFile(file: string): Finding {
  const what = "The bundle has no version.txt";
  const consequence = "OpenTimelineIO after 0.18 refuses the bundle";
  return { severity: "warning", rule: "bundle-version", file, place: "version.txt", what, consequence };
}

function summary({ file, format, timelines }: Reading): CheckedFile {
  const clips = timelines.flatMap((timeline) => timeline.clips);
  const markers = [...timelines, ...clips].reduce((sum, one) => sum + one.markers.length, 0);
  const kind = timelines.some((timeline) => timeline.kind === "cuts") ? "cuts" : "markers";
  return { file, format, kind, timelines: timelines.length, clips: clips.length, markers };
}
