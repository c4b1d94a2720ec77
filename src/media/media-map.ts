import { osReason } from "../errors.js";
import { readNamedFile } from "../read-file.js";
import { decodeUtf8 } from "../text.js";
import { badMediaMap } from "./bad-media-map.js";
import { type MediaMap, mediaKey, twoRows } from "./media-map-keys.js";
import { type MediaMapRow, readRow } from "./media-map-row.js";
import { readTable } from "./media-map-table.js";
import { checkMapTimes } from "./media-times.js";

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
