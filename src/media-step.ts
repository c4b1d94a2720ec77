import { stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { FacecutError } from "./errors.js";
import type { ExportSettings, MapTarget } from "./export-settings.js";
import { writeFiles } from "./files.js";
import { type GatheredFacts, gatherMediaFacts } from "./media/media-facts.js";
import { findMediaFiles, type MediaFiles } from "./media/media-files.js";
import type { MediaMap } from "./media/media-map.js";
import { mediaWarnings } from "./media/media-warnings.js";
import { defaultCacheFile } from "./media/probe.js";
import { mediaMapText } from "./media/write-media-map.js";
import type { FaceRecord } from "./model/matches.js";
import type { Warning } from "./model/warning.js";
import { count } from "./text.js";

/** Told while media are looked for. */
export interface MediaProgress {
  readonly step: (line: string) => void;
  /** So many of so many are done. */
  readonly status: (what: string, done: number, total: number) => void;
  readonly warn: (warnings: readonly Warning[]) => void;
}

/**
 * All there is to know of the media that were found: looks for their files, asks ffprobe, takes each fact from its
 * strongest source, and writes a media map when one is wanted. That comes before the mapping, so that a map to
 * complete is there also when too little is known to go on.
 */
export async function gatherMedia(
  record: FaceRecord,
  map: MediaMap | undefined,
  settings: ExportSettings,
  progress: MediaProgress,
): Promise<GatheredFacts> {
  const files = await findFiles(record, map, settings, progress);
  const { use, vfr, mediaRate } = settings;
  const gathered = gatherMediaFacts(record, map, { files, use, vfr, ...(mediaRate && { mediaRate }) });
  progress.warn(mediaWarnings(record, gathered, files));
  if (settings.mapTarget !== undefined) await writeMap(settings.mapTarget, record, gathered, settings, progress);
  return gathered;
}

async function findFiles(
  record: FaceRecord,
  map: MediaMap | undefined,
  { mediaDirs, useCache }: ExportSettings,
  { step, status }: MediaProgress,
): Promise<MediaFiles> {
  let probed = 0;
  const onProbed = (done: number, total: number) => {
    probed = done;
    status("media files probed", done, total);
  };
  const files = await findMediaFiles(record, map, { mediaDirs, onProbed, ...(useCache ? { cache: defaultCacheFile() } : {}) });
  const found = [...files.byMedia.values()].filter(({ original, proxy }) => original?.exists || proxy?.exists).length;
  if (mediaDirs.length > 0 || found > 0) {
    step(`found ${found} of ${count(files.byMedia.size, "media file")}${probed === 0 ? "" : `, asked ffprobe about ${probed}`}`);
  }
  return files;
}

async function writeMap(
  { path, format }: MapTarget,
  record: FaceRecord,
  { facts, stills }: GatheredFacts,
  { force, dryRun }: ExportSettings,
  { step }: MediaProgress,
): Promise<void> {
  if (!force && (await exists(path))) {
    throw new FacecutError("output-exists", {
      what: "The media map exists already",
      where: path,
      cure: "Give another name, or --force to replace it",
      option: "writeMediaMap",
    });
  }
  const wanted = record.matches.filter(({ mediaId, clips }) => clips.length > 0 && !stills.includes(mediaId));
  const rows = wanted.map(({ mediaId }) => {
    const fileName = record.mediaInfos.get(mediaId)?.fileName;
    return facts.get(mediaId) ?? { mediaId, ...(fileName === undefined ? {} : { fileName }) };
  });
  if (dryRun) return;
  await writeFiles(dirname(path), [{ name: basename(path), chunks: [mediaMapText(rows, format)] }]);
  step(`wrote the media map ${path}: ${count(rows.length, "row")}`);
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
