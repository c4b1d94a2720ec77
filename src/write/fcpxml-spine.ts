import { type Clip, type Timeline, type Track, timelineEnd, trackItems } from "../model/timeline.js";
import { lengthOf } from "../time/frame-range.js";
import type { Dialect } from "./dialect.js";
import { assetClip, type ClipPlacement } from "./fcpxml-clip.js";
import type { Resources } from "./fcpxml-resources.js";
import { type FrameLength, timeOf } from "./fcpxml-time.js";
import { element, type Shell, type Slot, shell } from "./xml.js";

/** A timeline on its way into a document. */
interface Sequence {
  readonly timeline: Timeline;
  /** Length of one of its frames. */
  readonly frame: FrameLength;
  readonly resources: Resources;
  readonly dialect: Dialect;
}

/** One track is the primary storyline itself; several are lanes over a gap as long as the timeline. */
export function spine(sequence: Sequence): Shell {
  const [only, ...others] = sequence.timeline.tracks;
  const isSingle = only !== undefined && others.length === 0;
  return shell("spine", {}, [isSingle ? (depth) => storyline(depth, only, sequence) : lanes(sequence)]);
}

/** Clips and gaps, each beginning where the one before ends; offsets count from the sequence's start timecode. */
function* storyline(depth: number, track: Track, sequence: Sequence): Generator<string> {
  const { timeline } = sequence;
  let cursor = timeline.start;
  for (const item of trackItems(track.clips, timeline.start)) {
    const length = "gap" in item ? item.gap : lengthOf(item.clip.recordRange);
    const place = placement(cursor, length, sequence);
    yield "gap" in item ? element(depth, "gap", gapAttributes(place, sequence)) : clipElement(depth, item.clip, place, sequence);
    cursor += length;
  }
}

function lanes(sequence: Sequence): Shell {
  const { timeline } = sequence;
  const whole = placement(timeline.start, timelineEnd(timeline) - timeline.start, sequence);
  const tracks = timeline.tracks.map(
    ({ clips }, index): Slot =>
      (depth) =>
        lane(depth, clips, index + 1, sequence),
  );
  return shell("gap", gapAttributes(whole, sequence), tracks);
}

/** Connected clips: their offsets count on the clock of the gap they hang on. */
function* lane(depth: number, clips: readonly Clip[], lane: number, sequence: Sequence): Generator<string> {
  const { timeline } = sequence;
  for (const clip of clips) {
    const offset = gapStart(sequence) + clip.recordRange.start - timeline.start;
    const place = { lane, ...placement(offset, lengthOf(clip.recordRange), sequence) };
    yield clipElement(depth, clip, place, sequence);
  }
}

function placement(offset: number, length: number, { frame }: Sequence): ClipPlacement {
  return { offset: timeOf(offset, frame), duration: timeOf(length, frame) };
}

function clipElement(depth: number, clip: Clip, place: ClipPlacement, { timeline, resources, dialect }: Sequence): string {
  return assetClip(depth, clip, resources.assetOf(clip.media), place, { rate: timeline.rate, dialect });
}

function gapAttributes({ offset, duration }: ClipPlacement, sequence: Sequence) {
  return { name: "Gap", offset, start: timeOf(gapStart(sequence), sequence.frame), duration };
}

// Final Cut Pro's gaps start at one hour. An hour of timecode, because 3600 s is no whole frame at 23.976.
function gapStart({ timeline }: Sequence): number {
  return 3600 * timeline.rate.nominal;
}
