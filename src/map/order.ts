import type { MediaFacts } from "../model/media.js";
import { compareCodePoints, compareNames } from "../text.js";
import { framesPerDay } from "../time/timecode.js";
import type { Appearance } from "./appearances.js";

/** Words `--sort` takes. */
export const sortKeys = ["media", "time", "score", "person"] as const;
export type SortKey = (typeof sortKeys)[number];

/** Order of media everywhere: by file name as people sort, then by MediaId. */
export function compareMedia(a: MediaFacts, b: MediaFacts): number {
  return compareNames(a.fileName, b.fileName) || compareCodePoints(a.mediaId, b.mediaId);
}

/** Appearances in the order of `key`; what it leaves equal stays in the order `media`, so the result is total. */
export function sortAppearances(appearances: readonly Appearance[], key: SortKey): Appearance[] {
  const inMediaOrder = [...appearances].sort(byMedia(appearances));
  if (key === "media") return inMediaOrder;
  const compare = { time: byTimecode, score: byScore, person: byPerson }[key];
  return inMediaOrder.sort(compare);
}

// Names are compared once per media, not once per comparison: there are far fewer media than appearances.
function byMedia(appearances: readonly Appearance[]): (a: Appearance, b: Appearance) => number {
  const media = [...new Set(appearances.map((appearance) => appearance.media))].sort(compareMedia);
  const rank = new Map(media.map((facts, i) => [facts, i]));
  return (a, b) =>
    (rank.get(a.media) as number) - (rank.get(b.media) as number) ||
    a.range.start - b.range.start ||
    a.range.end - b.range.end ||
    byPerson(a, b);
}

function byPerson(a: Appearance, b: Appearance): number {
  return compareNames(a.identity.name, b.identity.name) || compareCodePoints(a.identity.key, b.identity.key);
}

/** Best first; without a score last. */
function byScore(a: Appearance, b: Appearance): number {
  return (b.score ?? -1) - (a.score ?? -1);
}

/** By source timecode across media: the label as a share of its day, which compares across rates. */
function byTimecode(a: Appearance, b: Appearance): number {
  const [left, right] = [a, b].map(({ media, range }) => ({
    frame: BigInt(media.start + range.start),
    day: BigInt(framesPerDay(media.counting)),
  })) as [DayShare, DayShare];
  const difference = left.frame * right.day - right.frame * left.day;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

interface DayShare {
  readonly frame: bigint;
  readonly day: bigint;
}
