import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, floor, fraction, multiply, parseDecimal } from "../../src/time/fraction.js";
import { frameRate, timelineRates } from "../../src/time/frame-rate.js";
import { frameShowingAt, snapRange, snapToFrame } from "../../src/time/snap-to-frames.js";

const at25 = frameRate(25, 1);
const at2997 = frameRate(30000, 1001);

describe("snapping to frames", () => {
  it.each([
    // seconds, down, up
    [0, 0, 0],
    [0.04, 1, 1],
    [0.05, 1, 2],
    [0.0409, 1, 1],
    [0.0391, 1, 1],
    [0.0411, 1, 2],
    [0.0389, 0, 1],
    [61.066353, 1526, 1527],
    [-0.0004, 0, 0],
    [-0.001, 0, 0],
  ])("%d s at 25 is frame %d down, %d up", (seconds, down, up) => {
    expect(snapToFrame(seconds, at25, "down")).toBe(down);
    expect(snapToFrame(seconds, at25, "up")).toBe(up);
  });

  it("refuses times before the start of the media", () => {
    expect(snapToFrame(-0.0011, at25, "down")).toBeUndefined();
    expect(snapToFrame(-5, at25, "down")).toBeUndefined();
    expect(snapRange(-1, 2, at25)).toBeUndefined();
  });

  it("gives a range of nothing one frame, and keeps every frame with the face", () => {
    expect(snapRange(1, 1, at25)).toEqual({ start: 25, end: 26 });
    expect(snapRange(1.01, 1.03, at25)).toEqual({ start: 25, end: 26 });
    expect(snapRange(1.0000001, 1.0000002, at25)).toEqual({ start: 25, end: 26 });
    expect(snapRange(61.066353, 69.06635, at2997)).toEqual({ start: 1830, end: 2070 });
  });

  it("shows the frame that is on screen at an instant", () => {
    expect(frameShowingAt(62.03302, at25)).toBe(1550);
    expect(frameShowingAt(1e-7, at25)).toBe(0);
    expect(frameShowingAt(0.039999999, at25)).toBe(1);
  });

  it("widens the tolerance with the spacing of single-precision floats, to a quarter frame at most", () => {
    // At 10 h floats are 1/256 s apart: 3.9 ms. A quarter frame at 60 is 4.17 ms, at 120 2.08 ms.
    expect(snapToFrame(36_000.0039, at25, "up")).toBe(900_000);
    expect(snapToFrame(36_000.0041, at25, "up")).toBe(900_001);
    expect(snapToFrame(36_000.0021, frameRate(120, 1), "up")).toBe(4_320_001);
    expect(snapToFrame(36_000.002, frameRate(120, 1), "up")).toBe(4_320_000);
    expect(snapToFrame(600.002, at25, "up")).toBe(15_001);
  });

  it("is the rule itself, computed the long way, for any decimal at any rate", () => {
    const seconds = fc.oneof(
      fc.double({ min: 0, max: 90_000, noNaN: true }),
      fc.float({ min: 0, max: 90_000, noNaN: true }),
      fc.integer({ min: 0, max: 5_000_000_00 }).map((n) => n / 1e5),
      fc.integer({ min: 0, max: 2_000_000 }).map((n) => Number((n / 25 + (n % 3) * 0.001).toFixed(6))),
    );
    const rate = fc.oneof(
      fc.constantFrom(...timelineRates),
      fc.integer({ min: 1, max: 240 }).map((n) => frameRate(n, 1)),
    );
    fc.assert(
      fc.property(seconds, rate, fc.constantFrom("down" as const, "up" as const), (time, at, rounding) => {
        expect(snapToFrame(time, at, rounding)).toBe(longWay(time, at, rounding));
      }),
      { numRuns: 5000 },
    );
  });
});

/** The tolerance rule on fractions throughout, as it is written down. */
function longWay(seconds: number, { num, den }: { num: number; den: number }, rounding: "down" | "up"): number {
  const time = parseDecimal(String(seconds)) as ReturnType<typeof fraction>;
  const frames = multiply(time, fraction(num, den));
  const below = floor(frames);
  let spacing = fraction(1, 2 ** 23);
  for (let power = 2n; compare(fraction(power), time) <= 0; power *= 2n) spacing = multiply(spacing, fraction(2));
  const millisecond = fraction(1, 1000);
  const wide = compare(spacing, millisecond) > 0 ? spacing : millisecond;
  const quarter = fraction(den, 4 * num);
  const tolerance = compare(wide, quarter) > 0 ? quarter : wide;
  for (const edge of [below, below + 1n]) {
    const distance = multiply(fraction(frames.num - edge * frames.den, frames.den), fraction(den, num));
    const size = distance.num < 0n ? fraction(-distance.num, distance.den) : distance;
    if (compare(size, tolerance) <= 0) return Number(edge);
  }
  return Number(rounding === "down" ? below : below + 1n);
}
