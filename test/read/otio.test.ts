import { describe, expect, it } from "vitest";
import { readTimelines } from "../../src/read/readers.js";
import type { ReadTimeline } from "../../src/read/reading.js";
import { dialectOf } from "../../src/write/dialect.js";
import { otio } from "../../src/write/otio.js";
import { plans } from "../support/plans.js";

type Json = Record<string, unknown>;
const time = (value: number, rate = 25): Json => ({ OTIO_SCHEMA: "RationalTime.1", rate, value });
const range = (start: number, duration: number, rate = 25): Json => ({
  OTIO_SCHEMA: "TimeRange.1",
  start_time: time(start, rate),
  duration: time(duration, rate),
});
const external = (name = "a.mov", more: Json = {}): Json => ({
  OTIO_SCHEMA: "ExternalReference.1",
  target_url: `file:///m/${name}`,
  available_range: range(0, 1000),
  ...more,
});
const clip = (more: Json = {}): Json => ({
  OTIO_SCHEMA: "Clip.2",
  name: "a",
  source_range: range(100, 50),
  media_references: { DEFAULT_MEDIA: external() },
  active_media_reference_key: "DEFAULT_MEDIA",
  ...more,
});
const track = (children: Json[], more: Json = {}): Json => ({ OTIO_SCHEMA: "Track.1", kind: "Video", children, ...more });
const stack = (children: Json[], more: Json = {}): Json => ({ OTIO_SCHEMA: "Stack.1", children, ...more });
const timeline = (tracks: Json, more: Json = {}): Json => ({
  OTIO_SCHEMA: "Timeline.1",
  name: "t",
  global_start_time: time(90_000),
  tracks,
  ...more,
});
const gap = (length: number): Json => ({ OTIO_SCHEMA: "Gap.1", source_range: range(0, length) });
const marker = (start: number, more: Json = {}): Json => ({
  OTIO_SCHEMA: "Marker.2",
  name: "m",
  marked_range: range(start, 1),
  ...more,
});

const read = (value: Json) => readTimelines(JSON.stringify(value), { file: "a.otio" });
const only = (tracks: Json) => read(timeline(tracks)).timelines[0] as ReadTimeline;
const spans = (children: Json[], more: Json = {}) =>
  only(stack([track(children, more)])).clips.map(({ record, source }) => [record.start, record.end, source?.start]);

describe("reading OTIO", () => {
  it.each<readonly [string, Json[], unknown[][]]>([
    [
      "clips and gaps in order",
      [clip(), gap(10), clip()],
      [
        [0, 50, 100],
        [60, 110, 100],
      ],
    ],
    [
      "transitions take no time",
      [clip(), { OTIO_SCHEMA: "Transition.1", in_offset: time(5), out_offset: time(5) }, clip()],
      [
        [0, 50, 100],
        [50, 100, 100],
      ],
    ],
    ["an old filler", [{ OTIO_SCHEMA: "Filler.1", source_range: range(0, 5) }, clip()], [[5, 55, 100]]],
    ["a clip without a source range", [clip({ source_range: null })], [[0, 1000, 0]]],
    [
      "a stack in a track",
      [stack([clip(), track([gap(10), clip()])]), clip()],
      [
        [0, 50, 100],
        [10, 60, 100],
        [60, 110, 100],
      ],
    ],
    [
      "a part of a stack",
      [stack([track([clip(), clip()])], { source_range: range(25, 50) }), clip()],
      [
        [0, 25, 125],
        [25, 50, 100],
        [50, 100, 100],
      ],
    ],
    ["a stack outside of its own part", [stack([track([clip(), clip()])], { source_range: range(0, 50) })], [[0, 50, 100]]],
    ["a schema nobody knows", [{ OTIO_SCHEMA: "Thing.7", children: [clip()] }, clip()], [[0, 50, 100]]],
    ["ranges at another rate", [clip({ source_range: range(48, 24, 24) })], [[0, 25, 48]]],
    [
      "a duration at another rate than the start",
      [clip({ source_range: { start_time: time(48, 24), duration: time(50) } })],
      [[0, 50, 48]],
    ],
  ])("%s", (_, children, expected) => {
    expect(spans(children)).toEqual(expected);
  });

  it("numbers tracks by kind, and keeps sound apart with its link and channels", () => {
    const link = (number: unknown, more: Json = {}) => ({ metadata: { Resolve_OTIO: { "Link Group ID": number, ...more } } });
    const channels = { Channels: [{ "Source Channel ID": 0, "Source Track ID": 1 }] };
    const found = only(
      stack([
        track([clip()]),
        track([clip(link(7))]),
        track([clip(link(7, channels))], { kind: "Audio" }),
        track([clip()], { kind: "Data" }),
      ]),
    );
    expect(found.clips.map(({ track, link }) => [track, link])).toEqual([
      [1, undefined],
      [2, "7"],
    ]);
    expect(found.sounds).toMatchObject([{ track: 1, link: "7", channels: [{ stream: 1, channel: 0 }] }]);
  });

  it("puts markers on the timeline: those of clips, gaps, tracks and stacks, of every version", () => {
    const markers = [
      marker(110, { comment: "c", color: "RED" }),
      { ...marker(0), OTIO_SCHEMA: "Marker.1", marked_range: undefined, range: range(120, 1) },
    ];
    const third = {
      ...marker(130),
      OTIO_SCHEMA: "Marker.3",
      color: { OTIO_SCHEMA: "Color.1", name: "Blue" },
      metadata: { Resolve_OTIO: { Note: "n" } },
    };
    const found = only(
      stack(
        [
          track([gap(10), clip({ markers: [...markers, third] }), { ...gap(10), markers: [marker(4)] }], {
            markers: [marker(3)],
          }),
        ],
        { markers: [marker(1)] },
      ),
    );
    expect(found.clips[0]?.markers.map(({ record, source, note, colour }) => [record, source, note, colour])).toEqual([
      [20, 110, "c", "RED"],
      [30, 120, "", undefined],
      [40, 130, "n", "Blue"],
    ]);
    expect(found.markers.map(({ record }) => record)).toEqual([1, 3, 64]);
  });

  it("takes one media file for equal references, and knows all kinds of them", () => {
    const missing = { OTIO_SCHEMA: "MissingReference.1", name: "" };
    const images = {
      OTIO_SCHEMA: "ImageSequenceReference.1",
      target_url_base: "file:///m/",
      name_prefix: "a.",
      start_frame: 7,
      frame_zero_padding: 4,
      name_suffix: ".exr",
      available_range: range(7, 50, 24),
    };
    const { media } = read(
      timeline(
        stack([
          track([
            clip(),
            clip(),
            clip({ media_references: { proxy: external("p.mov"), DEFAULT_MEDIA: external() } }),
            clip({
              OTIO_SCHEMA: "Clip.1",
              media_references: undefined,
              media_reference: external("old.mov"),
              metadata: { cmx_3600: { reel: "R1" } },
            }),
            clip({ name: "gone", media_references: { DEFAULT_MEDIA: missing } }),
            clip({ media_references: { DEFAULT_MEDIA: images } }),
            clip({
              media_references: {
                DEFAULT_MEDIA: { OTIO_SCHEMA: "GeneratorReference.1", name: "bars", generator_kind: "SMPTEBars" },
              },
            }),
            clip({ active_media_reference_key: "nowhere" }),
          ]),
        ]),
      ),
    );
    expect(media.map(({ name, files, reel }) => [name, files.map(({ kind, url }) => `${kind} ${url}`), reel])).toEqual([
      ["a.mov", ["DEFAULT_MEDIA file:///m/a.mov"], undefined],
      ["a.mov", ["DEFAULT_MEDIA file:///m/a.mov", "proxy file:///m/p.mov"], undefined],
      ["old.mov", ["DEFAULT_MEDIA file:///m/old.mov"], "R1"],
      ["gone", [], undefined],
      ["a.0007.exr", ["DEFAULT_MEDIA file:///m/a.0007.exr"], undefined],
      ["bars", [], undefined],
    ]);
    expect(media[4]).toMatchObject({ start: 7, duration: 50, rate: { num: 24 } });
  });

  it("reads key order, white space and numbers as JSON means them", () => {
    const text = `{"tracks":{"children":[{"children":[{"source_range":{"duration":{"value":5e1,"rate":2997e-2},"start_time":{"value":1.5,"rate":29.97002997002997}},"name":"\\u738b \\"]}","OTIO_SCHEMA":"Clip.2"}],"kind":"Video","OTIO_SCHEMA":"Track.1"}],"OTIO_SCHEMA":"Stack.1"},"OTIO_SCHEMA":"Timeline.1"}`;
    const spaced = text.replace(/([{}[\],:])(?=(?:[^"\\]|\\.|"(?:[^"\\]|\\.)*")*$)/g, " \r\n$1\t");
    for (const one of [text, spaced, [...text]]) {
      const [found] = readTimelines(one, { file: "a.otio" }).timelines;
      expect(found?.rate).toMatchObject({ num: 30_000 });
      expect(found?.clips).toMatchObject([
        { name: '王 "]}', record: { start: 0, end: 50 }, source: { start: { num: 3n, den: 2n } } },
      ]);
    }
  });

  it("takes NaN and infinity for nothing, but in texts", () => {
    const text = JSON.stringify(timeline(stack([track([clip({ name: "NaN Infinity", metadata: { x: "@", y: "@@" } })])])))
      .replace('"@"', "NaN")
      .replace('"@@"', "-Infinity");
    expect(readTimelines(text, { file: "a.otio" }).timelines[0]?.clips[0]?.name).toBe("NaN Infinity");
  });

  it("reads timelines in a collection, and tracks that stand alone", () => {
    const two = {
      OTIO_SCHEMA: "SerializableCollection.1",
      children: [timeline(stack([])), clip(), timeline(stack([track([clip()])]), { name: "u" })],
    };
    expect(read(two).timelines.map(({ name, clips, place }) => [name, clips.length, place])).toEqual([
      ["t", 0, "$.children[0]"],
      ["u", 1, "$.children[2]"],
    ]);
    expect(read(track([clip()], { name: "alone" })).timelines.map(({ name, clips }) => [name, clips.length])).toEqual([
      ["alone", 1],
    ]);
  });

  it.each<readonly [string, Json, string, string]>([
    ["no rate", clip({ source_range: range(0, 5, 0) }), "bad-rate", "$.tracks.children[0].children[0].source_range.start_time"],
    [
      "no value",
      clip({ source_range: { start_time: { rate: 25 }, duration: time(5) } }),
      "bad-time",
      "$.tracks.children[0].children[0].source_range.start_time",
    ],
    [
      "a marker without a range",
      clip({ markers: [{ OTIO_SCHEMA: "Marker.2" }] }),
      "bad-time",
      "$.tracks.children[0].children[0].markers[0]",
    ],
    [
      "a clip without a length",
      clip({ source_range: null, media_references: {} }),
      "no-range",
      "$.tracks.children[0].children[0]",
    ],
  ])("tells of %s, with its path", (_, child, rule, place) => {
    expect(read(timeline(stack([track([child])]))).problems).toContainEqual(expect.objectContaining({ rule, place }));
  });
});

describe("objects that OpenTimelineIO would refuse", () => {
  const text = [...otio.write(plans.twoPeople25(), ["cut"], dialectOf({}))].flatMap(({ chunks }) => [...chunks]).join("");

  it.each([
    ["a time of another schema", "RationalTime.1", "RatioxalTime.1"],
    ["a range of another schema", "TimeRange.1", "TimxRange.1"],
    ["a marker without a schema", '"OTIO_SCHEMA": "Marker.2"', '"OTIO_SCHEMx": "Marker.2"'],
  ])("%s is a problem", (_, from, to) => {
    expect(readTimelines(text, { file: "a.otio" }).problems).toEqual([]);
    const rules = readTimelines(text.replace(from, to), { file: "a.otio" }).problems.map(({ rule }) => rule);
    expect(rules).toContain("unknown-schema");
  });
});

describe("documents that are parsed part by part", () => {
  const clipText = (name: string, more = "") =>
    `{"OTIO_SCHEMA":"Clip.2","name":"${name}","source_range":${JSON.stringify(range(0, 5))}${more}}`;
  const trackText = (children: string) => `{"OTIO_SCHEMA":"Track.1","kind":"Video",${children}}`;
  const text = (children: string, more = "") =>
    `{"OTIO_SCHEMA":"Timeline.1","name":"t",\n"tracks":{"OTIO_SCHEMA":"Stack.1"${more},\n"children":[${trackText(children)}]}}`;
  const names = (children: string) =>
    readTimelines(text(children), { file: "a.otio" }).timelines[0]?.clips.map(({ name }) => name);

  it.each<readonly [string, string, string[]]>([
    ["of a key that is there twice, the last list", `"children":[${clipText("A")}],"children":[${clipText("C")}]`, ["C"]],
    ["nothing of the first list for a null in the last", `"children":[${clipText("A")},${clipText("B")}],"children":[null]`, []],
    ["nothing for a null", `"children":[null,${clipText("B")},null]`, ["B"]],
  ])("hold %s", (_, children, expected) => {
    expect(names(children)).toEqual(expected);
  });

  // A marker is parsed with its clip; a long list of them one by one.
  it.each([1, 2000])("say where the fault is, with %i markers before it", (count) => {
    const good = `\n{"OTIO_SCHEMA":"Marker.2","name":"${"m".repeat(200)}","marked_range":${JSON.stringify(range(1, 1))}}`;
    const bad = `\n{"OTIO_SCHEMA":"Marker.2","name":nonsense}`;
    const markers = `,"markers":[${Array(count).fill(good).join()},${bad},${good}]`;
    const expectFault = (whole: string, line: number, place: string) =>
      expect(() => readTimelines(whole, { file: "a.otio" })).toThrow(
        expect.objectContaining({
          where: `a.otio, line ${line}`,
          message: expect.stringContaining(`${place}.markers[${count}]`),
        }),
      );
    const clips = `"children":[\n${clipText("A")},\n${clipText("B", markers)}]`;
    expectFault(text(clips), 5 + count + 1, "$.tracks.children[0].children[1]");
    expectFault(text(`"children":[${clipText("A")}]`, markers), 2 + count + 1, "$.tracks");
  });
});
