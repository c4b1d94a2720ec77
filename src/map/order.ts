import type { MediaFacts } from "../model/media.js";
import type { Identity } from "../model/people.js";
import { compareCodePoints, compareNames } from "../text.js";
import type { FrameRange } from "../time/frame-range.js";
import { framesPerDay } from "../time/timecode.js";

/** Words `--sort` takes. */
export const sortKeys = ["media", "time", "score", "person"] as const;
export type SortKey = (typeof sortKeys)[number];

/** What can be sorted: something shown of a media file, for the sake of the first of its people. */
export interface Sortable {
  readonly media: MediaFacts;
  readonly range: FrameRange;
  readonly people: readonly Identity[];
  readonly score?: number | undefined;
  readonly expression?: string | undefined;
}

type Compare = (a: Sortable, b: Sortable) => number;

/** Order of media everywhere: by file name as people sort, then by MediaId. */
export function compareMedia(a: MediaFacts, b: MediaFacts): number {
  return compareNames(a.fileName, b.fileName) || compareCodePoints(a.mediaId, b.mediaId);
}

/** Sorted by `key`; what it leaves equal stays in the order `media`, so the result is total. */
export function sorted<T extends Sortable>(items: readonly T[], key: SortKey): T[] {
  const byPerson = personOrder(items);
  const inMediaOrder = [...items].sort(mediaOrder(items, byPerson));
  if (key === "media") return inMediaOrder;
  const compare: Compare = { time: byTimecode, score: byScore, person: byPerson }[key];
  return inMediaOrder.sort(compare);
}

// Names are compared once per name, not once per comparison: there are far fewer media and people than clips.
function mediaOrder(items: readonly Sortable[], byPerson: Compare): Compare {
  const rank = ranks(new Set(items.map(({ media }) => media)), compareMedia);
  return (a, b) =>
    (a.media === b.media ? 0 : (rank.get(a.media) as number) - (rank.get(b.media) as number)) ||
    a.range.start - b.range.start ||
    a.range.end - b.range.end ||
    byPerson(a, b) ||
    compareCodePoints(a.expression ?? "", b.expression ?? "");
}

function personOrder(items: readonly Sortable[]): Compare {
  const rank = ranks(new Set(items.map(firstPerson)), comparePeople);
  return (a, b) => (rank.get(firstPerson(a)) as number) - (rank.get(firstPerson(b)) as number);
}

function firstPerson({ people }: Sortable): Identity {
  return people[0] as Identity;
}

function comparePeople(a: Identity, b: Identity): number {
  return compareNames(a.name, b.name) || compareCodePoints(a.key, b.key);
}

function ranks<T>(items: ReadonlySet<T>, compare: (a: T, b: T) => number): ReadonlyMap<T, number> {
  return new Map([...items].sort(compare).map((item, i) => [item, i]));
}

/** Best first; without a score last. */
function byScore(a: Sortable, b: Sortable): number {
  return (b.score ?? -1) - (a.score ?? -1);
}

/** By source timecode across media: the label as a share of its day, which compares across rates. */
function byTimecode(a: Sortable, b: Sortable): number {
  return frameInDay(a) * framesPerDay(b.media.counting) - frameInDay(b) * framesPerDay(a.media.counting);
}

// Products stay whole: a source range lies within some days, of at most ten million frames each.
function frameInDay({ media, range }: Sortable): number {
  return media.start + range.start;
}
