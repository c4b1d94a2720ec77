import { FacecutError } from "../errors.js";
import { compare, type Fraction, fraction, multiply, parseDecimal } from "./fraction.js";

/**
 * How fast pictures run: an exact number of frames a second (`num / den`, reduced), and the counting base
 * of its timecode. Drop-frame is a way of counting, never a rate: see {@link Counting}.
 */
export interface FrameRate {
  readonly num: number;
  readonly den: number;
  /** Frame labels a second in timecode: 24 for 23.976, 30 for 29.97. */
  readonly nominal: number;
}

/** How frames are numbered in timecode: labels a second, and labels left out a minute (0, 2 or 4). */
export interface Counting {
  readonly nominal: number;
  readonly dropped: number;
}

/** How well a row of the rate table is known. */
type Evidence = "spec" | "seen" | "inferred";

/** A rate a timeline can have, with the way it counts: one row of the table below. */
export interface TimelineRate extends FrameRate, Counting {
  readonly id: string;
  /** A frame's length as Final Cut Pro writes it: `frameNum / frameDen` seconds. */
  readonly frameNum: number;
  readonly frameDen: number;
  /** FCPXML `conform-rate srcFrameRate` of media at this rate. */
  readonly conformRate: string;
  readonly evidence: Evidence;
}

// SMPTE ST 12-1 for counting; the drop-frame rows leave out the first labels of every minute but each tenth.
// Frame lengths and conform-rate words: Final Cut Pro exports and Apple's DTD ("seen"); 47.952 is in the DTD
// but in no export that was looked at ("inferred").
// biome-ignore format: one aligned row a rate
const rows = [
  // id        frames a second     counting            FCPXML frame length        conform-rate  evidence
  ["23.976",   24000, 1001,        24, 0,              1001, 24000,               "23.98",      "seen"],
  ["24",       24, 1,              24, 0,              100, 2400,                 "24",         "seen"],
  ["25",       25, 1,              25, 0,              100, 2500,                 "25",         "seen"],
  ["29.97df",  30000, 1001,        30, 2,              1001, 30000,               "29.97",      "seen"],
  ["29.97ndf", 30000, 1001,        30, 0,              1001, 30000,               "29.97",      "seen"],
  ["30",       30, 1,              30, 0,              100, 3000,                 "30",         "seen"],
  ["47.952",   48000, 1001,        48, 0,              1001, 48000,               "47.95",      "inferred"],
  ["48",       48, 1,              48, 0,              100, 4800,                 "48",         "spec"],
  ["50",       50, 1,              50, 0,              100, 5000,                 "50",         "seen"],
  ["59.94df",  60000, 1001,        60, 4,              1001, 60000,               "59.94",      "seen"],
  ["59.94ndf", 60000, 1001,        60, 0,              1001, 60000,               "59.94",      "seen"],
  ["60",       60, 1,              60, 0,              100, 6000,                 "60",         "seen"],
] as const satisfies readonly (readonly [string, number, number, number, number, number, number, string, Evidence])[];

export type TimelineRateId = (typeof rows)[number][0];

/** The rates a timeline can have. Media may have any exact rate besides. */
export const timelineRates: readonly TimelineRate[] = rows.map(
  ([id, num, den, nominal, dropped, frameNum, frameDen, conformRate, evidence]) =>
    Object.freeze({ id, num, den, nominal, dropped, frameNum, frameDen, conformRate, evidence }),
);

// Rates only media have that a decimal cannot spell: the NTSC doubles and halves cameras record.
const otherNtscRates = [7500, 15000, 120000, 240000].map((num) => frameRate(num, 1001));

/** The words people and tools write for a rate, besides the ids of the table. */
const aliases: Record<string, string> = {
  "23.98": "23.976",
  "24000/1001": "23.976",
  "29.97": "29.97",
  "30000/1001": "29.97",
  "48000/1001": "47.952",
  "47.95": "47.952",
  "59.94": "59.94",
  "60000/1001": "59.94",
};

/** An exact rate of `num / den` frames a second. Its counting base is the nearest whole number. */
export function frameRate(num: number, den: number): FrameRate {
  const { num: n, den: d } = fraction(num, den);
  return Object.freeze({ num: Number(n), den: Number(d), nominal: Number((2n * n + d) / (2n * d)) });
}

export function sameRate(a: FrameRate, b: FrameRate): boolean {
  return a.num === b.num && a.den === b.den;
}

/** Negative when a is slower than b. */
export function compareRates(a: FrameRate, b: FrameRate): number {
  return a.num * b.den - b.num * a.den;
}

/** The row of a standard rate, in the asked way of counting; undefined for any other rate. */
export function timelineRateOf(rate: FrameRate, dropFrame: boolean): TimelineRate | undefined {
  const sameSpeed = timelineRates.filter((row) => sameRate(row, rate));
  return sameSpeed.find((row) => row.dropped > 0 === dropFrame) ?? sameSpeed[0];
}

/** True when timecode at this rate can be drop-frame: 29.97 and 59.94 alone. */
export function canDrop(rate: FrameRate): boolean {
  return timelineRates.some((row) => row.dropped > 0 && sameRate(row, rate));
}

/** True for whole rates, and for those 1000/1001 of one: what a timebase with an NTSC flag can spell. */
export function isWholeOrNtsc(rate: FrameRate): boolean {
  return rate.den === 1 || sameRate(rate, frameRate(rate.nominal * 1000, 1001));
}

/** How timecode counts at this rate. Asking for drop-frame where there is none is a fault of the caller. */
export function countingOf(rate: FrameRate, dropFrame: boolean): Counting {
  const row = dropFrame ? timelineRates.find((r) => r.dropped > 0 && sameRate(r, rate)) : undefined;
  if (dropFrame && row === undefined) throw new RangeError(`timecode at ${rateName(rate)} cannot be drop-frame`);
  return { nominal: rate.nominal, dropped: row?.dropped ?? 0 };
}

/** `25`, `29.97`, `15`: the rate as people say it, three decimals at most. */
export function rateName(rate: FrameRate): string {
  const row = timelineRates.find((r) => sameRate(r, rate));
  return row?.id.replace(/n?df$/, "") ?? String(Math.round((rate.num * 1000) / rate.den) / 1000);
}

/** Result of reading a rate word of the `--rate` option: a row, or 29.97 / 59.94 with the counting left open. */
export type RateWord = { readonly rate: TimelineRate; readonly countingGiven: boolean };

/** Reads `25`, `29.97df`, `23.98`, `30000/1001` …; undefined when a timeline cannot have that rate. */
export function parseTimelineRate(text: string): RateWord | undefined {
  const word = text.trim().toLowerCase();
  const id = aliases[word] ?? word;
  const exact = timelineRates.find((row) => row.id === id);
  if (exact !== undefined) return { rate: exact, countingGiven: true };
  const open = timelineRates.find((row) => row.id === `${id}ndf`);
  return open && { rate: open, countingGiven: false };
}

/** How a media rate is written, for messages. */
export const mediaRateForm = "frames a second: 25, 23.976, 29.97df or 30000/1001";

// Frame rates come from the service as decimals (23.98, 29.970); within this of a standard rate they mean it.
const snapWithin = fraction(1, 100);

// Files that count time in hundredths or milliseconds say 2997/100 or 19001/634 for NTSC's 29.97. Whole rates and
// their NTSC neighbours are five times farther apart than this part of a rate.
const fractionSnapsWithin = fraction(1, 5000);

/**
 * Reads a media rate: a decimal or a fraction of frames a second. A decimal within 0.01 of a standard rate, or a
 * fraction nearer than a five-thousandth of it, is that rate; any other is taken exactly. Undefined when the text is
 * no positive rate.
 */
export function parseMediaRate(text: string): FrameRate | undefined {
  const word = text.trim().toLowerCase();
  const named = parseTimelineRate(word)?.rate;
  if (named !== undefined) return frameRate(named.num, named.den);
  const [num, den, ...rest] = word.split("/").map((part) => parseDecimal(part.trim()));
  if (num === undefined || rest.length > 0 || (word.includes("/") && (den === undefined || den.num <= 0n))) return undefined;
  const value = den === undefined ? num : fraction(num.num * den.den, num.den * den.num);
  if (value.num <= 0n || value.num > 1_000_000_000n || value.den > 1_000_000_000n) return undefined;
  const exact = frameRate(Number(value.num), Number(value.den));
  if (exact.nominal < 1) return undefined;
  const standard = nearestStandardRate(value);
  return standard === undefined || (den !== undefined && !isVeryNear(value, standard)) ? exact : standard;
}

function isVeryNear(value: Fraction, rate: FrameRate): boolean {
  return compare(distance(value, rate), multiply(fractionSnapsWithin, fraction(rate.num, rate.den))) <= 0;
}

function nearestStandardRate(value: Fraction): FrameRate | undefined {
  const candidates = [...timelineRates, ...otherNtscRates].map((rate) => ({ rate, distance: distance(value, rate) }));
  const within = candidates.filter((c) => compare(c.distance, snapWithin) <= 0);
  const nearest = within.sort((a, b) => compare(a.distance, b.distance))[0]?.rate;
  return nearest && frameRate(nearest.num, nearest.den);
}

function distance(value: Fraction, rate: FrameRate): Fraction {
  const difference = fraction(value.num * BigInt(rate.den) - BigInt(rate.num) * value.den, value.den * BigInt(rate.den));
  return difference.num < 0n ? fraction(-difference.num, difference.den) : difference;
}

/** Throws `bad-option` when a rate word is unknown, listing the words there are. */
export function requireTimelineRate(text: string, option: string): RateWord {
  const found = parseTimelineRate(text);
  if (found !== undefined) return found;
  throw new FacecutError("bad-option", {
    what: `A timeline cannot run at "${text}"`,
    cure: `Take one of ${timelineRates.map((row) => row.id).join(", ")}`,
    option,
  });
}
