import { describe, expect, it } from "vitest";
import { joinRecords } from "../../src/model/join-records.js";
import type { FaceRecord } from "../../src/model/matches.js";
import { clip, record } from "../support/records.js";

const placed = (base: FaceRecord, place: string): FaceRecord => ({
  ...base,
  matches: base.matches.map((matches) => ({ ...matches, clips: matches.clips.map((each) => ({ ...each, place })) })),
});

describe("several records as one", () => {
  const first = placed(record({ a: [clip("Ada", [[1, 2, 1.5]])], b: [clip("Ada", [[5, 6]])] }), "one");
  const second = placed(
    record({ a: [clip("Ada", [[1, 2, 1.5]]), clip("Ada", [[1, 2, 1.6]])], c: [clip("Bob", [[1, 2]])] }),
    "two",
  );

  it("hold each clip once, told apart by its value and not by where it was read", () => {
    const { matches } = joinRecords([first, second]);
    expect(matches.map(({ mediaId, clips, duplicates }) => [mediaId, clips.map(({ place }) => place), duplicates])).toEqual([
      ["a", ["one", "two"], 1],
      ["b", ["one"], 0],
      ["c", ["two"], 0],
    ]);
  });

  it("tell boxes, expressions and scores apart", () => {
    const like = (more: object) => record({ a: [{ ...clip("Ada", [[1, 2, 1.5]]), ...more }] });
    const box = (x: number) => ({
      occurrences: [{ startTime: 1, endTime: 2, trackData: [{ timestamp: 1.5, box: { x, y: 0, w: 1, h: 1 } }] }],
    });
    const joined = joinRecords([
      like({}),
      like({ score: 0.5 }),
      like(box(1)),
      like(box(2)),
      like(box(2)),
      like({ category: "custom" }),
    ]);
    expect(joined.matches[0]).toMatchObject({ clips: { length: 5 }, duplicates: 1 });
  });

  it("believe the first, and take what it leaves out from the others", () => {
    const info = (fields: object) => ({
      ...record({}),
      mediaInfos: new Map([["a", { mediaId: "a", place: "", ...fields }]]),
      notes: [{ code: "record", what: "same" }],
    });
    const { mediaInfos, notes } = joinRecords([info({ fps: "25" }), info({ fps: "24", title: "A" })]);
    expect([mediaInfos.get("a"), notes]).toEqual([
      { mediaId: "a", place: "", fps: "25", title: "A" },
      [{ code: "record", what: "same" }],
    ]);
  });

  it("one alone is itself", () => {
    expect(joinRecords([first])).toBe(first);
    expect(joinRecords([first, first]).matches.map(({ duplicates }) => duplicates)).toEqual([1, 1]);
  });
});
