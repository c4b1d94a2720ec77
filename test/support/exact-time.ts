/** Arithmetic of the tests' own on time, which shares nothing with the code under test. */

/** An exact number, such as seconds or frames a second; `den` is positive. */
export interface Exact {
  readonly num: bigint;
  readonly den: bigint;
}

/** `25`, `30000/1001`, `1.25`. */
export function exact(text: string): Exact {
  const [num = "", den = "1"] = text.split("/");
  const [whole = "", digits = ""] = num.split(".");
  return { num: BigInt(whole + digits), den: BigInt(den) * 10n ** BigInt(digits.length) };
}

export function sum(a: Exact, b: Exact): Exact {
  return { num: a.num * b.den + b.num * a.den, den: a.den * b.den };
}

export function minus({ num, den }: Exact): Exact {
  return { num: -num, den };
}

export function isBefore(a: Exact, b: Exact): boolean {
  return a.num * b.den < b.num * a.den;
}

/** Of a number that is not negative. */
export function nearest({ num, den }: Exact): bigint {
  return (2n * num + den) / (2n * den);
}

/** Seconds of so many frames. */
export function timeOf(frames: bigint, rate: Exact): Exact {
  return { num: frames * rate.den, den: rate.num };
}

/** Frames, with what is left of one, in so many seconds. */
export function framesIn(time: Exact, rate: Exact): Exact {
  return { num: time.num * rate.num, den: time.den * rate.den };
}

/** Labels that drop-frame leaves out at the beginning of nine of ten minutes: 2 at 29.97, 4 at 59.94; 0 for `:`. */
function droppedIn(label: string, rate: Exact): bigint {
  return label.includes(";") ? nearest(rate) / 15n : 0n;
}

/** The frame number of a label, from midnight (SMPTE ST 12-1). */
export function frameOfLabel(label: string, rate: Exact, dropped = droppedIn(label, rate)): bigint {
  const [hours, minutes, seconds, frames] = label.split(/[:;]/).map(BigInt) as [bigint, bigint, bigint, bigint];
  const wholeMinutes = hours * 60n + minutes;
  return (wholeMinutes * 60n + seconds) * nearest(rate) + frames - dropped * (wholeMinutes - wholeMinutes / 10n);
}

/**
 * The frame edge at or before (after) a time in seconds. A time within a millisecond, and a quarter of a frame, of an
 * edge means that edge: the service's decimals are rounded.
 */
export function edgeAt(time: Exact, rate: Exact, side: "before" | "after"): number {
  const { num, den } = framesIn(time, rate);
  const edge = nearest({ num, den });
  const off = num > edge * den ? num - edge * den : edge * den - num;
  if (off * rate.den * 1000n <= den * rate.num && 4n * off <= den) return Number(edge);
  return Number(num / den) + (side === "after" ? 1 : 0);
}

const million = 1_000_000n;

/** The time of a frame edge as the service writes it: a decimal of six digits. */
export function decimalOf(frame: number, rate: Exact): string {
  const { num, den } = timeOf(BigInt(frame), rate);
  const millionths = nearest({ num: num * million, den });
  return `${millionths / million}.${String(millionths % million).padStart(6, "0")}`;
}
