import type { MediaFacts } from "../model/media.js";
import type { Identity } from "../model/people.js";
import { type FrameRange, frameRange, intersect } from "../time/frame-range.js";
import type { FacePoints, Known } from "./face-points.js";
import type { FoundPerson, Stretch, Trace } from "./occurrences.js";

/** One person on screen in one media file for one stretch: occurrences that overlap or touch are one. */
export interface Appearance extends Known {
  readonly identity: Identity;
  /** Nobody else: appearances are put in order as clips are. */
  readonly people: readonly [Identity];
  readonly media: MediaFacts;
  /** Media frames from the file's first. */
  readonly range: FrameRange;
  /** The best of its occurrences. */
  readonly score?: number | undefined;
  /** The first among its occurrences. */
  readonly expression?: string | undefined;
  /** In frame order. */
  readonly points: FacePoints;
  /** The occurrences it is made of, the first one first. */
  readonly traces: readonly Trace[];
}

/** A track point in no appearance of its person. */
export interface StrayPoint {
  readonly media: MediaFacts;
  readonly person: string;
  /** Key of the person. */
  readonly key: string;
  /** Seconds from the start of the media. */
  readonly timestamp: number;
}

/** The appearances of people, and the track points that are in none. */
export interface Appearances {
  readonly appearances: readonly Appearance[];
  readonly strayPoints: readonly StrayPoint[];
}

/** Joins what belongs together: stretches of one person in one file no more than `gap` frames apart. In no particular order. */
export function joinAppearances(found: readonly FoundPerson[], gap: (media: MediaFacts) => number): Appearances {
  const strayPoints: StrayPoint[] = [];
  const appearances: Appearance[] = [];
  for (const person of found) {
    const people = [person.identity] as const;
    const shares = new PointShares(person.points);
    for (const group of groupsOf(person.stretches, gap(person.media))) {
      appearances.push(appearanceOf(group, person, people, shares));
    }
    for (const timestamp of shares.left()) strayPoints.push(strayPointOf(timestamp, person));
  }
  return { appearances, strayPoints };
}

/** Stretches (by time) in groups of those that overlap, touch or have a small gap. */
function groupsOf(stretches: readonly Stretch[], gap: number): Stretch[][] {
  const groups: Stretch[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const next of stretches) {
    if (groups.length === 0 || next.range.start > end + gap) groups.push([next]);
    else groups.at(-1)?.push(next);
    end = Math.max(end, next.range.end);
  }
  return groups;
}

/** A group as one; the best score counts. */
function appearanceOf(
  group: readonly Stretch[],
  { identity, media, window }: FoundPerson,
  people: readonly [Identity],
  shares: PointShares,
): Appearance {
  const [first, another] = group as [Stretch, Stretch?];
  const { range, score, expression } = another === undefined ? first : joined(group);
  const points = shares.in(range);
  return { identity, people, media, range: intersect(range, window) as FrameRange, score, expression, points, traces: group };
}

function joined(group: readonly Stretch[]): Known & { range: FrameRange } {
  const [first] = group as [Stretch];
  const score = group.reduce((best, each) => Math.max(best, each.score ?? -Infinity), -Infinity);
  return {
    range: frameRange(
      first.range.start,
      group.reduce((end, { range }) => Math.max(end, range.end), 0),
    ),
    score: score === -Infinity ? undefined : score,
    expression: group.find(({ expression }) => expression !== undefined)?.expression,
  };
}

function strayPointOf(timestamp: number, { identity, media }: FoundPerson): StrayPoint {
  return { media, person: identity.name, key: identity.key, timestamp };
}

/** Gives each point to the range that contains its frame, the ranges asked about in their order. */
class PointShares {
  readonly #points: FacePoints;
  readonly #left: number[] = [];
  #next = 0;

  constructor(points: FacePoints) {
    this.#points = points;
  }

  in({ start, end }: FrameRange): FacePoints {
    this.#leaveTo(this.#points.firstFrom(start, this.#next));
    const first = this.#next;
    this.#next = this.#points.firstFrom(end, first);
    return this.#points.slice(first, this.#next);
  }

  /** The times of those that are in none. */
  left(): readonly number[] {
    this.#leaveTo(this.#points.length);
    return this.#left;
  }

  #leaveTo(end: number): void {
    for (; this.#next < end; this.#next++) this.#left.push(this.#points.at(this.#next).timestamp);
  }
}
