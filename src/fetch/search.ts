import { FacecutError } from "../errors.js";
import type { MediaClip } from "../model/matches.js";
import type { Action, Service } from "../service/service.js";
import { shortened } from "../text.js";
import { cleanReply } from "./clean-reply.js";
import { type ListingPage, mostPages, walkListing } from "./listing.js";
import { type ClipPage, parseClips } from "./parse-clips.js";
import { parseMediaInfos, parseMediaPage } from "./parse-media.js";
import { encodeMediaId } from "./record-folder.js";
import { type PagePlace, pagePath, RecordStore, type SearchFile } from "./record-store.js";
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
 * `record-differs`, `cannot-write`, and what ends the whole run (`no-credentials`, `access-denied`, `unreachable`).
 */
export async function search(
  openService: () => Promise<Service>,
  request: SearchRequest,
  options: SearchOptions,
  progress: SearchProgress,
): Promise<SearchOutcome> {
  const store = new RecordStore(options.folder);
  const asked = await openSearch(store, request, options.resume);
  const run = new Search(openService, store, request, asked, progress);
  const mediaIds = request.mediaIds ?? (await run.findAssets());
  await run.searchAssets(mediaIds, options.concurrency);
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
  readonly #openService: () => Promise<Service>;
  readonly #store: RecordStore;
  readonly #request: SearchRequest;
  readonly #asked: SearchFile;
  readonly #progress: SearchProgress;
  #service: Promise<Service> | undefined;
  #begun: Promise<void> | undefined;

  constructor(
    openService: () => Promise<Service>,
    store: RecordStore,
    request: SearchRequest,
    asked: SearchFile,
    progress: SearchProgress,
  ) {
    this.#openService = openService;
    this.#store = store;
    this.#request = request;
    this.#asked = asked;
    this.#progress = progress;
  }

  /** The coarse search: which assets show the face. */
  async findAssets(): Promise<readonly string[]> {
    const found = new Set<string>();
    const { personImageUrl, searchLibName, entityId, mediaType, namespace, customFilters, utcCreate } = this.#request;
    const parameters = {
      PersonImageUrl: personImageUrl,
      FaceSearchToken: this.#asked.faceSearchToken,
      SearchLibName: searchLibName,
      EntityId: entityId,
      MediaType: mediaType,
      Namespace: namespace,
      CustomFilters: customFilters,
      UtcCreate: utcCreate,
    };
    const ended = await walkListing(async (page) => {
      const place = { folder: "SearchMediaByFace", page };
      const { mediaIds, total } = await this.#page(
        place,
        "SearchMediaByFace",
        { ...parameters, PageNo: page, PageSize: pageSize },
        parseMediaPage,
      );
      for (const mediaId of mediaIds) found.add(mediaId);
      this.#progress.status("assets found", found.size, Math.max(total ?? 0, found.size));
      return listingPage(mediaIds, total);
    });
    if (!ended) this.missing.push(`SearchMediaByFace: the listing goes on after ${mostPages} pages`);
    this.#progress.step(`found ${found.size} media assets with the face`);
    return [...found];
  }

  /** The fine search: when the face is on screen in each asset. Several assets at a time; a failure loses only its own. */
  async searchAssets(mediaIds: readonly string[], concurrency: number): Promise<void> {
    const queue = mediaIds.values();
    let done = 0;
    const work = async () => {
      for (const mediaId of queue) {
        await this.#orMissing(mediaId, () => this.#searchAsset(mediaId));
        this.#progress.status("assets searched", ++done, mediaIds.length);
      }
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, mediaIds.length) }, work));
    if (mediaIds.length > 0) this.#progress.step(`searched ${done} assets: ${this.clips} clips`);
  }

  async #searchAsset(mediaId: string): Promise<void> {
    const clips: MediaClip[] = [];
    const { faceSearchToken, searchLibName, entityId } = this.#asked;
    const parameters = { MediaId: mediaId, FaceSearchToken: faceSearchToken, SearchLibName: searchLibName, EntityId: entityId };
    const folder = `SearchMediaClipByFace/${folderName(mediaId)}`;
    const ended = await walkListing(async (page) => {
      const found = await this.#page<ClipPage>(
        { folder, page },
        "SearchMediaClipByFace",
        { ...parameters, PageNo: page, PageSize: pageSize },
        parseClips,
      );
      clips.push(...found.clips.map(({ clip }) => clip));
      return listingPage(
        found.clips.map(({ json }) => json),
        found.total,
      );
    });
    this.summary.add(clips);
    this.clips += clips.length;
    if (!ended) this.missing.push(`${shortened(mediaId, 60)}: the listing goes on after ${mostPages} pages`);
  }

  /** What the assets are: rate, length, size, sound, file name. */
  async describeAssets(mediaIds: readonly string[]): Promise<void> {
    for (let batch = 0; batch * batchSize < mediaIds.length; batch++) {
      const ids = mediaIds.slice(batch * batchSize, (batch + 1) * batchSize);
      const place = { folder: "BatchGetMediaInfos", page: batch + 1 };
      const parameters = { MediaIds: ids.join(","), AdditionType: "FileInfo" };
      await this.#orMissing(`BatchGetMediaInfos page ${batch + 1}`, () =>
        this.#page(place, "BatchGetMediaInfos", parameters, readInfos),
      );
      this.#progress.status("assets described", Math.min((batch + 1) * batchSize, mediaIds.length), mediaIds.length);
    }
  }

  /** A page as an earlier run kept it, else as the service answers; a reply nobody can read is not kept. */
  async #page<T>(
    place: PagePlace,
    action: Action,
    parameters: Parameters<Service["call"]>[1],
    parse: (file: { path: string; name: string }, value: unknown) => T,
  ): Promise<T> {
    const file = { path: pagePath(place), name: pagePath(place) };
    const kept = await this.#store.readPage(place);
    const known = kept && readable(() => parse(file, kept));
    if (known !== undefined) return known;
    this.#service ??= this.#openService();
    const reply = cleanReply(await (await this.#service).call(action, parameters));
    const parsed = understood(action, () => parse(file, reply));
    // The record begins with its first reply: a search that got none leaves no folder behind.
    if (!this.#asked.complete) this.#begun ??= this.#store.writeSearch(this.#asked);
    await this.#begun;
    await this.#store.writePage(place, reply);
    return parsed;
  }

  /** Goes on without what one call could not give; what ends the whole run is thrown on. */
  async #orMissing(what: string, task: () => Promise<unknown>): Promise<void> {
    try {
      await task();
    } catch (error) {
      if (!(error instanceof FacecutError) || error.code !== "service-error") throw error;
      this.missing.push(`${shortened(what, 60)}: ${error.message}`);
    }
  }
}

function listingPage(items: readonly unknown[], total: number | undefined): ListingPage {
  return total === undefined ? { items } : { items, total };
}

const readInfos = (file: { path: string; name: string }, value: unknown) => parseMediaInfos(file, value, "BatchGetMediaInfos");

/** A kept page that cannot be read, perhaps edited by hand, is asked for again. */
function readable<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}

function understood<T>(action: Action, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof FacecutError)) throw error;
    throw new FacecutError("service-error", {
      what: `The answer of the service cannot be used: ${error.message}`,
      where: `operation ${action}, ${error.where ?? ""}`,
      cure: "Search again with --resume; if it stays so, report it with the request id",
    });
  }
}

// The usual limit of a file system; no id of the service comes near it.
const longestName = 255;

function folderName(mediaId: string): string {
  const name = encodeMediaId(mediaId);
  if (name.length <= longestName) return name;
  throw new FacecutError("service-error", {
    what: "The MediaId is too long for a folder name",
    where: shortened(mediaId, 60),
    cure: "Report it to the service",
  });
}
