import { createHash } from "node:crypto";

/** One page of a listing: its items as JSON values, and how many the service says there are in all. */
export interface ListingPage {
  readonly items: readonly unknown[];
  readonly total?: number;
}

/** More pages than any library has; a listing that goes on longer never ends. */
export const mostPages = 2000;

/**
 * Walks a listing page by page, from 1, until as many different items were seen as the largest Total says, or a page is
 * empty. Items are told apart by content, because pages repeat when the library moves under the search. Gives true
 * when the end was reached, false when the listing was still going on after `mostPages` pages.
 */
export async function walkListing(pageAt: (page: number) => Promise<ListingPage>): Promise<boolean> {
  const seen = new Set<string>();
  let largestTotal = 0;
  for (let page = 1; page <= mostPages; page++) {
    const { items, total } = await pageAt(page);
    if (items.length === 0) return true;
    for (const item of items) seen.add(keyOf(item));
    largestTotal = Math.max(largestTotal, total ?? 0);
    // Without any Total only an empty page can end it.
    if (largestTotal > 0 && seen.size >= largestTotal) return true;
  }
  return false;
}

/** A short stand-in for a whole value: elements with long tracks would fill the memory. */
function keyOf(item: unknown): string {
  return createHash("sha256").update(JSON.stringify(item)).digest("base64");
}
