import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ceil, floor, fraction } from "../../src/time/fraction.js";
import { frameRate, timelineRates } from "../../src/time/frame-rate.js";
import { rescaleCeil, rescaleFloor } from "../../src/time/rescale.js";

const rates = fc.oneof(
  fc.constantFrom(...timelineRates),
  fc.tuple(fc.integer({ min: 1, max: 240_000 }), fc.integer({ min: 1, max: 1001 })).map(([num, den]) => frameRate(num, den)),
);

describe("rescaling frame counts", () => {
  it("is exact, up and down, for any rates and any length", () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), rates, rates, (frames, from, to) => {
        const exact = fraction(BigInt(frames) * BigInt(to.num) * BigInt(from.den), BigInt(to.den) * BigInt(from.num));
        expect(rescaleFloor(frames, from, to)).toBe(Number(floor(exact)));
        expect(rescaleCeil(frames, from, to)).toBe(Number(ceil(exact)));
      }),
      { numRuns: 1000 },
    );
  });

  it("never gives minus zero", () => {
    expect(Object.is(rescaleCeil(0, frameRate(25, 1), frameRate(24, 1)), 0)).toBe(true);
    expect(Object.is(rescaleFloor(0, frameRate(25, 1), frameRate(24, 1)), 0)).toBe(true);
  });

  it("up and back shows the same frame when the new rate is at least as fast", () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000_000 }), rates, rates, (frame, from, to) => {
        fc.pre(to.num * from.den >= from.num * to.den);
        expect(rescaleFloor(rescaleCeil(frame, from, to), to, from)).toBe(frame);
      }),
    );
  });
});
