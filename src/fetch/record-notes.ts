import type { Warning } from "../model/warning.js";
import { count, shortened } from "../text.js";
import type { Pages } from "./record-folder.js";

/**
 * What a record lacks, so that nobody takes a part of the results for all of them. What the service lists in MediaClipList
 * is called an entry: a clip is what stands on a timeline.
 */

const code = "record";
const cure = "Run the search again with --resume, or put the missing replies into the folder; until then they are in no timeline";

/** A search that was interrupted. */
export const unfinishedNote: Warning = {
  code,
  what: 'The search behind this record did not finish (search.json does not say "complete": true)',
  cure,
};

function lacking(plain: string, names: readonly string[]): Warning[] {
  return names.length === 0 ? [] : [{ code, what: `${plain}: ${naming(names)}`, plain, cure }];
}

/** `a, b and 3 more`: names in a message, five at most. */
function naming(names: readonly string[]): string {
  const first = names.slice(0, 5).map((name) => shortened(name, 120));
  return names.length > 5 ? `${first.join(", ")} and ${names.length - 5} more` : first.join(", ");
}

/** Media that the search found but whose clips are not in the record. */
export function missingMediaNote(mediaIds: readonly string[]): Warning[] {
  return lacking(`The replies on ${count(mediaIds.length, "media asset")} are not in the record`, mediaIds);
}

/** Listings that hold fewer items than the service counted: `found` of `total`. */
export interface Shortfall {
  readonly name: string;
  readonly found: number;
  readonly total: number;
}

export function shortfallNote(what: string, shortfalls: readonly Shortfall[]): Warning[] {
  const each = shortfalls.map(({ name, found, total }) => `${name} (${found} of ${total})`);
  return lacking(`The record holds fewer ${what} than the service counted`, each);
}

/** Page numbers that a run of pages leaves out. */
export function missingPagesNote(runs: readonly Pages[]): Warning[] {
  const each = runs.flatMap((run) => missingPages(run).map((pages) => `${run.folder} ${pages}`));
  return lacking("Pages are missing from the record", each);
}

function missingPages({ files }: Pages): string[] {
  return files.flatMap(({ page }, i) => {
    const expected = i === 0 ? 1 : (files[i - 1]?.page as number) + 1;
    if (page <= expected) return [];
    return [page === expected + 1 ? `page ${expected}` : `pages ${expected} to ${page - 1}`];
  });
}

/** There is nothing to do about it. */
export function duplicatesNote(duplicates: number): Warning[] {
  if (duplicates === 0) return [];
  const entries = count(duplicates, "entry", "entries");
  return [{ code, what: `${entries} of MediaClipList came more than once on the pages of one media asset; each is taken once` }];
}
