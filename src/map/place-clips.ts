import { FacecutError } from "../errors.js";
import type { MediaFacts } from "../model/media.js";
import type { SourceIn } from "../model/timeline.js";
import { type FrameRange, frameRange, lengthOf } from "../time/frame-range.js";
import type { FrameRate, TimelineRate } from "../time/frame-rate.js";
import { rescaleCeil, rescaleFloor } from "../time/rescale.js";
import { frameOfLabel, framesPerDay, labelOf, type TimecodeLabel, timecodeOf } from "../time/timecode.js";

/** Where a source range lies on the timeline's grid: its in-point on every clock, and its length there. */
export interface GridPlace {
  readonly sourceIn: SourceIn;
  /** Timeline frames, at least 1. */
  readonly length: number;
}

/**
 * Puts a source range (media frames from the file's first) on the grid of a timeline. In-points go up to the
 * next timeline frame, so that a reader that goes back to the media shows exactly the planned frame when the
 * timeline is at least as fast. Undefined when no whole timeline frame is left before the media's end.
 */
export function placeOnGrid(range: FrameRange, media: MediaFacts, rate: TimelineRate): GridPlace | undefined {
  const sourceIn = sourceInOf(range.start, media, rate);
  const wanted = rescaleCeil(lengthOf(range), media.rate, rate);
  const length = Math.min(wanted, longestInMedia(range.start, sourceIn, media, rate));
  return length < 1 ? undefined : { sourceIn, length };
}

function sourceInOf(start: number, media: MediaFacts, rate: TimelineRate): SourceIn {
  const fromMidnight = rescaleCeil(media.start + start, media.rate, rate);
  const edl = sameNominal(media.rate, rate) ? translatedLabel(media.start + start, media, rate) : fromMidnight;
  return { media: start, fromFile: rescaleCeil(start, media.rate, rate), fromMidnight, edl };
}

/** A list conforms by label: the media's own label, read in the list's counting. */
function translatedLabel(frame: number, media: MediaFacts, rate: TimelineRate): number {
  // A label that drop-frame counting leaves out cannot be written; then the frame count has to do.
  return frameOfLabel(mediaLabel(frame, media), rate) ?? frame;
}

/** True when the list's counting has no label like the media's own at this in-point (`sourceIn.media`). */
export function hasNoLabel(start: number, media: MediaFacts, rate: TimelineRate): boolean {
  return sameNominal(media.rate, rate) && frameOfLabel(mediaLabel(media.start + start, media), rate) === undefined;
}

function mediaLabel(frame: number, { counting }: MediaFacts): TimecodeLabel {
  return labelOf(frame % framesPerDay(counting), counting);
}

/** How many timeline frames every format's grid still holds from an in-point to the media's end. */
function longestInMedia(start: number, sourceIn: SourceIn, media: MediaFacts, rate: TimelineRate): number {
  if (media.duration === undefined) return Infinity;
  const left = media.duration - start;
  const fromFile = rescaleFloor(media.duration, media.rate, rate) - sourceIn.fromFile;
  const fromMidnight = rescaleFloor(media.start + media.duration, media.rate, rate) - sourceIn.fromMidnight;
  // FCPXML starts on the media's own grid; an EDL of one nominal rate counts a media frame as a list frame.
  const sourceGrid = rescaleFloor(left, media.rate, rate);
  return Math.min(fromFile, fromMidnight, sourceGrid, sameNominal(media.rate, rate) ? left : Infinity);
}

/** True when timecode of both rates counts the same number of frames a second: 23.976 with 24, 29.97 with 30. */
export function sameNominal(a: FrameRate, b: FrameRate): boolean {
  return a.nominal === b.nominal;
}

/** The media frames a placed clip can show at the most, on any format's grid: its end, from the file's first frame. */
export function furthestFrame({ sourceIn, length }: GridPlace, media: MediaFacts, rate: TimelineRate): number {
  const ends = [
    sourceIn.media + rescaleCeil(length, rate, media.rate),
    rescaleCeil(sourceIn.fromFile + length, rate, media.rate),
    rescaleCeil(sourceIn.fromMidnight + length, rate, media.rate) - media.start,
  ];
  return Math.max(...ends);
}

/** A clip in a row: how long it is, and how much is left empty before it where it does not begin a timeline. */
export interface InRow {
  readonly length: number;
  readonly gap: number;
}

/** Cuts a row of clips into timelines that begin at `start` and end before midnight. */
export function recordRanges(row: readonly InRow[], start: number, rate: TimelineRate): FrameRange[][] {
  const midnight = framesPerDay(rate);
  const timelines: FrameRange[][] = [[]];
  let cursor = start;
  for (const { length, gap } of row) {
    if (start + length >= midnight) throw overMidnight(start, length, rate);
    const isFirst = cursor === start;
    if (!isFirst && cursor + gap + length >= midnight) {
      timelines.push([]);
      cursor = start;
    } else if (!isFirst) cursor += gap;
    (timelines.at(-1) as FrameRange[]).push(frameRange(cursor, cursor + length));
    cursor += length;
  }
  return timelines;
}

function overMidnight(start: number, length: number, rate: TimelineRate): FacecutError {
  return new FacecutError("bad-option", {
    what: `From ${timecodeOf(start, rate)} there is no room before midnight for a clip of ${length} frames`,
    cure: "Choose an earlier start timecode",
    option: "startTimecode",
  });
}
