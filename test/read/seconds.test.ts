import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Frames, framesOf } from "../../src/read/frames.js";
import { framesAt, minus, plainSeconds, plus, reduced, type Seconds, scaled } from "../../src/read/seconds.js";
import { type Fraction, fraction } from "../../src/time/fraction.js";
import { frameRate } from "../../src/time/frame-rate.js";

/** The same time in BigInt, reduced: what every result is held to. */
const exact = ({ num, den }: Seconds): Fraction => fraction(num, den);

// Small, as files have them, and around where a number stops being exact.
const num = fc.oneof(
  fc.integer({ min: -1e9, max: 1e9 }),
  fc.integer({ min: 2 ** 52, max: 2 ** 53 - 1 }),
  fc.bigInt(-(2n ** 80n), 2n ** 80n),
);
const den = fc.oneof(
  fc.constantFrom(1, 25, 24000, 30000, 60000, 90000),
  fc.integer({ min: 1, max: 2 ** 53 - 1 }),
  fc.bigInt(1n, 2n ** 80n),
);
const seconds: fc.Arbitrary<Seconds> = fc
  .tuple(num, den)
  .map(([n, d]) => (typeof n === "number" && typeof d === "number" ? { num: n, den: d } : { num: BigInt(n), den: BigInt(d) }));
const rate = fc.constantFrom(frameRate(24000, 1001), frameRate(25, 1), frameRate(30000, 1001), frameRate(60, 1));

function hold<T extends unknown[]>(property: fc.IProperty<T>): void {
  fc.assert(property, { numRuns: 1000 });
}

describe("seconds in plain numbers or BigInt are exact", () => {
  it("sums and differences", () => {
    hold(
      fc.property(seconds, seconds, (a, b) => {
        const [x, y] = [exact(a), exact(b)];
        expect(exact(plus(a, b))).toEqual(fraction(x.num * y.den + y.num * x.den, x.den * y.den));
        expect(exact(minus(a, b))).toEqual(fraction(x.num * y.den - y.num * x.den, x.den * y.den));
      }),
    );
  });

  it("multiples", () => {
    hold(
      fc.property(seconds, seconds, (a, b) => {
        const [x, y] = [exact(a), exact(b)];
        expect(exact(scaled(a, y))).toEqual(fraction(x.num * y.num, x.den * y.den));
      }),
    );
  });

  it("smallest parts", () => {
    hold(
      fc.property(seconds, (a) => {
        const least = reduced(a);
        expect({ num: BigInt(least.num), den: BigInt(least.den) }).toEqual(exact(a));
      }),
    );
  });

  it("frames", () => {
    hold(
      fc.property(seconds, rate, (a, at) => {
        const { num: n, den: d } = exact(a);
        const frames: Frames = framesOf(n * BigInt(at.num), d * BigInt(at.den));
        expect(framesAt(a, at)).toEqual(frames);
      }),
    );
  });
});

describe("the text of a time", () => {
  it.each([
    ["0s", { num: 0, den: 1 }],
    ["3600s", { num: 3600, den: 1 }],
    ["0/1s", { num: 0, den: 1 }],
    ["93093/30000s", { num: 93093, den: 30000 }],
    ["007/0025s", { num: 7, den: 25 }],
    ["999999999999999s", { num: 999_999_999_999_999, den: 1 }],
  ])("%s", (text, expected) => {
    expect(plainSeconds(text)).toEqual(expected);
  });

  it.each([
    "",
    "s",
    "/s",
    "1/s",
    "/2s",
    "1/0s",
    "1/00s",
    "-1s",
    "1.5s",
    "1",
    "1/2",
    "1/2/3s",
    " 1s",
    "1 s",
    "1e3s",
    "1000000000000000s",
  ])("%j is left to who knows odd spellings", (text) => {
    expect(plainSeconds(text)).toBeUndefined();
  });
});
