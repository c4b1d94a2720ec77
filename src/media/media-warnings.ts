import { given } from "../model/given.js";
import type { FaceRecord } from "../model/matches.js";
import type { Warning } from "../model/warning.js";
import { count, shortened } from "../text.js";
import type { GatheredFacts } from "./media-facts.js";
import type { MediaFiles } from "./media-files.js";
import { fileNameInPath, fileNameInUrl, locationName } from "./media-url.js";

/** What an editor should know of the media before anything is placed on a timeline. */
export function mediaWarnings(record: FaceRecord, gathered: GatheredFacts, files: MediaFiles): Warning[] {
  return [...lookingWarnings(files), ...unusedRows(gathered.unusedRows, record), ...leftOut(record, gathered, files)];
}

function lookingWarnings({ skippedFolders, unprobed }: MediaFiles): Warning[] {
  const warnings: Warning[] = [];
  if (skippedFolders.length > 0) {
    const what = `${count(skippedFolders.length, "folder")} could not be searched for media: ${naming(skippedFolders)}`;
    warnings.push({ code: "folder-skipped", what, cure: "Give yourself permission to read them, or search elsewhere" });
  }
  if (unprobed > 0) {
    const what = `There is no ffprobe: what ${count(unprobed, "media file")} ${unprobed === 1 ? "says of itself is" : "say of themselves is"} not known`;
    warnings.push({ code: "no-ffprobe", what, cure: "Install ffmpeg, or fill in all of the media map" });
  }
  return warnings;
}

function unusedRows(rows: readonly string[], record: FaceRecord): Warning[] {
  if (rows.length === 0) return [];
  const what = `${count(rows.length, "row")} of the media map for none of the media found: ${naming(rows)}`;
  const nameless = record.mediaInfos.size === 0 ? "; without BatchGetMediaInfos in the record only MediaIds are known" : "";
  return [{ code: "unused-row", what, cure: `If one should be, write it as the record has it, capitals included${nameless}` }];
}

function leftOut(record: FaceRecord, { withoutRate, variableRate, stills }: GatheredFacts, files: MediaFiles): Warning[] {
  const broken = withoutRate.filter((mediaId) => failureOf(mediaId, files) !== undefined);
  const unknown = withoutRate.filter((mediaId) => !broken.includes(mediaId));
  const named = (mediaId: string) => `${nameOf(mediaId, record, files)} (${failureOf(mediaId, files)})`;
  const rateCure = "Give it with --media-rate, or in the column rate of --media-map";
  const variableCure = "Convert them to a constant rate, which is exact; or take them as constant with --vfr constant";
  return [
    ...leftOutBecause(record, files, unknown, "no-rate", "their frame rate is not known", rateCure),
    ...leftOutBecause(record, files, broken, "unreadable-file", "their files cannot be read", "Replace the files", named),
    ...leftOutBecause(record, files, variableRate, "variable-rate", "their frame rate is variable", variableCure),
    ...leftOutBecause(record, files, stills, "still-image", "they are still images, which make no clips"),
  ];
}

/** Why no facts are known of a file that is there. */
function failureOf(mediaId: string, { byMedia }: MediaFiles): string | undefined {
  const { original, proxy } = byMedia.get(mediaId) ?? {};
  const isSound = [original, proxy].some((file) => file?.probed?.kind === "audio");
  return original?.failure ?? proxy?.failure ?? (isSound ? "it holds sound alone" : undefined);
}

function nameOf(mediaId: string, record: FaceRecord, { byMedia }: MediaFiles): string {
  const { fileName, inputUrl } = record.mediaInfos.get(mediaId) ?? {};
  const location = byMedia.get(mediaId)?.original?.location;
  const names = [location && locationName(location), fileName && fileNameInPath(fileName), inputUrl && fileNameInUrl(inputUrl)];
  return names.find((name) => name) || mediaId;
}

function leftOutBecause(
  record: FaceRecord,
  files: MediaFiles,
  mediaIds: readonly string[],
  code: string,
  why: string,
  cure?: string,
  nameIt = (mediaId: string) => nameOf(mediaId, record, files),
): Warning[] {
  if (mediaIds.length === 0) return [];
  const left = new Set(mediaIds);
  const media = record.matches.filter(({ mediaId }) => left.has(mediaId));
  const occurrences = media.flatMap(({ clips }) => clips).reduce((sum, clip) => sum + clip.occurrences.length, 0);
  const what = `${count(occurrences, "occurrence")} of ${count(mediaIds.length, "media", "media")} left out, because ${why}: ${naming(mediaIds.map(nameIt))}`;
  return [{ code, what, ...given({ cure }) }];
}

const mostNamed = 5;

function naming(names: readonly string[]): string {
  const named = names.slice(0, mostNamed).map((name) => shortened(name, 80));
  return `${named.join(", ")}${names.length > mostNamed ? " …" : ""}`;
}
