import type { FacecutError } from "../errors.js";
import { oneLine } from "../text.js";
import { badMediaMap } from "./bad-media-map.js";
import type { MediaMapRow } from "./media-map-row.js";
import type { MapRow } from "./media-map-table.js";
import { isUrl, plainUrl } from "./media-url.js";

/** A media map, read and checked. */
export interface MediaMap {
  /** Its path, as it was given. */
  readonly file: string;
  readonly rows: readonly MediaMapRow[];
  /** The same rows as they are written. */
  readonly table: readonly MapRow[];
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
