import type { FacecutError } from "../errors.js";
import { given } from "../model/given.js";
import type { FaceRecord } from "../model/matches.js";
import type { MediaUse } from "../model/media.js";
import { eachOf } from "./each-of.js";
import { indexFolders } from "./find-files.js";
import { mediaAssets } from "./media-assets.js";
import type { FilesOfMedia } from "./media-file.js";
import { Finder } from "./media-finder.js";
import type { MediaMap } from "./media-map-keys.js";
import { withProbes } from "./media-probes.js";
import type { ProbeOptions } from "./probe.js";

export type { FilesOfMedia, MediaFile } from "./media-file.js";

/** The files of all media, and what went wrong with looking for them. */
export interface MediaFiles {
  readonly byMedia: ReadonlyMap<string, FilesOfMedia>;
  /** Folders that could not be read. */
  readonly skippedFolders: readonly string[];
  /** Files that ffprobe had to be asked about, though there is no ffprobe. */
  readonly unprobed: number;
  /** Why media are without files, which has yet to be refused: their names are those of several. */
  readonly ambiguous?: FacecutError;
}

export interface FindMediaOptions extends ProbeOptions {
  /** Folders to look for media in, by file name. */
  readonly mediaDirs: readonly string[];
  /** Which file clips will point to; the original when absent. */
  readonly use?: MediaUse;
  /** Go on when a name is that of several files, and leave the refusal to the caller. */
  readonly keepAmbiguous?: boolean;
}

/**
 * Finds the files of the media that have clips, and asks ffprobe about those of which the media map does not say all.
 * Throws `no-input` for a folder that cannot be read, `ambiguous-media` when a name is that of several files.
 */
export async function findMediaFiles(
  record: FaceRecord,
  map: MediaMap | undefined,
  options: FindMediaOptions,
): Promise<MediaFiles> {
  const assets = mediaAssets(record, map).assets.filter(({ hasClips }) => hasClips);
  const folders = options.mediaDirs.length === 0 ? undefined : await indexFolders(options.mediaDirs);
  const finder = new Finder(folders);
  const found = new Map<string, FilesOfMedia>();
  await eachOf(assets, filesAtOnce, async (asset) => void found.set(asset.mediaId, await finder.filesOf(asset)));
  const ambiguous = finder.ambiguity();
  if (ambiguous !== undefined && !options.keepAmbiguous) throw ambiguous;
  const { byMedia, unprobed } = await withProbes(assets, found, options);
  return { byMedia, skippedFolders: folders?.skipped ?? [], unprobed, ...given({ ambiguous }) };
}

// More would only wait for each other in Node's thread pool.
const filesAtOnce = 8;
