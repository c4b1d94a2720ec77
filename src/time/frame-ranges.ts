import { type FrameRange, frameRange, lengthOf } from "./frame-range.js";

/**
 * Sets of frames, as ranges in order that neither overlap nor touch. Every function takes such lists, and gives one;
 * each runs through its lists once.
 */
export type FrameRanges = readonly FrameRange[];

/** The frames of any ranges, in any order: those that overlap or touch, or lie no more than `gap` frames apart, are one. */
export function unionOf(ranges: Iterable<FrameRange>, gap = 0): FrameRange[] {
  const joined: FrameRange[] = [];
  for (const next of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last === undefined || next.start > last.end + gap) joined.push(next);
    else if (next.end > last.end) joined[joined.length - 1] = frameRange(last.start, next.end);
  }
  return joined;
}

/** The frames that are in both. */
export function intersection(a: FrameRanges, b: FrameRanges): FrameRange[] {
  const common: FrameRange[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const [left, right] = [a[i] as FrameRange, b[j] as FrameRange];
    const [start, end] = [Math.max(left.start, right.start), Math.min(left.end, right.end)];
    if (start < end) common.push(frameRange(start, end));
    if (left.end < right.end) i++;
    else j++;
  }
  return common;
}

/** All frames from 0 on, without end, that are not in these. */
export function complement(ranges: FrameRanges): FrameRange[] {
  const edges = [0, ...ranges.flatMap(({ start, end }) => [start, end]), Number.POSITIVE_INFINITY];
  const others: FrameRange[] = [];
  for (let i = 0; i < edges.length; i += 2) {
    const [start, end] = [edges[i] as number, edges[i + 1] as number];
    if (start < end) others.push(frameRange(start, end));
  }
  return others;
}

/** Which of the ranges have a frame in common with `range`: from index `first` up to, without, `end`. */
export function overlapping(ranges: FrameRanges, range: FrameRange): { first: number; end: number } {
  return overlappingItems(ranges, range, (each) => each);
}

/** The same for things that have a range. */
export function overlappingItems<T>(
  items: readonly T[],
  range: FrameRange,
  rangeOf: (item: T) => FrameRange,
): { first: number; end: number } {
  return {
    first: countWhile(items, (item) => rangeOf(item).end <= range.start),
    end: countWhile(items, (item) => rangeOf(item).start < range.end),
  };
}

/** How many items come before the first for which `holds` is false. */
function countWhile<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function framesIn(ranges: FrameRanges): number {
  return ranges.reduce((sum, range) => sum + lengthOf(range), 0);
}
