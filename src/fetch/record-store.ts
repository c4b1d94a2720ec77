import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { FacecutError, osReason } from "../errors.js";
import { type Holder, lockFolder, unlockFolder } from "../files/lock.js";
import { removeTemporaries } from "../files/temporaries.js";
import { makeFolder, writeWhole } from "../files.js";
import { readFileBytes } from "../read-file.js";
import { decodeUtf8 } from "../text.js";
import { decodeMediaId } from "./record-folder.js";

/** What was asked, as `search.json` keeps it; absent fields were not given. */
export interface SearchFile {
  readonly version: 1;
  readonly searchLibName?: string;
  readonly faceSearchToken: string;
  readonly personImageUrl?: string;
  readonly entityId?: string;
  readonly mediaType?: string;
  readonly namespace?: string;
  readonly customFilters?: string;
  readonly utcCreate?: string;
  readonly endpoint: string;
  /** True once every page that was to be asked for is there. */
  readonly complete: boolean;
}

const operationFolders = ["SearchMediaByFace", "SearchMediaClipByFace", "BatchGetMediaInfos"] as const;

/** The pages of one listing or batch: a folder of the record, and a page number from 1. */
export interface PagePlace {
  readonly folder: string;
  readonly page: number;
}

/** A record folder being made: every reply is on disk, whole, before the next is asked for. */
export class RecordStore {
  readonly folder: string;
  #held = false;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** True when the folder holds a reply already. A search that got none leaves nothing to go on with. */
  async hasReplies(): Promise<boolean> {
    const lists = await Promise.all(operationFolders.map((folder) => readdir(join(this.folder, folder)).catch(() => [])));
    return lists.some((names) => names.length > 0);
  }

  /** What an earlier run asked; undefined when it did not get so far, or the file is of another kind. */
  async readSearch(): Promise<SearchFile | undefined> {
    const search = await readObject(join(this.folder, "search.json"));
    return search?.version === 1 ? (search as unknown as SearchFile) : undefined;
  }

  /** MediaIds that have pages of the fine search. */
  async searchedMedia(): Promise<string[]> {
    const names = await readdir(join(this.folder, "SearchMediaClipByFace")).catch(() => []);
    return names.filter((name) => !name.startsWith(".")).map(decodeMediaId);
  }

  async writeSearch(search: SearchFile): Promise<void> {
    await this.#write("search.json", search);
  }

  /** A page an earlier run kept; undefined when there is none. */
  async readPage(place: PagePlace): Promise<Record<string, unknown> | undefined> {
    return readObject(join(this.folder, pagePath(place)));
  }

  /** Keeps a reply, which must have been cleaned of signed queries. */
  async writePage(place: PagePlace, cleaned: unknown): Promise<void> {
    await this.#write(pagePath(place), cleaned);
  }

  /** Keeps other searches out, where there is a folder, and takes away the temporary files that a killed run left. */
  async open(): Promise<void> {
    const names = await readdir(this.folder).catch(() => undefined);
    if (names === undefined) return;
    await this.hold();
    await removeTemporaries(this.folder, { below: true }).catch((error) => this.#refuse(error));
  }

  /** Keeps other searches out of the folder, which is made where it is missing. False when it is held already. */
  async hold(): Promise<boolean> {
    if (this.#held) return false;
    await makeFolder(this.folder).catch((error) => this.#refuse(error));
    const holder = await lockFolder(this.folder).catch((error) => this.#refuse(error));
    if (holder !== undefined) throw inUse(this.folder, holder);
    this.#held = true;
    return true;
  }

  /** Lets others in again. A mark that cannot be taken away is worth nothing once this process has ended. */
  async close(): Promise<void> {
    if (this.#held) await unlockFolder(this.folder).catch(() => {});
  }

  async #write(name: string, value: unknown): Promise<void> {
    await writeWhole(join(this.folder, name), `${JSON.stringify(value, null, 2)}\n`).catch((error) => this.#refuse(error));
  }

  #refuse(error: unknown): never {
    throw new FacecutError("cannot-write", {
      what: `The record folder cannot be written: ${osReason(error)}`,
      where: this.folder,
      cure: "Choose another folder with -o, or make room and permission there, and go on with --resume",
      option: "out",
    });
  }
}

function inUse(folder: string, { pid, host, path }: Holder): FacecutError {
  return new FacecutError("record-in-use", {
    what: `Another search, process ${pid} of ${host}, is writing into the record folder`,
    where: folder,
    cure: `Wait for its end, or choose another folder with -o; if there is no such search any more, delete ${path}`,
    option: "out",
  });
}

/** A page's path inside the record folder, with `/`. */
function pagePath({ folder, page }: PagePlace): string {
  return `${folder}/page-${String(page).padStart(4, "0")}.json`;
}

/** The JSON object of a file; undefined when it is missing or holds something else, so that it is asked for again. */
async function readObject(path: string): Promise<Record<string, unknown> | undefined> {
  try {
    const value: unknown = JSON.parse(decodeUtf8(await readFileBytes(path)) ?? "");
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
