import { describe, expect, it } from "vitest";
import { mapToTimeline } from "../../src/map/map-to-timeline.js";
import { edlWarnings, fcp7Warnings, fcpxmlWarnings, planWarnings } from "../../src/map/warnings.js";
import type { Warning } from "../../src/model/warning.js";
import { factsFrom, rateOf } from "../support/plans.js";
import { frameRate } from "../support/rates.js";
import { clip, defaults, facts, record } from "../support/records.js";

const codes = (list: readonly Warning[]) => list.map(({ code }) => code);
const assumed = {
  sources: { ...factsFrom("assumed"), rate: "service", url: "service" },
} as const;
const found = record({ a: [clip("Ada", [[1, 2]])], b: [clip("Ada", [[1, 2]])] });

describe("warnings", () => {
  it("nothing to say of media that are known and do not overlap", () => {
    const mapped = mapToTimeline(
      found,
      facts({ a: { startTimecode: "01:00:00:00" }, b: { startTimecode: "05:00:00:00" } }),
      defaults,
    );
    const ofFormats = [edlWarnings, fcpxmlWarnings, fcp7Warnings].flatMap((warnings) => warnings(mapped.plan));
    expect([...planWarnings(mapped), ...ofFormats]).toEqual([]);
  });

  it("files and facts that nobody gives, with the number of clips", () => {
    const known = facts({ a: assumed, b: assumed });
    for (const [id, { duration: _d, size: _s, ...rest }] of known) known.set(id, rest);
    const said = planWarnings(mapToTimeline(found, known, defaults));
    expect(codes(said)).toEqual(["unresolved-media", "assumed-start", "assumed-length", "assumed-size", "assumed-sound"]);
    for (const { what } of said) expect(what).toMatch(/^2 clips /);
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

  it.each([
    ["reaches into the next day", "23:59:50:00", 1000, "00:00:00:00", 1000, true],
    ["ends before the other one of the next day", "23:59:50:00", 1000, "00:00:30:00", 1000, false],
    ["ends at midnight", "23:59:20:00", 1000, "00:00:00:00", 1000, false],
    ["meets the other one before midnight", "23:59:50:00", 1000, "23:59:55:00", 10, true],
    ["runs all day", "12:00:00:00", 24 * 3600 * 25 + 1, "11:00:00:00", 10, true],
  ])("source timecode %s", (_, startA, durationA, startB, durationB, overlap) => {
    const known = facts({
      a: { startTimecode: startA, duration: durationA },
      b: { startTimecode: startB, duration: durationB },
    });
    const { plan } = mapToTimeline(record({ a: [clip("Ada", [[0, 0.2]])], b: [clip("Ada", [[0, 0.2]])] }), known, defaults);
    const said = edlWarnings(plan).filter(({ code }) => code === "same-timecode");
    expect(said.map(({ what }) => what.slice(0, 8))).toEqual(overlap ? ["2 clips "] : []);
  });

  it("one file's own timecode does not overlap itself, however long it runs", () => {
    const known = facts({ a: { startTimecode: "12:00:00:00", duration: 3 * 24 * 3600 * 25 } });
    const { plan } = mapToTimeline(record({ a: [clip("Ada", [[0, 1]])] }), known, defaults);
    expect(edlWarnings(plan)).toEqual([]);
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

  it("rates FCPXML has no conform-rate word for", () => {
    const known = facts({
      a: { rate: frameRate(100, 1) },
      b: { rate: frameRate(120_000, 1001) },
      c: { rate: frameRate(30_000, 1001) },
    });
    const all = record(Object.fromEntries([...known.keys()].map((id) => [id, [clip("Ada", [[1, 2]])]])));
    const { plan } = mapToTimeline(all, known, { ...defaults, rate: { rate: rateOf("25"), countingGiven: true } });
    expect(fcpxmlWarnings(plan)).toMatchObject([
      { code: "fcpxml-rate", what: expect.stringMatching(/^2 clips /), cure: expect.any(String) },
    ]);
  });

  it("a shot of two people is told with the way to have it once, and not where each has a timeline", () => {
    const both = record({ a: [clip("Ada", [[1, 3]]), clip("Bob", [[2, 4]])] });
    const said = (layout: "stringout" | "per-person") =>
      planWarnings(mapToTimeline(both, facts({ a: {} }), { ...defaults, layout }));
    expect(said("stringout")).toMatchObject([{ code: "repeated-frames", cure: expect.stringContaining("--match") }]);
    expect(said("per-person")).toEqual([]);
  });
});
