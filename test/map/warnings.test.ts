import { describe, expect, it } from "vitest";
import { mapToTimeline } from "../../src/map/map-to-timeline.js";
import { edlWarnings, fcp7Warnings, planWarnings } from "../../src/map/warnings.js";
import type { Warning } from "../../src/model/warning.js";
import { rateOf } from "../support/plans.js";
import { frameRate } from "../support/rates.js";
import { clip, defaults, facts, record } from "../support/records.js";

const codes = (list: readonly Warning[]) => list.map(({ code }) => code);
const assumed = {
  sources: { rate: "service", start: "assumed", duration: "assumed", size: "assumed", audio: "assumed", url: "service" },
} as const;
const found = record({ a: [clip("Ada", [[1, 2]])], b: [clip("Ada", [[1, 2]])] });

describe("warnings", () => {
  it("nothing to say of media that are known and do not overlap", () => {
    const mapped = mapToTimeline(
      found,
      facts({ a: { startTimecode: "01:00:00:00" }, b: { startTimecode: "05:00:00:00" } }),
      defaults,
    );
    expect([...planWarnings(mapped), ...edlWarnings(mapped.plan), ...fcp7Warnings(mapped.plan)]).toEqual([]);
  });

  it("an assumed start timecode, length and size, with the number of clips", () => {
    const known = facts({ a: assumed, b: assumed });
    for (const [id, { duration: _d, size: _s, ...rest }] of known) known.set(id, rest);
    const said = planWarnings(mapToTimeline(found, known, defaults));
    expect(codes(said)).toEqual(["assumed-start", "assumed-length", "assumed-size"]);
    expect(said[0]?.what).toMatch(/^2 clips /);
  });

  it("what was cut, left out, or shown twice", () => {
    const two = record({
      a: [
        clip("Ada", [
          [1, 3],
          [8, 9],
        ]),
        clip("Bob", [[1, 2, 5]]),
      ],
    });
    const said = planWarnings(mapToTimeline(two, facts({ a: { duration: 60 } }), defaults));
    expect(codes(said)).toEqual(["cut-to-media", "outside-media", "points-outside", "repeated-frames"]);
  });

  it("source timecodes that overlap, as an EDL conforms by timecode", () => {
    const overlapping = facts({ a: { startTimecode: "10:00:00:00" }, b: { startTimecode: "10:30:00:00", rate: rateOf("50") } });
    expect(codes(edlWarnings(mapToTimeline(found, overlapping, defaults).plan))).toContain("same-timecode");
  });

  it("rates an EDL cannot mix, and labels its counting leaves out", () => {
    const ntsc = frameRate(30_000, 1001);
    const nonDrop = facts({
      a: { rate: ntsc, startTimecode: "00:00:59:00" },
      b: { rate: rateOf("25"), startTimecode: "12:00:00:00" },
    });
    const { plan } = mapToTimeline(record({ a: [clip("Ada", [[1.001, 2]])], b: [clip("Ada", [[1, 2]])] }), nonDrop, {
      ...defaults,
      rate: { rate: rateOf("29.97df"), countingGiven: true },
    });
    expect(codes(edlWarnings(plan))).toEqual(["edl-mixed-rates", "edl-label"]);
  });

  it("rates Final Cut Pro 7 XML cannot spell", () => {
    const odd = facts({ a: { rate: frameRate(25, 2) }, b: { rate: frameRate(24_000, 1001) } });
    const { plan } = mapToTimeline(found, odd, defaults);
    expect(fcp7Warnings(plan)).toMatchObject([{ code: "fcp7-rate", what: expect.stringMatching(/^1 clip /) }]);
  });
});
