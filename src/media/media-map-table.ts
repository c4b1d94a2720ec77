import { unguardedCell } from "../csv-text.js";
import type { FacecutError } from "../errors.js";
import { parseCsv } from "../read-csv.js";
import { nearest, shown } from "../text.js";
import { badMediaMap } from "./bad-media-map.js";

/** The columns of a media map. */
export const mediaMapColumns = [
  "media",
  "original",
  "proxy",
  "rate",
  "start_timecode",
  "duration",
  "width",
  "height",
  "scan",
  "pixel_aspect",
  "audio",
  "reel",
  "name",
] as const;
export type MediaMapColumn = (typeof mediaMapColumns)[number];

/** One row as text: no blank cells. `place` is for messages: `media.csv, row 3`. */
export interface MapRow {
  readonly place: string;
  readonly cells: ReadonlyMap<MediaMapColumn, string>;
}

/** Reads the rows of a media map: CSV with a header, or a JSON array of objects. `file` is for messages. */
export function readTable(file: string, text: string): MapRow[] {
  return /^\s*[[{]/.test(text) ? readJsonRows(file, text) : readCsvRows(file, text);
}

function readCsvRows(file: string, text: string): MapRow[] {
  const records = parseCsv(text.replace(delimiterHint, ""), (line) => notCsv(file, line));
  const first = records.findIndex((record) => !isBlank(record));
  const header = records[first];
  if (header === undefined) throw badMediaMap("The media map is empty", file, "Give it a header line with the column media");
  const columns = headerColumns(header, rowPlace(file, first));
  const rows: MapRow[] = [];
  records.forEach((record, i) => {
    if (i > first && !isBlank(record)) rows.push(csvRow(columns, record, rowPlace(file, i)));
  });
  return rows;
}

// Excel takes the delimiter from such a first line, which it neither shows nor counts as a row.
const delimiterHint = /^sep=.(\r\n|\n|\r)/i;

// A spreadsheet counts the header as row 1, and a cell with line breaks as one row.
function rowPlace(file: string, index: number): string {
  return `${file}, row ${index + 1}`;
}

function isBlank(record: readonly string[]): boolean {
  return record.every((cell) => cell.trim() === "");
}

function notCsv(file: string, line: number | undefined): FacecutError {
  const where = line === undefined ? file : `${file}, line ${line}`;
  return badMediaMap("The media map is not proper CSV", where, 'Close every quote, and write a quote inside quotes as ""');
}

/** Undefined for a column without a name. */
function headerColumns(header: readonly string[], place: string): (MediaMapColumn | undefined)[] {
  const columns = header.map((cell) => (cell.trim() === "" ? undefined : columnOf(cell, place)));
  const twice = columns.find((column, i) => column !== undefined && columns.indexOf(column) !== i);
  if (twice !== undefined) throw badMediaMap(`The column ${twice} occurs twice`, place, "Take one of them out");
  if (!columns.includes("media")) {
    throw badMediaMap(
      "The media map has no column media",
      place,
      "Give it one, with the MediaId, file name or URL of each asset",
    );
  }
  return columns;
}

function columnOf(name: string, place: string): MediaMapColumn {
  const word = name.trim().toLowerCase();
  const column = mediaMapColumns.find((known) => known === word);
  if (column !== undefined) return column;
  const meant = nearest(word, mediaMapColumns);
  const cure = `${meant === undefined ? "" : `Did you mean ${meant}? `}The columns are ${mediaMapColumns.join(", ")}`;
  throw badMediaMap(`A media map has no column ${shown(name.trim())}`, place, cure);
}

function csvRow(columns: readonly (MediaMapColumn | undefined)[], record: readonly string[], place: string): MapRow {
  const cells = new Map<MediaMapColumn, string>();
  record.forEach((cell, i) => {
    const value = unguardedCell(cell.trimStart()).trimEnd();
    if (value === "") return;
    const column = columns[i];
    if (column === undefined) throw cellWithoutColumn(value, i, place);
    cells.set(column, value);
  });
  return { place, cells };
}

function cellWithoutColumn(value: string, index: number, place: string): FacecutError {
  return badMediaMap(
    `Cell ${index + 1} of the row, ${shown(value)}, has no column in the header`,
    place,
    'Put cells that hold the delimiter in quotes, as in "01:00:00;00"',
  );
}

function readJsonRows(file: string, text: string): MapRow[] {
  const rows = parseJson(file, text);
  if (!Array.isArray(rows))
    throw badMediaMap("The media map is not a list", file, "Write a JSON array of objects, one per asset");
  return rows.map((row: unknown, i) => jsonRow(row, `${file} $[${i}]`));
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badMediaMap("The media map is not JSON", file, "Write a JSON array of objects, or CSV with a header");
  }
}

function jsonRow(row: unknown, place: string): MapRow {
  if (typeof row !== "object" || row === null || Array.isArray(row)) {
    throw badMediaMap(`Found ${shown(row)} where an object is expected`, place, "Write one object per asset");
  }
  const cells = new Map<MediaMapColumn, string>();
  for (const [name, value] of Object.entries(row)) {
    const column = columnOf(name, place);
    const text = jsonCell(value, column, place);
    if (text !== "") cells.set(column, text);
  }
  return { place, cells };
}

function jsonCell(value: unknown, column: MediaMapColumn, place: string): string {
  if (value === null) return "";
  if (typeof value === "string" || typeof value === "number") return String(value).trim();
  throw badMediaMap(`Found ${shown(value)} where text or a number is expected`, `${place}, column ${column}`, "Write one value");
}
