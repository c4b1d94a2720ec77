import { given } from "../model/given.js";
import type { Warning } from "../model/warning.js";
import { count, shortened } from "../text.js";
import type { Pages } from "./record-folder.js";

/**
 * Sentences on what a record lacks, so that nobody takes a part of the results for all of them. Names come behind the first
 * colon. What the service lists in MediaClipList is called an entry: a clip is what stands on a timeline.
 */

const twice = "came more than once";

/** A note as a warning: what there is to do about it, unless it only tells of what was done already. */
export function noteWarning(what: string): Warning {
  const [plain = ""] = what.split(": ", 1);
  const cure =
    "Run the search again with --resume, or put the missing replies into the folder; until then they are in no timeline";
  return { code: "record", what, plain, ...given({ cure: what.includes(twice) ? undefined : cure }) };
}

/** A search that was interrupted. */
export const unfinishedNote = 'The search behind this record did not finish (search.json does not say "complete":true)';

/** `a, b and 3 more`: names in a message, five at most. */
function naming(names: readonly string[]): string {
  const first = names.slice(0, 5).map((name) => shortened(name, 120));
  return names.length > 5 ? `${first.join(", ")} and ${names.length - 5} more` : first.join(", ");
}

/** Media that the search found but whose clips are not in the record. */
export function missingMediaNote(mediaIds: readonly string[]): string[] {
  if (mediaIds.length === 0) return [];
  return [`The replies on ${count(mediaIds.length, "media asset")} are not in the record: ${naming(mediaIds)}`];
}

/** Listings that hold fewer items than the service counted: `found` of `total`. */
export interface Shortfall {
  readonly name: string;
  readonly found: number;
  readonly total: number;
}

export function shortfallNote(what: string, shortfalls: readonly Shortfall[]): string[] {
  if (shortfalls.length === 0) return [];
  const each = shortfalls.map(({ name, found, total }) => `${name} (${found} of ${total})`);
  return [`The record holds fewer ${what} than the service counted: ${naming(each)}`];
}

/** Page numbers that a run of pages leaves out. */
export function missingPagesNote(runs: readonly Pages[]): string[] {
  const each = runs.flatMap((run) => missingPages(run).map((pages) => `${run.folder} ${pages}`));
  return each.length === 0 ? [] : [`Pages are missing from the record: ${naming(each)}`];
}

function missingPages({ files }: Pages): string[] {
  return files.flatMap(({ page }, i) => {
    const expected = i === 0 ? 1 : (files[i - 1]?.page as number) + 1;
    if (page <= expected) return [];
    return [page === expected + 1 ? `page ${expected}` : `pages ${expected} to ${page - 1}`];
  });
}

export function duplicatesNote(duplicates: number): string[] {
  if (duplicates === 0) return [];
  return [
    `${count(duplicates, "entry", "entries")} of MediaClipList ${twice} on the pages of one media asset; each is taken once`,
  ];
}
