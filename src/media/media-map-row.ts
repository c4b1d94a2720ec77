import { dirname, resolve } from "node:path";
import type { FacecutError } from "../errors.js";
import { given } from "../model/given.js";
import type { PixelAspect, Scan, Size } from "../model/media.js";
import { oneLine, shown } from "../text.js";
import { add, compare, type Fraction, fraction, parseDecimal } from "../time/fraction.js";
import { type FrameRate, mediaRateForm, parseMediaRate } from "../time/frame-rate.js";
import { parseTimecode } from "../time/timecode.js";
import { badMediaMap } from "./bad-media-map.js";
import type { MapRow, MediaMapColumn } from "./media-map-table.js";
import { isUrl, isWindowsPath, usualLocation } from "./media-url.js";

/** How a media file's frames are counted, as far as a rate tells it. */
export interface MediaClock {
  readonly rate: FrameRate;
  /** Set when the rate says how its timecode counts (`29.97df`, `29.97ndf`). */
  readonly dropFrame?: boolean;
}

/** What a media map says of one asset, or of all assets whose URL begins alike. */
export interface MediaMapRow {
  /** MediaId, file name, URL, or the beginning of a URL followed by `*`. */
  readonly media: string;
  /** Absolute path or URL of the file; of its folder in a row for a beginning. */
  readonly original?: string;
  /** Likewise, of a smaller copy. */
  readonly proxy?: string;
  readonly clock?: MediaClock;
  /** `HH:MM:SS:FF`, with `;` for drop-frame. */
  readonly startTimecode?: string;
  /** Decimal seconds or a timecode. */
  readonly duration?: string;
  readonly size?: Size;
  /** Channels of each stream of sound; none for a silent file. */
  readonly streams?: readonly number[];
  /** Hertz. */
  readonly sampleRate?: number;
  readonly scan?: Scan;
  readonly pixelAspect?: PixelAspect;
  readonly reel?: string;
  readonly name?: string;
  /** File and row, for messages. */
  readonly place: string;
}

/** Checks one row. `file` is the media map, from whose folder relative paths lead. Throws `bad-media-map`. */
export function readRow(file: string, row: MapRow): MediaMapRow {
  const { cells, place } = row;
  const location = (column: "original" | "proxy") => absolute(file, cells.get(column));
  return given({
    media: requireMedia(row),
    original: location("original"),
    proxy: location("proxy"),
    clock: readClock(row),
    startTimecode: checked(row, "start_timecode", isTimecode, "a timecode such as 01:00:00:00, or 01:00:00;00 for drop-frame"),
    duration: checked(row, "duration", isLength, "seconds above 0 such as 61.5, or a timecode such as 00:01:01:12"),
    size: readSize(row),
    ...readSound(row),
    scan: readScan(row),
    pixelAspect: readPixelAspect(row),
    reel: lineOf(cells.get("reel")),
    name: lineOf(cells.get("name")),
    place,
  });
}

/** The value of a column is not what belongs there. */
function badCell({ place }: { readonly place: string }, column: MediaMapColumn, value: unknown, expected: string): FacecutError {
  return badMediaMap(
    `Found ${shown(value)} where ${expected} is expected`,
    `${place}, column ${column}`,
    "Correct the cell, or leave it empty",
  );
}

function checked(row: MapRow, column: MediaMapColumn, isRight: (text: string) => boolean, expected: string): string | undefined {
  const cell = row.cells.get(column);
  const text = cell === undefined ? undefined : withTwoDigitHours(cell);
  if (text !== undefined && !isRight(text)) throw badCell(row, column, text, expected);
  return text;
}

function requireMedia(row: MapRow): string {
  const media = row.cells.get("media");
  const isRight = media !== undefined && (!media.endsWith("*") || isUrl(media));
  if (!isRight) throw badCell(row, "media", media, "a MediaId, a file name, a URL, or the beginning of a URL followed by *");
  return media;
}

function absolute(file: string, location: string | undefined): string | undefined {
  const usual = location && usualLocation(location);
  if (usual === undefined || isUrl(usual) || isWindowsPath(usual)) return usual;
  return resolve(dirname(file), usual);
}

function readClock(row: MapRow): MediaClock | undefined {
  const text = row.cells.get("rate");
  if (text === undefined) return undefined;
  const rate = parseMediaRate(text);
  if (rate === undefined) throw badCell(row, "rate", text, mediaRateForm);
  const counting = /(n?)df$/i.exec(text);
  return counting === null ? { rate } : { rate, dropFrame: counting[1] === "" };
}

/** Spreadsheets take a leading zero away: `1:00:00:00` is one o'clock. */
function withTwoDigitHours(text: string): string {
  return /^\d[:;]/.test(text) ? `0${text}` : text;
}

function isTimecode(text: string): boolean {
  return parseTimecode(text) !== undefined;
}

function isLength(text: string): boolean {
  const seconds = parseDecimal(text);
  return seconds === undefined ? isTimecode(text) : seconds.num > 0n;
}

function readSize(row: MapRow): Size | undefined {
  const [width, height] = [pixels(row, "width"), pixels(row, "height")];
  if (width === undefined && height === undefined) return undefined;
  if (width === undefined) throw badCell(row, "width", undefined, "the width that goes with the height");
  if (height === undefined) throw badCell(row, "height", undefined, "the height that goes with the width");
  return { width, height };
}

function pixels(row: MapRow, column: "width" | "height"): number | undefined {
  const text = checked(row, column, (value) => /^[1-9]\d{0,5}$/.test(value), "a whole number of pixels");
  return text === undefined ? undefined : Number(text);
}

const scans: readonly Scan[] = ["progressive", "upper", "lower"];

function readScan(row: MapRow): Scan | undefined {
  const text = row.cells.get("scan");
  const scan = scans.find((word) => word === text?.toLowerCase());
  if (text !== undefined && scan === undefined) throw badCell(row, "scan", text, scans.join(", "));
  return scan;
}

/** `1`, `square`, `16:11`, `16/11`, `1.4587`. */
function readPixelAspect(row: MapRow): PixelAspect | undefined {
  const text = row.cells.get("pixel_aspect");
  if (text === undefined) return undefined;
  const [across, down, ...more] = text.toLowerCase() === "square" ? ["1"] : text.split(/[:/]/);
  const [above, below] = [parseDecimal(across as string), parseDecimal(down ?? "1")];
  if (more.length === 0 && above !== undefined && below !== undefined && above.num > 0n && below.num > 0n) {
    const exact = fraction(above.num * below.den, above.den * below.num);
    const { num, den } = (down === undefined && usualAspect(exact)) || exact;
    if (num < mostInRatio && den < mostInRatio) return { num: Number(num), den: Number(den) };
  }
  throw badCell(row, "pixel_aspect", text, "the width of a pixel over its height, such as 1, 16:11 or 1.46");
}

const mostInRatio = 1_000_000n;

// The shapes of broadcast pixels (ITU-R BT.601, SMPTE RP 187, HDV), which decimals can only come near to.
const usualAspects = [
  [1, 1],
  [4, 3],
  [16, 11],
  [64, 45],
  [16, 15],
  [10, 11],
  [8, 9],
  [40, 33],
  [32, 27],
  [12, 11],
] as const;
const aspectWithin = fraction(1, 100);

/** The usual ratio a decimal means: the nearest within 0.01 of it. */
function usualAspect(value: Fraction): Fraction | undefined {
  const near = usualAspects.map(([num, den]) => ({ ratio: fraction(num, den), off: difference(value, fraction(num, den)) }));
  const within = near.filter(({ off }) => compare(off, aspectWithin) <= 0);
  return within.sort((a, b) => compare(a.off, b.off))[0]?.ratio;
}

function difference(a: Fraction, b: Fraction): Fraction {
  const { num, den } = add(a, fraction(-b.num, b.den));
  return fraction(num < 0n ? -num : num, den);
}

const streamWords: ReadonlyMap<string, readonly number[]> = new Map([
  ["none", []],
  ["0", []],
  ["mono", [1]],
  ["stereo", [2]],
]);

const layoutForm = /^[1-9]\d?(\.\d)?(\+[1-9]\d?(\.\d)?)*(@[1-9]\d{3,5})?$/;

/** `2` or `stereo` is one stream of two channels, `1+1` two of one, `5.1` one of six; `2@44100` says how fast it is sampled. */
function readSound(row: MapRow): Pick<MediaMapRow, "streams" | "sampleRate"> {
  const isLayout = (value: string) => streamWords.has(value.toLowerCase()) || layoutForm.test(value);
  const text = checked(row, "audio", isLayout, "channels such as 2, stereo, 1+1, 5.1 or 2@44100, or none");
  if (text === undefined) return {};
  const [layout, sampleRate] = text.toLowerCase().split("@") as [string, string?];
  const channels = (stream: string) => stream.split(".").reduce((sum, part) => sum + Number(part), 0);
  const streams = streamWords.get(layout) ?? layout.split("+").map(channels);
  return { streams, ...given({ sampleRate: sampleRate === undefined ? undefined : Number(sampleRate) }) };
}

function lineOf(text: string | undefined): string | undefined {
  return (text && oneLine(text)) || undefined;
}
