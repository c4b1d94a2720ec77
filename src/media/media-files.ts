import { stat } from "node:fs/promises";
import { FacecutError } from "../errors.js";
import { given } from "../model/given.js";
import type { FaceRecord } from "../model/matches.js";
import type { MediaUse } from "../model/media.js";
import { count, shortened } from "../text.js";
import { eachOf } from "./each-of.js";
import { type FileIndex, type Found, indexFolders } from "./find-files.js";
import { isComplete, type MediaAsset, mediaAssets } from "./media-assets.js";
import type { MediaMap } from "./media-map.js";
import { fileNameInPath, fileNameInUrl, localPath, locationName } from "./media-url.js";
import { type ProbedMedia, type ProbeOptions, probeFiles } from "./probe.js";

/** One of the files of a media asset. */
export interface MediaFile {
  /** A path, or a URL the media map gives. */
  readonly location: string;
  /** Whether the media map gives it or it was found by its name. */
  readonly source: "media map" | "media folder";
  /** Whether it is there; absent where that cannot be seen from here. */
  readonly exists?: boolean;
  /** The name looked for, when it was found under another extension. */
  readonly soughtName?: string;
  /** What ffprobe says of it; absent when it was not asked. */
  readonly probed?: ProbedMedia;
  /** Why ffprobe says nothing of it. */
  readonly failure?: string;
}

/** The files of one media asset, as far as they are known. */
export type FilesOfMedia = { readonly [use in MediaUse]?: MediaFile };

/** The files of all media, and what went wrong with looking for them. */
export interface MediaFiles {
  readonly byMedia: ReadonlyMap<string, FilesOfMedia>;
  /** Folders that could not be read. */
  readonly skippedFolders: readonly string[];
  /** Files that ffprobe had to be asked about, though there is no ffprobe. */
  readonly unprobed: number;
}

export interface FindMediaOptions extends ProbeOptions {
  /** Folders to look for media in, by file name. */
  readonly mediaDirs: readonly string[];
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
  finder.refuseAmbiguous();
  const { byMedia, unprobed } = await withProbes(assets, found, options);
  return { byMedia, skippedFolders: folders?.skipped ?? [], unprobed };
}

// More would only wait for each other in Node's thread pool.
const filesAtOnce = 8;

/** Looks for the files of one asset after another. */
class Finder {
  readonly #folders: FileIndex | undefined;
  /** Folders of a media map's rows, each read when first needed. */
  readonly #mapped = new Map<string, Promise<FileIndex | undefined>>();
  readonly #ambiguous = new Map<string, readonly string[]>();

  constructor(folders: FileIndex | undefined) {
    this.#folders = folders;
  }

  async filesOf(asset: MediaAsset): Promise<FilesOfMedia> {
    const [original, proxy] = [await this.#mappedFile(asset, "original"), await this.#mappedFile(asset, "proxy")];
    if (original !== undefined && original.exists !== false) return given({ original, proxy });
    return given({ original: this.#byName(asset, original) ?? original, proxy });
  }

  /** Throws `ambiguous-media`, naming what was found more than once. */
  refuseAmbiguous(): void {
    const [first, ...others] = this.#ambiguous;
    if (first === undefined) return;
    const [name, paths] = first;
    const more = others.length === 0 ? "" : `; and so for ${count(others.length, "other name")}`;
    throw new FacecutError("ambiguous-media", {
      what: `${count(paths.length, "file")} could be ${shortened(name, 80)}: ${paths.slice(0, mostPaths).join(", ")}${more}`,
      ...(others.length === 0
        ? {}
        : {
            where: others
              .slice(0, mostPaths)
              .map(([, at]) => at.join(", "))
              .join("; "),
          }),
      cure: "Say which in the column original of --media-map, or give a narrower --media-dir",
      option: "mediaDir",
    });
  }

  async #mappedFile(asset: MediaAsset, use: MediaUse): Promise<MediaFile | undefined> {
    const row = asset.rows.find((candidate) => candidate[use] !== undefined);
    const location = row?.[use];
    if (row === undefined || location === undefined) return undefined;
    const path = localPath(location);
    if (path === undefined) return { location, source: "media map" };
    if (await isFile(path)) return { location, source: "media map", exists: true };
    const folder = row.row.media.endsWith("*") ? localPath(row.row[use] as string) : undefined;
    const name = locationName(location);
    const hit = folder && name ? (await this.#mappedFolder(folder))?.find(name) : undefined;
    return fileOf(hit, name as string, "media map") ?? { location, source: "media map", exists: false };
  }

  #mappedFolder(folder: string): Promise<FileIndex | undefined> {
    const known = this.#mapped.get(folder) ?? indexFolders([folder]).catch(() => undefined);
    this.#mapped.set(folder, known);
    return known;
  }

  /** The file in the media folders that has the asset's name. */
  #byName(asset: MediaAsset, mapped: MediaFile | undefined): MediaFile | undefined {
    for (const name of namesOf(asset, mapped)) {
      const hit = this.#folders?.find(name);
      if (hit !== undefined && "candidates" in hit) this.#ambiguous.set(name, hit.candidates);
      if (hit !== undefined) return fileOf(hit, name, "media folder");
    }
    return undefined;
  }
}

const mostPaths = 5;

/** The names an asset's file may have, likeliest first. */
function namesOf({ mediaId, info, rows }: MediaAsset, mapped: MediaFile | undefined): string[] {
  const [own] = rows;
  const names = [
    mapped && locationName(mapped.location),
    info?.fileName && fileNameInPath(info.fileName),
    info?.inputUrl && fileNameInUrl(info.inputUrl),
    own === undefined || own.row.media === mediaId ? undefined : locationName(own.row.media),
  ];
  return names.filter((name): name is string => name !== undefined && name !== "");
}

function fileOf(hit: Found, name: string, source: MediaFile["source"]): MediaFile | undefined {
  if (hit === undefined || "candidates" in hit) return undefined;
  return given({ location: hit.path, source, exists: true, soughtName: hit.otherExtension ? name : undefined });
}

/** False also for what cannot be looked at. */
async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (state) => !state.isDirectory(),
    () => false,
  );
}

/** Adds what ffprobe says: of the original, or of the proxy where no original can be read from here. */
async function withProbes(assets: readonly MediaAsset[], found: ReadonlyMap<string, FilesOfMedia>, options: ProbeOptions) {
  const wanted = assets.filter((asset) => !isComplete(asset)).map(({ mediaId }) => readable(found.get(mediaId) ?? {}));
  const paths = wanted.filter((path) => path !== undefined);
  const results = await probeFiles(paths, options);
  if (results === undefined) return { byMedia: found, unprobed: paths.length };
  const withResult = (file: MediaFile | undefined, path: string | undefined) => {
    const result = file && localPath(file.location) === path && path !== undefined ? results.get(path) : undefined;
    if (file === undefined || result === undefined) return file;
    return { ...file, ...("facts" in result ? { probed: result.facts } : { failure: result.failure }) };
  };
  const byMedia = new Map(
    [...found].map(([mediaId, { original, proxy }]) => {
      const path = readable({ ...given({ original, proxy }) });
      return [mediaId, given({ original: withResult(original, path), proxy: withResult(proxy, path) })] as const;
    }),
  );
  return { byMedia, unprobed: 0 };
}

function readable({ original, proxy }: FilesOfMedia): string | undefined {
  const file = [original, proxy].find((candidate) => candidate?.exists === true);
  return file && localPath(file.location);
}
