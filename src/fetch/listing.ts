import { createHash } from "node:crypto";

/** One page of a listing: its items as JSON values, and how many the service says there are in all. */
export interface ListingPage {
  readonly items: readonly unknown[];
  readonly total?: number;
}

/** How a listing was walked. */
export interface Walk {
  /** False when the listing was still going on after `mostPages` pages. */
  readonly ended: boolean;
  /** Different items seen. */
  readonly items: number;
}

/** More pages than any library has; a listing that goes on longer never ends. */
export const mostPages = 2000;

/**
 * Walks a listing page by page, from 1, until as many different items were seen as the largest Total says, or a page is
 * empty. Items are told apart by content, because pages repeat when the library moves under the search.
 */
export async function walkListing(pageAt: (page: number) => Promise<ListingPage>): Promise<Walk> {
  const seen = new Set<string>();
  let largestTotal = 0;
  for (let page = 1; page <= mostPages; page++) {
    const { items, total } = await pageAt(page);
    if (items.length === 0) return { ended: true, items: seen.size };
    for (const item of items) seen.add(keyOf(item));
    largestTotal = Math.max(largestTotal, total ?? 0);
    // Without any Total only an empty page can end it.
    if (largestTotal > 0 && seen.size >= largestTotal) return { ended: true, items: seen.size };
  }
  return { ended: false, items: seen.size };
}

/** A short stand-in for a whole value, whatever the order of its keys: elements with long tracks would fill the memory. */
function keyOf(item: unknown): string {
  return createHash("sha256").update(JSON.stringify(item, sortedKeys)).digest("base64");
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
