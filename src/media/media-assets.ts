import type { FaceRecord, MediaInfo } from "../model/matches.js";
import { MediaMapIndex, type RowForMedia } from "./find-rows.js";
import type { MediaMap } from "./media-map-keys.js";
import type { MediaMapRow } from "./media-map-row.js";
import type { MapRow } from "./media-map-table.js";

/** A media asset that was found, with all that others say of it. */
export interface MediaAsset {
  readonly mediaId: string;
  /** Clips of it were found, so that its facts are needed. */
  readonly hasClips: boolean;
  readonly info: MediaInfo | undefined;
  /** Rows of the media map for it, strongest first. */
  readonly rows: readonly RowForMedia[];
}

export interface MediaAssets {
  readonly assets: readonly MediaAsset[];
  /** Rows of the media map that are for none of them: what they name. */
  readonly unusedRows: readonly string[];
}

/** The media of a record, each with its rows. Throws `bad-media-map` when a row is for two of them, or two for one. */
export function mediaAssets(record: FaceRecord, map: MediaMap | undefined): MediaAssets {
  const index = new MediaMapIndex(map);
  const assets = record.matches.map(({ mediaId, clips }) => {
    const info = record.mediaInfos.get(mediaId);
    return { mediaId, hasClips: clips.length > 0, info, rows: index.rowsFor(mediaId, info) };
  });
  return { assets, unusedRows: index.unused().map(({ media }) => media) };
}

/** The rows of a map, as they are written, that are not for one of these media alone. */
export function otherRows(record: FaceRecord, map: MediaMap, mediaIds: ReadonlySet<string>): MapRow[] {
  const wanted = mediaAssets(record, map).assets.filter(({ mediaId }) => mediaIds.has(mediaId));
  const own = new Set(wanted.flatMap(({ rows }) => rows.map(({ row }) => row)).filter(({ media }) => !media.endsWith("*")));
  return map.table.filter((_, i) => !own.has(map.rows[i] as MediaMapRow));
}

/** What the strongest row that says something says. */
export function fromMap<T>({ rows }: MediaAsset, read: (row: RowForMedia) => T | undefined): T | undefined {
  for (const row of rows) {
    const value = read(row);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** True when the media map says all that a probe could say and a clip needs. */
export function isComplete(asset: MediaAsset): boolean {
  const says = (key: "clock" | "startTimecode" | "duration" | "size" | "streams") =>
    fromMap(asset, ({ row }) => row[key]) !== undefined;
  return says("clock") && says("startTimecode") && says("duration") && says("size") && says("streams");
}
