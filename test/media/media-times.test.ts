import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wholeFrames } from "../../src/media/media-times.js";
import { frameRate, timelineRates } from "../../src/time/frame-rate.js";

const frames = (text: string, num: number, den = 1) => wholeFrames(Number(text), frameRate(num, den));

describe("a length in seconds as frames", () => {
  it.each([
    ["whole", "186.44", 25, 1, 4661],
    ["down", "186.4789", 25, 1, 4661],
    ["half a frame is none", "1.02", 25, 1, 25],
    ["printed to six digits", "150.150000", 24000, 1001, 3600],
    ["printed a little short", "42.033333", 30, 1, 1261],
    ["1 ms short of a frame", "0.999", 25, 1, 25],
    ["more than 1 ms short", "0.9989", 25, 1, 24],
    ["1 ms is more than a quarter of a frame", "0.9996", 1000, 1, 999],
    ["less than a quarter of a frame short", "0.99975", 1000, 1, 1000],
    ["less than one frame", "0.001", 25, 1, 1],
    ["beyond counting", "1e300", 25, 1, undefined],
  ])("%s: %s s at %i/%i", (_, seconds, num, den, expected) => {
    expect(frames(seconds, num, den)).toBe(expected);
  });

  it("is exact for every whole number of frames at every rate", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.constantFrom(...timelineRates), (n, rate) => {
        expect(wholeFrames((n * rate.den) / rate.num, rate)).toBe(n);
      }),
    );
  });

  it("survives being printed with six decimals, as the service does", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000_000 }), fc.constantFrom(...timelineRates), (n, rate) => {
        const micros = (2n * BigInt(n) * BigInt(rate.den) * 1_000_000n + BigInt(rate.num)) / (2n * BigInt(rate.num));
        expect(wholeFrames(Number(micros) / 1_000_000, rate)).toBe(n);
      }),
    );
  });
});
