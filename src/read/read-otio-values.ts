import { parseDecimal } from "../time/fraction.js";
import type { FrameRate } from "../time/frame-rate.js";
import { type Frames, framesOf, plus, recount } from "./frames.js";
import type { JsonObject } from "./json-items.js";
import type { Problems } from "./problems.js";
import { rateOfNumber } from "./rates.js";
import type { FrameSpan } from "./reading.js";
import { unreadable } from "./unreadable.js";

/** A time on a clock of its own, in frames of `rate`. */
export interface OtioTime {
  readonly frames: Frames;
  readonly rate: FrameRate;
}

export interface OtioRange extends FrameSpan {
  readonly rate: FrameRate;
}

/** Reads the small objects of OpenTimelineIO. Absent and null are the same. */
export class OtioValues {
  readonly problems: Problems;
  readonly #rates = new Map<number, FrameRate | undefined>();

  constructor(problems: Problems) {
    this.problems = problems;
  }

  /** RationalTime; its doubles are taken as the shortest decimals that stand for them. */
  time(value: unknown, place: string): OtioTime | undefined {
    if (!isObject(value)) return undefined;
    this.#expect("RationalTime.1", value, place);
    const rate = this.#rate(value.rate, place);
    const frames = this.#frames(value.value, place);
    return rate && frames !== undefined ? { frames, rate } : undefined;
  }

  /** TimeRange, all of it at the rate of its start. */
  range(value: unknown, place: string): OtioRange | undefined {
    if (!isObject(value)) return undefined;
    this.#expect("TimeRange.1", value, place);
    const start = this.time(value.start_time, `${place}.start_time`);
    const length = this.time(value.duration, `${place}.duration`);
    const rate = start?.rate ?? length?.rate;
    if (rate === undefined || length === undefined) return undefined;
    const from = start?.frames ?? 0;
    return { start: from, end: plus(from, recount(length.frames, length.rate, rate)), rate };
  }

  /** OpenTimelineIO refuses a whole file over one object it does not know by its schema. */
  #expect(schema: string, { OTIO_SCHEMA: found }: JsonObject, place: string): void {
    if (found === schema) return;
    this.problems.add(place, "unknown-schema", `A ${schema.slice(0, -2)} has the schema ${String(found).slice(0, 40)}`);
  }

  #frames(value: unknown, place: string): Frames | undefined {
    if (typeof value === "number" && Number.isSafeInteger(value)) return value;
    if (value === Infinity || value === -Infinity) throw unreadable(this.problems.file, place, "A number is too large");
    const decimal = typeof value === "number" ? parseDecimal(String(value)) : undefined;
    return decimal ? framesOf(decimal.num, decimal.den) : this.problems.add(place, "bad-time", "A time has no value");
  }

  #rate(value: unknown, place: string): FrameRate | undefined {
    const known = typeof value === "number" ? this.#rates.get(value) : undefined;
    if (known !== undefined) return known;
    const rate = typeof value === "number" ? rateOfNumber(value) : undefined;
    if (rate === undefined) return this.problems.add(place, "bad-rate", `No frame rate can be ${String(value).slice(0, 40)}`);
    this.#rates.set(value as number, rate);
    return rate;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text; undefined for everything else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** What lies along a path of keys. */
export function along(value: unknown, ...keys: readonly string[]): unknown {
  let found = value;
  for (const key of keys) found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  return found;
}

/** The name of an object's schema, without its version. */
export function schemaOf(value: JsonObject): string {
  return (textOf(value.OTIO_SCHEMA) ?? "").replace(/\.\d+$/, "");
}

/** Plain values of an object, as texts: for rules that ask how something is written. */
export function writtenOf(value: JsonObject, keys: readonly string[]): Record<string, string> {
  const written: Record<string, string> = {};
  for (const key of keys) {
    const found = along(value, ...key.split("."));
    if (typeof found === "string" || typeof found === "number" || typeof found === "boolean") written[key] = String(found);
  }
  return written;
}
