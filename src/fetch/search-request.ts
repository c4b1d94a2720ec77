import { randomUUID } from "node:crypto";
import { FacecutError } from "../errors.js";
import { given } from "../model/given.js";
import { withoutQuery } from "./clean-reply.js";
import type { RecordStore, SearchFile } from "./record-store.js";

/** What to search for. Texts go to the service as they are. */
export interface SearchRequest {
  /** A URL the service can read; may be signed. Without it, `mediaIds` and `token` say what an earlier search found. */
  readonly personImageUrl?: string;
  readonly searchLibName?: string;
  readonly entityId?: string;
  readonly mediaType?: string;
  readonly namespace?: string;
  readonly customFilters?: string;
  readonly utcCreate?: string;
  /** Name of the search, the same in every call of it; a fresh one when absent. */
  readonly token?: string;
  /** Search these assets only, with the token of a coarse search made elsewhere. */
  readonly mediaIds?: readonly string[];
  /** Host and port of the service. */
  readonly endpoint: string;
}

/**
 * Opens the record for a request: a new one with a fresh token, or, with `resume`, an earlier run's. Throws
 * `record-exists`, `record-differs` and `record-in-use` (exit 2).
 */
export async function openSearch(store: RecordStore, request: SearchRequest, resume: boolean): Promise<SearchFile> {
  await store.open();
  const exists = await store.hasReplies();
  if (exists && !resume) throw recordExists(store.folder);
  const earlier = exists ? await store.readSearch() : undefined;
  if (exists && earlier === undefined) throw differs(store.folder, "it has no search.json of a search");
  const search = searchFileOf(request, request.token ?? earlier?.faceSearchToken ?? freshToken());
  if (earlier === undefined) return search;
  requireSame(store.folder, earlier, search);
  await requireSameMedia(store, request.mediaIds);
  return earlier;
}

/** A list of assets may go on where an earlier run of it stopped, and not where another list's did. */
async function requireSameMedia(store: RecordStore, mediaIds: readonly string[] | undefined): Promise<void> {
  if (mediaIds === undefined) return;
  const others = (await store.searchedMedia()).filter((mediaId) => !mediaIds.includes(mediaId));
  if (others.length > 0) throw differs(store.folder, "it was searched with other values of --media-id");
}

// The service only needs a name it has not seen with another face; who reads its logs sees whose it is.
function freshToken(): string {
  return `facecut-${randomUUID()}`;
}

function searchFileOf(request: SearchRequest, faceSearchToken: string): SearchFile {
  const { searchLibName, personImageUrl, entityId, mediaType, namespace, customFilters, utcCreate, endpoint } = request;
  const image = personImageUrl === undefined ? undefined : withoutQuery(personImageUrl);
  const asked = {
    searchLibName,
    faceSearchToken,
    personImageUrl: image,
    entityId,
    mediaType,
    namespace,
    customFilters,
    utcCreate,
  };
  return { version: 1, ...given(asked), endpoint, complete: false } as SearchFile;
}

const flags: Readonly<Partial<Record<keyof SearchFile, string>>> = {
  searchLibName: "--search-lib",
  faceSearchToken: "--token",
  personImageUrl: "--face-image-url",
  entityId: "--entity-id",
  mediaType: "--media-type",
  namespace: "--namespace",
  customFilters: "--custom-filters",
  utcCreate: "--utc-create",
  endpoint: "--endpoint or --region",
};

function requireSame(folder: string, earlier: SearchFile, now: SearchFile): void {
  const different = (Object.keys(flags) as (keyof SearchFile)[]).filter((key) => earlier[key] !== now[key]);
  if (different.length > 0)
    throw differs(folder, `it was searched with other values of ${different.map((key) => flags[key]).join(", ")}`);
}

/** A record is not searched over: somebody may have made it by hand. */
export function recordExists(folder: string): FacecutError {
  return new FacecutError("record-exists", {
    what: "There is a record in the output folder already",
    where: folder,
    cure: "Add --resume to the same flags to ask only for what it lacks; or choose another folder with -o, or delete this one, to start over",
    option: "out",
  });
}

function differs(folder: string, how: string): FacecutError {
  return new FacecutError("record-differs", {
    what: `The record in the output folder cannot be continued: ${how}`,
    where: folder,
    cure: "Give the flags it was searched with; or choose another folder with -o, or delete this one, to start over",
    option: "resume",
  });
}
