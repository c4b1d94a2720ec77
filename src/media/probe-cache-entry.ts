import { frameRate } from "../time/frame-rate.js";
import { parseTimecode } from "../time/timecode.js";
import type { ProbeResult } from "./probe-result.js";

/** What tells one state of a file from another. */
export interface FileState {
  readonly size: string;
  /** Nanoseconds. */
  readonly modified: string;
}

/** What the cache keeps of one file. */
export type Entry = FileState & { readonly result: ProbeResult };

type Check = (value: unknown) => boolean;

/** Whether a value read from the cache is an entry, through and through: a wrong fact would move cuts. */
export function isEntry(value: unknown): value is Entry {
  return hasForm(value, { size: isText, modified: isText, result: isResult }, {});
}

function isResult(value: unknown): boolean {
  return hasForm(value, { failure: isText }, {}) || hasForm(value, { facts: isFacts }, {});
}

function isFacts(value: unknown): boolean {
  return hasForm(
    value,
    { kind: oneOf("video", "audio", "still"), variableRate: oneOf(true, false), rotation: oneOf(0, 90, 180, 270) },
    {
      rate: isRate,
      startTimecode: (text) => typeof text === "string" && parseTimecode(text) !== undefined,
      unusableTimecode: isText,
      timeReference: (samples) => samples === 0 || isCount(samples),
      duration: isCount,
      seconds: (text) => typeof text === "string" && Number(text) > 0,
      size: (size) => hasForm(size, { width: isCount, height: isCount }, {}),
      pixelAspect: (ratio) => hasForm(ratio, { num: isCount, den: isCount }, {}),
      scan: oneOf("progressive", "upper", "lower"),
      audio: (audio) => hasForm(audio, { channels: isCount, sampleRate: isCount, streams: isCounts }, {}),
    },
  );
}

/** True for an object with all of the one, perhaps some of the other, and nothing else. */
function hasForm(value: unknown, required: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>>): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const checks = new Map(Object.entries({ ...required, ...optional }));
  const fields = Object.entries(value);
  return (
    Object.keys(required).every((key) => Object.hasOwn(value, key)) &&
    fields.every(([key, field]) => checks.get(key)?.(field) ?? false)
  );
}

function oneOf(...values: readonly unknown[]): Check {
  return (value) => values.includes(value);
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}

function isCounts(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isCount);
}

function isRate(value: unknown): boolean {
  if (!hasForm(value, { num: isCount, den: isCount, nominal: isCount }, {})) return false;
  const { num, den, nominal } = value as { num: number; den: number; nominal: number };
  const known = frameRate(num, den);
  return known.num === num && known.den === den && known.nominal === nominal;
}
