import { readFileSync } from "node:fs";
import { compareFrames, frameAt, minus, plus } from "../../src/read/frames.js";
import { readTimelines } from "../../src/read/readers.js";
import type { ReadTimeline as OwnTimeline } from "../../src/read/reading.js";
import { countingOf, parseMediaRate } from "../../src/time/frame-rate.js";
import type { Reading, ReadMarker, ReadTimeline } from "../support/oracles.js";

/**
 * In what facecut's own reader and other people's differ on one file, a line each. Where OpenTimelineIO's adapters are
 * known to be wrong (locators without a length, labels of drop-frame lists), test/oracles/read_timelines.py reads the
 * text itself, and says so.
 */
export function readerDifferences(path: string, theirs: Reading, rate: string): string[] {
  const text = readFileSync(path, "utf8");
  const edlRate = parseMediaRate(rate);
  const counted = edlRate && { ...edlRate, ...countingOf(edlRate, /^FCM: DROP/m.test(text)) };
  const own = readTimelines(text, { file: path, rate: counted });
  const lines = own.problems.map(({ place, what }) => `${place}: ${what}`);
  if (own.timelines.length !== theirs.timelines?.length) return [...lines, `${own.timelines.length} timelines`];
  return own.timelines.flatMap((timeline, i) => timelineDifferences(timeline, theirs.timelines?.[i] as ReadTimeline));
}

function timelineDifferences(own: OwnTimeline, theirs: ReadTimeline): string[] {
  const pictures = theirs.clips.filter(({ kind }) => kind === "Video");
  if (own.clips.length !== pictures.length) return [`${own.clips.length} clips, theirs ${pictures.length}`];
  // A list does not say where it begins: they count from its first event, our reader from midnight.
  const first = own.start === 0 && theirs.start !== null ? theirs.start : 0;
  const clips = own.clips.flatMap((clip, i) => {
    const other = pictures[i] as (typeof pictures)[number];
    const source = clip.source?.start ?? Number.NaN;
    const [from, to] = [minus(clip.record.start, first), minus(clip.record.end, first)];
    const same =
      clip.name === other.name &&
      compareFrames(from, other.recordStart) === 0 &&
      compareFrames(to, other.recordEnd) === 0 &&
      compareFrames(source, other.sourceStart) === 0;
    return same ? [] : [`clip ${i + 1}: ${JSON.stringify([clip.name, from, to, source])}, theirs ${JSON.stringify(other)}`];
  });
  return [...clips, ...markerDifferences(own, theirs.markers, first)];
}

function markerDifferences(own: OwnTimeline, theirs: readonly ReadMarker[], first: number): string[] {
  const all = [...own.markers, ...own.clips.flatMap(({ markers }) => markers)];
  const text = (frame: number, name: string) => `${String(frame).padStart(9)} ${name}`;
  const ours = all.map(({ record, name }) => text(frameAt(plus(record, -first)), name)).sort();
  const others = theirs.map(({ frame, name }) => text(frame, name)).sort();
  return ours.join("\n") === others.join("\n") ? [] : [`markers: ${ours.slice(0, 3)}, theirs ${others.slice(0, 3)}`];
}
