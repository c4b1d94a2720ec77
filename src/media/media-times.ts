import { shown } from "../text.js";
import { add, compare, type Fraction, floor, fraction, multiply, parseDecimal } from "../time/fraction.js";
import { type Counting, canDrop, countingOf, type FrameRate, rateName } from "../time/frame-rate.js";
import { parseTimecode, requireFrame } from "../time/timecode.js";
import type { MediaClock, MediaMapRow } from "./media-map-row.js";
import { badMediaMap } from "./media-map-table.js";

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
  const seconds = parseDecimal(text);
  const frames = seconds === undefined ? labelFrames(text, clock, where) : wholeFrames(seconds, clock.rate);
  if (frames !== undefined && frames > 0) return frames;
  throw badMediaMap(`${shown(text)} is no length a file can have`, where, "Correct the cell, or leave it empty");
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

const millisecond = fraction(1, 1000);
const quarterFrame = fraction(1, 4);

/**
 * A file's length in whole frames: down, since a frame that is cut off shows nothing, but a value within 1 ms
 * (at most a quarter frame) of the next frame edge counts as on it, because services print rounded decimals.
 * One frame at least; undefined beyond the safe integers.
 */
export function wholeFrames(seconds: Fraction, rate: FrameRate): number | undefined {
  const framesPerSecond = fraction(rate.num, rate.den);
  const position = multiply(seconds, framesPerSecond);
  const whole = floor(position);
  const toNext = add(fraction(whole + 1n), { num: -position.num, den: position.den });
  const isOnNext = compare(toNext, quarterFrame) <= 0 && compare(toNext, multiply(millisecond, framesPerSecond)) <= 0;
  const frames = Number(isOnNext ? whole + 1n : whole);
  return Number.isSafeInteger(frames) ? Math.max(1, frames) : undefined;
}
