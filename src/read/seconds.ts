import { type Fraction, fraction } from "../time/fraction.js";
import type { FrameRate } from "../time/frame-rate.js";
import { wholeNumber } from "./digits.js";
import { EndlessFraction, type Frames, framesOf, mostParts } from "./frames.js";

/**
 * A time in seconds, exact; not reduced, since reducing costs more than reading. In plain numbers as long as these hold
 * it, which is nearly always: there may be hundreds of thousands, and BigInt takes ten times as long.
 */
export type Seconds = Parts<number> | Parts<bigint>;

interface Parts<N> {
  readonly num: N;
  readonly den: N;
}

export const noSeconds: Seconds = { num: 0, den: 1 };

/** `5s`, `93093/30000s` in numbers that are exact; undefined for any other text, odd spellings of times among them. */
export function plainSeconds(text: string): Seconds | undefined {
  const end = text.length - 1;
  if (text[end] !== "s") return undefined;
  const split = text.indexOf("/");
  const num = wholeNumber(text, 0, split === -1 ? end : split);
  if (split === -1 || num === undefined) return num === undefined ? undefined : { num, den: 1 };
  const den = wholeNumber(text, split + 1, end);
  return den === undefined || den === 0 ? undefined : { num, den };
}

export function plus(a: Seconds, b: Seconds): Seconds {
  if (isPlain(a) && isPlain(b)) {
    if (a.den === b.den) {
      const num = a.num + b.num;
      if (Number.isSafeInteger(num)) return { num, den: a.den };
    } else {
      const [x, y, den] = [a.num * b.den, b.num * a.den, a.den * b.den];
      if (areExact(x, y) && areExact(x + y, den)) return { num: x + y, den };
    }
  }
  const [x, y] = [exact(a), exact(b)];
  return { num: x.num * y.den + y.num * x.den, den: x.den * y.den };
}

export function minus(a: Seconds, b: Seconds): Seconds {
  return plus(a, isPlain(b) ? { num: -b.num, den: b.den } : { num: -b.num, den: b.den });
}

/** That many times as long. */
export function scaled(seconds: Seconds, by: Fraction): Seconds {
  const { num, den } = exact(seconds);
  return { num: num * by.num, den: den * by.den };
}

/** The same in its smallest parts, so that no denominator grows from sum to sum. */
export function reduced(seconds: Seconds): Seconds {
  const { num, den } = exact(seconds);
  if (den > mostParts) throw new EndlessFraction();
  const least = fraction(num, den);
  const plain = { num: Number(least.num), den: Number(least.den) };
  return areExact(plain.num, plain.den) ? plain : least;
}

export function isZero({ num }: Seconds): boolean {
  return Number(num) === 0;
}

/** Seconds as frames of this rate. */
export function framesAt(seconds: Seconds, rate: FrameRate): Frames {
  if (isPlain(seconds)) {
    const [num, den] = [seconds.num * rate.num, seconds.den * rate.den];
    if (areExact(num, den)) return num % den === 0 ? num / den : fraction(num, den);
  }
  const { num, den } = exact(seconds);
  return framesOf(num * BigInt(rate.num), den * BigInt(rate.den));
}

function areExact(a: number, b: number): boolean {
  return Number.isSafeInteger(a) && Number.isSafeInteger(b);
}

function isPlain(seconds: Seconds): seconds is Parts<number> {
  return typeof seconds.num === "number";
}

function exact(seconds: Seconds): Parts<bigint> {
  return isPlain(seconds) ? { num: BigInt(seconds.num), den: BigInt(seconds.den) } : seconds;
}
