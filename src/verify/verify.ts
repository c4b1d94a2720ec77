import { Inspection, structureRules } from "../check/rules.js";
import type { Plan, PlannedMedia } from "../model/timeline.js";
import type { ReadingSink } from "../read/read-options.js";
import { readers } from "../read/readers.js";
import type { Reading, ReadTimeline } from "../read/reading.js";
import type { TimelineRate } from "../time/frame-rate.js";
import { bundleDialect, bundled } from "../write/otio-bundle.js";
import type { Dialect, FormatId } from "../write/writer.js";
import { compareBrowserClips } from "./compare-browser-clips.js";
import { compareLinks } from "./compare-links.js";
import { compareAllMedia } from "./compare-media.js";
import { compareProblems, type MediaIds, TimelineComparison } from "./compare-timeline.js";
import { type Difference, Differences, fileCount } from "./difference.js";
import { expectEdl } from "./expect-edl.js";
import { expectFcp7Media, expectFcp7Xml } from "./expect-fcp7-xml.js";
import { expectFcpxml, expectFcpxmlMedia } from "./expect-fcpxml.js";
import { expectOtio, expectOtioMedia } from "./expect-otio.js";
import type { ExpectedMedia, ExpectedTimeline } from "./expected.js";
import { verifyCsv } from "./verify-csv.js";
import type { WrittenFile } from "./written-file.js";

/**
 * Reads the files of one format back and compares them with the plan: an empty list when they hold it. The files are
 * given in the order the writer made them. Throws `bad-timeline` for one that cannot be read at all.
 */
export function verifyFormat(format: FormatId, plan: Plan, dialect: Dialect, files: readonly WrittenFile[]): Difference[] {
  if (format === "csv") return verifyCsv(plan, files);
  if (format === "edl") return verifyEdl(plan, dialect, files);
  if (format === "otioz" || format === "otiod")
    return verifyDescribing("otio", bundled(plan).plan, bundleDialect(dialect), files);
  return verifyDescribing(format, plan, dialect, files);
}

type MediaFormat = "otio" | "fcpxml" | "fcp7xml";

/** The timelines of each file. */
const expectFiles: Readonly<Record<MediaFormat, (plan: Plan, dialect: Dialect) => ExpectedTimeline[][]>> = {
  otio: (plan, dialect) => expectOtio(plan, dialect).map((timeline) => [timeline]),
  fcpxml: (plan, dialect) => [expectFcpxml(plan, dialect)],
  fcp7xml: (plan, dialect) => [expectFcp7Xml(plan, dialect)],
};

const expectMedia: Readonly<Record<MediaFormat, (media: PlannedMedia, dialect: Dialect) => ExpectedMedia>> = {
  otio: expectOtioMedia,
  fcpxml: expectFcpxmlMedia,
  fcp7xml: expectFcp7Media,
};

/** Files that describe the media of their timelines. */
function verifyDescribing(format: MediaFormat, plan: Plan, dialect: Dialect, files: readonly WrittenFile[]): Difference[] {
  const expected = expectFiles[format](plan, dialect);
  if (files.length !== expected.length) return [fileCount(format, expected.length, files.length)];
  return files.flatMap((file, i) => verifyFile(format, file, expected[i] as ExpectedTimeline[], plan, dialect));
}

/** A file that holds these timelines, and describes their media. */
function verifyFile(
  format: MediaFormat,
  file: WrittenFile,
  expected: readonly ExpectedTimeline[],
  plan: Plan,
  dialect: Dialect,
): Difference[] {
  const differences = new Differences(file.name);
  const ids: MediaIds = new Map();
  const comparisons = expected.map((timeline) => new TimelineComparison(timeline, ids, differences));
  const structure = new Inspection(structureRules(format));
  const sink = sinkOf(comparisons, format === "fcp7xml" ? (timeline) => compareLinks(timeline, differences) : () => {});
  const reading = readers[format](file.chunks, { file: file.name, sink, ...structure.watching });
  compareProblems(reading, differences);
  for (const { place, rule, what } of structure.broken(reading)) differences.add(place, rule, "nothing wrong", what);
  differences.compare(undefined, "number of timelines", expected.length, reading.timelines.length);
  compareAllMedia(plan.media, (media) => expectMedia[format](media, dialect), reading, ids, differences);
  if (format === "fcpxml") compareEvent(plan, dialect, reading, ids, differences);
  return differences.list;
}

/** What there is of timelines that nobody expects is nowhere compared: their number tells. */
function sinkOf(comparisons: readonly TimelineComparison[], compareMore: (timeline: ReadTimeline) => void): ReadingSink {
  return {
    clip: (clip, timeline) => comparisons[timeline]?.clip(clip),
    marker: (marker, timeline) => comparisons[timeline]?.marker(marker),
    timeline: (timeline, number) => {
      comparisons[number]?.end(timeline);
      compareMore(timeline);
    },
  };
}

/** What FCPXML has besides timelines. */
function compareEvent(plan: Plan, { fcpxml }: Dialect, reading: Reading, ids: MediaIds, differences: Differences): void {
  differences.compare(undefined, "version", fcpxml.version, reading.version);
  if (fcpxml.browserClips) compareBrowserClips(plan, reading, ids, differences);
  else differences.compare(undefined, "number of browser clips", 0, reading.browserClips.length);
}

/** A file for each list. A media file has one reel in all of them. */
function verifyEdl(plan: Plan, dialect: Dialect, files: readonly WrittenFile[]): Difference[] {
  const expected = expectEdl(plan, dialect);
  const ids: MediaIds = new Map();
  const found = files
    .slice(0, expected.length)
    .flatMap((file, i) => verifyList(expected[i] as ExpectedTimeline, plan, dialect, file, ids));
  return files.length === expected.length ? found : [...found, fileCount("edl", expected.length, files.length)];
}

function verifyList(expected: ExpectedTimeline, plan: Plan, { edl }: Dialect, file: WrittenFile, ids: MediaIds): Difference[] {
  const differences = new Differences(file.name);
  const comparison = new TimelineComparison(expected, ids, differences);
  const rate = expected.rate as TimelineRate;
  const reading = readers.edl(file.chunks, { file: file.name, rate, sink: sinkOf([comparison], () => {}) });
  compareProblems(reading, differences);
  compareReels(plan, reading, edl, ids, differences);
  return differences.list;
}

function compareReels(plan: Plan, { media }: Reading, edl: Dialect["edl"], ids: MediaIds, differences: Differences): void {
  const reels = new Map(media.map(({ id, reel }) => [id, reel]));
  for (const planned of plan.media) {
    const id = ids.get(planned.media);
    const found = id && reels.get(id);
    // Not every list holds all media.
    if (found === undefined) continue;
    if (edl.reel === "short") differences.compare(planned.media.fileName, "reel", planned.reel, found);
    else if (!isLongReel(found, planned, edl)) differences.add(planned.media.fileName, "reel", "one of its name", found);
  }
}

/** A long reel begins as the file's name does; the short one comes after it where two would be the same. */
function isLongReel(found: string, { media: { fileName }, reel }: PlannedMedia, edl: Dialect["edl"]): boolean {
  const plain = (text: string) =>
    text
      .normalize("NFKD")
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, "");
  const own = found.endsWith(reel) ? found.slice(0, -reel.length) : found;
  const isShort = edl.reel === "file" || found.length <= 32;
  return isShort && !/\s/.test(found) && plain(fileName).startsWith(plain(own));
}
