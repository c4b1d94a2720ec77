import { shown } from "../text.js";
import { parseDecimal } from "../time/fraction.js";
import { type Counting, canDrop, countingOf, type FrameRate, rateName } from "../time/frame-rate.js";
import { wholeFramesIn } from "../time/snap-to-frames.js";
import { parseTimecode, requireFrame } from "../time/timecode.js";
import { badMediaMap } from "./bad-media-map.js";
import type { MediaClock, MediaMapRow } from "./media-map-row.js";

/** The embedded start timecode of a media file: a frame number from midnight, and how its timecode counts. */
export interface MediaStart {
  readonly start: number;
  readonly counting: Counting;
}

/** Start of a file nobody gave one for: 00:00:00:00, counted drop-frame only where its rate says so. */
export function assumedStart({ rate, dropFrame = false }: MediaClock): MediaStart {
  return { start: 0, counting: countingOf(rate, dropFrame) };
}

/**
 * The start timecode a row gives, counted at the media's own rate: drop-frame when written with `;` or when the
 * rate says so. Throws `bad-media-map` when there is no such label at that rate.
 */
export function mapStart({ place }: MediaMapRow, text: string, clock: MediaClock): MediaStart {
  const where = `${place}, column start_timecode`;
  const counting = countingFor(text, clock, where);
  return { start: requireFrame(text, counting, { code: "bad-media-map", where }), counting };
}

/** The length a row gives, in frames. Throws `bad-media-map` when it is no length at that rate. */
export function mapDuration({ place }: MediaMapRow, text: string, clock: MediaClock): number {
  const where = `${place}, column duration`;
  const isSeconds = parseDecimal(text) !== undefined;
  const frames = isSeconds ? wholeFrames(Number(text), clock.rate) : labelFrames(text, clock, where);
  if (frames !== undefined && frames > 0) return frames;
  throw badMediaMap(`${shown(text)} is not a length a file can have`, where, "Correct the cell, or leave it empty");
}

function labelFrames(text: string, clock: MediaClock, where: string): number {
  return requireFrame(text, countingFor(text, clock, where), { code: "bad-media-map", where });
}

function countingFor(text: string, { rate, dropFrame }: MediaClock, where: string): Counting {
  const hasSemicolon = parseTimecode(text)?.dropFrame === true;
  if (hasSemicolon && (dropFrame === false || !canDrop(rate))) {
    throw badMediaMap(
      `The timecode ${text} is written as drop-frame, which the rate ${rateName(rate)}${dropFrame === false ? "ndf" : ""} is not`,
      where,
      `Write ${text.replaceAll(";", ":")}, or correct the rate: drop-frame exists at 29.97 and 59.94 alone`,
    );
  }
  return countingOf(rate, hasSemicolon || dropFrame === true);
}

/** Checks what can be checked before the media is known: the times of a row that gives a rate. */
export function checkMapTimes(row: MediaMapRow): void {
  const { clock, startTimecode, duration } = row;
  if (clock === undefined) return;
  if (startTimecode !== undefined) mapStart(row, startTimecode, clock);
  if (duration !== undefined) mapDuration(row, duration, clock);
}

/**
 * A file's length in whole frames, by the one rule for rounding time. One frame at least; undefined beyond what can
 * be counted.
 */
export function wholeFrames(seconds: number, rate: FrameRate): number | undefined {
  const frames = wholeFramesIn(seconds, rate);
  return frames === undefined || !Number.isSafeInteger(frames) ? undefined : Math.max(1, frames);
}
