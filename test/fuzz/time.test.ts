import { describe, expect, it } from "vitest";
import { parseDuration, secondsOf } from "../../src/time/duration.js";
import { compare, zero } from "../../src/time/fraction.js";
import { parseMediaRate, parseTimelineRate, timelineRates } from "../../src/time/frame-rate.js";
import { frameOfLabel, framesPerDay, parseTimecode, timecodeOf } from "../../src/time/timecode.js";
import { fuzz, type Outcome, oneOf, type Random } from "./fuzzing.js";
import { mutatedText, oddTexts } from "./mutate.js";

/** Timecode, lengths and rates as people type them: what is understood is understood consistently. */

const rate = (random: Random) => oneOf(random, timelineRates);

describe("texts of time", { timeout: 900_000 }, () => {
  it("timecode that exists is written as it was read", async () => {
    const labels = ["01:02:03:04", "00:01:00;02", "23:59:59:24", "10:00:00;00"];
    const make = (random: Random) => ({ text: mutatedText(oneOf(random, labels), random, oddTexts), at: rate(random) });
    const read = ({ text, at }: ReturnType<typeof make>): Outcome => {
      const label = parseTimecode(text);
      const frame = label && frameOfLabel(label, at);
      if (frame === undefined) return "refused";
      expect(frame).toBeLessThan(framesPerDay(at));
      expect(frameOfLabel(parseTimecode(timecodeOf(frame, at)) as NonNullable<typeof label>, at)).toBe(frame);
      expect(timecodeOf(frame, at).replace(/\D/g, "")).toBe(
        text
          .trim()
          .replace(/\D/g, "")
          .replace(/^(\d{6})0(\d\d)$/, "$1$2"),
      );
      return "read";
    };
    await fuzz({ name: "timecode", inputs: [500, 30_000], make, read });
  });

  it("lengths are never negative, and the same in seconds on every reading", async () => {
    const lengths = ["12", "0.5s", "00:00:00:12", "999999999s", "00:10:00;00"];
    const make = (random: Random) => ({ text: mutatedText(oneOf(random, lengths), random, oddTexts), at: rate(random) });
    const read = ({ text, at }: ReturnType<typeof make>): Outcome => {
      const length = parseDuration(text);
      const seconds = length && secondsOf(length, at);
      if (seconds === undefined) return "refused";
      expect(compare(seconds, zero)).toBeGreaterThanOrEqual(0);
      return "read";
    };
    await fuzz({ name: "lengths", inputs: [500, 30_000], make, read });
  });

  it("rates are above zero and exact", async () => {
    const rates = ["23.976", "24000/1001", "29.97df", "59.94ndf", "100", "25.0000001"];
    const read = (text: string): Outcome => {
      const [media, timeline] = [parseMediaRate(text), parseTimelineRate(text)];
      for (const one of [media, timeline?.rate]) {
        if (one === undefined) continue;
        expect([Number.isSafeInteger(one.num), Number.isSafeInteger(one.den)]).toEqual([true, true]);
        expect(Math.min(one.num, one.den, one.nominal)).toBeGreaterThan(0);
      }
      return media === undefined ? "refused" : "read";
    };
    const make = (random: Random) => mutatedText(oneOf(random, rates), random, oddTexts);
    await fuzz({ name: "rates", inputs: [500, 30_000], make, read });
  });
});
