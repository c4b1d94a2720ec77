import { type Fraction, floor, fraction } from "../time/fraction.js";
import type { FrameRate } from "../time/frame-rate.js";

/**
 * A time as a file gives it, in frames of a rate said beside it: a number when it lies on a frame, an exact fraction
 * when it lies between two. So `typeof frames === "number"` asks whether a time is on the frame grid.
 */
export type Frames = number | Fraction;

/** `num / den` frames. */
export function framesOf(num: bigint, den: bigint): Frames {
  if (num % den === 0n) {
    const whole = Number(num / den);
    if (Number.isSafeInteger(whole)) return whole;
  }
  if (den > mostParts) throw new EndlessFraction();
  return fraction(num, den);
}

// Real denominators, added up, stay far below: rates and time scales have few prime factors.
export const mostParts = 2n ** 256n;

/** Times of ever other denominators that are added up would take ever more time. */
export class EndlessFraction extends RangeError {
  constructor() {
    super("Its times have too many different denominators to add them up exactly");
  }
}

/** The same time counted at another rate. */
export function recount(frames: Frames, from: FrameRate, to: FrameRate): Frames {
  if (from.num === to.num && from.den === to.den) return frames;
  const { num, den } = parts(frames);
  return framesOf(num * BigInt(from.den * to.num), den * BigInt(from.num * to.den));
}

export function plus(a: Frames, b: Frames): Frames {
  if (typeof a === "number" && typeof b === "number") return a + b;
  const [x, y] = [parts(a), parts(b)];
  return framesOf(x.num * y.den + y.num * x.den, x.den * y.den);
}

export function minus(a: Frames, b: Frames): Frames {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [x, y] = [parts(a), parts(b)];
  return framesOf(x.num * y.den - y.num * x.den, x.den * y.den);
}

/** Negative when a < b, 0 when equal, positive when a > b. */
export function compareFrames(a: Frames, b: Frames): number {
  const difference = minus(a, b);
  return typeof difference === "number" ? difference : difference.num < 0n ? -1 : 1;
}

/** The frame that shows at a time: the last whole one not after it. */
export function frameAt(frames: Frames): number {
  return typeof frames === "number" ? frames : Number(floor(frames));
}

function parts(frames: Frames): Pick<Fraction, "num" | "den"> {
  return typeof frames === "number" ? { num: BigInt(frames), den: 1n } : frames;
}
