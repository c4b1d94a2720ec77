import { type Fraction, fraction, parseDecimal } from "./fraction.js";
import type { TimelineRate } from "./frame-rate.js";
import { frameOfLabel, parseTimecode, type TimecodeLabel } from "./timecode.js";

/** A length as people type it: timeline frames (`12`), seconds (`0.5s`) or a timecode (`00:00:00:12`). */
export type Duration =
  | { readonly unit: "frames"; readonly frames: number }
  | { readonly unit: "seconds"; readonly seconds: Fraction }
  | { readonly unit: "timecode"; readonly label: TimecodeLabel };

/** Reads a length; undefined when the text is none. Never negative. */
export function parseDuration(text: string): Duration | undefined {
  const word = text.trim();
  if (/^\d{1,9}$/.test(word)) return { unit: "frames", frames: Number(word) };
  if (/^\d{1,9}(\.\d{1,9})?\s*s$/.test(word)) {
    return { unit: "seconds", seconds: parseDecimal(word.slice(0, -1).trim()) as Fraction };
  }
  const label = parseTimecode(word);
  return label && { unit: "timecode", label };
}

/** The length in seconds on a timeline of this rate; undefined when its timecode does not exist there. */
export function secondsOf(duration: Duration, rate: TimelineRate): Fraction | undefined {
  if (duration.unit === "seconds") return duration.seconds;
  if (duration.unit === "timecode" && duration.label.dropFrame && rate.dropped === 0) return undefined;
  // A length in timecode counts labels from zero, so it is read in the timeline's own counting.
  const frames = duration.unit === "frames" ? duration.frames : frameOfLabel(duration.label, rate);
  return frames === undefined ? undefined : fraction(BigInt(frames) * BigInt(rate.den), rate.num);
}
