import { describe, expect, it } from "vitest";
import { readTimelines } from "../../src/read/readers.js";
import type { Reading, ReadTimeline } from "../../src/read/reading.js";

const file = `<file id="file-1"><name>a.mov</name><pathurl>file://localhost/m/a.mov</pathurl><rate><timebase>24</timebase><ntsc>TRUE</ntsc></rate><duration>2400</duration><timecode><string>01:00:00:00</string><frame>86400</frame><displayformat>NDF</displayformat><reel><name>R1</name></reel></timecode><media><video><samplecharacteristics><width>720</width><height>576</height><pixelaspectratio>PAL-601</pixelaspectratio><fielddominance>upper</fielddominance></samplecharacteristics></video><audio><samplecharacteristics><samplerate>48000</samplerate></samplecharacteristics><channelcount>2</channelcount></audio><audio/></media></file>`;
const clipitem = (times: string, more = `<file id="file-1"/>`) => `<clipitem id="c"><name>a</name>${times}${more}</clipitem>`;
const at = (start: number, end: number, from: number, to: number) =>
  `<start>${start}</start><end>${end}</end><in>${from}</in><out>${to}</out>`;
const sequence = (tracks: string, more = "") =>
  `<sequence id="s"><media><video>${tracks}</video></media><name>n</name><rate><timebase>25</timebase><ntsc>FALSE</ntsc></rate>${more}</sequence>`;
const read = (body: string): Reading =>
  readTimelines(`<?xml version="1.0"?><!DOCTYPE xmeml><xmeml version="5">${body}</xmeml>`, { file: "a.xml" });
const only = (body: string) => read(body).timelines[0] as ReadTimeline;
const spans = (tracks: string) => only(sequence(tracks)).clips.map(({ track, record }) => [track, record.start, record.end]);

describe("reading FCP7 XML", () => {
  it.each([
    [
      "holes between clips",
      `<track>${clipitem(at(10, 20, 0, 10))}${clipitem(at(30, 40, 0, 10))}</track>`,
      [
        [1, 10, 20],
        [1, 30, 40],
      ],
    ],
    [
      "tracks, the lowest first",
      `<track/><track>${clipitem(at(5, 6, 0, 1))}</track><track>${clipitem(at(0, 1, 0, 1))}</track>`,
      [
        [3, 0, 1],
        [2, 5, 6],
      ],
    ],
    [
      "a transition after a clip",
      `<track>${clipitem(at(0, -1, 0, 30))}<transitionitem><start>20</start><end>30</end></transitionitem>${clipitem(at(-1, 60, 5, 45))}</track>`,
      [
        [1, 0, 30],
        [1, 20, 60],
      ],
    ],
    [
      "a clip between two transitions",
      `<track><transitionitem><start>20</start><end>30</end></transitionitem>${clipitem(at(-1, -1, 5, 45))}</track>`,
      [[1, 20, 60]],
    ],
    ["a start that only the end tells", `<track>${clipitem(at(-1, 60, 5, 45))}</track>`, [[1, 20, 60]]],
    ["a generator", `<track><generatoritem>${at(0, 5, 0, 5)}</generatoritem></track>`, [[1, 0, 5]]],
  ])("%s", (_, tracks, expected) => {
    expect(spans(tracks)).toEqual(expected);
  });

  it("finds sequences in projects and bins, and none in what a clip of a bin shows", () => {
    const master = `<clip id="m"><media><video><track>${clipitem(at(0, 9, 0, 9), file)}</track></video></media></clip>`;
    const { timelines, media, version } = read(
      `<project><name>p</name><children>${master}<bin><children>${sequence(`<track>${clipitem(at(0, 9, 0, 9))}</track>`)}</children></bin></children></project>`,
    );
    expect(version).toBe("5");
    expect(timelines.map(({ name, clips }) => [name, clips.map((clip) => clip.media)])).toEqual([["n", ["file-1"]]]);
    expect(media).toHaveLength(1);
  });

  it("reads what a file is", () => {
    const { media } = read(sequence(`<track>${clipitem(at(0, 9, 0, 9), file)}${clipitem(at(9, 10, 0, 1), file)}</track>`));
    expect(media).toHaveLength(2);
    expect(media[0]).toMatchObject({
      id: "file-1",
      files: [{ kind: "pathurl", url: "file://localhost/m/a.mov" }],
      rate: { num: 24_000, nominal: 24 },
      start: 86_400,
      duration: 2400,
      dropFrame: false,
      size: { width: 720, height: 576 },
      scan: "upper",
      pixelAspect: "PAL-601",
      reel: "R1",
      audio: { streams: [2, 1], sources: 2, channels: 3, sampleRate: 48_000 },
    });
  });

  it("counts markers of clips from the file's first frame, those of the sequence from its own", () => {
    const marker = (frame: string, more = "") => `<marker><name>A</name><comment>n</comment><in>${frame}</in>${more}</marker>`;
    const tracks = `<track>${clipitem(at(10, 20, 100, 110), marker("105", "<out>-1</out><pproColor>42</pproColor>"))}</track>`;
    const timeline = only(sequence(tracks, marker("3", "<out>8</out><color><red>255</red><green>0</green></color>")));
    expect(timeline.clips[0]?.markers).toMatchObject([
      { name: "A", note: "n", record: 15, source: 105, duration: undefined, colour: "42" },
    ]);
    expect(timeline.markers).toMatchObject([{ record: 3, duration: 5, colour: "255,0,0", source: undefined }]);
  });

  it("takes a clip's own rate before the sequence's, and knows nested sequences", () => {
    const own = `<rate><timebase>30</timebase><ntsc>true</ntsc></rate>`;
    const nested = sequence(`<track>${clipitem(at(0, 5, 0, 5))}</track>`).replace('id="s"', 'id="inner"');
    const { timelines } = read(sequence(`<track>${clipitem(at(0, 9, 0, 9), own)}${clipitem(at(9, 12, 0, 3), nested)}</track>`));
    const outer = timelines.find((timeline) => !timeline.nested);
    expect(outer?.clips.map(({ source, media }) => [source?.rate?.nominal, media])).toEqual([
      [30, undefined],
      [undefined, "inner"],
    ]);
    expect(timelines.filter((timeline) => timeline.nested).map(({ id, clips }) => [id, clips.length])).toEqual([["inner", 1]]);
  });

  it.each([
    ["a record frame that is no number", at(0, 9, 0, 9).replace("<start>0", "<start>x"), "bad-number"],
    ["no start", "<end>9</end><in>0</in><out>9</out>", "no-record"],
    ["a marker without an in", `${at(0, 9, 0, 9)}<marker><name>a</name></marker>`, "no-marker-in"],
    ["a rate of nothing", `${at(0, 9, 0, 9)}<rate><timebase>0</timebase></rate>`, "bad-rate"],
  ])("tells of %s, with its line", (_, content, rule) => {
    const { problems } = read(`\n${sequence(`\n<track>\n${clipitem(content)}</track>`)}`);
    expect(problems[0]).toMatchObject({ place: "line 4" });
    expect(problems.map((problem) => problem.rule)).toContain(rule);
  });

  it("takes decimals where programs write them", () => {
    const [clip] = only(
      sequence(`<track>${clipitem("<start>0.0</start><end>9</end><in>1.5</in><out>10.5</out>")}</track>`),
    ).clips;
    expect([clip?.record.start, clip?.source?.start]).toEqual([0, { num: 3n, den: 2n }]);
  });
});
