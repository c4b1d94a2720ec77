import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { gatherMediaFacts } from "../../src/media/media-facts.js";
import { readMediaMap } from "../../src/media/media-map.js";
import type { FaceRecord, MediaInfo } from "../../src/model/matches.js";
import { frameRate, timelineRateOf } from "../../src/time/frame-rate.js";
import { folderOf, refusal } from "../fetch/record-fixture.js";
import { factsFrom, sound } from "../support/plans.js";

const info: MediaInfo = {
  mediaId: "a1",
  title: "Interview A",
  inputUrl: "https://h/masters/a%20b.mp4",
  fileName: "a b.mp4",
  fps: "25",
  numFrames: 4661,
  duration: "186.44",
  size: { width: 1920, height: 1080 },
  audio: { channels: 2, sampleRate: 44100, streams: [2] },
  place: "page-0001.json $.MediaInfos[0]",
};
const clips = [{ occurrences: [], place: "page-0001.json $.MediaClipList[0]" }];

function recordOf(...infos: MediaInfo[]): FaceRecord {
  const matches = infos.map(({ mediaId }) => ({ mediaId, clips, duplicates: 0 }));
  return { matches, mediaInfos: new Map(infos.map((each) => [each.mediaId, each])), notes: [] };
}
const without = (...keys: (keyof MediaInfo)[]): MediaInfo =>
  Object.fromEntries(Object.entries(info).filter(([key]) => !keys.includes(key as keyof MediaInfo))) as unknown as MediaInfo;
const bare: MediaInfo = { mediaId: "a1", place: "" };

const mapOf = async (csv: string) => readMediaMap(join(await folderOf({ "media.csv": csv }), "media.csv"));
const factsOf = (each: MediaInfo) => gatherMediaFacts(recordOf(each), undefined, { mediaRate: frameRate(50, 1) }).facts.get("a1");
async function mapped(csv: string, each: MediaInfo = info) {
  return gatherMediaFacts(recordOf(each), await mapOf(csv), { mediaRate: frameRate(50, 1) }).facts.get("a1");
}

describe("facts of one media asset", () => {
  it("come from the service", () => {
    expect(factsOf(info)).toEqual({
      mediaId: "a1",
      fileName: "a b.mp4",
      name: "a b.mp4",
      url: "https://h/masters/a%20b.mp4",
      use: "original",
      rate: frameRate(25, 1),
      counting: { nominal: 25, dropped: 0 },
      start: 0,
      duration: 4661,
      size: { width: 1920, height: 1080 },
      audio: { channels: 2, sampleRate: 44100, streams: [2] },
      sources: { ...factsFrom("service"), start: "assumed", pixelAspect: "assumed", scan: "assumed" },
    });
  });

  it("come from the media map first", async () => {
    const csv = [
      "media,original,rate,start_timecode,duration,width,height,audio,reel,name",
      "a1,/m/采访 #1.mov,29.97,01:01:00;02,10.01,1280,720,5.1,R001,Interview",
    ].join("\n");
    expect(await mapped(csv)).toEqual({
      mediaId: "a1",
      fileName: "采访 #1.mov",
      name: "Interview",
      url: "file:///m/%E9%87%87%E8%AE%BF%20%231.mov",
      use: "original",
      rate: frameRate(30000, 1001),
      counting: { nominal: 30, dropped: 2 },
      start: 109_692,
      duration: 300,
      size: { width: 1280, height: 720 },
      audio: { channels: 6, sampleRate: 44100, streams: [6] },
      reel: "R001",
      sources: { ...factsFrom("media map"), pixelAspect: "assumed", scan: "assumed" },
      doubts: [
        { code: "rate-differs", detail: "采访 #1.mov: 29.97 (media map), 25 (service)" },
        { code: "length-differs", detail: "采访 #1.mov: 00:00:10;00 (media map), 00:03:06;13 (service)" },
        { code: "size-differs", detail: "采访 #1.mov: 1280x720 (media map), 1920x1080 (service)" },
        { code: "sound-differs", detail: "采访 #1.mov: 6 (media map), 2 (service)" },
      ],
    });
  });

  it("are assumed when nobody gives them", () => {
    expect(factsOf(bare)).toEqual({
      mediaId: "a1",
      fileName: "a1",
      name: "a1",
      url: "a1",
      use: "original",
      rate: frameRate(50, 1),
      counting: { nominal: 50, dropped: 0 },
      start: 0,
      sources: { ...factsFrom("assumed"), rate: "option" },
    });
  });
});

describe("the rate", () => {
  it.each([
    ["23.976", 24000, 1001],
    ["29.97", 30000, 1001],
    ["30000/1001", 30000, 1001],
    ["15", 15, 1],
    ["", 50, 1],
  ])("%j of the service is %i/%i", (fps, num, den) => {
    expect(factsOf({ ...info, fps })?.rate).toEqual(frameRate(num, den));
  });

  it("is never guessed: media without it are listed, those without clips are not", () => {
    const record = recordOf(without("fps"), { ...info, mediaId: "b1" }, { ...without("fps"), mediaId: "c1" });
    const matches = record.matches.map((media) => (media.mediaId === "c1" ? { ...media, clips: [] } : media));
    const { facts, withoutRate } = gatherMediaFacts({ ...record, matches }, undefined, {});
    expect([[...facts.keys()], withoutRate]).toEqual([["b1"], ["a1"]]);
  });

  it("is asked for media the service says nothing of, too", () => {
    const record = { ...recordOf(info), mediaInfos: new Map() };
    expect(gatherMediaFacts(record, undefined, {})).toEqual({
      facts: new Map(),
      stills: [],
      unknown: [{ mediaId: "a1", fileName: "a1" }],
      unusedRows: [],
      variableRate: [],
      withoutRate: ["a1"],
    });
  });
});

it("media without a rate keep what else is known of them", async () => {
  const map = await mapOf("media,original,start_timecode,reel\na1,/m/a.mov,10:00:00:00,R1\nb1,/m/b.mov,,\n");
  const record = recordOf(without("fps"), { ...bare, mediaId: "b1" }, { ...without("fps"), mediaId: "c1" });
  const matches = record.matches.map((media) => (media.mediaId === "c1" ? { ...media, clips: [] } : media));
  expect(gatherMediaFacts({ ...record, matches }, map, {}).unknown).toEqual([
    {
      mediaId: "a1",
      fileName: "a.mov",
      original: "file:///m/a.mov",
      startTimecode: "10:00:00:00",
      duration: "186.44",
      size: { width: 1920, height: 1080 },
      audio: { channels: 2, sampleRate: 44100, streams: [2] },
      reel: "R1",
    },
    { mediaId: "b1", fileName: "b.mov", original: "file:///m/b.mov" },
  ]);
});

describe("the start timecode", () => {
  it.each([
    ["counted at the media's own rate", "a1,01:00:00:00", "23.976", 86_400, 0],
    ["drop-frame when written with a semicolon", "a1,19:05:12;03", "59.94", 4_118_599, 4],
    ["not drop-frame when written with a colon", "a1,01:00:00:00", "29.97", 108_000, 0],
  ])("is %s", async (_, row, fps, start, dropped) => {
    expect(await mapped(`media,start_timecode\n${row}\n`, { ...info, fps })).toMatchObject({ start, counting: { dropped } });
  });

  it("is counted as the map's rate says", async () => {
    const counting = { nominal: 30, dropped: 2 };
    expect(await mapped("media,rate\na1,29.97df\n")).toMatchObject({ start: 0, counting, sources: { start: "assumed" } });
    expect(await mapped("media,rate,start_timecode\na1,29.97df,01:00:00:00\n")).toMatchObject({ start: 107_892, counting });
  });

  it.each([
    ["29.97", "01:01:00;00"],
    ["25", "01:00:00;00"],
    ["24", "01:00:00:24"],
  ])("that the service's rate %s does not have is refused: %s", async (fps, timecode) => {
    const csv = `media,start_timecode\na1,${timecode}\n`;
    const { code, where, text } = await refusal(() => mapped(csv, { ...info, fps }));
    expect(code).toBe("bad-media-map");
    expect(where).toMatch(/media\.csv, row 2, column start_timecode$/);
    expect(text).toContain(timecode);
  });

  it("is no concern of media without a rate", async () => {
    const map = await mapOf("media,start_timecode\na1,01:00:00;00\n");
    expect(gatherMediaFacts(recordOf(bare), map, {}).withoutRate).toEqual(["a1"]);
  });
});

describe("the length", () => {
  it.each([
    ["frames first", info, 4661],
    ["then seconds", { ...without("numFrames"), duration: "186.44" }, 4661],
    ["down to a whole frame", { ...without("numFrames"), duration: "186.47" }, 4661],
    ["unknown", without("numFrames", "duration"), undefined],
    ["unknown when beyond counting", { ...without("numFrames"), duration: "1e300" }, undefined],
  ])("%s", (_, each, expected) => {
    expect(factsOf(each)?.duration).toBe(expected);
  });

  it("is seconds or a timecode in the map", async () => {
    expect((await mapped("media,duration\na1,00:00:10:05\n"))?.duration).toBe(255);
    expect((await mapped("media,duration\na1,10.2\n"))?.duration).toBe(255);
  });

  it("is refused when the media's rate has no such label", async () => {
    expect((await refusal(() => mapped("media,duration\na1,00:00:10:25\n"))).where).toMatch(/column duration$/);
  });
});

describe("the sound", () => {
  it("is none when somebody says so", async () => {
    const silent = factsOf({ ...info, audio: { channels: 0, sampleRate: 48000, streams: [] } });
    expect([silent?.audio, silent?.sources.audio]).toEqual([undefined, "service"]);
    const muted = await mapped("media,audio\na1,none\n");
    expect([muted?.audio, muted?.sources.audio]).toEqual([undefined, "media map"]);
  });

  it("is at the media map's sample rate", async () => {
    expect((await mapped("media,audio\na1,1+1@96000\n"))?.audio).toEqual({ channels: 2, sampleRate: 96000, streams: [1, 1] });
  });

  it("is at 48 kHz when nothing is said", async () => {
    expect((await mapped("media,audio\na1,2\n", bare))?.audio).toEqual(sound(2));
  });
});

describe("the file name", () => {
  it.each([
    ["of the file", info, "a b.mp4"],
    ["of a path", { ...info, fileName: "x/y.mp4" }, "y.mp4"],
    ["of the URL, decoded", without("fileName"), "a b.mp4"],
    ["of a URL that ends in a folder: the title", { ...without("fileName"), inputUrl: "https://h/x/" }, "Interview A"],
    ["the title", without("fileName", "inputUrl"), "Interview A"],
    ["the MediaId", bare, "a1"],
    ["on one line", { ...info, fileName: "a\nb\u202e.mp4" }, "a b.mp4"],
  ])("%s", (_, each, expected) => {
    expect(factsOf(each)?.fileName).toBe(expected);
  });

  it("stands encoded in the URL when nothing else is known", () => {
    expect(factsOf({ ...bare, title: "AC/DC #1 视频" })?.url).toBe("AC%2FDC%20%231%20%E8%A7%86%E9%A2%91");
  });
});

describe("rows of the media map", () => {
  it.each([
    ["MediaId", "a1"],
    ["file name", "a b.mp4"],
    ["URL", "https://h/masters/a b.mp4?Expires=1"],
    ["beginning of the URL", "https://h/mas*"],
  ])("name the media by %s", async (_, media) => {
    expect((await mapped(`media,rate\n${media},24\n`))?.rate).toEqual(frameRate(24, 1));
  });

  it("name it by the last part of its URL when the service gives no file name", async () => {
    expect((await mapped("media,rate\na b.mp4,24\n", without("fileName")))?.rate).toEqual(frameRate(24, 1));
  });

  it("for the beginning of a URL give a folder; the longest beginning and the row for one asset win", async () => {
    const csv = [
      "media,original,rate,start_timecode",
      "https://h/*,/all,24,",
      "https://h/masters/*,/m,29.97df,",
      "a1,,,01:00:00:00",
    ].join("\n");
    expect(await mapped(csv)).toMatchObject({
      url: "file:///m/a%20b.mp4",
      fileName: "a b.mp4",
      rate: frameRate(30000, 1001),
      start: 107_892,
    });
  });

  it("that name other media do not matter", async () => {
    expect(await mapped("media,rate\nb2,24\nother.mp4,24\nhttps://x/*,24\n")).toEqual(factsOf(info));
  });

  it("are refused when two are for one asset", async () => {
    const { code, where } = await refusal(() => mapped("media,rate\na b.mp4,24\na1,25\n"));
    expect(code).toBe("bad-media-map");
    expect(where).toMatch(/row 3, and .*row 2$/);
  });

  it("are refused when a file name is that of two assets", async () => {
    const map = await mapOf("media,original\na b.mp4,/m/a b.mp4\n");
    const record = recordOf(info, { ...info, mediaId: "b2", inputUrl: "https://h/other/a%20b.mp4" });
    const { code, text } = await refusal(() => gatherMediaFacts(record, map, {}));
    expect(code).toBe("bad-media-map");
    expect(text).toContain('"a1" and "b2"');
  });
});

it("a row of the timeline rate table serves as --media-rate", () => {
  const rate = timelineRateOf(frameRate(30000, 1001), true);
  const { facts } = gatherMediaFacts(recordOf(bare), undefined, rate === undefined ? {} : { mediaRate: rate });
  expect(facts.get("a1")).toMatchObject({ counting: { nominal: 30, dropped: 0 }, sources: { rate: "option" } });
});
