import { type FrameRate, frameRate, parseMediaRate, timelineRates } from "../time/frame-rate.js";

// 23.976 is 24 slowed by the NTSC ratio, and so is every other rate of the kind.
const slowed = timelineRates.find(({ id }) => id === "23.976") as FrameRate;

/** A whole rate slowed by the NTSC ratio. */
export function ntscRate(nominal: number): FrameRate {
  return frameRate((nominal * slowed.num) / slowed.nominal, slowed.den);
}

// Programs write 23.976 for the exact fraction; the two are a forty-thousandth apart.
const closeEnough = 0.001;

/** The rate that a floating-point number stands for; undefined when none can. */
export function rateOfNumber(value: number): FrameRate | undefined {
  if (!(value > 0.5 && value < 1_000_000)) return undefined;
  const nominal = Math.round(value);
  if (value === nominal) return frameRate(nominal, 1);
  const ntsc = ntscRate(nominal);
  return Math.abs(value - ntsc.num / ntsc.den) < closeEnough ? ntsc : parseMediaRate(value.toFixed(6));
}
