import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/model/timeline.js";
import { type CompanionId, companionIds, companions } from "../../src/write/companions.js";
import { type DialectChoices, dialectOf } from "../../src/write/dialect.js";
import { writers } from "../../src/write/writers.js";
import { media, person, plan, plans, rateOf, sound, timeline } from "../support/plans.js";

function written(id: CompanionId, of: Plan, choices: DialectChoices = {}): { name: string; text: string }[] {
  const names = of.timelines.map((_, i) => `cut${i === 0 ? "" : `-${i + 1}`}`);
  return companions[id].write(of, names, dialectOf(choices)).map(({ name, chunks }) => ({ name, text: [...chunks].join("") }));
}

const ada = person("Ada");
const film = media("a.mov");
const points = (...frames: number[]) => frames.map((frame) => ({ person: ada, frame, note: "score 0.99" }));

describe("companions", () => {
  it.each(companionIds)("%s: its files are known by their names again", (id) => {
    const many = plan("p", timeline("t", [[{ media: film, from: 0, to: 900, people: [ada], points: points(1) }]]));
    for (const of of [many, plans.twoTimelines(), plans.mixed24In25()]) {
      for (const { name } of written(id, of)) expect(name.replace(/^cut(-\d+)?/, "")).toMatch(companions[id].names);
    }
  });

  it.each(["timeline-markers", "marker-list"] as const)("%s: nothing is written where there is no marker", (id) => {
    expect(written(id, plans.gaps())).toEqual([]);
  });
});

describe("timeline markers", () => {
  it("are events of one frame with the timeline's own timecode, note and tags beneath, joined where they share a frame", () => {
    expect(written("timeline-markers", plans.twoPeople25())).toEqual([
      {
        name: "cut.resolve-markers.edl",
        text: [
          "TITLE: Ada & 王",
          "FCM: NON-DROP FRAME",
          "",
          "001  001      V     C        01:00:00:12 01:00:00:13 01:00:00:12 01:00:00:13  ",
          "score 0.99 · Calm |C:ResolveColorGreen |M:Ada Lovelace |D:1",
          "",
          "002  001      V     C        01:00:04:10 01:00:04:11 01:00:04:10 01:00:04:11  ",
          "score 0.91 ¦ score 0.83 |C:ResolveColorGreen |M:Ada Lovelace + 王小明 |D:1",
          "",
        ].join("\r\n"),
      },
    ]);
  });

  it("count drop-frame, keep no bar in a text, and begin no note with a digit", () => {
    const rate = rateOf("29.97df");
    const source = media("d.mov", { rate, dropFrame: true, duration: 4000 });
    const point = { person: person("A|B"), frame: 1800, note: "25|50" };
    const cut = { media: source, from: 0, to: 2000, people: [point.person], points: [point] };
    const [file] = written("timeline-markers", plan("p", timeline("t", [[cut]], { rate, startTimecode: "00:00:00;00" })));
    expect(file?.text.split("\r\n").slice(1, 5)).toEqual([
      "FCM: DROP FRAME",
      "",
      "001  001      V     C        00:01:00;02 00:01:00;03 00:01:00;02 00:01:00;03  ",
      "- 25¦50 |C:ResolveColorGreen |M:A¦B |D:1",
    ]);
  });

  it("come in parts of 999, and last as long as the marker does", () => {
    const frames = Array.from({ length: 1000 }, (_, i) => i);
    const whole = plan(
      "p",
      timeline("t", [
        [{ media: media("l.mov", { duration: 2000 }), from: 0, to: 1000, people: [ada], points: points(...frames) }],
      ]),
    );
    expect(written("timeline-markers", whole).map(({ name, text }) => [name, text.match(/^\d{3} {2}001/gm)?.length])).toEqual([
      ["cut.resolve-markers.001.edl", 999],
      ["cut.resolve-markers.002.edl", 1],
    ]);
    const [made] = plans.twoPeople25().timelines[0]?.tracks[0]?.clips ?? [];
    const lasting = { ...plans.twoPeople25() };
    const clip = { ...made, markers: made?.markers.map((marker) => ({ ...marker, duration: 25 })) } as NonNullable<typeof made>;
    const [only] = lasting.timelines;
    const of = { ...lasting, timelines: [{ ...only, tracks: [{ name: "V1", clips: [clip] }] }] } as Plan;
    expect(written("timeline-markers", of)[0]?.text).toContain("|D:25\r\n");
  });
});

describe("Avid marker list", () => {
  it("has name, timecode, track, colour, comment and a 1, parted by tabs", () => {
    expect(written("marker-list", plans.twoPeople25())).toEqual([
      {
        name: "cut.avid-markers.txt",
        text: [
          "Ada Lovelace\t01:00:00:12\tV1\tgreen\tAda Lovelace · score 0.99 · Calm\t1\n",
          "Ada Lovelace + 王小明\t01:00:04:10\tV1\tgreen\tAda Lovelace + 王小明 · score 0.91 | score 0.83\t1\n",
        ].join(""),
      },
    ]);
  });

  it("keeps six columns and a line a marker whatever people are called", () => {
    const [file] = written("marker-list", plans.hostileNames());
    expect(
      file?.text
        .trimEnd()
        .split("\n")
        .map((line) => line.split("\t").length),
    ).toEqual([6]);
  });
});

describe("Avid log", () => {
  it("has the media with their timecode, and the reels of the edit list", () => {
    const rate = rateOf("29.97df");
    const first = media("CAMERA A.mov", {
      rate,
      dropFrame: true,
      startTimecode: "00:59:59;28",
      duration: 100,
      audio: sound(2, 1),
    });
    const { audio: _, ...silent } = media("b.mov", {
      rate,
      startTimecode: "23:59:59:00",
      duration: 60,
      url: "file:///C:/my%20media/b.mov",
    });
    const cuts = [first, silent].map((one) => ({ media: one, from: 0, to: 10, people: [ada, person("王")] }));
    const of = plan("p", timeline("t", [cuts], { rate, startTimecode: "01:00:00;00" }));
    const [file, ...others] = written("ale", of);
    expect(others).toEqual([]);
    expect(file).toEqual({
      name: "cut.ale",
      text: [
        "Heading",
        "FIELD_DELIM\tTABS",
        "VIDEO_FORMAT\t1080",
        "AUDIO_FORMAT\t48khz",
        "FPS\t29.97",
        "",
        "Column",
        "Name\tTracks\tStart\tEnd\tTape\tSource File\tSource Path\tComments",
        "",
        "Data",
        "CAMERA A.mov\tVA1A2A3\t00:59:59;28\t01:00:03;08\tREEL1\tCAMERA A.mov\t/media/CAMERA A.mov\tAda, 王",
        "b.mov\tV\t23:59:59:00\t00:00:01:00\tREEL2\tb.mov\tC:\\my media\\b.mov\tAda, 王",
        "",
      ].join("\r\n"),
    });
    const list = [...(writers.edl.write(of, ["cut"], dialectOf())[0]?.chunks ?? [])].join("");
    for (const reel of ["REEL1", "REEL2"]) expect(list).toContain(`  ${reel}    V`);
    expect(written("ale", of, { edl: { reel: "file" } })[0]?.text).toContain("\tCAMERAA.mov\tCAMERA A.mov\t");
  });

  it("is one for each rate", () => {
    expect(written("ale", plans.mixed24In25()).map(({ name, text }) => [name, /FPS\t(.*)\r/.exec(text)?.[1]])).toEqual([
      ["cut.24.ale", "24"],
      ["cut.25.ale", "25"],
    ]);
    const rates = (["23.976", "30", "47.952", "59.94ndf", "60"] as const).map((id) => {
      const of = plan("p", timeline("t", [[{ media: media("a.mov", { rate: rateOf(id) }), from: 0, to: 10, people: [ada] }]]));
      return /FPS\t(.*)\r/.exec(written("ale", of)[0]?.text ?? "")?.[1];
    });
    expect(rates).toEqual(["23.976", "30", "47.952", "59.94", "60"]);
  });

  it.each([
    [1920, 1080, "1080"],
    [1280, 720, "720"],
    [720, 576, "PAL"],
    [720, 486, "NTSC"],
    [3840, 2160, "CUSTOM"],
  ])("says that %i x %i is %s", (width, height, word) => {
    const of = plan("p", timeline("t", [[{ media: film, from: 0, to: 10, people: [ada] }]], { size: { width, height } }));
    expect(written("ale", of)[0]?.text).toContain(`VIDEO_FORMAT\t${word}\r\n`);
  });

  it("keeps its columns whatever files are called", () => {
    const [file] = written("ale", plans.hostileNames());
    expect(file?.text.split("\r\n").at(-2)?.split("\t").length).toBe(8);
  });
});
