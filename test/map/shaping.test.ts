import { describe, expect, it } from "vitest";
import { parseClipName } from "../../src/map/clip-names.js";
import { type MapOptions, type Mapped, mapToTimeline } from "../../src/map/map-to-timeline.js";
import { parseMatch } from "../../src/map/match-expression.js";
import { timelineFileNames } from "../../src/map/timeline-names.js";
import { planWarnings } from "../../src/map/warnings.js";
import type { BoxPosition } from "../../src/model/matches.js";
import { clipsOf } from "../../src/model/timeline.js";
import { type Duration, parseDuration } from "../../src/time/duration.js";
import { timecodeOf } from "../../src/time/timecode.js";
import { rateOf } from "../support/plans.js";
import { frameRate } from "../support/rates.js";
import { clip, defaults, facts, record } from "../support/records.js";

const T = (text: string) => parseDuration(text) as Duration;
const matching = (text: string) => ({ text, expression: parseMatch(text) });
const map = (found: ReturnType<typeof record>, media: ReturnType<typeof facts>, options: Partial<MapOptions> = {}) =>
  mapToTimeline(found, media, { ...defaults, ...options });
const all = ({ plan }: Mapped) => plan.timelines.flatMap(clipsOf);
const sources = (mapped: Mapped) => all(mapped).map(({ sourceRange: { start, end } }) => [start, end]);
const why = (mapped: Mapped) => mapped.accounting.occurrences.map(({ dropped }) => dropped ?? "clip");

const found = record({
  a: [
    clip("Ada", [[1, 3, 2]], { score: 0.9, category: "celebrity" }),
    clip("Ben Sample", [[2, 5]], { score: 0.6, category: "custom", entityId: "77" }),
    { ...clip("Ada", [[8, 9]], { score: 0.3 }), occurrences: [{ startTime: 8, endTime: 9, expression: "Happy", trackData: [] }] },
  ],
  b: [clip("Cyd", [[1, 2]], { score: 0.8 })],
});
const media = facts({ a: { startTimecode: "10:00:00:00" }, b: {} });

describe("filters", () => {
  it.each<[string, MapOptions["filter"], string[]]>([
    ["score", { minScore: 0.6 }, ["clip", "clip", "below-the-minimum-score", "clip"]],
    ["category", { categories: ["CUSTOM"] }, ["other-category", "clip", "other-category", "other-category"]],
    ["expression", { expressions: ["happy"] }, ["other-expression", "other-expression", "clip", "other-expression"]],
    ["person by name", { people: ["ada"] }, ["clip", "other-person", "clip", "other-person"]],
    ["person by EntityId", { people: ["77"] }, ["other-person", "clip", "other-person", "other-person"]],
    ["media by file name", { media: ["b.mov"] }, ["other-media", "other-media", "other-media", "clip"]],
    ["media by name without extension", { media: ["A"] }, ["clip", "clip", "clip", "other-media"]],
    ["time in seconds", { from: T("2.5s"), until: T("4s") }, ["clip", "clip", "outside-the-time", "outside-the-time"]],
    ["time in frames", { from: T("200") }, ["outside-the-time", "outside-the-time", "clip", "outside-the-time"]],
  ])("by %s", (_, filter, expected) => {
    expect(why(map(found, media, { ...(filter === undefined ? {} : { filter }) }))).toEqual(expected);
  });

  it("by the size of the face take its largest box; without one it has none", () => {
    const box = (h: number) => ({ timestamp: 1, box: { x: 0, y: 0, w: 9, h } });
    const boxes = (...heights: number[]) => [{ startTime: 1, endTime: 2, trackData: heights.map(box) }];
    const faces = record({
      a: [1, 2, 3].map((n) => ({ ...clip(`P${n}`, []), occurrences: boxes(...([[100, 540], [539], []][n - 1] as number[])) })),
    });
    expect(why(map(faces, media, { filter: { minFace: 0.5 } }))).toEqual(["clip", "face-too-small", "face-too-small"]);
  });

  it("by time cut what lies over the edge; timecode is the media's own", () => {
    expect(sources(map(found, media, { filter: { from: T("2.5s"), until: T("4s"), media: ["a"] } }))).toEqual([
      [62, 75],
      [62, 100],
    ]);
    expect(sources(map(found, media, { filter: { from: T("10:00:08:10"), media: ["a"] } }))).toEqual([[210, 225]]);
  });

  it("by time count on over midnight", () => {
    const late = facts({ a: { startTimecode: "23:59:58:00" }, b: {} });
    expect(sources(map(found, late, { filter: { from: T("00:00:01:00"), media: ["a"] } }))).toEqual([
      [75, 125],
      [200, 225],
    ]);
  });

  it("refuse names that are not there, with the nearest", () => {
    expect(() => map(found, media, { filter: { people: ["Ben Samle"] } })).toThrow(
      expect.objectContaining({ code: "bad-option", option: "person", cure: expect.stringContaining('"Ben Sample"') }),
    );
    expect(() => map(found, media, { filter: { media: ["c.mov"] } })).toThrow(expect.objectContaining({ option: "media" }));
    expect(() => map(found, media, { filter: { from: T("10:00:00:25") } })).toThrow(/does not exist in a.mov/);
  });

  it("that take everything away are exit 6, and say what did", () => {
    const nothing = { minScore: 0.7, people: ["Ben Sample"] };
    expect(() => map(found, media, { filter: nothing })).toThrow(
      expect.objectContaining({
        code: "nothing-found",
        message: expect.stringMatching(/of 4 occurrences: 3 of other people \(--person\), 1 below the score/),
      }),
    );
    expect(() => map(found, media, { minLength: T("10s") })).toThrow(/4 too short \(--min-length\)/);
    expect(() => map(found, media, { match: matching("Ada and Cyd") })).toThrow(/4 where --match does not hold/);
  });
});

describe("words of the service that the record does not hold", () => {
  it.each([
    [{ expressions: ["Hapy"] }, 'There is no expression "Hapy" in the record; the nearest of 1: "Happy"'],
    [{ categories: ["celebrties"] }, 'There is no category "celebrties" in the record; the nearest of 2: "celebrity", "custom"'],
    [{ expressions: ["happy"], people: ["Cyd"] }, "Ask for less"],
  ])("%j: %s", (filter, cure) => {
    expect(() => map(found, media, { filter })).toThrow(
      expect.objectContaining({ code: "nothing-found", cure: expect.stringContaining(cure) }),
    );
  });

  it("where the record has no such words at all", () => {
    const plain = record({ a: [clip("Ada", [[1, 2]])] });
    expect(() => map(plain, media, { filter: { expressions: ["Calm"], categories: ["custom"] } })).toThrow(
      expect.objectContaining({ cure: "The record names no expression at all; The record names no category at all" }),
    );
  });
});

describe("lengths", () => {
  const two = record({
    a: [
      clip("Ada", [
        [1, 2, 1.5],
        [3, 4, 3.5],
        [10, 14, 13.5],
      ]),
    ],
  });
  const shaped = (options: Partial<MapOptions>) => map(two, media, options);

  it("a gap no larger than --merge-gap is closed, in whole frames of the media", () => {
    expect(sources(shaped({ mergeGap: T("1s") }))).toEqual([
      [25, 100],
      [250, 350],
    ]);
    expect(sources(shaped({ mergeGap: T("0.999s") })).length).toBe(3);
    expect(sources(shaped({ mergeGap: T("25") })).length).toBe(2);
    expect(sources(shaped({ mergeGap: T("00:00:00:24") })).length).toBe(3);
  });

  it("handles go up to whole frames, stay in the media, and join where they meet", () => {
    expect(sources(shaped({ handles: { head: T("0.05s"), tail: T("0"), meet: "join" } }))).toEqual([
      [23, 50],
      [73, 100],
      [248, 350],
    ]);
    expect(sources(shaped({ handles: { head: T("0.5s"), tail: T("0.5s"), meet: "join" } }))).toEqual([
      [12, 113],
      [237, 363],
    ]);
    expect(sources(shaped({ handles: { head: T("10"), tail: T("30"), meet: "touch" } }))).toEqual([
      [15, 68],
      [68, 130],
      [240, 380],
    ]);
    const [first] = all(shaped({ handles: { head: T("2s"), tail: T("0"), meet: "join" } }));
    expect(first?.appearances.map(({ range }) => range)).toEqual([
      { start: 25, end: 50 },
      { start: 75, end: 100 },
    ]);
  });

  it("a clip of several people by their handles names each once", () => {
    const both = record({
      a: [
        clip("Ada", [[1, 4]]),
        clip("Bob", [
          [1, 2],
          [3, 4],
        ]),
      ],
    });
    const options = { match: matching("Ada and Bob"), handles: { head: T("1s"), tail: T("1s"), meet: "join" } } as const;
    const [only, more] = all(map(both, media, options));
    expect([only?.people.map(({ name }) => name), only?.sourceRange, more]).toEqual([
      ["Ada", "Bob"],
      { start: 0, end: 125 },
      undefined,
    ]);
  });

  it("--max-length keeps the head, and counts the points behind it", () => {
    const mapped = shaped({ maxLength: T("2s"), markers: "all" });
    expect(sources(mapped)).toEqual([
      [25, 50],
      [75, 100],
      [250, 300],
    ]);
    expect([...mapped.accounting.points.values()][2]).toMatchObject({ written: 0, outside: 1, outsideTimes: [13.5] });
  });

  it("an occurrence behind the longest length is dropped for it", () => {
    const merged = shaped({ mergeGap: T("1s"), maxLength: T("1s") });
    expect(why(merged)).toEqual(["clip", "after-the-maximum-length", "clip"]);
  });

  it("min over max is refused, whatever their units", () => {
    expect(() => shaped({ minLength: T("2s"), maxLength: T("25") })).toThrow(
      expect.objectContaining({ code: "bad-option", option: "minLength" }),
    );
    expect(() => shaped({ minLength: T("00:00:00:30") })).toThrow(/timecode that does not exist at 25/);
  });

  it("in timeline frames are read at the rate the timeline gets by them", () => {
    const rates = facts({ a: { rate: rateOf("50") }, b: { rate: rateOf("25") } });
    const mixed = record({
      a: [
        clip("Ada", [
          [1, 1.4],
          [3, 3.4],
          [5, 5.4],
        ]),
      ],
      b: [clip("Ada", [[1, 2]])],
    });
    // At 50 a clip of 0.4 s has 20 frames; without those of `a` the timeline would run at 25.
    expect(map(mixed, rates, { minLength: T("20") }).settings.rate.id).toBe("50");
    const cut = map(mixed, rates, { minLength: T("21") });
    expect([cut.settings.rate.id, sources(cut)]).toEqual(["25", [[25, 50]]]);
  });
});

describe("impossible occurrences", () => {
  const bad = record({
    a: [
      clip("Ada", [
        [1, 2],
        [5, 4],
        [-2, 1],
        [6, 7, -3, 6.5],
      ]),
    ],
  });

  it("are refused with the place and the way out", () => {
    expect(() => map(bad, media)).toThrow(
      expect.objectContaining({
        code: "bad-occurrence",
        where: expect.stringContaining("OccurrencesInfos[1]"),
        cure: expect.stringContaining("--skip-bad"),
      }),
    );
  });

  it("are left out and listed with --skip-bad", () => {
    const mapped = map(bad, media, { skipBad: true });
    expect(why(mapped)).toEqual(["clip", "impossible", "impossible", "clip"]);
    expect(mapped.accounting).toMatchObject({ trackPoints: 2, pointsWithoutClip: 1 });
    expect(planWarnings(mapped)).toContainEqual(
      expect.objectContaining({ code: "impossible", what: expect.stringMatching(/^2 occurrences/) }),
    );
  });
});

describe("layouts", () => {
  const tracks = ({ plan }: Mapped) =>
    plan.timelines.map(({ name, tracks }) => [name, tracks.map((track) => [track.name, track.clips.length])]);

  it.each<[MapOptions["layout"], unknown]>([
    ["stringout", [["hits", [["V1", 4]]]]],
    [
      "per-person",
      [
        ["hits - Ada", [["V1", 2]]],
        ["hits - Ben Sample", [["V1", 1]]],
        ["hits - Cyd", [["V1", 1]]],
      ],
    ],
    [
      "per-media",
      [
        ["hits - a.mov", [["V1", 3]]],
        ["hits - b.mov", [["V1", 1]]],
      ],
    ],
    [
      "per-expression",
      [
        ["hits - no expression", [["V1", 3]]],
        ["hits - Happy", [["V1", 1]]],
      ],
    ],
    [
      "tracks",
      [
        [
          "hits",
          [
            ["Ada", 2],
            ["Ben Sample", 1],
            ["Cyd", 1],
          ],
        ],
      ],
    ],
    [
      "source",
      [
        [
          "hits - a.mov",
          [
            ["Ada", 2],
            ["Ben Sample", 1],
          ],
        ],
        ["hits - b.mov", [["Cyd", 1]]],
      ],
    ],
    ["log", [["hits", [["V1", 2]]]]],
  ])("%s", (layout, expected) => {
    expect(tracks(map(found, media, { ...(layout === undefined ? {} : { layout }) }))).toEqual(expected);
  });

  it("tracks keep the record positions of the stringout", () => {
    const records = (mapped: Mapped) =>
      all(mapped)
        .map(({ id, recordRange }) => `${recordRange.start} ${id}`)
        .sort();
    expect(records(map(found, media, { layout: "tracks" }))).toEqual(records(map(found, media)));
  });

  it("source runs at the media's rate from its start, each clip where it happens", () => {
    const own = facts({
      a: { rate: rateOf("29.97df"), dropFrame: true, startTimecode: "10:00:00;00", size: { width: 1280, height: 720 } },
      b: { rate: frameRate(15, 1) },
    });
    const { timelines } = map(found, own, { layout: "source", startTimecode: "00:00:00:00" }).plan;
    expect(timelines.map(({ rate, start, size }) => [rate.id, timecodeOf(start, rate), size.width])).toEqual([
      ["29.97df", "10:00:00;00", 1280],
      ["29.97df", "00:00:00;00", 1920],
    ]);
    for (const { media, sourceRange, recordRange } of timelines[0]?.tracks.flatMap(({ clips }) => clips) ?? []) {
      expect(recordRange.start).toBe(media.start + sourceRange.start);
    }
  });

  it("source counts from zero where the media run over midnight", () => {
    const late = facts({ a: { startTimecode: "23:59:58:00" }, b: {} });
    const [first] = map(found, late, { layout: "source", filter: { media: ["a"] } }).plan.timelines;
    expect([first?.start, first?.tracks[0]?.clips.map(({ recordRange }) => recordRange.start)]).toEqual([0, [25, 200]]);
  });

  it("log shows each file once and whole, with a marker as long as each appearance", () => {
    const short = facts({ a: { duration: 1000, rate: rateOf("50") }, b: { duration: 500 } });
    const mapped = map(found, short, { layout: "log", rate: { rate: rateOf("25"), countingGiven: true } });
    const [first] = all(mapped);
    expect(sources(mapped)).toEqual([
      [0, 1000],
      [0, 500],
    ]);
    expect(
      first?.markers.map(({ person, recordFrame, mediaFrame, duration, mediaDuration, note }) => [
        person.name,
        recordFrame - 90000,
        mediaFrame,
        duration,
        mediaDuration,
        note,
      ]),
    ).toEqual([
      ["Ada", 25, 50, 50, 100, "score 0.90"],
      ["Ben Sample", 50, 100, 75, 150, "score 0.60"],
      ["Ada", 200, 400, 25, 50, "score 0.30 · Happy"],
    ]);
    expect(why(mapped)).toEqual(Array(4).fill("clip"));
  });

  it("a gap between groups stands where the media or the person changes", () => {
    const starts = all(map(found, media, { groupGap: T("1s") })).map(({ recordRange }) => recordRange.start - 90000);
    expect(starts).toEqual([0, 75, 175, 225]);
  });

  it("a limit is per timeline, the first by the sorting, and counted", () => {
    const mapped = map(found, media, { layout: "per-media", sort: "score", limit: 1 });
    expect(all(mapped).map(({ score }) => score)).toEqual([0.9, 0.8]);
    expect(why(mapped)).toEqual(["clip", "over-the-limit", "over-the-limit", "clip"]);
  });

  it("names of timelines and their files are no two alike", () => {
    const twins = record({
      a: [
        clip("a", [[1, 2]], { labelName: "Ada" }),
        clip("b", [[3, 4]], { labelName: "Ada" }),
        clip("c", [[5, 6]], { labelName: "ADA/" }),
      ],
    });
    const { plan } = map(twins, media, { layout: "per-person", name: "Reel" });
    expect(plan.timelines.map(({ name }) => name)).toEqual(["Reel - Ada", "Reel - Ada (2)", "Reel - ADA/"]);
    expect(timelineFileNames("cut", plan.name, plan.timelines)).toEqual(["cut - Ada", "cut - Ada (2)", "cut - ADA-"]);
  });

  it("one timeline has the plan's name, and further parts before midnight a number", () => {
    const { timelines } = map(found, media, {
      layout: "per-person",
      filter: { people: ["Ada"] },
      startTimecode: "23:59:57:12",
    }).plan;
    expect(timelines.map(({ name }) => name)).toEqual(["Ada", "Ada-2"]);
  });
});

describe("markers on moves", () => {
  const at = (timestamp: number, x: number, w = 100): { timestamp: number; box: BoxPosition } => ({
    timestamp,
    box: { x, y: 0, w, h: 100 },
  });
  const walk = record({
    a: [
      {
        ...clip("Ada", []),
        occurrences: [
          {
            startTime: 0,
            endTime: 9,
            trackData: [
              { timestamp: 0 },
              at(1, 0),
              at(2, 25),
              at(3, 26),
              at(4, 40),
              at(5, 30, 120),
              at(6, 30, 160),
              { timestamp: 7 },
            ],
          },
        ],
      },
    ],
  });

  it.each([
    [0.25, [0, 1, 3, 6]],
    [0.5, [0, 1, 6]],
    [0, [0, 1, 2, 3, 4, 5, 6]],
  ])("of more than %d of the size", (moves, expected) => {
    const mapped = map(walk, media, { markers: { moves } });
    expect(all(mapped)[0]?.markers.map(({ mediaFrame }) => mediaFrame / 25)).toEqual(expected);
    expect([...mapped.accounting.points.values()][0]).toMatchObject({ written: expected.length, thinned: 8 - expected.length });
  });
});

describe("names", () => {
  it("aliases stand in for EntityIds and names, and those for nobody are told", () => {
    const aliases = new Map([
      ["77", "Guest"],
      ["Ada", "Countess"],
      ["Zoe", "Nobody"],
    ]);
    const mapped = map(found, media, { aliases });
    expect(mapped.plan.people.map(({ name }) => name)).toEqual(["Countess", "Guest", "Cyd"]);
    expect(planWarnings(mapped)).toContainEqual(
      expect.objectContaining({ code: "unused-alias", what: expect.stringContaining('"Zoe"') }),
    );
    expect(why(map(found, media, { aliases, filter: { people: ["guest"] } }))).toContain("other-person");
  });

  it("of clips follow a pattern", () => {
    const named = (pattern: string) => all(map(found, media, { clipName: parseClipName(pattern) })).map(({ name }) => name);
    expect(named("{person} {index:03} {source_tc}")).toEqual([
      "Ada 001 10:00:01:00",
      "Ben Sample 002 10:00:02:00",
      "Ada 003 10:00:08:00",
      "Cyd 004 00:00:01:00",
    ]);
    expect(named("{stem}/{media_id} {score} {expression} {record_tc} {index}")[2]).toBe("a/a 0.30 Happy 01:00:05:00 3");
    expect(named("{expression}")).toEqual(["a.mov", "a.mov", "Happy", "b.mov"]);
  });

  it.each([
    ["{persn}", /Did you mean \{person\}/],
    ["{score:03}", /has no leading zeros|leading zeros/],
    ["{person", /\{person\}/],
    ["{}", /There are \{person\}/],
  ])("the pattern %s is refused", (pattern, cure) => {
    try {
      parseClipName(pattern);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: "bad-option", option: "clipName" });
      expect(`${(error as Error).message} ${(error as { cure: string }).cure}`).toMatch(cure);
    }
  });

  it("redacted are invented, the same ones whatever is selected, and nothing else tells of them", () => {
    const secret = record({
      private: [
        {
          ...clip("Ada", [], { score: 0.91 }),
          occurrences: [
            { startTime: 1, endTime: 2, expression: "Calm", trackData: [{ timestamp: 1, box: { x: 1, y: 2, w: 3, h: 4 } }] },
          ],
        },
        clip("Bob", [[5, 6, 9]], { score: 0.91 }),
      ],
    });
    const known = facts({
      private: { reel: "SECRET", otherUrl: "file:///private.mp4", doubts: [{ code: "no-proxy", detail: "private.mov" }] },
    });
    const mapped = map(secret, known, { redact: true, markers: "all" });
    const text = JSON.stringify([mapped.plan, mapped.accounting], (key, value) => (key === "key" ? undefined : value));
    expect(text).not.toMatch(/Ada|Bob|private|SECRET|0\.91|"box"|hits/i);
    expect([mapped.plan.name, mapped.plan.people.map(({ name }) => name), all(mapped)[0]?.name]).toEqual([
      "redacted",
      ["Person 1", "Person 2"],
      "redacted-001.mov",
    ]);
    const less = map(secret, known, { redact: true, filter: { people: ["Bob"] } });
    expect([less.plan.people[0]?.name, all(less)[0]?.media.url]).toEqual(["Person 2", "redacted-001.mov"]);
    expect(all(mapped)[0]?.markers[0]?.note).toBe("Calm");
  });
});
