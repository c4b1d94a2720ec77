import type { Plan, PlannedMedia } from "../model/timeline.js";
import { readers } from "../read/readers.js";
import type { Reading, ReadTimeline } from "../read/reading.js";
import type { TimelineRate } from "../time/frame-rate.js";
import type { Dialect, FormatId } from "../write/writer.js";
import { compareBrowserClips } from "./compare-browser-clips.js";
import { compareLinks } from "./compare-links.js";
import { compareAllMedia } from "./compare-media.js";
import { compareProblems, compareTimeline, type MediaIds } from "./compare-timeline.js";
import { type Difference, Differences } from "./difference.js";
import { expectEdl } from "./expect-edl.js";
import { expectFcp7Media, expectFcp7Xml } from "./expect-fcp7-xml.js";
import { expectFcpxml, expectFcpxmlMedia } from "./expect-fcpxml.js";
import { expectOtio, expectOtioMedia } from "./expect-otio.js";
import type { ExpectedMedia, ExpectedTimeline } from "./expected.js";

/** A file that was written: its name, and its text read back piece by piece. */
export interface WrittenFile {
  readonly name: string;
  readonly chunks: Iterable<string>;
}

/**
 * Reads the files of one format back and compares them with the plan: an empty list when they hold it. The files are
 * given in the order the writer made them. Throws `bad-timeline` for one that cannot be read at all.
 */
export function verifyFormat(format: FormatId, plan: Plan, dialect: Dialect, files: readonly WrittenFile[]): Difference[] {
  return { otio: verifyOtio, fcpxml: verifyFcpxml, edl: verifyEdl, fcp7xml: verifyFcp7Xml }[format](plan, dialect, files);
}

function verifyOtio(plan: Plan, dialect: Dialect, files: readonly WrittenFile[]): Difference[] {
  const expected = expectOtio(plan, dialect);
  if (files.length !== expected.length) return [fileCount("otio", expected.length, files.length)];
  return files.flatMap((file, i) => verifyFile("otio", file, [expected[i] as ExpectedTimeline], plan, expectOtioMedia));
}

function verifyFcpxml(plan: Plan, _: Dialect, [file]: readonly WrittenFile[]): Difference[] {
  if (file === undefined) return [fileCount("fcpxml", 1, 0)];
  return verifyFile("fcpxml", file, expectFcpxml(plan), plan, expectFcpxmlMedia);
}

function verifyFcp7Xml(plan: Plan, dialect: Dialect, [file]: readonly WrittenFile[]): Difference[] {
  if (file === undefined) return [fileCount("fcp7xml", 1, 0)];
  return verifyFile("fcp7xml", file, expectFcp7Xml(plan, dialect), plan, expectFcp7Media);
}

function fileCount(file: string, expected: number, found: number): Difference {
  return { file, what: "number of files", expected: String(expected), found: String(found) };
}

/** A file that holds these timelines, and describes their media. */
function verifyFile(
  format: FormatId,
  file: WrittenFile,
  expected: readonly ExpectedTimeline[],
  plan: Plan,
  expectMedia: (media: PlannedMedia) => ExpectedMedia,
): Difference[] {
  const differences = new Differences(file.name);
  const reading = readers[format](file.chunks, { file: file.name });
  compareProblems(reading, differences);
  differences.compare(undefined, "number of timelines", expected.length, reading.timelines.length);
  const ids: MediaIds = new Map();
  for (const [i, timeline] of expected.entries()) {
    const read = reading.timelines[i];
    if (read !== undefined) compareTimeline(timeline, read, ids, differences);
  }
  compareAllMedia(plan.media, expectMedia, reading, ids, differences);
  if (format === "fcpxml") compareBrowserClips(plan, reading, ids, differences);
  if (format === "fcp7xml") for (const timeline of reading.timelines) compareLinks(timeline, differences);
  return differences.list;
}

/** Lists of one timeline follow one another, the record clock running on. */
function verifyEdl(plan: Plan, _: Dialect, files: readonly WrittenFile[]): Difference[] {
  const rest = [...files];
  const found = expectEdl(plan).flatMap((expected) => {
    const parts = rest.splice(0, Math.max(1, Math.ceil(expected.clips.length / mostEvents)));
    return verifyLists(expected, plan, parts);
  });
  return rest.length === 0 ? found : [...found, fileCount("edl", files.length - rest.length, files.length)];
}

const mostEvents = 999;

function verifyLists(expected: ExpectedTimeline, plan: Plan, files: readonly WrittenFile[]): Difference[] {
  const ids: MediaIds = new Map();
  return files.flatMap((file, part) => {
    const differences = new Differences(file.name);
    const reading = readers.edl(file.chunks, { file: file.name, rate: expected.rate as TimelineRate });
    compareProblems(reading, differences);
    const clips = expected.clips.slice(part * mostEvents, (part + 1) * mostEvents);
    const name = files.length === 1 ? expected.name : `${expected.name} ${String(part + 1).padStart(3, "0")}`;
    compareTimeline({ ...expected, name, clips }, reading.timelines[0] as ReadTimeline, ids, differences);
    compareReels(plan, reading, ids, differences);
    return differences.list;
  });
}

function compareReels(plan: Plan, { media }: Reading, ids: MediaIds, differences: Differences): void {
  const reels = new Map(media.map(({ id, reel }) => [id, reel]));
  for (const { media: each, reel } of plan.media) {
    const id = ids.get(each);
    if (id !== undefined && reels.has(id)) differences.compare(each.fileName, "reel", reel, reels.get(id));
  }
}
