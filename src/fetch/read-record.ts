import { join } from "node:path";
import { FacecutError } from "../errors.js";
import type { FaceRecord, MediaInfo } from "../model/matches.js";
import { compareCodePoints } from "../text.js";
import { JsonCursor } from "./json-cursor.js";
import type { ReadOptions } from "./parse-clips.js";
import { parseMediaPage } from "./parse-media.js";
import { addMediaInfos, ClipPages, clipNotes, type FoundMedia, shortfall } from "./parse-replies.js";
import {
  decodeMediaId,
  listFolders,
  listJsonFiles,
  listPages,
  openRecordFolder,
  type Pages,
  readJson,
  recordFolderShape,
} from "./record-folder.js";
import { missingMediaNote, missingPagesNote, type Shortfall, shortfallNote, unfinishedNote } from "./record-notes.js";

/** What SearchMediaByFace says: which media the face is in. */
interface Listing {
  readonly pages: readonly Pages[];
  readonly mediaIds: ReadonlySet<string>;
  readonly shortfalls: readonly Shortfall[];
}

/** The pages of each media asset's clips; several folders may spell one MediaId. */
type ClipFolders = ReadonlyMap<string, readonly Pages[]>;

/**
 * Reads a record folder: the plain replies of a face search, one file per page. Files are read one at a time and
 * the result does not depend on the order the file system lists them in. Throws `no-input`, `not-json`,
 * `wrong-reply`, `bad-reply` or `bad-occurrence`, always with the file and the place in it.
 */
export async function readRecord(folder: string, options: ReadOptions = {}): Promise<FaceRecord> {
  const names = await openRecordFolder(folder);
  const listing = await readListing(folder, names);
  const clipFolders = names.includes("SearchMediaClipByFace") ? await findClipFolders(folder) : new Map();
  if (clipPages(clipFolders).length === 0 && !foundNothing(listing)) throw noClips(folder, names);
  const media = await readClips(clipFolders, options);
  const unfinished = names.includes("search.json") && !(await isFinished(folder));
  const notes = [
    ...(unfinished ? [unfinishedNote] : []),
    ...shortfallNote("media assets", listing.shortfalls),
    ...missingMediaNote(missingMedia(listing, clipFolders)),
    ...missingPagesNote([...listing.pages, ...clipPages(clipFolders)]),
    ...clipNotes(media),
  ];
  const mediaInfos = await readMediaInfos(folder, names);
  return { matches: media.map(({ matches }) => matches), mediaInfos, notes, unfinished };
}

async function readListing(root: string, names: readonly string[]): Promise<Listing> {
  const mediaIds = new Set<string>();
  if (!names.includes("SearchMediaByFace")) return { pages: [], mediaIds, shortfalls: [] };
  const pages = await listPages(root, "SearchMediaByFace");
  let total = 0;
  for (const file of pages.files) {
    const page = parseMediaPage(file, await readJson(file));
    total = Math.max(total, page.total ?? 0);
    for (const mediaId of page.mediaIds) mediaIds.add(mediaId);
  }
  return { pages: [pages], mediaIds, shortfalls: shortfall(pages.folder, mediaIds.size, total) };
}

/** A search that found nothing asks for no clips, so its record holds none. */
function foundNothing({ pages, mediaIds, shortfalls }: Listing): boolean {
  return pages.some((run) => run.files.length > 0) && mediaIds.size === 0 && shortfalls.length === 0;
}

async function findClipFolders(root: string): Promise<ClipFolders> {
  const parent = "SearchMediaClipByFace";
  const stray = (await listPages(root, parent)).files[0];
  if (stray !== undefined) throw pageWithoutMediaId(stray.path);
  const found = new Map<string, Pages[]>();
  for (const name of await listFolders(root, parent)) {
    const pages = await listPages(root, `${parent}/${name}`);
    const mediaId = decodeMediaId(name);
    found.set(mediaId, [...(found.get(mediaId) ?? []), pages]);
  }
  return found;
}

function clipPages(clipFolders: ClipFolders): Pages[] {
  return [...clipFolders.values()].flat().filter((pages) => pages.files.length > 0);
}

async function readClips(clipFolders: ClipFolders, options: ReadOptions): Promise<FoundMedia[]> {
  const media: FoundMedia[] = [];
  for (const mediaId of [...clipFolders.keys()].sort(compareCodePoints)) {
    const files = (clipFolders.get(mediaId) ?? []).flatMap((pages) => pages.files);
    if (files.length === 0) continue;
    const pages = new ClipPages(mediaId, options);
    for (const file of files) pages.add(file, await readJson(file));
    media.push(pages.found());
  }
  return media;
}

function missingMedia(listing: Listing, clipFolders: ClipFolders): string[] {
  const hasPages = (mediaId: string) => clipFolders.get(mediaId)?.some((pages) => pages.files.length > 0) ?? false;
  const ownFolders = [...clipFolders.keys()].filter((name) => !name.startsWith("."));
  const named = new Set([...listing.mediaIds, ...ownFolders]);
  return [...named].filter((mediaId) => !hasPages(mediaId)).sort(compareCodePoints);
}

async function readMediaInfos(root: string, names: readonly string[]): Promise<ReadonlyMap<string, MediaInfo>> {
  const infos = new Map<string, MediaInfo>();
  for (const operation of ["BatchGetMediaInfos", "GetMediaInfo"] as const) {
    if (!names.includes(operation)) continue;
    const isPaged = operation === "BatchGetMediaInfos";
    const files = isPaged ? (await listPages(root, operation)).files : await listJsonFiles(root, operation);
    for (const file of files) addMediaInfos(infos, file, await readJson(file), operation);
  }
  return infos;
}

async function isFinished(root: string): Promise<boolean> {
  const path = join(root, "search.json");
  const search = new JsonCursor(path, await readJson({ path, name: "search.json" }));
  return search.text("complete") === "true";
}

function noClips(folder: string, names: readonly string[]): FacecutError {
  return new FacecutError("no-input", {
    what: "This folder holds no page of SearchMediaClipByFace",
    where: folder,
    cure: names.includes("search.json") ? "The search was interrupted: run it again with --resume" : recordFolderShape,
  });
}

function pageWithoutMediaId(path: string): FacecutError {
  return new FacecutError("no-input", {
    what: "A page of SearchMediaClipByFace does not say whose clips it holds: the reply itself does not name the media asset",
    where: path,
    cure: "Move it into a folder named by the MediaId: SearchMediaClipByFace/<MediaId>/page-0001.json",
  });
}
