import { describe, expect, it } from "vitest";
import type { OpenElement } from "../../src/read/read-options.js";
import { readTimelines } from "../../src/read/readers.js";
import type { ReadTimeline } from "../../src/read/reading.js";

const resources = `<resources>
  <format id="r1" frameDuration="100/2500s" width="1920" height="1080"/>
  <format id="r2" frameDuration="1001/30000s" width="720" height="480" fieldOrder="lower first" paspH="10" paspV="11"/>
  <format id="r3" name="FFVideoFormatRateUndefined" width="100" height="100"/>
  <asset id="a1" name="a.mov" start="3600s" duration="100s" hasVideo="1" format="r1" hasAudio="1" audioSources="2" audioChannels="8" audioRate="48000">
    <media-rep kind="original-media" src="file:///m/a.mov"/><media-rep kind="proxy-media" src="file:///m/p.mov"/>
    <metadata><md key="com.apple.proapps.studio.reel" value="R1"/></metadata></asset>
  <asset id="a2" name="b.mov" src="file:///m/b.mov" start="0s" duration="3003/30s" hasVideo="1" format="r2"/>
  <asset id="a3" name="c.wav" duration="100s" hasAudio="1" audioSources="1" audioChannels="2"><media-rep src="c.wav"/></asset>
  <media id="m1" name="compound"><sequence format="r1"><spine><asset-clip ref="a1" duration="9s"/></spine></sequence></media>
  <effect id="e1" uid="x"/></resources>`;

const document = (spine: string, sequence = `format="r1" tcStart="3600s"`, version = "1.10") =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n<fcpxml version="${version}">${resources}<library><event><project name="p"><sequence ${sequence}><spine>${spine}</spine></sequence></project></event></library></fcpxml>`;
const read = (text: string) => readTimelines(text, { file: "a.fcpxml" });
const only = (spine: string, sequence?: string) => read(document(spine, sequence)).timelines[0] as ReadTimeline;
const spans = (spine: string, sequence?: string) =>
  only(spine, sequence).clips.map(({ track, record, media }) => [track, record.start, record.end, media]);

/** Storylines: what is in the spine, then track, record range and media of each clip. */
const storylines: readonly (readonly [string, string, unknown[][]])[] = [
  [
    "clips one after the other",
    `<asset-clip ref="a1" offset="3600s" duration="2s"/><asset-clip ref="a1" offset="3602s" duration="25/25s"/>`,
    [
      [1, 0, 50, "a1"],
      [1, 50, 75, "a1"],
    ],
  ],
  [
    "clips without offsets",
    `<asset-clip ref="a1" offset="3600s" duration="2s"/><gap duration="1s"/><asset-clip ref="a1" duration="1s"/>`,
    [
      [1, 0, 50, "a1"],
      [1, 75, 100, "a1"],
    ],
  ],
  ["Resolve's zero", `<asset-clip ref="a2" offset="3600/1s" start="0/1s" duration="2/1s"/>`, [[1, 0, 50, "a2"]]],
  ["a clip without a duration", `<asset-clip ref="a1" offset="3600s" start="3600s"/>`, [[1, 0, 2500, "a1"]]],
  [
    "a connected clip",
    `<asset-clip ref="a1" offset="3600s" start="3700s" duration="4s"><asset-clip ref="a2" lane="1" offset="3701s" duration="1s"/></asset-clip>`,
    [
      [1, 0, 100, "a1"],
      [2, 25, 50, "a2"],
    ],
  ],
  [
    "a connected clip below",
    `<asset-clip ref="a1" offset="3600s" start="3700s" duration="4s"><asset-clip ref="a2" lane="-1" offset="3701s" duration="1s"/></asset-clip>`,
    [
      [2, 0, 100, "a1"],
      [1, 25, 50, "a2"],
    ],
  ],
  [
    "a secondary storyline",
    `<gap offset="3600s" start="3600s" duration="4s"><spine lane="1" offset="3601s"><asset-clip ref="a1" offset="0s" duration="1s"/><asset-clip ref="a2" offset="1s" duration="1s"/></spine></gap>`,
    [
      [1, 25, 50, "a1"],
      [1, 50, 75, "a2"],
    ],
  ],
  [
    "a clip with its video inside",
    `<clip offset="3600s" duration="2s"><video ref="a1" duration="9s"><audio lane="-1" ref="a1" duration="9s"/></video></clip>`,
    [[1, 0, 50, "a1"]],
  ],
  [
    "an audition",
    `<audition><asset-clip ref="a2" offset="3600s" duration="1s"/><asset-clip ref="a1" offset="3600s" duration="2s"/></audition>`,
    [[1, 0, 25, "a2"]],
  ],
  [
    "a synchronised clip",
    `<sync-clip offset="3600s" duration="1s"><spine><asset-clip ref="a1" duration="9s"/></spine></sync-clip>`,
    [[1, 0, 25, "a1"]],
  ],
  ["a compound clip", `<ref-clip ref="m1" offset="3600s" duration="1s"/>`, [[1, 0, 25, "m1"]]],
  [
    "a transition",
    `<asset-clip ref="a1" offset="3600s" duration="1s"/><transition offset="3600s" duration="1s"/><video ref="e1" offset="3601s" duration="1s"/>`,
    [
      [1, 0, 25, "a1"],
      [1, 25, 50, "e1"],
    ],
  ],
];

describe("reading FCPXML", () => {
  it.each(storylines)("%s", (_, spine, expected) => {
    expect(spans(spine)).toEqual(expected);
  });

  it("reads formats and assets of every version", () => {
    const { media, version } = read(document("", undefined, "1.8"));
    expect(version).toBe("1.8");
    expect(media.map(({ id, name }) => [id, name])).toEqual([
      ["a1", "a.mov"],
      ["a2", "b.mov"],
      ["a3", "c.wav"],
      ["m1", "compound"],
    ]);
    expect(media[0]).toMatchObject({
      files: [
        { kind: "original-media", url: "file:///m/a.mov" },
        { kind: "proxy-media", url: "file:///m/p.mov" },
      ],
      rate: { num: 25, den: 1 },
      start: 90_000,
      duration: 2500,
      reel: "R1",
      audio: { sources: 2, channels: 8, sampleRate: 48_000 },
    });
    expect(media[1]).toMatchObject({
      scan: "lower first",
      pixelAspect: "10:11",
      duration: 3000,
      size: { width: 720, height: 480 },
      files: [{ url: "file:///m/b.mov" }],
    });
  });

  it("puts markers where they show, on a media rate of its own", () => {
    const spine = (conform: string) =>
      `<asset-clip ref="a2" offset="3601s" start="1001/30s" duration="4s"><note>n</note>${conform}<marker start="2002/30s" duration="1001/30000s" value="A" note="x"/><chapter-marker start="1001/30s" value="B"/><keyword start="1001/30s" duration="1001/30s" value="k"/></asset-clip>`;
    const [clip] = only(spine(`<conform-rate scaleEnabled="0" srcFrameRate="29.97"/>`)).clips;
    expect(clip?.markers).toMatchObject([
      { name: "A", note: "x", kind: "marker", source: 2000, duration: 1, record: { num: 5155n, den: 6n } },
      { name: "B", kind: "chapter-marker", source: 1000, duration: undefined, record: 25 },
    ]);
    expect(clip?.source).toMatchObject({ start: 1000 });
    expect(clip?.keywords).toMatchObject([{ value: "k", source: { start: 1000, end: 2000 } }]);
    expect(clip?.written).toMatchObject({ "conform-rate/@scaleEnabled": "0", note: "n" });
    // Scaled, one frame of the media is one of the sequence.
    const [scaled] = only(spine(`<conform-rate scaleEnabled="1" srcFrameRate="29.97"/>`)).clips;
    expect(scaled?.markers[0]?.record).toBe(1025);
  });

  it("keeps sound apart, and the markers of gaps", () => {
    const timeline = only(
      `<gap offset="3600s" start="3600s" duration="4s"><asset-clip ref="a3" lane="-1" offset="3601s" duration="1s"/><audio ref="a1" lane="-2" offset="3602s" duration="1s" srcCh="1, 2" srcID="2"/><marker start="3601s" value="m"/></gap>`,
    );
    expect(timeline.sounds).toMatchObject([
      { track: 2, media: "a3", record: { start: 25, end: 50 }, channels: [] },
      {
        track: 1,
        media: "a1",
        record: { start: 50, end: 75 },
        channels: [
          { stream: 2, channel: 1 },
          { stream: 2, channel: 2 },
        ],
      },
    ]);
    expect(timeline.markers).toMatchObject([{ name: "m", record: 25 }]);
    expect([timeline.clips, timeline.gaps.map(({ record }) => record)]).toEqual([[], [{ start: 0, end: 100 }]]);
  });

  it.each([
    ["a time that is none", `<asset-clip ref="a1" offset="abc" duration="1s"/>`, undefined, "bad-time"],
    ["a decimal time", `<asset-clip ref="a1" offset="3600.5s" duration="1s"/>`, undefined, "bad-time"],
    ["a denominator of zero", `<asset-clip ref="a1" offset="1/0s" duration="1s"/>`, undefined, "bad-time"],
    ["a sequence without a rate", "", `format="r3"`, "no-rate"],
    ["a sequence without a format", "", "", "no-rate"],
  ])("tells of %s, with its line", (_, spine, sequence, rule) => {
    const { problems } = read(document(`\n${spine}`, sequence));
    expect(problems).toMatchObject([{ rule, place: expect.stringMatching(/^line \d+$/) }]);
  });

  it.each(["0s", "0/1s", "0/25s", ""])("takes a frameDuration of %j for that of a still, which has no rate", (duration) => {
    const text = document(`<asset-clip ref="a1" offset="3600s" duration="1s"/>`);
    const format = `<format id="r9" frameDuration="${duration}" width="640" height="480"/>`;
    expect(read(text.replace("<resources>", `<resources>${format}`)).problems).toEqual([]);
  });

  it("says what lies off the frame grid", () => {
    const [clip] = only(`<asset-clip ref="a1" offset="3600s" start="3600010/1000s" duration="1s"/>`).clips;
    expect(clip?.source?.start).toEqual({ num: 360_001n, den: 4n });
  });

  it("reads unknown elements, CDATA, comments, references and line ends as XML means them", () => {
    const spine = `<!-- <asset-clip/> --><asset-clip ref="a1" offset="3600s" duration="1s" name="a &amp; &#x738b;&#10;b"><new-thing a="1"><deep/></new-thing><note><![CDATA[<x> & y]]></note></asset-clip>`;
    const text = document(spine).replaceAll("\n", "\r");
    const [clip] = (read(`\ufeff${text}`).timelines[0] as ReadTimeline).clips;
    expect(clip).toMatchObject({ name: "a & 王\nb", written: { note: "<x> & y" }, place: "line 13" });
  });

  it("shows every element as it opens to who checks their order", () => {
    const seen: string[] = [];
    const onElement = ({ name, parent, line, attributes }: OpenElement) =>
      seen.push(`${parent?.name}>${name}:${line}:${Object.keys(attributes)}`);
    readTimelines(`<fcpxml version="1.10">\n<resources>\n<format id="r1"\n name=""/></resources></fcpxml>`, {
      file: "a.fcpxml",
      onElement,
    });
    expect(seen).toEqual(["undefined>fcpxml:1:version", "fcpxml>resources:2:", "resources>format:3:id,name"]);
  });
});
