import { FacecutError } from "./errors.js";
import type { ExportSettings } from "./export-settings.js";
import { unfinishedNote } from "./fetch/record-notes.js";
import { noRateKnown } from "./map/nothing-left.js";
import { type GatheredFacts, gatherMediaFacts } from "./media/media-facts.js";
import { findMediaFiles, type MediaFiles } from "./media/media-files.js";
import { type MapFile, requireFreePlace, writeMediaMap } from "./media/media-map-file.js";
import type { MediaMap } from "./media/media-map-keys.js";
import { mediaWarnings } from "./media/media-warnings.js";
import { nameWarnings } from "./media/name-warnings.js";
import { defaultCacheFile } from "./media/probe.js";
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

/** The settings of an export, and the folder of its record. */
export type MediaSettings = ExportSettings & { readonly recordFolders: readonly string[] };

/**
 * All there is to know of the media that were found: looks for their files, asks ffprobe, takes each fact from its
 * strongest source, and writes a media map when one is wanted. That comes before any refusal and before the mapping, so
 * that a map to complete is there also when too little is known to go on.
 */
export async function gatherMedia(
  record: FaceRecord,
  map: MediaMap | undefined,
  settings: MediaSettings,
  progress: MediaProgress,
): Promise<GatheredFacts> {
  const target = mapFile(record, settings);
  if (target !== undefined) await requireFreePlace(target);
  const files = await findFiles(record, map, settings, progress);
  const { use, vfr, mediaRate } = settings;
  const gathered = gatherMediaFacts(record, map, { files, use, vfr, ...(mediaRate && { mediaRate }) });
  const noRate = gathered.withoutRate.length > 0 ? noRateKnown(record, gathered.facts) : undefined;
  const refusal = files.ambiguous ?? noRate ?? whyNoClip(record, gathered);
  const warnings = [...record.notes, ...nameWarnings(record, files, map), ...mediaWarnings(record, gathered, files)];
  progress.warn(refusal === undefined || refusal !== noRate ? warnings : warnings.filter((warning) => !isTold(warning, files)));
  if (target !== undefined && !settings.dryRun) {
    const rows = await writeMediaMap(target, record, gathered, map);
    progress.step(`wrote the media map ${target.path}: ${count(rows, "row")}`);
  }
  if (refusal !== undefined) throw refusal;
  return gathered;
}

function mapFile(record: FaceRecord, settings: MediaSettings): MapFile | undefined {
  const { mapTarget, force, recordFolders, outFolder, formats, name, fileName, fallbackName } = settings;
  if (mapTarget === undefined) return undefined;
  const people = record.matches.flatMap(({ clips }) => clips.map(({ labelName, entityId }) => labelName ?? entityId));
  const names = fileName === undefined ? [name, fallbackName, ...people] : [fileName];
  const outNames = formats.includes("csv") ? names.filter((each) => each !== undefined) : [];
  return { ...mapTarget, force, recordFolders, outFolder, outNames };
}

/** Looks for the files of the media, and asks ffprobe about those that are there. Throws `ambiguous-media`. */
export async function findFiles(
  record: FaceRecord,
  map: MediaMap | undefined,
  { mediaDirs, use, useCache, mapTarget }: ExportSettings,
  { step, status }: Pick<MediaProgress, "step" | "status">,
): Promise<MediaFiles> {
  let probed = 0;
  const onProbed = (done: number, total: number) => {
    probed = done;
    status("media files probed", done, total);
  };
  const cache = useCache ? { cache: defaultCacheFile() } : {};
  const files = await findMediaFiles(record, map, { mediaDirs, use, keepAmbiguous: mapTarget !== undefined, onProbed, ...cache });
  const found = [...files.byMedia.values()].filter(({ original, proxy }) => original?.exists || proxy?.exists).length;
  if (mediaDirs.length > 0 || found > 0) {
    step(`found ${found} of ${count(files.byMedia.size, "media file")}${probed === 0 ? "" : `, asked ffprobe about ${probed}`}`);
  }
  return files;
}

/** Why none of the media makes a clip, for a reason that is no missing rate; undefined when any may. */
function whyNoClip(record: FaceRecord, { facts, withoutRate, variableRate, stills }: GatheredFacts): FacecutError | undefined {
  if (withoutRate.length > 0 || record.matches.some(({ mediaId, clips }) => clips.length > 0 && facts.has(mediaId)))
    return undefined;
  if (variableRate.length > 0) return onlyVariable(variableRate.length);
  if (stills.length === 0) return undefined;
  return new FacecutError("nothing-found", {
    what: "The face was found in still images only, which make no clips",
    cure: "Search videos",
  });
}

/** A warning of what the error on rates says too. Of files that are known it says more: they may not be there, or be broken. */
function isTold({ code, what }: Warning, { byMedia }: MediaFiles): boolean {
  const isPlaced = [...byMedia.values()].some(({ original, proxy }) => (original ?? proxy) !== undefined);
  return what === unfinishedNote.what || (code === "no-rate" && !isPlaced);
}

function onlyVariable(media: number): FacecutError {
  const all = media === 1 ? "The only video with the face has" : `All of the ${media} videos with the face have`;
  return new FacecutError("no-rate", {
    what: `${all} a variable frame rate`,
    cure: "Convert them to a constant rate, which is exact; or take them as constant with --vfr constant",
    option: "vfr",
  });
}
