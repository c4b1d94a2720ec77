import { FacecutError } from "../errors.js";
import type { Action, Service } from "../service/service.js";
import { cleanReply } from "./clean-reply.js";
import { isJsonObject, type JsonObject } from "./json-cursor.js";
import type { ListingPage } from "./listing.js";
import { type Operation, openReply } from "./open-reply.js";
import type { PagePlace, RecordStore, SearchFile } from "./record-store.js";
import { recordExists } from "./search-request.js";

/** Gives the pages of a search: as an earlier run kept them, else as the service answers, kept before they are given. */
export class PageKeeper {
  readonly #openService: () => Promise<Service>;
  readonly #store: RecordStore;
  readonly #asked: SearchFile;
  #service: Promise<Service> | undefined;
  #begun: Promise<void> | undefined;

  constructor(openService: () => Promise<Service>, store: RecordStore, asked: SearchFile) {
    this.#openService = openService;
    this.#store = store;
    this.#asked = asked;
  }

  /** One page. A reply of another operation, or an error reply, is not kept; `serves` tells whether a kept one will do. */
  async page(
    place: PagePlace,
    action: Action & Operation,
    parameters: Parameters<Service["call"]>[1],
    serves: (reply: JsonObject) => boolean = () => true,
  ): Promise<JsonObject> {
    const kept = await this.#store.readPage(place);
    if (kept !== undefined && isReply(kept, action) && serves(kept)) return kept;
    this.#service ??= this.#openService();
    const answer = await (await this.#service).call(action, parameters);
    const reply = understood(action, () => opened(cleanReply(answer), action));
    this.#begun ??= this.#begin();
    await this.#begun;
    await this.#store.writePage(place, reply);
    return reply;
  }

  /** The record begins with its first reply: a search that got none leaves no folder behind. */
  async #begin(): Promise<void> {
    // Somebody else may have made the folder since it was found missing.
    if ((await this.#store.hold()) && (await this.#store.hasReplies())) throw recordExists(this.#store.folder);
    await this.#store.writeSearch({ ...this.#asked, complete: false });
  }
}

/** The items of a page and its Total, taken leniently: what is odd inside an item is for those who read the record. */
export function listingOf(reply: JsonObject, field: "MediaInfoList" | "MediaClipList"): ListingPage {
  const items = plainList(reply[field]);
  const total = Number(reply.Total ?? Number.NaN);
  return Number.isSafeInteger(total) && total >= 0 ? { items, total } : { items };
}

// The vendor's older clients expect lists wrapped in an object of one key.
function plainList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const inner = isJsonObject(value) ? Object.values(value) : [];
  return inner.length === 1 && Array.isArray(inner[0]) ? inner[0] : [];
}

function opened(reply: unknown, action: Operation): JsonObject {
  openReply(action, reply, action);
  return reply as JsonObject;
}

/** A kept page that is no reply, perhaps edited by hand, is asked for again. */
function isReply(reply: JsonObject, action: Operation): boolean {
  try {
    openReply(action, reply, action);
    return true;
  } catch {
    return false;
  }
}

function understood<T>(action: Action, read: () => T): T {
  try {
    return read();
  } catch (error) {
    // RangeError: nested deeper than the stack.
    if (!(error instanceof FacecutError || error instanceof RangeError)) throw error;
    throw new FacecutError("service-error", {
      what: `The answer of the service cannot be used: ${error instanceof FacecutError ? error.message : "it is nested too deeply"}`,
      where: `operation ${action}`,
      cure: "Search again with --resume; if it stays so, report it",
    });
  }
}
