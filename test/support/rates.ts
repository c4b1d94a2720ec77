import { ceil, floor, fraction } from "../../src/time/fraction.js";
import type { FrameRate } from "../../src/time/frame-rate.js";

export { frameRate, timelineRates } from "../../src/time/frame-rate.js";

/** Frames of one rate as frames of another, on fractions: the slow way that laws compare with. */
export function framesOf(frames: number, from: FrameRate, to: FrameRate): { floor: number; ceil: number } {
  const exact = fraction(BigInt(frames) * BigInt(to.num) * BigInt(from.den), BigInt(to.den) * BigInt(from.num));
  return { floor: Number(floor(exact)), ceil: Number(ceil(exact)) };
}
