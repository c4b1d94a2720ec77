import { FacecutError } from "../errors.js";
import type { Service } from "../service/service.js";
import { count, shortened } from "../text.js";
import type { JsonObject } from "./json-cursor.js";
import { mostPages, walkListing } from "./listing.js";
import { listingOf, PageKeeper } from "./page-keeper.js";
import { encodeMediaId } from "./record-folder.js";
import { RecordStore, type SearchFile } from "./record-store.js";
import { openSearch, type SearchRequest } from "./search-request.js";
import { SearchSummary } from "./search-summary.js";

/** Told while a search runs. */
export interface SearchProgress {
  /** A step has ended. */
  readonly step: (line: string) => void;
  /** So many of so many are done. */
  readonly status: (what: string, done: number, total: number) => void;
}

export interface SearchOptions {
  readonly folder: string;
  readonly resume: boolean;
  /** Assets searched at the same time. */
  readonly concurrency: number;
}

export interface SearchOutcome {
  readonly summary: SearchSummary;
  /** Assets the coarse search found. */
  readonly assets: number;
  /** Elements of MediaClipList, over all assets. */
  readonly clips: number;
  /** What could not be had; each names the asset or listing and why. Empty when the record is complete. */
  readonly missing: readonly string[];
}

/**
 * Searches a library for a face and keeps every reply in a record folder: SearchMediaByFace page by page,
 * SearchMediaClipByFace page by page for each asset, BatchGetMediaInfos for what the assets are. What the folder holds
 * already is not asked for again. `openService` is called when the first call is needed. Throws `record-exists`,
 * `record-differs`, `record-in-use`, `cannot-write`, and what ends the whole run (`no-credentials`, `access-denied`, `unreachable`).
 */
export async function search(
  openService: () => Promise<Service>,
  request: SearchRequest,
  options: SearchOptions,
  progress: SearchProgress,
): Promise<SearchOutcome> {
  const store = new RecordStore(options.folder);
  try {
    return await searchInto(store, openService, request, options, progress);
  } finally {
    await store.close();
  }
}

async function searchInto(
  store: RecordStore,
  openService: () => Promise<Service>,
  request: SearchRequest,
  options: SearchOptions,
  progress: SearchProgress,
): Promise<SearchOutcome> {
  const asked = await openSearch(store, request, options.resume);
  const run = new Search(new PageKeeper(openService, store, asked), request, asked, progress, options.concurrency);
  const mediaIds = request.mediaIds ?? (await run.findAssets());
  await run.searchAssets(mediaIds);
  await run.describeAssets(mediaIds);
  await store.writeSearch({ ...asked, complete: run.missing.length === 0 });
  return { summary: run.summary, assets: mediaIds.length, clips: run.clips, missing: run.missing };
}

/** Items a page may hold; the service's largest. */
const pageSize = 50;
/** Ids in one BatchGetMediaInfos. No limit is published; a sibling operation allows 20. */
const batchSize = 20;

class Search {
  readonly summary = new SearchSummary();
  readonly missing: string[] = [];
  clips = 0;
  readonly #pages: PageKeeper;
  readonly #request: SearchRequest;
  readonly #asked: SearchFile;
  readonly #progress: SearchProgress;
  readonly #concurrency: number;

  constructor(pages: PageKeeper, request: SearchRequest, asked: SearchFile, progress: SearchProgress, concurrency: number) {
    this.#pages = pages;
    this.#request = request;
    this.#asked = asked;
    this.#progress = progress;
    this.#concurrency = concurrency;
  }

  /** The coarse search: which assets show the face. */
  async findAssets(): Promise<readonly string[]> {
    const found = new Set<string>();
    const { ended } = await walkListing(async (page) => {
      const place = { folder: "SearchMediaByFace", page };
      const parameters = { ...this.#coarse(), PageNo: page, PageSize: pageSize };
      const listing = listingOf(await this.#pages.page(place, "SearchMediaByFace", parameters), "MediaInfoList");
      for (const mediaId of listing.items.map(mediaIdOf)) if (mediaId !== undefined) found.add(mediaId);
      this.#progress.status("assets found", found.size, Math.max(listing.total ?? 0, found.size));
      return listing;
    });
    if (!ended) this.missing.push(`SearchMediaByFace: the listing goes on after ${mostPages} pages`);
    this.#progress.step(`found ${count(found.size, "media asset")} with the face`);
    return [...found];
  }

  #coarse() {
    const { personImageUrl, searchLibName, entityId, mediaType, namespace, customFilters, utcCreate } = this.#request;
    return {
      PersonImageUrl: personImageUrl,
      FaceSearchToken: this.#asked.faceSearchToken,
      SearchLibName: searchLibName,
      EntityId: entityId,
      MediaType: mediaType,
      Namespace: namespace,
      CustomFilters: customFilters,
      UtcCreate: utcCreate,
    };
  }

  /** The fine search: when the face is on screen in each asset. A failure loses only its own asset. */
  async searchAssets(mediaIds: readonly string[]): Promise<void> {
    let done = 0;
    await this.#each(mediaIds, async (mediaId) => {
      await this.#orMissing(mediaId, () => this.#searchAsset(mediaId));
      this.#progress.status("assets searched", ++done, mediaIds.length);
    });
    if (mediaIds.length > 0)
      this.#progress.step(`searched ${count(done, "asset")}: ${count(this.clips, "entry", "entries")} of MediaClipList`);
  }

  async #searchAsset(mediaId: string): Promise<void> {
    const { faceSearchToken, searchLibName, entityId } = this.#asked;
    const asset = { MediaId: mediaId, FaceSearchToken: faceSearchToken, SearchLibName: searchLibName, EntityId: entityId };
    const folder = `SearchMediaClipByFace/${folderName(mediaId)}`;
    const seen = this.summary.asset();
    const { ended, items } = await walkListing(async (page) => {
      const parameters = { ...asset, PageNo: page, PageSize: pageSize };
      const reply = await this.#pages.page({ folder, page }, "SearchMediaClipByFace", parameters);
      seen.add(reply);
      return listingOf(reply, "MediaClipList");
    });
    seen.end();
    this.clips += items;
    if (!ended) this.missing.push(`${shortened(mediaId, 60)}: the listing goes on after ${mostPages} pages`);
  }

  /** What the assets are: rate, length, size, sound, file name. */
  async describeAssets(mediaIds: readonly string[]): Promise<void> {
    const batches = Array.from({ length: Math.ceil(mediaIds.length / batchSize) }, (_, i) => i);
    let done = 0;
    await this.#each(batches, async (batch) => {
      const ids = mediaIds.slice(batch * batchSize, (batch + 1) * batchSize);
      await this.#orMissing(`BatchGetMediaInfos page ${batch + 1}`, () => this.#describe(ids, batch + 1));
      done += ids.length;
      this.#progress.status("assets described", done, mediaIds.length);
    });
    if (mediaIds.length > 0) this.#progress.step(`described ${count(done, "asset")}`);
  }

  async #describe(mediaIds: readonly string[], page: number): Promise<void> {
    const parameters = { MediaIds: mediaIds.join(","), AdditionType: "FileInfo" };
    const answers = (reply: JsonObject) => mediaIds.every((mediaId) => JSON.stringify(reply).includes(JSON.stringify(mediaId)));
    await this.#pages.page({ folder: "BatchGetMediaInfos", page }, "BatchGetMediaInfos", parameters, answers);
  }

  /** Does a task for each item, several at a time. After what ends the run no more begin; those under way are kept. */
  async #each<T>(items: Iterable<T>, task: (item: T) => Promise<void>): Promise<void> {
    const queue = items[Symbol.iterator]();
    let failed = false;
    const work = async () => {
      for (let next = queue.next(); !next.done && !failed; next = queue.next()) {
        await task(next.value).catch((error) => {
          failed = true;
          throw error;
        });
      }
    };
    const workers = await Promise.allSettled(Array.from({ length: this.#concurrency }, work));
    for (const worker of workers) if (worker.status === "rejected") throw worker.reason;
  }

  /** Goes on without what one call could not give; what ends the whole run is thrown on. */
  async #orMissing(what: string, task: () => Promise<unknown>): Promise<void> {
    try {
      await task();
    } catch (error) {
      if (!(error instanceof FacecutError) || error.code !== "service-error") throw error;
      this.missing.push(`${shortened(what, 60)}: ${error.message}${error.where === undefined ? "" : ` (${error.where})`}`);
    }
  }
}

function mediaIdOf(item: unknown): string | undefined {
  const id = (item as { MediaId?: unknown } | null)?.MediaId;
  return (typeof id === "string" || typeof id === "number") && String(id).trim() !== "" ? String(id) : undefined;
}

// The usual limit of a file system; no id of the service comes near it.
const longestName = 255;

function folderName(mediaId: string): string {
  const name = encodeMediaId(mediaId);
  if (name.length <= longestName) return name;
  throw new FacecutError("service-error", { what: "The MediaId is too long for a folder name" });
}
