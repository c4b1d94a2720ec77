import { type Fraction, fraction, parseDecimal } from "./fraction.js";
import { type FrameRange, frameRange } from "./frame-range.js";
import type { FrameRate } from "./frame-rate.js";

/**
 * The only place where time is rounded: the service's decimal seconds become whole frames of the media.
 * In-points go down and out-points up, so that no frame with the face is lost; a value close enough to a
 * frame edge (see {@link isOnEdge}) counts as on it, because the service's numbers are single-precision floats.
 */
type Rounding = "down" | "up";

/** Seconds as the exact value of its shortest decimal: `digits / scale`. */
interface Decimal {
  readonly digits: bigint;
  readonly scale: bigint;
}

/**
 * The media frame an in-point (`down`) or out-point (`up`) of `seconds` falls on, counted from the file's first.
 * Undefined for a time below zero by more than the tolerance; within it, it is frame 0.
 */
export function snapToFrame(seconds: number, rate: FrameRate, rounding: Rounding): number | undefined {
  return snapClearly(seconds, rate, rounding) ?? snapExactly(decimalOf(seconds), rate, rounding);
}

/** Frames that are whole in a length of `seconds`: a media file's last, cut-off frame shows nothing. */
export function wholeFramesIn(seconds: number, rate: FrameRate): number | undefined {
  return snapToFrame(seconds, rate, "down");
}

/** The frame showing at an instant: a track point's frame (down, with the same tolerance). */
export function frameShowingAt(seconds: number, rate: FrameRate): number | undefined {
  return snapToFrame(seconds, rate, "down");
}

/** Frames of an occurrence from `start` to `end` seconds; one frame when it snaps to none. */
export function snapRange(start: number, end: number, rate: FrameRate): FrameRange | undefined {
  const first = snapToFrame(start, rate, "down");
  const last = snapToFrame(end, rate, "up");
  if (first === undefined || last === undefined) return undefined;
  return frameRange(first, Math.max(last, first + 1));
}

/** How far a time of `seconds` moved to the edge of `frame`, in frames and in seconds; positive is later. */
export function snapError(seconds: number, frame: number, rate: FrameRate): { frames: Fraction; seconds: Fraction } {
  const { num, den } = parseDecimal(String(seconds)) as Fraction;
  const off = fraction(BigInt(frame) * BigInt(rate.den) * den - num * BigInt(rate.num), BigInt(rate.num) * den);
  return { frames: fraction(off.num * BigInt(rate.num), off.den * BigInt(rate.den)), seconds: off };
}

function decimalOf(seconds: number): Decimal {
  const { num, den } = parseDecimal(String(seconds)) as Fraction;
  return { digits: num, scale: den };
}

function snapExactly({ digits, scale }: Decimal, rate: FrameRate, rounding: Rounding): number | undefined {
  const [num, den] = [BigInt(rate.num), BigInt(rate.den)];
  // In frames the time is digits*num / (scale*den); `above` is how far it lies past frame `frame`, in that unit.
  const unit = scale * den;
  const position = digits * num;
  const frame = position >= 0n ? position / unit : -((-position + unit - 1n) / unit);
  const above = position - frame * unit;
  const secondsAbove = (distance: bigint) => ({ num: distance, den: scale * num });
  const tolerance = BigInt(toleranceAt(Number((digits < 0n ? -digits : digits) / scale)));
  if (isOnEdge(secondsAbove(above), tolerance, above, unit)) return asFrame(frame);
  if (isOnEdge(secondsAbove(unit - above), tolerance, unit - above, unit)) return asFrame(frame + 1n);
  return asFrame(rounding === "down" ? frame : frame + 1n);
}

// A time below zero rounds down to frame -1, or up to 0: only the edge test may bring it back to 0.
function asFrame(frame: bigint): number | undefined {
  return frame < 0n ? undefined : Number(frame);
}

/** Tolerance: the larger of 1 ms and the spacing of single-precision floats there, at most a quarter frame. */
function isOnEdge(seconds: { num: bigint; den: bigint }, tolerance: bigint, distance: bigint, unit: bigint): boolean {
  // `tolerance` is the denominator of 1/tolerance seconds.
  return seconds.num * tolerance <= seconds.den && 4n * distance <= unit;
}

const millisecond = 1000;
const floatDigits = 23;

/**
 * The tolerance at a time of so many whole seconds, as the denominator of 1/n seconds. Single-precision floats in
 * [2^k, 2^(k+1)) are 2^(k-23) s apart, which is more than a millisecond from 2^14 s (4.5 h) on.
 */
function toleranceAt(wholeSeconds: number): number {
  if (wholeSeconds < 2 ** 14) return millisecond;
  return 2 ** Math.max(0, floatDigits - Math.floor(Math.log2(wholeSeconds)));
}

// Above this many frames a product of doubles may be off by more than `unclear`.
const mostFrames = 2 ** 26;
const unclear = 1e-6;

/**
 * The same rule in floating point, for times that are clearly on an edge or clearly off it: nearly all, and an order
 * faster, which shows with millions of track points. Undefined where a millionth of a frame could decide. A property test
 * holds it to {@link snapExactly}.
 */
function snapClearly(seconds: number, rate: FrameRate, rounding: Rounding): number | undefined {
  const position = (seconds * rate.num) / rate.den;
  if (!(position >= 1 && position < mostFrames)) return undefined;
  const frame = Math.floor(position);
  const above = position - frame;
  const edge = Math.min(rate.num / rate.den / toleranceAt(Math.floor(seconds)), 0.25);
  const below = 1 - above;
  if (Math.abs(above - edge) < unclear || Math.abs(below - edge) < unclear) return undefined;
  if (above < edge) return frame;
  if (below < edge) return frame + 1;
  return rounding === "down" ? frame : frame + 1;
}
