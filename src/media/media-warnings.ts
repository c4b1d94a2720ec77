import type { FaceRecord } from "../model/matches.js";
import type { Warning } from "../model/warning.js";
import { count, shortened } from "../text.js";
import { whyUnreadable } from "./media-doubts.js";
import type { GatheredFacts } from "./media-facts.js";
import type { MediaFile, MediaFiles } from "./media-files.js";
import { fileNameInPath, fileNameInUrl, locationName } from "./media-url.js";

/** What an editor should know of the media before anything is placed on a timeline. */
export function mediaWarnings(record: FaceRecord, gathered: GatheredFacts, files: MediaFiles): Warning[] {
  return [...lookingWarnings(files), ...unusedRows(gathered.unusedRows, record), ...leftOut(record, gathered, files)];
}

function lookingWarnings({ skippedFolders, unprobed }: MediaFiles): Warning[] {
  const warnings: Warning[] = [];
  if (skippedFolders.length > 0) {
    const plain = `${count(skippedFolders.length, "folder")} could not be searched for media`;
    const what = `${plain}: ${naming(skippedFolders)}`;
    const cure = "Give yourself permission to read them, give those with odd characters another name, or search elsewhere";
    warnings.push({ code: "folder-skipped", what, plain, cure });
  }
  if (unprobed > 0) {
    const what = `There is no ffprobe: what ${count(unprobed, "media file")} ${unprobed === 1 ? "says of itself is" : "say of themselves is"} not known`;
    const cure = "Install ffmpeg, so that `ffprobe -version` runs, or fill in all of the media map";
    warnings.push({ code: "no-ffprobe", what, cure });
  }
  return warnings;
}

function unusedRows(rows: readonly string[], record: FaceRecord): Warning[] {
  if (rows.length === 0) return [];
  const plain = `${count(rows.length, "row")} of the media map for none of the media found`;
  const what = `${plain}: ${naming(rows)}`;
  const nameless = record.mediaInfos.size === 0 ? "; without BatchGetMediaInfos in the record only MediaIds are known" : "";
  return [
    { code: "unused-row", what, plain, cure: `If one should be, write it as the record has it, capitals included${nameless}` },
  ];
}

function leftOut(record: FaceRecord, { withoutRate, variableRate, stills }: GatheredFacts, files: MediaFiles): Warning[] {
  const broken = withoutRate.filter((mediaId) => isBroken(mediaId, files));
  const unknown = withoutRate.filter((mediaId) => !broken.includes(mediaId));
  const brokenCure = "Replace the files, or give yourself permission to read them";
  const rateCure = "Give it with --media-rate, or in the column rate of --media-map";
  const stillCure = "Search for videos alone: --media-type video";
  const variableCure = "Convert them to a constant rate, which is exact; or take them as constant with --vfr constant";
  return [
    ...leftOutBecause(record, files, unknown, "no-rate", "their frame rate is not known", rateCure),
    ...leftOutBecause(record, files, broken, "unreadable-file", "their files cannot be read", brokenCure),
    ...leftOutBecause(record, files, variableRate, "variable-rate", "their frame rate is variable", variableCure),
    ...leftOutBecause(record, files, stills, "still-image", "they are still images, which make no clips", stillCure),
  ];
}

function filesOf(mediaId: string, { byMedia }: MediaFiles): MediaFile[] {
  const { original, proxy } = byMedia.get(mediaId) ?? {};
  return [original, proxy].filter((file) => file !== undefined);
}

function isBroken(mediaId: string, files: MediaFiles): boolean {
  return filesOf(mediaId, files).some((file) => whyUnreadable(file) !== undefined);
}

/** What is odd about a file, in brackets behind its name. */
function oddities({ location, exists, unseen, soughtName, ...file }: MediaFile): string[] {
  const odd = [
    exists === false ? `not there: ${location}` : undefined,
    unseen ? `not to be seen from here: ${location}` : undefined,
    soughtName === undefined ? undefined : `found in the place of ${soughtName}`,
    whyUnreadable(file),
  ];
  return odd.filter((text) => text !== undefined);
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
  cure: string,
): Warning[] {
  if (mediaIds.length === 0) return [];
  const left = new Set(mediaIds);
  const media = record.matches.filter(({ mediaId }) => left.has(mediaId));
  const occurrences = media.flatMap(({ clips }) => clips).reduce((sum, clip) => sum + clip.occurrences.length, 0);
  const nameIt = (mediaId: string) => {
    const odd = [...new Set(filesOf(mediaId, files).flatMap(oddities))].join("; ");
    return `${shortened(nameOf(mediaId, record, files), 80)}${odd === "" ? "" : ` (${odd})`}`;
  };
  const plain = `${count(occurrences, "occurrence")} of ${count(mediaIds.length, "media", "media")} left out, because ${why}`;
  return [{ code, what: `${plain}: ${naming(mediaIds.map(nameIt))}`, plain, cure }];
}

const mostNamed = 5;

function naming(names: readonly string[]): string {
  const named = names.slice(0, mostNamed).map((name) => shortened(name, 240));
  return `${named.join(", ")}${names.length > mostNamed ? " …" : ""}`;
}
