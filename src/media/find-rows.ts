import type { FacecutError } from "../errors.js";
import type { MediaInfo } from "../model/matches.js";
import { shown } from "../text.js";
import { type MediaMap, mediaKey, twoRows } from "./media-map.js";
import type { MediaMapRow } from "./media-map-row.js";
import { badMediaMap } from "./media-map-table.js";
import { fileNameInUrl, insideFolder, plainUrl } from "./media-url.js";

/** A row that holds for one asset; `original` is that asset's own file. */
export interface RowForMedia {
  readonly row: MediaMapRow;
  readonly original?: string;
}

/** The rows of a media map by what they name, and what each file name was used for so far. */
export class MediaMapIndex {
  readonly #rows: ReadonlyMap<string, MediaMapRow>;
  readonly #prefixes: readonly (readonly [prefix: string, row: MediaMapRow])[];
  readonly #usedByName = new Map<MediaMapRow, string>();
  readonly #used = new Set<MediaMapRow>();

  constructor(map: MediaMap | undefined) {
    const keyed = (map?.rows ?? []).map((row) => [mediaKey(row.media), row] as const);
    this.#rows = new Map(keyed.filter(([key]) => !key.endsWith("*")));
    const prefixes = keyed.filter(([key]) => key.endsWith("*")).map(([key, row]) => [key.slice(0, -1), row] as const);
    this.#prefixes = prefixes.sort(([a], [b]) => b.length - a.length);
  }

  /**
   * The rows for one asset, strongest first: the one for it alone, then those for the beginning of its URL, the
   * longest first. Throws `bad-media-map` when two rows are for it alone, or when a file name is that of two assets.
   */
  rowsFor(mediaId: string, info: MediaInfo | undefined): RowForMedia[] {
    const url = info?.inputUrl === undefined ? undefined : plainUrl(info.inputUrl);
    const own = this.#ownRow(mediaId, url, info);
    const broader = this.#prefixes.filter(([prefix]) => url?.startsWith(prefix));
    return [
      ...(own === undefined ? [] : [withOriginal(own, own.original)]),
      ...broader.map(([prefix, row]) => withOriginal(row, fileIn(row.original, url as string, prefix))),
    ];
  }

  /** The rows for one asset each that were for none so far; a row for the beginning of URLs need not be for any. */
  unused(): MediaMapRow[] {
    return [...this.#rows.values()].filter((row) => !this.#used.has(row));
  }

  #ownRow(mediaId: string, url: string | undefined, info: MediaInfo | undefined): MediaMapRow | undefined {
    const byName = this.#byName(mediaId, info?.fileName ?? (url && fileNameInUrl(url)));
    const found = [this.#rows.get(mediaId.normalize("NFC")), url === undefined ? undefined : this.#rows.get(url), byName];
    const [row, other] = [...new Set(found.filter((candidate) => candidate !== undefined))];
    if (row !== undefined && other !== undefined) throw twoRows(row, other);
    if (row !== undefined) this.#used.add(row);
    return row;
  }

  #byName(mediaId: string, fileName: string | undefined): MediaMapRow | undefined {
    const row = fileName === undefined ? undefined : this.#rows.get(fileName.normalize("NFC"));
    if (row === undefined) return undefined;
    const user = this.#usedByName.get(row);
    if (user !== undefined && user !== mediaId) throw nameOfTwo(row, user, mediaId);
    this.#usedByName.set(row, mediaId);
    return row;
  }
}

function withOriginal(row: MediaMapRow, original: string | undefined): RowForMedia {
  return original === undefined ? { row } : { row, original };
}

function fileIn(folder: string | undefined, url: string, prefix: string): string | undefined {
  const rest = url.slice(prefix.length).replace(/^\/+/, "");
  return folder === undefined || rest === "" ? undefined : insideFolder(folder, rest);
}

function nameOfTwo(row: MediaMapRow, one: string, other: string): FacecutError {
  return badMediaMap(
    `Two media assets have this file name: ${shown(one)} and ${shown(other)}`,
    `${row.place}, column media`,
    "Name each by its MediaId or its URL",
  );
}
