import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, ceil, compare, floor, fraction, multiply, parseDecimal } from "../../src/time/fraction.js";

const arbitrary = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 9n }))
  .map(([num, den]) => fraction(num, den));

describe("fractions", () => {
  it("are reduced at birth, with a positive denominator", () => {
    expect(fraction(6, -4)).toEqual({ num: -3n, den: 2n });
    expect(fraction(0, 7)).toEqual({ num: 0n, den: 1n });
    expect(() => fraction(1, 0)).toThrow(RangeError);
    expect(Object.isFrozen(fraction(1, 2))).toBe(true);
  });

  it("are the same of numbers and of bigints", () => {
    const whole = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.integer({ min: -30, max: 30 }));
    fc.assert(
      fc.property(whole, whole, (num, den) => {
        fc.pre(den !== 0);
        expect(fraction(num, den)).toEqual(fraction(BigInt(num), BigInt(den)));
      }),
    );
  });

  it("obey the laws of arithmetic", () => {
    fc.assert(
      fc.property(arbitrary, arbitrary, arbitrary, (a, b, c) => {
        expect(add(a, b)).toEqual(add(b, a));
        expect(add(add(a, b), c)).toEqual(add(a, add(b, c)));
        expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
        expect(Math.sign(compare(a, b))).toBe(0 - Math.sign(compare(b, a)));
      }),
    );
  });

  it("floor and ceil enclose the value", () => {
    fc.assert(
      fc.property(arbitrary, (a) => {
        expect(compare(fraction(floor(a)), a)).toBeLessThanOrEqual(0);
        expect(compare(fraction(floor(a) + 1n), a)).toBe(1);
        expect(compare(fraction(ceil(a)), a)).toBeGreaterThanOrEqual(0);
        expect(ceil(a) - floor(a)).toBe(a.den === 1n ? 0n : 1n);
      }),
    );
  });
});

describe("decimals", () => {
  it.each([
    ["62.03302", 3101651n, 50000n],
    ["1e-7", 1n, 10000000n],
    ["1.5E+2", 150n, 1n],
    ["-0.25", -1n, 4n],
    ["0", 0n, 1n],
  ])("%s", (text, num, den) => {
    expect(parseDecimal(text)).toEqual({ num, den });
  });

  it.each(["", ".", "1.", ".5", "1e", "NaN", "Infinity", "0x10", "1,5", "12:04", " 1"])("refuses %j", (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });

  it("the shortest decimal of a double is read exactly", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const { num, den } = parseDecimal(String(value)) as { num: bigint; den: bigint };
        expect(Number(`${num}`) / Number(`${den}`)).toBeCloseTo(
          value,
          Math.abs(value) < 1 ? 10 : -Math.log10(Math.abs(value)) + 10,
        );
      }),
    );
  });
});
