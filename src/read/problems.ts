import { parseDecimal } from "../time/fraction.js";
import { type FrameRate, parseMediaRate } from "../time/frame-rate.js";
import { wholeNumber } from "./digits.js";
import { type Frames, framesOf } from "./frames.js";
import type { ReadProblem } from "./reading.js";
import { plainSeconds, type Seconds } from "./seconds.js";
import { longestNumber, unreadable } from "./unreadable.js";

/** More would tell nobody more. */
const mostProblems = 1000;

/** Collects what a reader had to pass over, and reads the values that may be wrong. */
export class Problems {
  readonly file: string;
  readonly list: ReadProblem[] = [];

  constructor(file: string) {
    this.file = file;
  }

  add(place: string, rule: string, what: string): undefined {
    if (this.list.length < mostProblems) this.list.push({ place, rule, what });
  }

  /** Frames: a whole number, or a decimal where a program counts finer. A text that is no number is a problem. */
  frames(text: string | undefined, place: string, name: string): Frames | undefined {
    if (text === undefined) return undefined;
    const plain = wholeNumber(text) ?? (/^-\d{1,15}$/.test(text) ? Number(text) : undefined);
    if (plain !== undefined) return plain;
    this.#refuseLong(text, place);
    const value = parseDecimal(text);
    return value ? framesOf(value.num, value.den) : this.add(place, "bad-number", `${name} is no number: ${shown(text)}`);
  }

  /** A whole number. */
  whole(text: string | undefined, place: string, name: string): number | undefined {
    const frames = this.frames(text, place, name);
    if (typeof frames !== "object") return frames;
    return this.add(place, "bad-number", `${name} is no whole number: ${shown(text as string)}`);
  }

  /** FCPXML time: `5s`, `0/1s`, `93093/30000s`; decimals are a problem, but read. */
  seconds(text: string | undefined, place: string, name: string): Seconds | undefined {
    if (text === undefined) return undefined;
    const plain = plainSeconds(text);
    if (plain !== undefined) return plain;
    this.#refuseLong(text, place);
    const [, num, den] = /^(-?\d+)(?:\/0*([1-9]\d*))?s$/.exec(text) ?? [];
    if (num !== undefined) return { num: BigInt(num), den: BigInt(den ?? 1) };
    this.add(place, "bad-time", `${name} is no time: ${shown(text)}`);
    return /s$/.test(text) ? parseDecimal(text.slice(0, -1)) : undefined;
  }

  /** Frames a second. */
  rate(text: string | undefined, place: string, name: string): FrameRate | undefined {
    if (text === undefined) return undefined;
    this.#refuseLong(text, place);
    return parseMediaRate(text) ?? this.add(place, "bad-rate", `${name} is no frame rate: ${shown(text)}`);
  }

  #refuseLong(text: string, place: string): void {
    if (text.length <= longestNumber || !/^[-+.\d/eEs]+$/.test(text)) return;
    throw unreadable(this.file, place, `A number has ${text.length} digits`);
  }
}

function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
