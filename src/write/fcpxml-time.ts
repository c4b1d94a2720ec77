import { fault } from "../errors.js";
import { type FrameRate, timelineRateOf } from "../time/frame-rate.js";
import type { Verbatim } from "./xml.js";

/** Length of one frame in FCPXML: `num / den` seconds. */
export interface FrameLength {
  readonly num: number;
  readonly den: number;
}

/** The frame length as Final Cut Pro writes it for the rates it knows, else the plain fraction. */
export function frameLengthOf(rate: FrameRate): FrameLength {
  const row = timelineRateOf(rate, false);
  return row ? { num: row.frameNum, den: row.frameDen } : { num: rate.den, den: rate.num };
}

const noTime: Verbatim = { verbatim: "0s" };

/** A number of whole frames as FCPXML time: `93093/30000s`. Times are whole 64-bit numerators over 32-bit denominators. */
export function timeOf(frames: number, { num, den }: FrameLength): Verbatim {
  if (!Number.isSafeInteger(frames) || frames < 0) throw fault(`FCPXML cannot hold the time of ${frames} frames`);
  if (frames === 0) return noTime;
  const product = frames * num;
  return { verbatim: `${Number.isSafeInteger(product) ? product : BigInt(frames) * BigInt(num)}/${den}s` };
}
