import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  canDrop,
  countingOf,
  frameRate,
  parseMediaRate,
  parseTimelineRate,
  rateName,
  requireTimelineRate,
  sameRate,
  timelineRateOf,
  timelineRates,
} from "../../src/time/frame-rate.js";

describe("the rate table", () => {
  it.each(timelineRates)("$id agrees with itself", (row) => {
    expect(row.nominal).toBe(Math.round(row.num / row.den));
    expect(row.frameNum * row.num).toBe(row.frameDen * row.den);
    expect(Object.isFrozen(row)).toBe(true);
    expect(parseTimelineRate(row.id)).toEqual({ rate: row, countingGiven: true });
  });

  it("drops 1001 / 1000 of an NTSC day's labels, and no others", () => {
    expect(timelineRates.filter((row) => row.dropped > 0).map((row) => [row.id, row.dropped])).toEqual([
      ["29.97df", 2],
      ["59.94df", 4],
    ]);
  });
});

describe("timeline rate words", () => {
  it.each([
    ["23.98", "23.976", true],
    ["24000/1001", "23.976", true],
    ["29.97", "29.97ndf", false],
    ["30000/1001", "29.97ndf", false],
    ["59.94", "59.94ndf", false],
    ["60000/1001", "59.94ndf", false],
    ["29.97DF", "29.97df", true],
    [" 25 ", "25", true],
  ])("%j is %s", (text, id, countingGiven) => {
    expect(parseTimelineRate(text)).toMatchObject({ rate: { id }, countingGiven });
  });

  it.each(["26", "15", "120", "pal", "", "25/0"])("refuses %j", (text) => {
    expect(parseTimelineRate(text)).toBeUndefined();
    expect(() => requireTimelineRate(text, "rate")).toThrow(/cannot run at/);
  });
});

describe("media rates", () => {
  it.each([
    ["25.0", 25, 1],
    ["23.976", 24000, 1001],
    ["23.98", 24000, 1001],
    ["23.976024", 24000, 1001],
    ["24", 24, 1],
    ["29.97", 30000, 1001],
    ["29.970030", 30000, 1001],
    ["29.97df", 30000, 1001],
    ["30.00", 30, 1],
    ["59.94", 60000, 1001],
    ["119.88", 120000, 1001],
    ["14.985", 15000, 1001],
    ["15", 15, 1],
    ["100", 100, 1],
    ["120", 120, 1],
    ["12.5", 25, 2],
    ["24.5", 49, 2],
    ["30000/1001", 30000, 1001],
    ["50/1", 50, 1],
    ["2997/100", 30000, 1001],
    ["23976/1000", 24000, 1001],
    ["19001/634", 30000, 1001],
    ["24000/1001", 24000, 1001],
    ["24010/1000", 2401, 100],
    ["15/1", 15, 1],
    ["100/1", 100, 1],
    ["119880/1000", 120000, 1001],
  ])("%s is %d/%d", (text, num, den) => {
    expect(parseMediaRate(text)).toMatchObject({ num, den });
  });

  it.each(["", "0", "0/0", "-25", "25/0", "abc", "25/1/1", "1e12", "NaN", "0.1"])("refuses %j", (text) => {
    expect(parseMediaRate(text)).toBeUndefined();
  });

  it("any fraction keeps its exact value, but for those that mean a standard rate", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 240_000 }), fc.integer({ min: 1, max: 1001 }), (num, den) => {
        const rate = parseMediaRate(`${num}/${den}`);
        const slowest = 2 * num >= den;
        expect(rate === undefined).toBe(!slowest);
        if (rate === undefined || rate.num * den === rate.den * num) return;
        expect([1, 1001]).toContain(rate.den);
        expect(Math.abs((num * rate.den) / (den * rate.num) - 1)).toBeLessThanOrEqual(1 / 5000);
      }),
      { examples: [[239_990, 1001]] },
    );
  });
});

describe("counting", () => {
  it("is drop-frame only where the table says so", () => {
    expect(countingOf(frameRate(30000, 1001), true)).toEqual({ nominal: 30, dropped: 2 });
    expect(countingOf(frameRate(30000, 1001), false)).toEqual({ nominal: 30, dropped: 0 });
    expect(() => countingOf(frameRate(25, 1), true)).toThrow(RangeError);
    expect(canDrop(frameRate(60000, 1001))).toBe(true);
    expect(canDrop(frameRate(24000, 1001))).toBe(false);
  });

  it("finds the row of a rate in the asked way of counting", () => {
    expect(timelineRateOf(frameRate(30000, 1001), true)?.id).toBe("29.97df");
    expect(timelineRateOf(frameRate(30000, 1001), false)?.id).toBe("29.97ndf");
    expect(timelineRateOf(frameRate(25, 1), true)?.id).toBe("25");
    expect(timelineRateOf(frameRate(15, 1), false)).toBeUndefined();
  });

  it("names rates as people do", () => {
    expect(
      [
        [24000, 1001],
        [25, 1],
        [30000, 1001],
        [15, 1],
        [120000, 1001],
      ].map(([n, d]) => rateName(frameRate(n as number, d as number))),
    ).toEqual(["23.976", "25", "29.97", "15", "119.88"]);
    expect(sameRate(frameRate(50, 2), frameRate(25, 1))).toBe(true);
  });
});
