import { describe, expect, test } from "vitest";
import type { ReadClip, Reading, ReadTimeline } from "../support/oracles.js";
import { differences, type ExpectedClip, type ExpectedTimeline, type Format } from "./compare-readings.js";

/** The comparison the oracle tests rest on must notice every kind of fault. One clip of 24 fps media at 25. */
const clip: ExpectedClip = {
  mediaId: "a",
  file: "film.mov",
  mediaIn: 7,
  label: "10:00:00:07",
  mediaRate: "24",
  mediaStart: 864000,
  mediaLength: 2400,
  channels: 2,
  recordIn: 0,
  recordOut: 52,
};
const expected: ExpectedTimeline = {
  name: "Ada",
  rate: "25",
  dropped: 0,
  start: 90000,
  clips: [clip],
  markers: [{ frame: 1, name: "Ada" }],
};

const video: ReadClip = {
  name: "film.mov",
  kind: "Video",
  track: "V1",
  recordStart: 0,
  recordEnd: 52,
  sourceStart: 900008,
  duration: 52,
  rate: "25",
  availableStart: 864000,
  availableDuration: 2400,
  availableRate: "24",
  url: "https://example.com/film.mov",
};
const otio: ReadTimeline = {
  name: "Ada",
  start: 90000,
  rate: "25",
  clips: [video, { ...video, kind: "Audio" }],
  markers: [{ frame: 1, name: "Ada", where: "clip" }],
};

const reading = (...timelines: ReadTimeline[]): Reading[] =>
  timelines.map((timeline) => ({ path: "a file", timelines: [timeline] }));
const compare = (format: Format, read: readonly Reading[], wanted = expected) =>
  differences(wanted, { otio: [], edl: [], xml: [], fcpxml: [], [format]: read }).filter(
    (line) => line.startsWith(format) || line.startsWith("a file"),
  );
const withVideo = (change: Partial<ReadClip>, timeline = otio): ReadTimeline => ({
  ...timeline,
  clips: timeline.clips.map((c) => ({ ...c, ...change })),
});

/** Every channel has a clip of its own. */
const xml = withVideo({ sourceStart: 8 }, { ...otio, clips: [...otio.clips, { ...video, kind: "Audio" }] });

describe("a reading that is as planned has no differences", () => {
  test("OTIO counts timeline frames from midnight, rounded up", () => {
    expect(compare("otio", reading(otio))).toEqual([]);
  });

  test("FCP7 XML counts timeline frames from the file's first", () => {
    expect(compare("xml", reading(xml))).toEqual([]);
  });

  test("FCPXML counts media frames from midnight", () => {
    expect(compare("fcpxml", reading(withVideo({ sourceStart: 864007 })))).toEqual([]);
  });

  const list: ReadTimeline = { ...otio, clips: [{ ...video, sourceStart: 900008, reel: "FILM", sourceLabel: "10:00:00:08" }] };

  test("an EDL of another rate counts real time", () => {
    expect(compare("edl", reading({ ...list, markers: [{ frame: 1, name: "Ada · score 0.9", where: "clip" }] }))).toEqual([]);
  });

  test("an EDL in parts is one list", () => {
    const cut = { ...expected, clips: [clip, { ...clip, recordIn: 52, recordOut: 104 }], markers: [] };
    const second = { ...list, start: 90052, name: "Ada 002", markers: [] };
    expect(compare("edl", reading({ ...list, markers: [] }, second), cut)).toEqual([]);
  });

  test("an EDL of the media's nominal rate shows the media's own label", () => {
    const cut = { ...expected, rate: "24000/1001", clips: [{ ...clip, recordOut: 52 }] };
    const same = {
      ...withVideo({ sourceLabel: "10:00:00:07", sourceStart: 864007, rate: "24000/1001" }, list),
      rate: "24000/1001",
    };
    expect(compare("edl", reading(same), cut)).toEqual([]);
    expect(compare("edl", reading(withVideo({ sourceLabel: "10:00:00:08" }, same)), cut)).toHaveLength(1);
  });

  test("a slow timeline may begin less than a frame late, and no later", () => {
    const fast = { ...expected, clips: [{ ...clip, mediaRate: "100", mediaStart: 0, mediaIn: 5 }] };
    const at = (sourceStart: number) =>
      compare("otio", reading(withVideo({ sourceStart, availableStart: 0, availableRate: "100" })), fast);
    expect([at(1), at(2), at(3)].map((lines) => lines.length)).toEqual([1, 0, 1]);
  });
});

describe("a difference is noticed", () => {
  const audio = otio.clips[1] as ReadClip;
  const faults: [string, Format, ReadTimeline][] = [
    ["rate", "otio", { ...otio, rate: "24" }],
    ["start", "otio", { ...otio, start: 0 }],
    ["name", "otio", { ...otio, name: "Adam" }],
    ["a clip too many", "otio", { ...otio, clips: [video, video, audio] }],
    ["a clip missing", "otio", { ...otio, clips: [audio] }],
    ["clip name", "otio", withVideo({ name: "other.mov" })],
    ["record in", "otio", withVideo({ recordStart: 1 })],
    ["record out", "otio", withVideo({ recordEnd: 53 })],
    ["length", "otio", withVideo({ duration: 51 })],
    ["source one timeline frame early", "otio", withVideo({ sourceStart: 900007 })],
    ["source one media frame late", "xml", withVideo({ sourceStart: 9 }, xml)],
    ["source without start timecode", "fcpxml", withVideo({ sourceStart: 7 })],
    ["media start", "otio", withVideo({ availableStart: 0 })],
    ["media length", "otio", withVideo({ availableDuration: 2399 })],
    ["media rate", "otio", withVideo({ availableRate: "25" })],
    ["another file", "otio", withVideo({ url: "https://example.com/other.mov" })],
    ["a channel missing", "xml", { ...xml, clips: xml.clips.slice(0, 2) }],
    ["a stream too many", "otio", { ...otio, clips: [video, audio, audio] }],
    ["no sound", "otio", { ...otio, clips: [video] }],
    ["sound elsewhere", "otio", { ...otio, clips: [video, { ...audio, recordStart: 1 }] }],
    ["no marker", "otio", { ...otio, markers: [] }],
    ["marker frame", "otio", { ...otio, markers: [{ frame: 2, name: "Ada", where: "clip" }] }],
    ["marker name", "otio", { ...otio, markers: [{ frame: 1, name: "Bob", where: "clip" }] }],
    [
      "a reel of nine characters",
      "edl",
      withVideo({ reel: "FILM12345", sourceLabel: "10:00:00:08" }, { ...otio, clips: [video] }),
    ],
  ];

  test.each(faults)("%s", (_, format, read) => {
    expect(compare(format, reading(read))).not.toEqual([]);
  });

  test("two media on one reel", () => {
    const cut = { ...expected, clips: [clip, { ...clip, mediaId: "b", recordIn: 52, recordOut: 104 }] };
    const one = { ...video, reel: "FILM", sourceLabel: "10:00:00:08" };
    const read = { ...otio, clips: [one, { ...one, recordStart: 52, recordEnd: 104 }] };
    expect(compare("edl", reading(read), cut).join()).toContain("2 media");
  });

  test("what a reader throws, and a file without a timeline", () => {
    expect(compare("otio", [{ path: "a file", error: "ValueError: x" }])).toEqual(["a file: ValueError: x"]);
    expect(compare("otio", [{ path: "a file", timelines: [] }])).toEqual(["otio: no timeline"]);
  });
});
