import { FacecutError } from "../errors.js";
import type { Size } from "../model/media.js";
import { nearest, shown } from "../text.js";
import { type Duration, parseDuration } from "../time/duration.js";
import { type FrameRate, mediaRateForm, parseMediaRate } from "../time/frame-rate.js";
import { parseTimecode } from "../time/timecode.js";

/** Readers of single values; each throws `bad-option` naming the option. */

export function requireWord<T extends string>(word: string, words: readonly T[], option: string): T {
  const found = words.find((candidate) => candidate === word.trim().toLowerCase());
  if (found !== undefined) return found;
  const near = nearest(word, words);
  throw badOption(
    option,
    `"${word}" is not one of ${words.join(", ")}`,
    near === undefined ? "Take one of them" : `Did you mean ${near}?`,
  );
}

export function requireName(name: string): string {
  if (name.trim() !== "") return name;
  throw badOption("name", "The name is empty", "Leave --name out to take the person's or the folder's");
}

export function requireSize(text: string): Size {
  const match = /^(\d{1,5})\s*[x×*]\s*(\d{1,5})$/i.exec(text.trim());
  const [width, height] = [Number(match?.[1]), Number(match?.[2])];
  if (width >= 16 && height >= 16 && width <= 16384 && height <= 16384) return { width, height };
  throw badOption("size", `"${text}" is not a frame size`, "Write width x height in pixels, from 16 to 16384: 1920x1080");
}

export function requireTimecodeForm(text: string): string {
  if (parseTimecode(text) !== undefined) return text.trim();
  throw badOption("startTimecode", `"${text}" is not a timecode`, "Write HH:MM:SS:FF, or HH:MM:SS;FF for drop-frame");
}

/** A length: timeline frames, seconds or timecode. */
export function requireDuration(text: string, option: string): Duration {
  const duration = parseDuration(text);
  if (duration !== undefined) return duration;
  throw badOption(
    option,
    `${shown(text)} is not a length of time`,
    "Write frames (12), seconds (0.5s) or a timecode (00:00:01:00)",
  );
}

/** True for a length of nothing. */
export function isZero(duration: Duration): boolean {
  if (duration.unit === "frames") return duration.frames === 0;
  if (duration.unit === "seconds") return duration.seconds.num === 0n;
  const { hours, minutes, seconds, frames } = duration.label;
  return hours + minutes + seconds + frames === 0;
}

/** A whole number from 1 up. */
export function requireCount(text: string, option: string): number {
  const number = /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0;
  if (number > 0) return number;
  throw badOption(option, `${shown(text)} is not a number of clips`, "Write a whole number from 1 up");
}

/** A decimal from 0 to 1. */
export function requirePart(text: string, option: string): number {
  const number = /^\d*\.?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (number >= 0 && number <= 1) return number;
  throw badOption(option, `${shown(text)} is not a number from 0 to 1`, "Write a decimal such as 0.8");
}

/** Words with commas between them; one with a comma of its own stands in double quotes. */
export function requireWords(texts: readonly string[], option: string): string[] {
  const words = texts.flatMap((text) =>
    [...text.matchAll(/\s*(?:"([^"]*)"\s*(?:,|$)|([^,]+))/g)].map(([, quoted, plain]) => (quoted ?? plain ?? "").trim()),
  );
  const wanted = words.filter((word) => word !== "");
  if (wanted.length > 0) return wanted;
  throw badOption(option, "The list is empty", "Write one or more, with commas between them");
}

export function requireMediaRate(text: string): FrameRate {
  const rate = parseMediaRate(text);
  if (rate !== undefined) return rate;
  throw badOption("mediaRate", `"${text}" is not a frame rate`, `Write ${mediaRateForm}`);
}

export function badOption(option: string, what: string, cure: string): FacecutError {
  return new FacecutError("bad-option", { what, cure, option });
}
