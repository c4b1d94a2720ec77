import { join } from "node:path";
import { FacecutError } from "../errors.js";
import { elementTexts, memberTexts } from "./json-texts.js";
import { MediaInfos } from "./media-infos.js";
import { Recent } from "./recent.js";
import { foldersIn, namesIn, pagesIn, readJsonObject } from "./record-files.js";

/** What search.json tells of the search that was recorded. */
export interface RecordedSearch {
  readonly faceSearchToken?: string;
  readonly searchLibName?: string;
  readonly personImageUrl?: string;
}

/** A client asks for the pages of a few media assets at a time, each several times. */
const mediaKept = 16;

/**
 * A record folder as a source of answers. File names are read at once, replies when they are asked for and then kept
 * for a while; all values are JSON texts, as they stand in the files.
 */
export class Recording {
  readonly search: RecordedSearch;
  /** The elements of MediaInfoList: what SearchMediaByFace finds, each media asset once. */
  readonly media: readonly string[];
  readonly infos: MediaInfos;
  readonly #clipFolders: ReadonlyMap<string, readonly string[]>;
  readonly #clips = new Recent<Promise<string[]>>(mediaKept);

  private constructor(
    folder: string,
    search: RecordedSearch,
    media: readonly string[],
    clipFolders: ReadonlyMap<string, readonly string[]>,
  ) {
    this.search = search;
    this.media = media;
    this.infos = new MediaInfos(folder);
    this.#clipFolders = clipFolders;
  }

  /** Throws `no-input` when the folder is missing or holds no result of a face search, `not-json`. */
  static async open(folder: string): Promise<Recording> {
    const names = await namesIn(folder);
    const pages = await pagesIn(join(folder, "SearchMediaByFace"));
    const clipFolders = await findClipFolders(join(folder, "SearchMediaClipByFace"));
    if (pages.length === 0 && clipFolders.size === 0) throw noRecord(folder);
    const media = pages.length > 0 ? await listedMedia(pages) : [...clipFolders.keys()].map(listed);
    const search = names.includes("search.json") ? await readSearch(join(folder, "search.json")) : {};
    return new Recording(folder, search, media, clipFolders);
  }

  /** The clips of a media asset, each once; none for an unknown one. Throws `no-input` or `not-json`. */
  clips(mediaId: string): Promise<string[]> {
    const known = this.#clips.get(mediaId);
    if (known !== undefined) return known;
    const clips = this.#readClips(mediaId);
    this.#clips.set(mediaId, clips);
    // A file that could not be read may be readable the next time.
    clips.catch(() => this.#clips.delete(mediaId));
    return clips;
  }

  async #readClips(mediaId: string): Promise<string[]> {
    const found = new Map<string, string>();
    for (const folder of this.#clipFolders.get(mediaId) ?? []) {
      for (const page of await pagesIn(folder)) {
        const clips = listOf(await readJsonObject(page), "MediaClipList");
        for (const clip of clips) found.set(wholeValue(clip), clip);
      }
    }
    return [...found.values()];
  }
}

async function findClipFolders(parent: string): Promise<Map<string, string[]>> {
  const folders = new Map<string, string[]>();
  for (const name of await foldersIn(parent)) {
    const mediaId = decoded(name);
    folders.set(mediaId, [...(folders.get(mediaId) ?? []), join(parent, name)]);
  }
  return folders;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** An element of MediaInfoList. */
function listed(mediaId: string): string {
  return JSON.stringify({ MediaId: mediaId });
}

async function listedMedia(pages: readonly string[]): Promise<string[]> {
  const media = new Map<string, string>();
  for (const page of pages) {
    for (const element of listOf(await readJsonObject(page), "MediaInfoList")) {
      const mediaId = memberTexts(element).get("MediaId") ?? element;
      if (!media.has(mediaId)) media.set(mediaId, element);
    }
  }
  return [...media.values()];
}

/** A list of a reply; older clients know it wrapped in an object: `"MediaClipList": {"MediaClip": […]}`. */
function listOf(reply: string, name: string): string[] {
  const value = memberTexts(reply).get(name);
  if (value === undefined || value === "null") return [];
  const list = value.startsWith("{") ? [...memberTexts(value).values()][0] : value;
  return list?.startsWith("[") ? elementTexts(list) : [];
}

/** Equal for equal values, whatever the order of their keys. */
function wholeValue(json: string): string {
  return JSON.stringify(JSON.parse(json), (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

async function readSearch(path: string): Promise<RecordedSearch> {
  const search = JSON.parse(await readJsonObject(path)) as Record<string, unknown>;
  const keys = ["faceSearchToken", "searchLibName", "personImageUrl"] as const;
  return Object.fromEntries(keys.map((key) => [key, search[key]]).filter(([, value]) => typeof value === "string"));
}

function noRecord(where: string): FacecutError {
  return new FacecutError("no-input", {
    what: "This is not a record folder: it holds no page of SearchMediaByFace and no folder in SearchMediaClipByFace",
    where,
    cure: "Give the folder that facecut search wrote, such as hits",
  });
}
