import { oneLine } from "../text.js";
import type { FrameRate } from "../time/frame-rate.js";

/** The small parts of an OpenTimelineIO document, each on one line. */

export function rangeText(start: number, duration: number, rate: FrameRate): string {
  return `{ "OTIO_SCHEMA": "TimeRange.1", "start_time": ${timeText(start, rate)}, "duration": ${timeText(duration, rate)} }`;
}

export function timeText(value: number, rate: FrameRate): string {
  return `{ "OTIO_SCHEMA": "RationalTime.1", "rate": ${float(rate.num / rate.den)}, "value": ${float(value)} }`;
}

/** A number with a decimal point: Resolve takes `25` for something else than `25.0`. */
function float(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

// An escape that is not a quote's or a backslash's, or what oneLine() takes out and JSON leaves as it is.
const suspect = /\\[^"\\]|[\u007F-\u009F\u2028-\u202E\u2066-\u2069\uFFFE\uFFFF]/;

/** JSON whose texts are one line each. Most are so already, and visiting each would double the time all writing takes. */
export function json(value: unknown): string {
  const text = JSON.stringify(value);
  return suspect.test(text) ? JSON.stringify(value, (_, part) => (typeof part === "string" ? oneLine(part) : part)) : text;
}

/** Items of a JSON list, each on a line of its own with `indent` before it. */
export function* list(indent: string, items: Iterable<string>): Generator<string> {
  let first = true;
  for (const item of items) {
    yield `${first ? "" : ","}\n${indent}${item}`;
    first = false;
  }
  if (!first) yield `\n${indent.slice(2)}`;
}
