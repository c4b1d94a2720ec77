import type { Parameters } from "./parameters.js";

/** One page of a listing, and how many items the service says there are. */
export interface Page {
  readonly items: readonly string[];
  readonly total: number;
}

/** How a moving listing moves from page to page. */
export interface Motion {
  /** Items of the page before that a page begins with. */
  readonly repeated: number;
  /** What Total gains or loses a page. */
  readonly step: number;
}

/** The page that PageNo (from 1) and PageSize (10 when not given, at most 50) ask for. Throws ServiceError. */
export function pageOf(items: readonly string[], parameters: Parameters, motion: Motion | undefined): Page {
  const pageNo = parameters.wholeNumber("PageNo", { usual: 1, min: 1, max: Number.MAX_SAFE_INTEGER });
  const pageSize = parameters.wholeNumber("PageSize", { usual: 10, min: 1, max: 50 });
  if (motion !== undefined && items.length > 0) return movedPage(items, { pageNo, pageSize }, motion);
  return { items: items.slice((pageNo - 1) * pageSize, pageNo * pageSize), total: items.length };
}

/**
 * A page of a library that moves while it is read: pages begin with the last items of the one before, and Total is
 * another one on every page. It never says that the listing ends while items are still to come, so a client that
 * goes on to Total or an empty page, and drops what it has already, gets everything.
 */
function movedPage(items: readonly string[], asked: { pageNo: number; pageSize: number }, { repeated, step }: Motion): Page {
  const start = (asked.pageNo - 1) * Math.max(1, asked.pageSize - repeated);
  const shown = items.slice(start, start + asked.pageSize);
  const end = start + shown.length;
  const drifted = Math.max(0, items.length + step * asked.pageNo);
  return { items: shown, total: end < items.length ? Math.max(end + 1, drifted) : drifted };
}
