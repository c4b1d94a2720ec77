import { resolve } from "node:path";
import { guardedCell } from "../csv-text.js";
import type { AudioFacts, MediaFacts, MediaUse } from "../model/media.js";
import { compareCodePoints, compareNames, oneLine } from "../text.js";
import { rateName } from "../time/frame-rate.js";
import { frameOfLabel, parseTimecode, timecodeOf } from "../time/timecode.js";
import { usualSampleRate } from "./media-claims.js";
import { type MapRow, type MediaMapColumn, mediaMapColumns } from "./media-map-table.js";
import { fileUrl, isWindowsPath } from "./media-url.js";
import { secondsOf, type UnknownMedia } from "./unknown-media.js";

export type { UnknownMedia } from "./unknown-media.js";

type Cell = string | number | undefined;

/**
 * A media map with a row for each of these media, to be completed by hand: all columns, known or not, in the order of
 * an export (file name, MediaId). CSV is written as Excel reads it: UTF-8 with a byte order mark, lines ended by CR LF.
 * What was only assumed is left out, since a media map is believed; so is the service's URL, which would stand in the
 * way of the file it is to be replaced by. Texts stand on one line, without control characters, paths that have any as URLs.
 * Reading the map with the same record gives the same facts. Rows of another
 * map to be `kept` follow as they are.
 */
export function mediaMapText(
  media: readonly (MediaFacts | UnknownMedia)[],
  format: "csv" | "json",
  kept: readonly MapRow[] = [],
): string {
  const known = [...media].sort(inOrder).map((each) => mediaMapColumns.map((column) => cellOf(each, column)));
  const rows = [...known, ...kept.map((row) => mediaMapColumns.map((column) => row.cells.get(column)))];
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
  const cell = "rate" in media ? cells[column](media) : unknownCells[column]?.(media);
  return typeof cell === "string" ? oneLine(cell) : cell;
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
  // Of a file that was not found the name is all that tells what to look for.
  name: ({ name, fileName, sources: { url } }) =>
    name === fileName && url !== "service" && url !== "assumed" ? undefined : name,
};

const unknownCells: Readonly<Partial<Record<MediaMapColumn, (media: UnknownMedia) => Cell>>> = {
  media: ({ mediaId }) => mediaId,
  original: ({ original }) => pathOrUrl(original),
  proxy: ({ proxy }) => pathOrUrl(proxy),
  start_timecode: ({ startTimecode }) => startTimecode,
  duration: ({ duration }) => duration,
  width: ({ size }) => size?.width,
  height: ({ size }) => size?.height,
  scan: ({ scan }) => scan,
  pixel_aspect: ({ pixelAspect }) => pixelAspect && ratioCell(pixelAspect),
  audio: ({ audio }) => (typeof audio === "object" ? streamsCell(audio) : audio),
  reel: ({ reel }) => reel,
  name: ({ name, fileName, original }) => name ?? (original === undefined ? fileName : undefined),
};

function locationCell({ url: shownUrl, use, otherUrl, sources }: MediaFacts, wanted: MediaUse): string | undefined {
  if (use === wanted && (sources.url === "service" || sources.url === "assumed")) return undefined;
  return pathOrUrl(use === wanted ? shownUrl : otherUrl);
}

/** A path where it reads back as this URL, else the URL. */
function pathOrUrl(url: string | undefined): string | undefined {
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

/** Neither written otherwise, nor led elsewhere when the map is read. */
function readsBack(path: string): boolean {
  return path === oneLine(path) && (isWindowsPath(path) || resolve(path) === path);
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
function streamsCell({ streams, sampleRate }: AudioFacts): Cell {
  const channels = streams.join("+");
  if (sampleRate !== usualSampleRate) return `${channels}@${sampleRate}`;
  return streams.length === 1 ? streams[0] : channels;
}

/** A timecode, which no spreadsheet turns into a number; seconds where the length has no label. */
function durationCell({ duration, rate, counting }: MediaFacts): string | undefined {
  if (duration === undefined) return undefined;
  const text = timecodeOf(duration, counting);
  const label = parseTimecode(text);
  if (label !== undefined && frameOfLabel(label, counting) === duration) return text;
  return secondsOf(duration, rate);
}
