import type { MediaFacts } from "../model/media.js";
import type { Identity } from "../model/people.js";
import { type FrameRange, frameRange, intersect } from "../time/frame-range.js";
import { type FacePoint, type FoundPerson, type Known, type Stretch, type Trace, trackPointOf } from "./occurrences.js";

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
  readonly points: readonly FacePoint[];
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
  const appearances = found.flatMap(({ identity, media, stretches, points, window }) => {
    const merged = merge(stretches, gap(media));
    const { shares, left } = shareOut(points, merged);
    for (const point of left) {
      const { timestamp } = trackPointOf(point);
      strayPoints.push({ media, person: identity.name, key: identity.key, timestamp });
    }
    const people = [identity] as const;
    return merged.map(({ range, score, expression, traces }, i): Appearance => {
      const points = shares[i] as FacePoint[];
      return { identity, people, media, range: intersect(range, window) as FrameRange, score, expression, points, traces };
    });
  });
  return { appearances, strayPoints };
}

/** Stretches (by time) with those joined that overlap, touch or have a small gap; the best score counts. */
function merge(stretches: readonly Stretch[], gap: number): Stretch[] {
  const merged: Stretch[] = [];
  let group: Stretch[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const next of stretches) {
    if (next.range.start > end + gap && group.length > 0) {
      merged.push(joined(group, end));
      group = [];
    }
    end = group.length === 0 ? next.range.end : Math.max(end, next.range.end);
    group.push(next);
  }
  return group.length === 0 ? merged : [...merged, joined(group, end)];
}

function joined(group: readonly Stretch[], end: number): Stretch {
  const [first, another] = group as [Stretch, Stretch?];
  if (another === undefined) return first;
  const score = group.reduce((best, each) => Math.max(best, each.score ?? -Infinity), -Infinity);
  const expression = group.find((each) => each.expression !== undefined)?.expression;
  return {
    range: frameRange(first.range.start, end),
    score: score === -Infinity ? undefined : score,
    expression,
    traces: group.flatMap(({ traces }) => traces),
  };
}

/** Gives each point (in frame order) to the range that contains its frame; `left` are those in none. */
function shareOut(
  points: readonly FacePoint[],
  ranges: readonly { readonly range: FrameRange }[],
): { shares: FacePoint[][]; left: FacePoint[] } {
  const left: FacePoint[] = [];
  let next = 0;
  const take = (isWanted: (frame: number) => boolean) => {
    const from = next;
    while (next < points.length && isWanted((points[next] as FacePoint).frame)) next++;
    return points.slice(from, next);
  };
  const shares = ranges.map(({ range }) => {
    for (const point of take((frame) => frame < range.start)) left.push(point);
    return take((frame) => frame < range.end);
  });
  return { shares, left: [...left, ...points.slice(next)] };
}
