import type { FrameRate } from "./frame-rate.js";

/**
 * Frame counts of one rate as frame counts of another, exactly: `frames * to / from`, rounded as the name says.
 * Numbers inside the safe integers are computed as such; larger products (long media at odd rates) in bigint.
 */

/** The last frame of rate `to` that starts no later than frame `frames` of rate `from`. */
export function rescaleFloor(frames: number, from: FrameRate, to: FrameRate): number {
  return divideFloor(frames, to.num * from.den, to.den * from.num);
}

/** The first frame of rate `to` that starts no earlier than frame `frames` of rate `from`. */
export function rescaleCeil(frames: number, from: FrameRate, to: FrameRate): number {
  return 0 - rescaleFloor(-frames, from, to);
}

function divideFloor(frames: number, num: number, den: number): number {
  if (num === den) return frames === 0 ? 0 : frames;
  const product = frames * num;
  if (Number.isSafeInteger(product) && Number.isSafeInteger(den)) {
    const rest = product % den;
    const floored = (product - rest) / den - (rest < 0 ? 1 : 0);
    return floored === 0 ? 0 : floored;
  }
  const [n, d] = [BigInt(frames) * BigInt(num), BigInt(den)];
  return Number(n / d - (n < 0n && n % d !== 0n ? 1n : 0n));
}
