import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FrameRange } from "../../src/time/frame-range.js";
import { complement, framesIn, intersection, overlapping, unionOf } from "../../src/time/frame-ranges.js";

const most = 40;
const ranges = fc.array(
  fc
    .tuple(fc.nat({ max: most - 1 }), fc.integer({ min: 1, max: 9 }))
    .map(([start, length]) => ({ start, end: Math.min(most, start + length) })),
  { maxLength: 8 },
);
const has = (list: readonly FrameRange[], frame: number) => list.some(({ start, end }) => start <= frame && frame < end);
const everyFrame = Array.from({ length: most }, (_, frame) => frame);
const framesOf = (list: readonly FrameRange[]) => everyFrame.filter((frame) => has(list, frame));

function expectApart(list: readonly FrameRange[]): void {
  for (const [i, { start }] of list.entries()) if (i > 0) expect(start).toBeGreaterThan(list[i - 1]?.end as number);
}

describe("sets of frames", () => {
  it("hold frame by frame what they should, in ranges that stand apart", () => {
    fc.assert(
      fc.property(ranges, ranges, (first, second) => {
        const [a, b] = [unionOf(first), unionOf(second)];
        expect(framesOf(a)).toEqual(framesOf(first));
        expect(framesOf(intersection(a, b))).toEqual(everyFrame.filter((frame) => has(a, frame) && has(b, frame)));
        expect(framesOf(complement(a))).toEqual(everyFrame.filter((frame) => !has(a, frame)));
        expect(complement(complement(a))).toEqual(a);
        expect(framesIn(a)).toBe(framesOf(a).length);
        for (const list of [a, intersection(a, b), complement(a)]) expectApart(list);
      }),
    );
  });

  it("close gaps up to a length", () => {
    fc.assert(
      fc.property(ranges, fc.nat({ max: 6 }), (list, gap) => {
        const closed = unionOf(list, gap);
        for (const [i, { start }] of closed.entries())
          if (i > 0) expect(start - (closed[i - 1]?.end as number)).toBeGreaterThan(gap);
        expect(intersection(closed, unionOf(list))).toEqual(unionOf(list));
      }),
    );
  });

  it("tell which of them have a frame in common with a range", () => {
    fc.assert(
      fc.property(ranges, fc.nat({ max: most }), fc.integer({ min: 1, max: 10 }), (list, start, length) => {
        const all = unionOf(list);
        const range = { start, end: start + length };
        const { first, end } = overlapping(all, range);
        expect(all.slice(first, end)).toEqual(all.filter((each) => each.start < range.end && range.start < each.end));
      }),
    );
  });
});
