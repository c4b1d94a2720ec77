import type { FacecutError } from "../errors.js";
import { given } from "../model/given.js";
import type { MediaInfo } from "../model/matches.js";
import { shown } from "../text.js";
import { badMediaMap } from "./bad-media-map.js";
import { type MediaMap, mediaKey, nameKey, twoRows } from "./media-map-keys.js";
import type { MediaMapRow } from "./media-map-row.js";
import { fileNameInUrl, insideFolder, plainUrl } from "./media-url.js";

/** A row that holds for one asset; `original` and `proxy` are that asset's own files. */
export interface RowForMedia {
  readonly row: MediaMapRow;
  readonly original?: string;
  readonly proxy?: string;
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
      ...(own === undefined ? [] : [given({ row: own, original: own.original, proxy: own.proxy })]),
      ...broader.map(([prefix, row]) => inFolders(row, (url as string).slice(prefix.length))),
    ];
  }

  /** The rows for one asset each that were for none so far; a row for the beginning of URLs need not be for any. */
  unused(): MediaMapRow[] {
    return [...this.#rows.values()].filter((row) => !this.#used.has(row));
  }

  #ownRow(mediaId: string, url: string | undefined, info: MediaInfo | undefined): MediaMapRow | undefined {
    const byName = this.#byName(mediaId, info?.fileName ?? (url && fileNameInUrl(url)));
    const found = [this.#rows.get(nameKey(mediaId)), url === undefined ? undefined : this.#rows.get(url), byName];
    const [row, other] = [...new Set(found.filter((candidate) => candidate !== undefined))];
    if (row !== undefined && other !== undefined) throw twoRows(row, other);
    if (row !== undefined) this.#used.add(row);
    return row;
  }

  #byName(mediaId: string, fileName: string | undefined): MediaMapRow | undefined {
    const row = fileName === undefined ? undefined : this.#rows.get(nameKey(fileName));
    if (row === undefined) return undefined;
    const user = this.#usedByName.get(row);
    if (user !== undefined && user !== mediaId) throw nameOfTwo(row, user, mediaId);
    this.#usedByName.set(row, mediaId);
    return row;
  }
}

/** A row for the beginning of URLs names folders, and the rest of a URL the file in them. */
function inFolders(row: MediaMapRow, rest: string): RowForMedia {
  const name = rest.replace(/^\/+/, "");
  const fileIn = (folder: string | undefined) => (folder === undefined || name === "" ? undefined : insideFolder(folder, name));
  return given({ row, original: fileIn(row.original), proxy: fileIn(row.proxy) });
}

function nameOfTwo(row: MediaMapRow, one: string, other: string): FacecutError {
  return badMediaMap(
    `Two media assets have this file name: ${shown(one)} and ${shown(other)}`,
    `${row.place}, column media`,
    "Name each by its MediaId or its URL",
  );
}
