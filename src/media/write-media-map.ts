import { resolve } from "node:path";
import type { AudioFacts, MediaFacts, MediaUse } from "../model/media.js";
import { compareCodePoints, compareNames } from "../text.js";
import { ceil, fraction } from "../time/fraction.js";
import { rateName } from "../time/frame-rate.js";
import { frameOfLabel, parseTimecode, timecodeOf } from "../time/timecode.js";
import { type MediaMapColumn, mediaMapColumns } from "./media-map-table.js";
import { fileUrl, isWindowsPath } from "./media-url.js";
import { guardedCell } from "./spreadsheet-cell.js";

/** A media asset of which no facts are known, such as one without a rate. */
export interface UnknownMedia {
  readonly mediaId: string;
  readonly fileName?: string;
}

type Cell = string | number | undefined;

/**
 * A media map with a row for each of these media, to be completed by hand: all columns, known or not, in the order of
 * an export (file name, MediaId). CSV is written as Excel reads it: UTF-8 with a byte order mark, lines ended by CR LF.
 * What was only assumed is left out, since a media map is believed; so is the service's URL, which would stand in the
 * way of the file it is to be replaced by. Reading the map with the same record gives the same facts.
 */
export function mediaMapText(media: readonly (MediaFacts | UnknownMedia)[], format: "csv" | "json"): string {
  const rows = [...media].sort(inOrder).map((each) => mediaMapColumns.map((column) => cellOf(each, column)));
  return format === "csv" ? csvText(rows) : jsonText(rows);
}

function inOrder(a: MediaFacts | UnknownMedia, b: MediaFacts | UnknownMedia): number {
  return compareNames(a.fileName ?? a.mediaId, b.fileName ?? b.mediaId) || compareCodePoints(a.mediaId, b.mediaId);
}

function csvText(rows: readonly (readonly Cell[])[]): string {
  const lines = [mediaMapColumns, ...rows.map((row) => row.map(csvCell))];
  return `\uFEFF${lines.map((cells) => `${cells.join(",")}\r\n`).join("")}`;
}

function csvCell(cell: Cell, column: number): string {
  const text = String(cell ?? "");
  const guarded = textColumns.has(mediaMapColumns[column] as MediaMapColumn) ? guardedCell(text) : text;
  return /[",;\s]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

function jsonText(rows: readonly (readonly Cell[])[]): string {
  const objects = rows.map((row) => Object.fromEntries(row.map((cell, i) => [mediaMapColumns[i], cell ?? null])));
  return `${JSON.stringify(objects, undefined, 2)}\n`;
}

/** Columns of any text; the others hold nothing that a spreadsheet could take for something else. */
const textColumns: ReadonlySet<MediaMapColumn> = new Set(["media", "original", "proxy", "reel", "name"]);

function cellOf(media: MediaFacts | UnknownMedia, column: MediaMapColumn): Cell {
  if ("rate" in media) return cells[column](media);
  return { media: media.mediaId, name: media.fileName }[column as string];
}

const cells: Readonly<Record<MediaMapColumn, (facts: MediaFacts) => Cell>> = {
  media: ({ mediaId }) => mediaId,
  original: (facts) => locationCell(facts, "original"),
  proxy: (facts) => locationCell(facts, "proxy"),
  rate: rateCell,
  start_timecode: ({ start, counting, sources }) => (sources.start === "assumed" ? undefined : timecodeOf(start, counting)),
  duration: durationCell,
  width: ({ size }) => size?.width,
  height: ({ size }) => size?.height,
  scan: ({ scan }) => scan,
  pixel_aspect: ({ pixelAspect }) => pixelAspect && ratioCell(pixelAspect),
  audio: ({ audio, sources }) => (audio ? streamsCell(audio) : sources.audio === "assumed" ? undefined : "none"),
  reel: ({ reel }) => reel,
  name: ({ name }) => name,
};

/** A path where it reads back as this URL, else the URL. */
function locationCell({ url: shownUrl, use, otherUrl, sources }: MediaFacts, wanted: MediaUse): string | undefined {
  if (use === wanted && (sources.url === "service" || sources.url === "assumed")) return undefined;
  const url = use === wanted ? shownUrl : otherUrl;
  if (url === undefined) return undefined;
  const path = pathOf(url);
  return path !== undefined && readsBack(path) && fileUrl(path) === url ? path : url;
}

function pathOf(url: string): string | undefined {
  const [, host, encoded] = /^file:\/\/([^/]*)(\/.*)$/s.exec(url) ?? [];
  if (host === undefined || encoded === undefined) return undefined;
  const path = decodeURIComponent(encoded);
  if (host !== "") return `\\\\${host}${path.replaceAll("/", "\\")}`;
  return /^\/[a-z]:\//i.test(path) ? path.slice(1).replaceAll("/", "\\") : path;
}

/** Neither trimmed nor led elsewhere when the map is read. */
function readsBack(path: string): boolean {
  return path === path.trim() && (isWindowsPath(path) || resolve(path) === path);
}

/**
 * Whole rates as a number, drop-frame by its name, all others as a fraction: spreadsheets take `23.976` for 23,976
 * where a point groups thousands, and `25/2` for a day, but a denominator from 1000 up for text.
 */
function rateCell({ rate, counting }: MediaFacts): string | number {
  return counting.dropped > 0 ? `${rateName(rate)}df` : ratioCell(rate);
}

function ratioCell({ num, den }: { readonly num: number; readonly den: number }): string | number {
  const times = Math.ceil(1000 / den);
  return den === 1 ? num : `${num * times}/${den * times}`;
}

/** One stream as its number of channels; several joined, which no spreadsheet adds up without a `=`. */
function streamsCell({ streams }: AudioFacts): Cell {
  return streams.length === 1 ? streams[0] : streams.join("+");
}

/** A timecode, which no spreadsheet turns into a number; seconds where the length has no label. */
function durationCell({ duration, rate, counting }: MediaFacts): string | undefined {
  if (duration === undefined) return undefined;
  const text = timecodeOf(duration, counting);
  const label = parseTimecode(text);
  if (label !== undefined && frameOfLabel(label, counting) === duration) return text;
  // Up to the next billionth of a second: a length is read by its whole frames.
  const billionths = String(ceil(fraction(BigInt(duration) * BigInt(rate.den) * 1_000_000_000n, rate.num))).padStart(10, "0");
  return `${billionths.slice(0, -9)}.${billionths.slice(-9)}`;
}
