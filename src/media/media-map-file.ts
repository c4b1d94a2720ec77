import { realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { FacecutError, osReason } from "../errors.js";
import { isThere, writeWhole } from "../files.js";
import type { FaceRecord } from "../model/matches.js";
import { safeFileName } from "../text.js";
import { otherRows } from "./media-assets.js";
import type { GatheredFacts } from "./media-facts.js";
import type { MediaMap } from "./media-map-keys.js";
import { mediaMapText } from "./write-media-map.js";

/** A media map to write, and what it must keep clear of. */
export interface MapFile {
  readonly path: string;
  readonly format: "csv" | "json";
  /** Replace one that is there. */
  readonly force: boolean;
  readonly recordFolders: readonly string[];
  /** Where the timelines go, and what they may be called. */
  readonly outFolder: string;
  readonly outNames: readonly string[];
}

/**
 * Throws `bad-option` for a place where the map would be taken for something else, `output-exists` for a file that is
 * there already.
 */
export async function requireFreePlace({ path, force, recordFolders, outFolder, outNames }: MapFile): Promise<void> {
  const [target, out, ...records] = await Promise.all([path, outFolder, ...recordFolders].map(realPlace));
  if (records.some((record) => isInside(target as string, record))) throw badPlace(path, "lies in the record folder");
  if (dirname(target as string) === out && isOutput(path, outNames)) {
    throw badPlace(path, "would be one of the export's own files");
  }
  if (!force && (await isThere(path))) {
    throw new FacecutError("output-exists", {
      what: "The media map exists already",
      where: path,
      cure: "Give another name, or --force to replace it",
      option: "writeMediaMap",
    });
  }
}

function badPlace(path: string, why: string): FacecutError {
  return new FacecutError("bad-option", {
    what: `"${path}" ${why}`,
    cure: "Write the media map elsewhere",
    option: "writeMediaMap",
  });
}

/** A report of any name; a cut log of the export's name, or of one of its further timelines'. */
function isOutput(path: string, outNames: readonly string[]): boolean {
  const name = basename(path).toLowerCase();
  const stem = name.replace(/(-\d+)?\.csv$/, "");
  return name.endsWith(".report.json") || outNames.some((each) => safeFileName(each).toLowerCase() === stem);
}

/** Where a path leads, links followed, also when its last parts are not there yet. */
async function realPlace(path: string): Promise<string> {
  const whole = resolve(path);
  return await realpath(whole).catch(async () => {
    const parent = dirname(whole);
    return parent === whole ? whole : join(await realPlace(parent), basename(whole));
  });
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way !== ".." && !way.startsWith(`..${sep}`);
}

/**
 * Writes a row for each of the media with clips, stills apart; over the map in use also its rows for anything else.
 * Answers how many there are. Throws `cannot-write`.
 */
export async function writeMediaMap(
  { path, format }: MapFile,
  record: FaceRecord,
  { facts, unknown }: GatheredFacts,
  inUse: MediaMap | undefined,
): Promise<number> {
  const known = record.matches.filter(({ clips }) => clips.length > 0).map(({ mediaId }) => facts.get(mediaId));
  const media = [...known.filter((each) => each !== undefined), ...unknown];
  const isSame = inUse !== undefined && (await realPlace(inUse.file)) === (await realPlace(path));
  const kept = isSame ? otherRows(record, inUse, new Set(media.map(({ mediaId }) => mediaId))) : [];
  await writeWhole(path, mediaMapText(media, format, kept)).catch((error: unknown) => {
    throw new FacecutError("cannot-write", {
      what: `The media map cannot be written: ${osReason(error)}`,
      where: path,
      cure: "Give another place, or make room and permission there",
      option: "writeMediaMap",
    });
  });
  return media.length + kept.length;
}
