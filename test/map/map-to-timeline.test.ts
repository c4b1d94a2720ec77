import { describe, expect, it } from "vitest";
import { mapToTimeline } from "../../src/map/map-to-timeline.js";
import type { Clip } from "../../src/model/timeline.js";
import { timelineRates } from "../../src/time/frame-rate.js";
import { timecodeOf } from "../../src/time/timecode.js";
import { rateOf } from "../support/plans.js";
import { clip, defaults, facts, record } from "../support/records.js";

function clipsOf(...args: Parameters<typeof mapToTimeline>): readonly Clip[] {
  return mapToTimeline(...args).plan.timelines.flatMap((timeline) => timeline.tracks.flatMap((track) => track.clips));
}

const sources = (clips: readonly Clip[]) => clips.map(({ sourceRange: { start, end } }) => [start, end]);

describe("appearances", () => {
  const at25 = facts({ a: {} });

  it("join when the same person's ranges overlap or touch, and only then", () => {
    const found = record({
      a: [
        clip("Ada", [
          [4, 6],
          [1, 2],
          [2, 3],
          [5, 7],
          [7.04, 8],
        ]),
      ],
    });
    expect(sources(clipsOf(found, at25, defaults))).toEqual([
      [25, 75],
      [100, 175],
      [176, 200],
    ]);
  });

  it("stay apart for different people", () => {
    const clips = clipsOf(record({ a: [clip("Ada", [[1, 3]]), clip("Bob", [[2, 4]])] }), at25, defaults);
    expect(clips.map((c) => [c.people[0]?.name, c.sourceRange.start])).toEqual([
      ["Ada", 25],
      ["Bob", 50],
    ]);
  });

  it("keep the best score, and take in the points of every occurrence they cover", () => {
    const found = record({ a: [clip("Ada", [[1, 3, 2.5]], { score: 0.7 }), clip("Ada", [[2, 4, 1.2]], { score: 0.9 })] });
    const [only] = clipsOf(found, at25, { ...defaults, markers: "all" });
    expect(only).toMatchObject({ score: 0.9, sourceRange: { start: 25, end: 100 } });
    expect(only?.markers.map((m) => [m.mediaFrame, m.note])).toEqual([
      [30, "score 0.90"],
      [62, "score 0.70"],
    ]);
  });

  it("are cut to the media, and left out past its end", () => {
    const short = facts({ a: { duration: 50 } });
    const mapped = mapToTimeline(
      record({
        a: [
          clip("Ada", [
            [1, 3],
            [2, 4],
          ]),
        ],
      }),
      short,
      defaults,
    );
    expect(mapped.plan.timelines[0]?.tracks[0]?.clips[0]?.sourceRange).toEqual({ start: 25, end: 50 });
    expect(mapped.accounting).toMatchObject({
      occurrences: [
        { person: "Ada", startTime: 1, endTime: 3, cut: true, merged: false, range: { start: 25, end: 50 } },
        { startTime: 2, dropped: "past-the-media-end" },
      ],
    });
  });

  it("refuse a time before the media's start, naming the occurrence", () => {
    expect(() => clipsOf(record({ a: [clip("Ada", [[-1, 3]])] }), at25, defaults)).toThrow(/lies before the start/);
    expect(sources(clipsOf(record({ a: [clip("Ada", [[-0.0009, 1]])] }), at25, defaults))).toEqual([[0, 25]]);
  });
});

describe("people", () => {
  const two = facts({ a: {}, b: {} });

  it("are EntityIds; a LabelName is only a name, wherever it comes", () => {
    const found = record({
      a: [clip("7", [[1, 2]], { entityId: "7", labelName: "7" })],
      b: [clip(undefined, [[1, 2]], { entityId: "7", labelName: "Ada" })],
    });
    const { people } = mapToTimeline(found, two, defaults).plan;
    expect(people).toHaveLength(1);
  });

  it("without an EntityId are their LabelName, without both one each, numbered in order", () => {
    const found = record({
      a: [clip(undefined, [[1, 2]], { labelName: "Ada" }), clip(undefined, [[3, 4]])],
      b: [
        clip(undefined, [[1, 2]], { labelName: "Ada" }),
        clip(undefined, [
          [3, 4],
          [5, 6],
        ]),
      ],
    });
    const { people } = mapToTimeline(found, two, defaults).plan;
    expect(people.map(({ name }) => name)).toEqual(["Ada", "unknown 1", "unknown 2"]);
  });

  it("keep their colour whatever the sorting", () => {
    const found = record({ a: [clip("Zoe", [[1, 2]], { score: 0.1 })], b: [clip("Ada", [[1, 2]], { score: 0.9 })] });
    const colours = (sort: "media" | "score") =>
      clipsOf(found, two, { ...defaults, sort })
        .map((c) => `${c.people[0]?.name} ${c.people[0]?.colour}`)
        .sort();
    expect(colours("score")).toEqual(colours("media"));
    expect(colours("media")).toEqual(["Ada CYAN", "Zoe GREEN"]);
  });

  it("give the timeline its name when there is only one", () => {
    const name = (found: ReturnType<typeof record>) => mapToTimeline(found, two, defaults).plan.name;
    expect(name(record({ a: [clip("Ada", [[1, 2]])] }))).toBe("Ada");
    expect(name(record({ a: [clip("Ada", [[1, 2]]), clip("Bob", [[1, 2]])] }))).toBe("hits");
  });
});

describe("order", () => {
  const found = record({
    "take 10": [
      clip(
        "Ada",
        [
          [5, 6],
          [1, 2],
        ],
        { score: 0.5 },
      ),
    ],
    "take 9": [clip("Bob", [[3, 4]], { score: 0.9 })],
    "take 1": [clip("Cyd", [[2, 3]])],
  });
  const media = facts({
    "take 10": { startTimecode: "01:00:00:00" },
    "take 9": { startTimecode: "23:00:00:00" },
    "take 1": { startTimecode: "02:00:00:00" },
  });

  it.each([
    ["media", ["take 1", "take 9", "take 10", "take 10"]],
    ["time", ["take 10", "take 10", "take 1", "take 9"]],
    ["score", ["take 9", "take 10", "take 10", "take 1"]],
    ["person", ["take 10", "take 10", "take 9", "take 1"]],
  ] as const)("%s", (sort, expected) => {
    const clips = clipsOf(found, media, { ...defaults, sort });
    expect(clips.map((c) => c.media.mediaId)).toEqual(expected);
    expect(clips.filter((c) => c.media.mediaId === "take 10").map((c) => c.sourceRange.start)).toEqual([25, 125]);
  });
});

it("--sort time goes by the label, not by how long it takes to get there", () => {
  const media = facts({ a: { rate: rateOf("23.976"), startTimecode: "01:00:00:00" }, b: { startTimecode: "01:00:01:00" } });
  const found = record({ a: [clip("Ada", [[0, 1]])], b: [clip("Ada", [[0, 1]])] });
  expect(clipsOf(found, media, { ...defaults, sort: "time" }).map((c) => c.media.mediaId)).toEqual(["a", "b"]);
});

describe("the timeline", () => {
  const drop = rateOf("29.97df");
  const ntsc = { num: drop.num, den: drop.den, nominal: drop.nominal };

  it("runs at the rate and size of most clip time; of two equal ones the higher", () => {
    const media = facts({ a: { size: { width: 1280, height: 720 } }, b: { rate: rateOf("50") }, c: { rate: rateOf("24") } });
    const settings = (times: Parameters<typeof record>[0]) => mapToTimeline(record(times), media, defaults).settings;
    const long = settings({ a: [clip("Ada", [[0, 9]])], b: [clip("Ada", [[0, 4]])], c: [clip("Ada", [[0, 4]])] });
    expect([long.rate.id, long.size.width]).toEqual(["25", 1280]);
    const tie = settings({ b: [clip("Ada", [[0, 4]])], c: [clip("Ada", [[0, 4]])] });
    expect(tie.rate.id).toBe("50");
  });

  it.each([
    ["all media drop-frame", { a: { rate: ntsc, dropFrame: true } }, "01:00:00:00", "29.97df"],
    ["one is not", { a: { rate: ntsc, dropFrame: true }, b: { rate: ntsc } }, "01:00:00:00", "29.97ndf"],
    ["a drop-frame start timecode", { a: { rate: ntsc } }, "01:00:00;00", "29.97df"],
  ])("counts drop-frame or not: %s", (_, media, startTimecode, id) => {
    const found = record(Object.fromEntries(Object.keys(media).map((key) => [key, [clip("Ada", [[0, 4]])]])));
    expect(mapToTimeline(found, facts(media), { ...defaults, startTimecode }).settings.rate.id).toBe(id);
  });

  it("refuses a start timecode that does not exist, or contradicts the rate", () => {
    const found = record({ a: [clip("Ada", [[0, 4]])] });
    const start = (startTimecode: string, media = facts({ a: { rate: ntsc, dropFrame: true } })) =>
      mapToTimeline(found, media, { ...defaults, startTimecode });
    expect(() => start("00:01:00;00")).toThrow(/does not exist/);
    expect(() => start("01:00:00;00", facts({ a: {} }))).toThrow(/is drop-frame, but the timeline/);
    expect(() => start("23:59:58;00")).toThrow(/no room before midnight/);
  });

  it("needs a rate a timeline can have", () => {
    const odd = facts({ a: { rate: { num: 15, den: 1, nominal: 15 } } });
    const found = record({ a: [clip("Ada", [[0, 4]])] });
    expect(() => mapToTimeline(found, odd, defaults)).toThrow(/No timeline can run at/);
    const asked = mapToTimeline(found, odd, { ...defaults, rate: { rate: rateOf("30"), countingGiven: true } });
    expect(asked.plan.timelines[0]?.tracks[0]?.clips[0]?.recordRange).toEqual({ start: 108_000, end: 108_120 });
  });

  it("ends before midnight: further clips go to the next one, from the same start", () => {
    const found = record({ a: Array.from({ length: 5 }, (_, i) => clip("Ada", [[i * 20, i * 20 + 10]])) });
    const { timelines } = mapToTimeline(found, facts({ a: {} }), { ...defaults, startTimecode: "23:59:39:00" }).plan;
    expect(timelines.map((t) => [t.name, t.tracks[0]?.clips.length])).toEqual([
      ["Ada", 2],
      ["Ada-2", 2],
      ["Ada-3", 1],
    ]);
    expect(timelines.map((t) => timecodeOf(t.tracks[0]?.clips[0]?.recordRange.start ?? 0, t.rate))).toEqual(
      Array(3).fill("23:59:39:00"),
    );
    // 21 seconds are two clips of ten; from 23:59:40:00 the second would end on 24:00:00:00 itself.
    const tight = mapToTimeline(found, facts({ a: {} }), { ...defaults, startTimecode: "23:59:40:00" }).plan.timelines;
    expect(tight.map((t) => t.tracks[0]?.clips.length)).toEqual([1, 1, 1, 1, 1]);
  });
});

describe("markers", () => {
  const found = record({ a: [clip("Ada", [[1, 5, 1.5, 2.5, 3.49, 3.5, 4.5, 0.5, 6]]), clip("Bob", [[7, 8]], { score: 0.8 })] });
  const frames = (markers: Parameters<typeof mapToTimeline>[2]["markers"]) =>
    clipsOf(found, facts({ a: {} }), { ...defaults, markers }).map((c) => c.markers.map((m) => m.mediaFrame));

  it("none", () => expect(frames("none")).toEqual([[], []]));
  it("appearance: the first track point in the clip, else its first frame", () =>
    expect(frames("appearance")).toEqual([[37], [175]]));
  it("all track points in the clip", () => expect(frames("all")).toEqual([[37, 62, 87, 112], []]));
  it("a spacing counts from the first point", () => {
    expect(frames({ spacing: { unit: "frames", frames: 26 } })).toEqual([[37, 87], []]);
    expect(frames({ spacing: { unit: "seconds", seconds: { num: 1n, den: 1n } } })).toEqual([[37, 62, 87, 112], []]);
  });

  it("say what is known of the face", () => {
    const box = { x: 517, y: 409, w: 128, h: 168 };
    const known: ReturnType<typeof clip> = {
      score: 0.99041677,
      entityId: "1",
      labelName: "Ada",
      occurrences: [{ startTime: 0, endTime: 1, expression: "Calm", trackData: [{ timestamp: 0.5, box }] }],
      place: "",
    };
    const [only] = clipsOf(record({ a: [known] }), facts({ a: {} }), defaults);
    expect(only?.markers[0]?.note).toBe("score 0.99 · Calm · box 517,409 128x168 of 1920x1080");
  });

  it("of one person on one timeline frame are one", () => {
    const fast = facts({ a: { rate: rateOf("50") } });
    const close = record({ a: [clip("Ada", [[0, 2, 1, 1.02, 1.04]])] });
    const mapped = mapToTimeline(close, fast, { ...defaults, markers: "all", rate: { rate: rateOf("25"), countingGiven: true } });
    expect(mapped.plan.timelines[0]?.tracks[0]?.clips[0]?.markers.map((m) => m.mediaFrame)).toEqual([50, 52]);
    expect([...mapped.accounting.points.values()]).toEqual([
      { written: 2, sameFrame: 1, thinned: 0, outside: 0, outsideTimes: [] },
    ]);
  });
});

describe("what the service's order may not change", () => {
  const box = (x: number) => ({ x, y: 0, w: 10, h: 10 });
  const points = [
    { timestamp: 2.03, box: box(111) },
    { timestamp: 2.001, box: box(222) },
    { timestamp: 2.001, box: box(333) },
    { timestamp: 3.5 },
  ];
  const shuffled = (order: readonly number[], turned: boolean) => {
    const occurrences = [
      { startTime: 1, endTime: 4, expression: "Calm", trackData: order.map((i) => points[i] as (typeof points)[number]) },
      { startTime: 1, endTime: 4, expression: "Happy", trackData: [] },
    ];
    const element: ReturnType<typeof clip> = {
      entityId: "1",
      labelName: "Ada",
      score: 0.9,
      occurrences: turned ? occurrences.reverse() : occurrences,
      place: "",
    };
    return record({ a: [element] });
  };

  it.each([
    [[0, 1, 2, 3], false],
    [[3, 2, 1, 0], true],
    [[2, 0, 3, 1], false],
  ] as const)("points in the order %j", (order, turned) => {
    const [only] = clipsOf(shuffled(order, turned), facts({ a: {} }), defaults);
    expect(only?.markers[0]?.box?.x).toBe(222);
    expect(only?.expression).toBe("Calm");
  });
});

describe("what cannot be", () => {
  it("a spacing in a timecode that does not exist", () => {
    const found = record({ a: [clip("Ada", [[1, 5, 1.5, 2.5]])] });
    const label = (frames: number, dropFrame: boolean) => ({ hours: 0, minutes: 0, seconds: 1, frames, dropFrame });
    for (const wrong of [label(30, false), label(0, true)]) {
      const spaced = { ...defaults, markers: { spacing: { unit: "timecode", label: wrong } } } as const;
      expect(() => clipsOf(found, facts({ a: {} }), spaced)).toThrow(/does not exist at 25/);
    }
  });

  it.each([
    [0, 1e6],
    [1e18, 2e18],
    [1e300, 1e300],
  ])("an occurrence from %d s to %d s", (from, to) => {
    const known = facts({ a: {} });
    for (const [id, { duration: _, ...rest }] of known) known.set(id, rest);
    expect(() => clipsOf(record({ a: [clip("Ada", [[from, to]])] }), known, defaults)).toThrow(
      /longer, or later, than any media/,
    );
  });
});

describe("nothing to write", () => {
  it("counts media without clips for nothing: no rate for any clip is exit 3", () => {
    const found = record({ a: [], b: [clip("Ada", [[1, 2]])] });
    expect(() => mapToTimeline(found, facts({ a: {} }), defaults)).toThrow(expect.objectContaining({ code: "no-rate" }));
  });

  it("stills make no clips", () => {
    const found = {
      ...record({ a: [clip("Ada", [[1, 2]])] }),
      mediaInfos: new Map([["a", { mediaId: "a", mediaType: "image", place: "" }]]),
    };
    expect(() => mapToTimeline(found, new Map(), defaults)).toThrow(/still images only/);
  });

  it("a person whose appearances are all too short is not in the plan", () => {
    const media = facts({ a: { duration: 51, rate: rateOf("50") }, b: {} });
    const found = record({ a: [clip("Bob", [[1, 1.02]])], b: [clip("Ada", [[1, 2]])] });
    const mapped = mapToTimeline(found, media, { ...defaults, rate: { rate: rateOf("25"), countingGiven: true } });
    const short = mapped.accounting.occurrences.filter(({ dropped }) => dropped === "too-short-for-a-frame");
    expect(short.map(({ person }) => person)).toEqual(["Bob"]);
    expect(mapped.plan.people.map(({ name }) => name)).toEqual(["Ada"]);
  });

  it("is said with its cause", () => {
    expect(() => mapToTimeline(record({ a: [] }), facts({ a: {} }), defaults)).toThrow(/found no face/);
    expect(() => mapToTimeline(record({ a: [clip("Ada", [[1, 2]])] }), new Map(), defaults)).toThrow(/frame rate is not known/);
    expect(() => mapToTimeline(record({ a: [clip("Ada", [[9, 10]])] }), facts({ a: { duration: 50 } }), defaults)).toThrow(
      /past the end/,
    );
  });

  it.each(timelineRates)("a plain occurrence is a clip at $id", (row) => {
    const media = facts({ a: { rate: row, dropFrame: row.dropped > 0 } });
    const [only] = clipsOf(record({ a: [clip("Ada", [[10, 12]])] }), media, defaults);
    expect(only?.recordRange.end).toBe(
      (only?.recordRange.start ?? 0) + (only ? only.sourceRange.end - only.sourceRange.start : 0),
    );
  });
});

describe("the size of the timeline", () => {
  it.each([
    [1440, 1080, { num: 4, den: 3 }, 1920],
    [1920, 1080, { num: 1, den: 1 }, 1920],
    [720, 576, { num: 64, den: 45 }, 1024],
    [720, 576, { num: 16, den: 15 }, 768],
  ])("of media of %ix%i with pixels of %j is %i wide", (width, height, pixelAspect, square) => {
    const known = facts({ a: { size: { width, height }, pixelAspect } });
    const { plan } = mapToTimeline(record({ a: [clip("Ada", [[1, 2]])] }), known, defaults);
    expect(plan.timelines[0]?.size).toEqual({ width: square, height });
  });
});
