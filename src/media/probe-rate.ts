import { compare, type Fraction, fraction } from "../time/fraction.js";
import { type FrameRate, frameRate, isWholeOrNtsc, parseMediaRate, sameRate } from "../time/frame-rate.js";
import type { Packets } from "./probe-packets.js";
import type { Section } from "./probe-reply.js";

export interface PictureRate {
  readonly rate?: FrameRate;
  readonly variable: boolean;
}

// Faster grids come from time stamps in milliseconds or ticks and are no camera's.
const fastestNominal = 240;

/**
 * The rate of a picture stream. `r_frame_rate` is the slowest grid that holds all its frames, `avg_frame_rate` their
 * number over its length. Where both are one the frames are even. Otherwise the packets decide: rounded time stamps
 * and a last frame of another length spoil the average of even frames, and interlaced pictures may give their fields
 * as the grid.
 */
export function pictureRate(picture: Section, packets?: Packets): PictureRate {
  const declared = rateIn(picture, "r_frame_rate");
  const average = rateIn(picture, "avg_frame_rate");
  if (isEven(picture)) return known(declared, false);
  const candidates = [declared, declared && average && isCameraRate(average, declared) ? average : undefined];
  // GXF counts fields: its average is twice its rate, and its packets may have no time to show a hole.
  if (declared && average && isOfFields(average, declared) && (packets?.times.length ?? 0) < 2) return known(declared, false);
  const even = candidates.find((rate) => rate && packets && fits(packets, rate, average, picture.whole("nb_frames")));
  return even === undefined
    ? known(nominal(declared, average), declared !== undefined && average !== undefined)
    : known(even, false);
}

/**
 * Whether the average may be the true rate: the grid is that of its fields, or of mere ticks. An average such as 29.87
 * is no rate anybody set, and on a camera's grid a hole is a hole.
 */
function isCameraRate(average: FrameRate, declared: FrameRate): boolean {
  return isWholeOrNtsc(average) && (isOfFields(declared, average) || declared.nominal > fastestNominal);
}

/** Whether one rate is that of the fields of frames at the other. */
function isOfFields(fields: FrameRate, frames: FrameRate): boolean {
  return sameRate(fields, frameRate(2 * frames.num, frames.den));
}

/** True when the two rates ffprobe gives are one, so that no packet needs to be looked at. */
export function isEven(picture: Section): boolean {
  const [declared, average] = [ratioOf(picture.text("r_frame_rate")), ratioOf(picture.text("avg_frame_rate"))];
  return declared !== undefined && average !== undefined && compare(declared, average) === 0;
}

/** As it stands there, not as the standard rate it may mean. */
function ratioOf(text = ""): Fraction | undefined {
  const [, num = "0", den = "0"] = /^(\d{1,12})\/(\d{1,12})$/.exec(text) ?? [];
  return Number(num) === 0 || Number(den) === 0 ? undefined : fraction(BigInt(num), BigInt(den));
}

/** A rate field of a stream; undefined when ffprobe does not know it (`0/0`). */
export function rateIn(stream: Section, field: "r_frame_rate" | "avg_frame_rate"): FrameRate | undefined {
  const text = stream.text(field);
  return text?.includes("/") ? parseMediaRate(text) : undefined;
}

function known(rate: FrameRate | undefined, variable: boolean): PictureRate {
  return rate === undefined ? { variable } : { rate, variable };
}

/** The rate to name for uneven frames: the grid they stand on, else the whole rate nearest to their average. */
function nominal(declared: FrameRate | undefined, average: FrameRate | undefined): FrameRate | undefined {
  if (declared !== undefined && (average === undefined || declared.nominal <= fastestNominal)) return declared;
  return average && frameRate(average.nominal, 1);
}

/** Whether frames at these times stand on an even grid; of a file read in part, its count of frames must agree too. */
function fits(packets: Packets, rate: FrameRate, average: FrameRate | undefined, frames: number | undefined): boolean {
  if (packets.times.length < 2 || !standsOn(packets.times, fraction(rate.den, rate.num), packets.timeBase)) return false;
  return packets.complete || average === undefined || frames === undefined || lacks(frames, rate, average) < 1n;
}

/** Each time nearer to its own frame than to any other. */
function standsOn(times: readonly bigint[], frame: Fraction, timeBase: Fraction): boolean {
  // Both in the unit 1/(timeBase.den * frame.den) seconds.
  const tick = timeBase.num * frame.den;
  const length = frame.num * timeBase.den;
  const first = times[0] as bigint;
  return times.every((time, k) => {
    const off = 2n * ((time - first) * tick - BigInt(k) * length);
    return -length < off && off < length;
  });
}

/** How many frames fewer than an even rate would have in the same time; an edit that hides frames makes it negative. */
function lacks(frames: number, rate: FrameRate, average: FrameRate): bigint {
  const [num, den] = [BigInt(rate.num) * BigInt(average.den), BigInt(rate.den) * BigInt(average.num)];
  return (BigInt(frames) * (num - den)) / den;
}
