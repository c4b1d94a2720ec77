import { FacecutError } from "../errors.js";
import type { Counting } from "./frame-rate.js";

/**
 * SMPTE timecode (ST 12-1): a label `HH:MM:SS:FF` for a frame number counted from midnight. Drop-frame
 * counting leaves out the first labels of every minute except each tenth one; no frame is ever dropped.
 */

/** Frames from midnight to midnight. */
export function framesPerDay(counting: Counting): number {
  return 24 * 6 * framesPerTenMinutes(counting);
}

function framesPerTenMinutes({ nominal, dropped }: Counting): number {
  return 600 * nominal - 9 * dropped;
}

/**
 * The label of frame number `frame` (0 is 00:00:00:00), with `;` before the frames in drop-frame counting.
 * Hours go on past 23: wrapping at midnight is the caller's choice. Throws RangeError on a negative or broken number.
 */
export function timecodeOf(frame: number, counting: Counting): string {
  const { hours, minutes, seconds, frames, dropFrame } = labelOf(frame, counting);
  const toSeconds = `${twoDigits(hours)}:${twoDigits(minutes)}:${twoDigits(seconds)}`;
  return `${toSeconds}${dropFrame ? ";" : ":"}${twoDigits(frames)}`;
}

/** The same in numbers. */
export function labelOf(frame: number, counting: Counting): TimecodeLabel {
  if (!Number.isSafeInteger(frame) || frame < 0) throw new RangeError(`no timecode for frame ${frame}`);
  const { nominal, dropped } = counting;
  const label = frame + droppedBefore(frame, counting);
  const seconds = Math.floor(label / nominal);
  return {
    hours: Math.floor(seconds / 3600),
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
    frames: label % nominal,
    dropFrame: dropped > 0,
  };
}

/** How many labels were left out before frame number `frame`. */
function droppedBefore(frame: number, counting: Counting): number {
  const { nominal, dropped } = counting;
  if (dropped === 0) return 0;
  const tenMinutes = framesPerTenMinutes(counting);
  const rest = frame % tenMinutes;
  // The first minute of ten is full; each of the other nine is `dropped` frames short.
  const minutes = rest < dropped ? 0 : Math.floor((rest - dropped) / (60 * nominal - dropped));
  return 9 * dropped * Math.floor(frame / tenMinutes) + dropped * minutes;
}

function twoDigits(n: number): string {
  return n < 10 ? `0${n}` : String(n);
}

/** The four numbers of a label, and whether it was written as drop-frame (a `;` anywhere in it). */
export interface TimecodeLabel {
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly frames: number;
  readonly dropFrame: boolean;
}

const labelPattern = /^(\d{2})([:;])(\d{2})([:;])(\d{2})([:;])(\d{2,3})$/;

/** Reads `HH:MM:SS:FF` or `HH:MM:SS;FF`; undefined when the text has another form. Says nothing of existence. */
export function parseTimecode(text: string): TimecodeLabel | undefined {
  const match = labelPattern.exec(text.trim());
  if (match === null) return undefined;
  const [hours, minutes, seconds, frames] = [1, 3, 5, 7].map((group) => Number(match[group])) as [number, number, number, number];
  return { hours, minutes, seconds, frames, dropFrame: match[6] === ";" || match[4] === ";" };
}

/** The frame number of a label; undefined when the counting has no such label (00:01:00;00, 61 seconds, 25 frames at 25). */
export function frameOfLabel(label: TimecodeLabel, counting: Counting): number | undefined {
  const { hours, minutes, seconds, frames } = label;
  if (hours > 23 || minutes > 59 || seconds > 59 || frames >= counting.nominal) return undefined;
  const minute = 60 * hours + minutes;
  if (seconds === 0 && frames < counting.dropped && minutes % 10 !== 0) return undefined;
  return (minute * 60 + seconds) * counting.nominal + frames - counting.dropped * (minute - Math.floor(minute / 10));
}

/** Where a timecode text came from, for the message when it is wrong. */
export interface TimecodePlace {
  readonly code: "bad-option" | "bad-media-map";
  readonly where?: string;
  readonly option?: string;
}

/** Reads a timecode that must exist in `counting`, or throws the error `place` describes. */
export function requireFrame(text: string, counting: Counting, place: TimecodePlace): number {
  const label = parseTimecode(text);
  const frame = label && frameOfLabel(label, counting);
  if (frame !== undefined) return frame;
  const { code, ...rest } = place;
  throw new FacecutError(code, {
    what: label === undefined ? `"${text}" is not a timecode` : `The timecode ${text} does not exist ${countingName(counting)}`,
    cure: cureFor(label, counting),
    ...rest,
  });
}

function countingName({ nominal, dropped }: Counting): string {
  return dropped > 0 ? `in drop-frame counting (${nominal} frames a second)` : `at ${nominal} frames a second`;
}

function cureFor(label: TimecodeLabel | undefined, counting: Counting): string {
  if (label === undefined) return "Write HH:MM:SS:FF, or HH:MM:SS;FF for drop-frame";
  if (counting.dropped > 0 && label.seconds === 0 && label.frames < counting.dropped) {
    return `Drop-frame counting has no frames ${timecodeRange(counting.dropped)} at the start of a minute, except every tenth; write ;${twoDigits(counting.dropped)}`;
  }
  return `Hours go to 23, minutes and seconds to 59, frames to ${counting.nominal - 1}`;
}

function timecodeRange(dropped: number): string {
  return `00 to ${twoDigits(dropped - 1)}`;
}
