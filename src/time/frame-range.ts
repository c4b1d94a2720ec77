/**
 * A half-open range of whole frames: `start` is in it, `end` is the first frame after it. Whose clock the
 * numbers belong to is said where a range is declared.
 */
export interface FrameRange {
  readonly start: number;
  readonly end: number;
}

export function frameRange(start: number, end: number): FrameRange {
  return { start, end };
}

export function lengthOf(range: FrameRange): number {
  return range.end - range.start;
}

export function contains(range: FrameRange, frame: number): boolean {
  return range.start <= frame && frame < range.end;
}

/** The part of `range` inside `bounds`; undefined when nothing is left. */
export function intersect(range: FrameRange, bounds: FrameRange): FrameRange | undefined {
  // Nearly always nothing is cut off, and there are many ranges.
  if (bounds.start <= range.start && range.end <= bounds.end && range.start < range.end) return range;
  const start = Math.max(range.start, bounds.start);
  const end = Math.min(range.end, bounds.end);
  return start < end ? { start, end } : undefined;
}
