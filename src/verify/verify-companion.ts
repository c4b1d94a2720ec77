import { type Colour, type Plan, type Timeline, timelineMarkers } from "../model/timeline.js";
import { readers } from "../read/readers.js";
import type { ReadMarker, ReadTimeline } from "../read/reading.js";
import type { TimelineRate } from "../time/frame-rate.js";
import type { CompanionId } from "../write/companions.js";
import { compareProblems } from "./compare-timeline.js";
import { type Difference, Differences, fileCount } from "./difference.js";
import { type MarkerShown, markersShown } from "./expected.js";
import type { WrittenFile } from "./written-file.js";

/** Reads a companion back and compares it with the plan, where there is a reader for it: an empty list elsewhere. */
export function verifyCompanion(kind: CompanionId, plan: Plan, files: readonly WrittenFile[]): Difference[] {
  return kind === "timeline-markers" ? verifyMarkerLists(plan, files) : [];
}

const mostMarkers = 999;

/** Lists of one timeline follow one another; a timeline without markers has none. */
function verifyMarkerLists(plan: Plan, files: readonly WrittenFile[]): Difference[] {
  const lists = plan.timelines.flatMap(listsOf);
  if (files.length !== lists.length) return [fileCount("timeline-markers", lists.length, files.length)];
  return files.flatMap((file, i) => verifyMarkers(file, lists[i] as MarkerList));
}

interface MarkerList {
  readonly rate: TimelineRate;
  readonly markers: readonly MarkerShown[];
}

function listsOf(timeline: Timeline): MarkerList[] {
  const markers = [...markersShown(timelineMarkers(timeline), "joined")];
  return Array.from({ length: Math.ceil(markers.length / mostMarkers) }, (_, part) => ({
    rate: timeline.rate,
    markers: markers.slice(part * mostMarkers, (part + 1) * mostMarkers),
  }));
}

function verifyMarkers(file: WrittenFile, { rate, markers }: MarkerList): Difference[] {
  const differences = new Differences(file.name);
  const reading = readers.edl(file.chunks, { file: file.name, rate });
  compareProblems(reading, differences);
  const [list] = reading.timelines as [ReadTimeline];
  differences.compare(undefined, "kind of list", "markers", list.kind);
  differences.compare(undefined, "number of markers", markers.length, list.markers.length);
  for (const [i, marker] of markers.entries()) {
    const read = list.markers[i];
    if (read !== undefined) compareMarker(`marker ${i + 1}`, marker, read, differences);
  }
  return differences.list;
}

const colours: Readonly<Record<Colour, string>> = {
  GREEN: "ResolveColorGreen",
  CYAN: "ResolveColorCyan",
  MAGENTA: "ResolveColorFuchsia",
  YELLOW: "ResolveColorYellow",
  BLUE: "ResolveColorBlue",
  RED: "ResolveColorRed",
  WHITE: "ResolveColorCream",
};

function compareMarker(called: string, expected: MarkerShown, read: ReadMarker, to: Differences): void {
  const [{ person, recordFrame }] = expected.markers;
  const plain = (text: string) => text.replaceAll("|", "¦");
  const note = plain(expected.note).replace(/^(?=\d)/, "- ");
  to.compare(called, "frame", recordFrame, read.record);
  to.compare(called, "name", plain(expected.name).trim(), read.name);
  to.compare(called, "note", note, read.note);
  to.compare(called, "colour", colours[person.colour], read.colour);
  to.compare(called, "length", expected.duration ?? 1, read.duration);
}
