import type { FactSource, MediaUse } from "../model/media.js";
import { oneLine } from "../text.js";
import { fromMap, type MediaAsset } from "./media-assets.js";
import type { FilesOfMedia } from "./media-file.js";
import { encodeSegment, fileNameInPath, fileNameInUrl, locationName, locationUrl, plainUrl } from "./media-url.js";

/** What clips of one asset point to. */
export interface MediaTarget {
  /** The name editing programs relink on. */
  readonly fileName: string;
  readonly url: string;
  readonly source: FactSource;
  readonly use: MediaUse;
  readonly otherUrl: string | undefined;
}

/** The file asked for, where there is one; else the original, of which at least a name is known. */
export function targetOf(asset: MediaAsset, files: FilesOfMedia, use: MediaUse): MediaTarget {
  const proxy = files.proxy && locationUrl(files.proxy.location);
  const fileName = originalName(asset, files);
  const original = originalUrl(asset, files, fileName);
  if (use === "original" || files.proxy === undefined || proxy === undefined) {
    return { fileName, ...original, use: "original", otherUrl: proxy };
  }
  const otherUrl = original.source === "assumed" ? undefined : original.url;
  return {
    fileName: lineOf(locationName(files.proxy.location)) ?? fileName,
    url: proxy,
    source: files.proxy.source,
    use,
    otherUrl,
  };
}

function originalUrl({ info }: MediaAsset, { original }: FilesOfMedia, fileName: string) {
  if (original !== undefined) return { url: locationUrl(original.location), source: original.source };
  const served = info?.inputUrl && plainUrl(info.inputUrl);
  return served ? { url: served, source: "service" as const } : { url: encodeSegment(fileName), source: "assumed" as const };
}

function originalName({ mediaId, info }: MediaAsset, { original }: FilesOfMedia): string {
  const names = [
    original && locationName(original.location),
    info?.fileName && fileNameInPath(info.fileName),
    info?.inputUrl && fileNameInUrl(info.inputUrl),
    info?.title,
    mediaId,
  ];
  return names.map(lineOf).find((name) => name !== undefined) ?? mediaId;
}

function lineOf(text: string | undefined): string | undefined {
  return oneLine(text ?? "") || undefined;
}

/** The files the media map gives, as they stand there: for when nobody looked for them. */
export function mappedFiles(asset: MediaAsset): FilesOfMedia {
  const at = (use: MediaUse) => {
    const location = fromMap(asset, (row) => row[use]);
    return location === undefined ? {} : { [use]: { location, source: "media map" as const } };
  };
  return { ...at("original"), ...at("proxy") };
}
