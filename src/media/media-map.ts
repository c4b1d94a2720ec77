import { type FacecutError, osReason } from "../errors.js";
import { readNamedFile } from "../read-file.js";
import { decodeUtf8, oneLine } from "../text.js";
import { type MediaMapRow, readRow } from "./media-map-row.js";
import { badMediaMap, type MapRow, readTable } from "./media-map-table.js";
import { checkMapTimes } from "./media-times.js";
import { isUrl, plainUrl } from "./media-url.js";

/** A media map, read and checked. */
export interface MediaMap {
  /** Its path, as it was given. */
  readonly file: string;
  readonly rows: readonly MediaMapRow[];
  /** The same rows as they are written. */
  readonly table: readonly MapRow[];
}

/**
 * Reads a media map: CSV with a header (UTF-8; comma, semicolon or tab) or a JSON array of the same keys. Relative
 * paths in it lead from its own folder. Throws `bad-media-map` with file, row and column.
 */
export async function readMediaMap(file: string): Promise<MediaMap> {
  const text = decodeUtf8(await readBytes(file));
  if (text === undefined)
    throw badMediaMap("The media map is not UTF-8 text", file, "Save it as UTF-8: in Excel, as the file type CSV UTF-8");
  const table = readTable(file, text);
  const rows = table.map((row) => readRow(file, row));
  for (const row of rows) checkMapTimes(row);
  refuseTwice(rows);
  return { file, rows, table };
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readNamedFile(file);
  } catch (error) {
    throw badMediaMap(`The media map cannot be read: ${osReason(error)}`, file, "Give the path of a CSV or JSON file");
  }
}

function refuseTwice(rows: readonly MediaMapRow[]): void {
  const seen = new Map<string, MediaMapRow>();
  for (const row of rows) {
    const key = mediaKey(row.media);
    const earlier = seen.get(key);
    if (earlier !== undefined) throw twoRows(earlier, row);
    seen.set(key, row);
  }
}

/** One asset, one row: which of two to believe is not facecut's to guess. */
export function twoRows(earlier: MediaMapRow, later: MediaMapRow): FacecutError {
  return badMediaMap("Two rows are for one media asset", `${earlier.place}, and ${later.place}`, "Keep one of them");
}

/** What MediaIds and file names are compared by: a media map that facecut wrote has them on one line. */
export function nameKey(name: string): string {
  return oneLine(name.normalize("NFC"));
}

/** What a row's `media` is compared by. */
export function mediaKey(media: string): string {
  if (!isUrl(media)) return nameKey(media);
  return media.endsWith("*") ? `${plainUrl(media.slice(0, -1))}*` : plainUrl(media);
}
