import { stat } from "node:fs/promises";
import { FacecutError, osReason } from "../errors.js";
import { given } from "../model/given.js";
import type { MediaUse } from "../model/media.js";
import { count, shortened } from "../text.js";
import { type FileIndex, type Found, indexFolders } from "./find-files.js";
import { localPath } from "./local-path.js";
import type { MediaAsset } from "./media-assets.js";
import type { FilesOfMedia, MediaFile } from "./media-file.js";
import { fileNameInPath, fileNameInUrl, locationName } from "./media-url.js";

/** Looks for the files of one asset after another. */
export class Finder {
  readonly #folders: FileIndex | undefined;
  /** Folders of a media map's rows, each read when first needed. */
  readonly #mapped = new Map<string, Promise<FileIndex | undefined>>();
  readonly #ambiguous = new Map<string, readonly string[]>();

  constructor(folders: FileIndex | undefined) {
    this.#folders = folders;
  }

  async filesOf(asset: MediaAsset): Promise<FilesOfMedia> {
    const [original, proxy] = [await this.#mappedFile(asset, "original"), await this.#mappedFile(asset, "proxy")];
    if (original?.exists === true) return given({ original, proxy });
    const found = original?.unseen ? this.#elsewhere(original) : this.#byName(asset, original);
    return given({ original: found ?? original, proxy });
  }

  /** The refusal of names that were found more than once: `ambiguous-media`. */
  ambiguity(): FacecutError | undefined {
    const [first, ...others] = this.#ambiguous;
    if (first === undefined) return undefined;
    const [name, paths] = first;
    const more = others.length === 0 ? "" : `; and so for ${count(others.length, "other name")}`;
    const where = others
      .slice(0, mostPaths)
      .map(([, at]) => at.join(", "))
      .join("; ");
    return new FacecutError("ambiguous-media", {
      what: `${count(paths.length, "file")} could be ${shortened(name, 80)}: ${paths.slice(0, mostPaths).join(", ")}${more}`,
      ...(where === "" ? {} : { where }),
      cure: "Say which in the column original of --media-map, or give a narrower --media-dir",
      option: this.#folders === undefined ? "mediaMap" : "mediaDir",
    });
  }

  async #mappedFile(asset: MediaAsset, use: MediaUse): Promise<MediaFile | undefined> {
    const row = asset.rows.find((candidate) => candidate[use] !== undefined);
    const location = row?.[use];
    if (row === undefined || location === undefined) return undefined;
    const mapped = { location, source: "media map" } as const;
    const path = localPath(location);
    if (path === undefined) return { ...mapped, unseen: true };
    const obstacle = await obstacleTo(path);
    if (obstacle === undefined) return { ...mapped, exists: true, path };
    if (obstacle !== "missing") return { ...mapped, failure: obstacle };
    const folder = row.row.media.endsWith("*") ? localPath(row.row[use] as string) : undefined;
    const found = folder === undefined ? undefined : await this.#beneath(folder, locationName(location) ?? "");
    return found ?? { ...mapped, exists: false };
  }

  /** The file of this name in the folder of a row for many media. */
  async #beneath(folder: string, name: string): Promise<MediaFile | undefined> {
    const index = this.#mapped.get(folder) ?? indexFolders([folder]).catch(() => undefined);
    this.#mapped.set(folder, index);
    return this.#fileOf((await index)?.find(name), name, "media map");
  }

  /** The file in the media folders that has the asset's name. */
  #byName(asset: MediaAsset, mapped: MediaFile | undefined): MediaFile | undefined {
    for (const name of namesOf(asset, mapped)) {
      const hit = this.#folders?.find(name);
      if (hit !== undefined) return this.#fileOf(hit, name, "media folder");
    }
    return undefined;
  }

  /** A file whose location leads nowhere from here, where it can be read: clips still point to what the media map says. */
  #elsewhere(mapped: MediaFile): MediaFile | undefined {
    const hit = this.#folders?.find(locationName(mapped.location) ?? "");
    if (hit === undefined || "candidates" in hit) return undefined;
    return { location: mapped.location, source: mapped.source, exists: true, path: hit.path };
  }

  #fileOf(hit: Found, name: string, source: MediaFile["source"]): MediaFile | undefined {
    if (hit === undefined) return undefined;
    if ("candidates" in hit) {
      this.#ambiguous.set(name, hit.candidates);
      return undefined;
    }
    const { path, otherExtension } = hit;
    return given({ location: path, source, exists: true, path, soughtName: otherExtension ? name : undefined });
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
    ...[info?.title, mediaId].filter((text) => text !== undefined && hasExtension.test(text)),
  ];
  return names.filter((name): name is string => name !== undefined && name !== "");
}

const hasExtension = /.\.[a-z][a-z\d]{1,4}$/i;

/** Why there is no file to read at a path: `missing`, or what the system says; undefined where there is one. */
async function obstacleTo(path: string): Promise<string | undefined> {
  try {
    return (await stat(path)).isDirectory() ? "missing" : undefined;
  } catch (error) {
    const isDenied = ["EACCES", "EPERM"].includes(String((error as NodeJS.ErrnoException).code));
    return isDenied ? osReason(error) : "missing";
  }
}
