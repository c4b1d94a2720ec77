import type { FaceRecord, MediaInfo, MediaMatches } from "../model/matches.js";
import type { Warning } from "../model/warning.js";
import { compareCodePoints } from "../text.js";
import { DistinctClips } from "./distinct-clips.js";
import type { Operation } from "./open-reply.js";
import { parseClips, type ReadOptions } from "./parse-clips.js";
import { parseMediaInfos } from "./parse-media.js";
import type { RecordFile } from "./record-folder.js";
import { duplicatesNote, type Shortfall, shortfallNote } from "./record-notes.js";

/** Replies of a face search, as parsed JSON. */
export interface Replies {
  /** By MediaId, its replies of SearchMediaClipByFace: one for each page. */
  readonly clips: ReadonlyMap<string, readonly unknown[]>;
  /** Replies of BatchGetMediaInfos. */
  readonly mediaInfos?: readonly unknown[];
}

/**
 * The record of replies that are at hand: as `readRecord` reads one from a folder, but without files. Throws `wrong-reply`,
 * `bad-reply` or `bad-occurrence`, with the operation, the number of the page and the place in it.
 */
export function parseReplies({ clips, mediaInfos = [] }: Replies, options: ReadOptions = {}): FaceRecord {
  const media = [...clips.keys()].sort(compareCodePoints).map((mediaId) => {
    const pages = new ClipPages(mediaId, options);
    (clips.get(mediaId) ?? []).forEach((reply, i) => {
      pages.add(pageOf(`SearchMediaClipByFace/${mediaId}`, i), reply);
    });
    return pages.found();
  });
  const infos = new Map<string, MediaInfo>();
  mediaInfos.forEach((reply, i) => {
    addMediaInfos(infos, pageOf("BatchGetMediaInfos", i), reply);
  });
  return { matches: media.map(({ matches }) => matches), mediaInfos: infos, notes: clipNotes(media) };
}

function pageOf(folder: string, index: number): RecordFile {
  const name = `${folder}/page ${index + 1}`;
  return { path: name, name };
}

/** The clips of one media asset, page by page. */
export class ClipPages {
  readonly #mediaId: string;
  readonly #options: ReadOptions;
  readonly #found = new DistinctClips();
  #total = 0;

  constructor(mediaId: string, options: ReadOptions) {
    this.#mediaId = mediaId;
    this.#options = options;
  }

  add(file: RecordFile, reply: unknown): void {
    const page = parseClips(file, reply, this.#options);
    this.#total = Math.max(this.#total, page.total ?? 0);
    for (const clip of page.clips) this.#found.add(clip);
  }

  /** What was found, without the replies it was found in. */
  found(): FoundMedia {
    const { clips, duplicates } = this.#found;
    const matches = { mediaId: this.#mediaId, clips, duplicates };
    return { matches, shortfalls: shortfall(this.#mediaId, clips.length, this.#total) };
  }
}

export interface FoundMedia {
  readonly matches: MediaMatches;
  /** How many clips there should be, when that is more than there are. */
  readonly shortfalls: readonly Shortfall[];
}

export function shortfall(name: string, found: number, total: number): Shortfall[] {
  return found < total ? [{ name, found, total }] : [];
}

/** What is to be said of clips: that some are missing, that some came again. */
export function clipNotes(media: readonly FoundMedia[]): Warning[] {
  const again = media.reduce((sum, { matches }) => sum + matches.duplicates, 0);
  return [
    ...shortfallNote(
      "entries of MediaClipList",
      media.flatMap(({ shortfalls }) => shortfalls),
    ),
    ...duplicatesNote(again),
  ];
}

/** The first reply that says something of an asset counts; later ones fill in what it left out. */
export function addMediaInfos(
  infos: Map<string, MediaInfo>,
  file: RecordFile,
  reply: unknown,
  operation: Operation = "BatchGetMediaInfos",
): void {
  for (const info of parseMediaInfos(file, reply, operation)) infos.set(info.mediaId, { ...info, ...infos.get(info.mediaId) });
}
