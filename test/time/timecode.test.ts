import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timelineRates } from "../../src/time/frame-rate.js";
import { snapToFrame } from "../../src/time/snap-to-frames.js";
import {
  frameOfLabel,
  framesPerDay,
  parseTimecode,
  requireFrame,
  type TimecodeLabel,
  timecodeOf,
} from "../../src/time/timecode.js";
import { odometer } from "../support/odometer.js";
import { framesADay, rosetta } from "../support/rosetta.js";
import { full } from "../support/sweep.js";

const rate = (id: string) => timelineRates.find((row) => row.id === id) as (typeof timelineRates)[number];
const droppedBySmpte = (id: string) => ({ "29.97df": 2, "59.94df": 4 })[id] ?? 0;
const arbitraryRate = fc.constantFrom(...timelineRates);

describe("Rosetta rows", () => {
  it.each(rosetta)("$rate frame $frame is $timecode", ({ rate: id, frame, timecode, seconds: [num, den] }) => {
    expect(timecodeOf(frame, rate(id))).toBe(timecode);
    expect(frameOfLabel(parseTimecode(timecode) as TimecodeLabel, rate(id))).toBe(frame);
    expect(BigInt(num) * BigInt(rate(id).num)).toBe(BigInt(den) * BigInt(rate(id).den) * BigInt(frame));
    expect(snapToFrame(num / den, rate(id), "down")).toBe(frame);
    expect(snapToFrame(num / den, rate(id), "up")).toBe(frame);
  });

  it.each(Object.entries(framesADay))("a day at %s has %d frames", (id, frames) => {
    expect(framesPerDay(rate(id))).toBe(frames);
  });
});

// The whole day at every rate takes minutes: `npm test` looks at every 997th frame and all frames around minutes.
describe(`24 hours, ${full ? "every frame" : "every 997th frame and all around minutes"}`, () => {
  it.each(timelineRates)("$id: seconds -> frame -> timecode -> frame", { timeout: 600_000 }, (row) => {
    let frame = 0;
    const wrong: string[] = [];
    for (const label of odometer(row, droppedBySmpte(row.id))) {
      const nearMinute = frame % (60 * row.nominal) < 6 || frame % (60 * row.nominal) > 60 * row.nominal - 6;
      if (full || frame % 997 === 0 || nearMinute) {
        const seconds = (frame * row.den) / row.num;
        const snapped = snapToFrame(seconds, row, "down");
        const back = frameOfLabel(parseTimecode(label) as TimecodeLabel, row);
        if (snapped !== frame || timecodeOf(frame, row) !== label || back !== frame) wrong.push(`${frame} ${label}`);
        // The service's numbers look like single-precision floats: they must survive as well.
        if (snapToFrame(Math.fround(seconds), row, "up") !== frame) wrong.push(`${frame} ${label} as a float`);
      }
      frame++;
    }
    expect(wrong).toEqual([]);
    expect(frame).toBe(framesADay[row.id]);
    expect(framesPerDay(row)).toBe(frame);
  });
});

describe("labels that do not exist", () => {
  it.each([
    ["29.97df", "00:01:00;00"],
    ["29.97df", "00:01:00;01"],
    ["29.97df", "10:59:00;01"],
    ["59.94df", "00:01:00;03"],
    ["25", "00:00:00:25"],
    ["25", "24:00:00:00"],
    ["25", "00:60:00:00"],
    ["25", "00:00:60:00"],
  ])("%s has no %s", (id, label) => {
    expect(frameOfLabel(parseTimecode(label) as TimecodeLabel, rate(id))).toBeUndefined();
    expect(() => requireFrame(label, rate(id), { code: "bad-option" })).toThrow(/does not exist/);
  });

  it.each(["29.97df", "59.94df"])("%s has its tenth minutes whole", (id) => {
    for (const minute of ["00", "10", "20", "30", "40", "50"]) {
      expect(frameOfLabel(parseTimecode(`07:${minute}:00;00`) as TimecodeLabel, rate(id))).toBeTypeOf("number");
    }
  });

  it("are never printed", () => {
    fc.assert(
      fc.property(arbitraryRate, fc.nat(), (row, n) => {
        const frame = n % framesPerDay(row);
        const label = parseTimecode(timecodeOf(frame, row)) as TimecodeLabel;
        expect(frameOfLabel(label, row)).toBe(frame);
        expect(label.dropFrame).toBe(row.dropped > 0);
      }),
    );
  });
});

describe("reading", () => {
  it.each(["1:00:00:00", "01:00:00", "01-00-00-00", "01:00:00:0a", "", "-01:00:00:00", "01:00:00:00 x"])("refuses %j", (text) => {
    expect(parseTimecode(text)).toBeUndefined();
    expect(() => requireFrame(text, rate("25"), { code: "bad-option" })).toThrow(/is not a timecode/);
  });

  it("takes a semicolon anywhere before the frames as drop-frame", () => {
    expect(parseTimecode("01;02;03;04")).toEqual({ hours: 1, minutes: 2, seconds: 3, frames: 4, dropFrame: true });
    expect(parseTimecode("01:02:03;04")?.dropFrame).toBe(true);
    expect(parseTimecode("01:02:03:04")?.dropFrame).toBe(false);
  });

  it("goes on past midnight when asked, and refuses what is no frame", () => {
    expect(timecodeOf(2_160_000, rate("25"))).toBe("24:00:00:00");
    expect(() => timecodeOf(-1, rate("25"))).toThrow(RangeError);
    expect(() => timecodeOf(0.5, rate("25"))).toThrow(RangeError);
  });
});
