import { describe, expect, it } from "vitest";
import { parseMediaInfos, parseMediaPage } from "../../src/fetch/parse-media.js";
import { mediaPage, refusal, reply } from "./record-fixture.js";

const file = { path: "hits/page-0001.json", name: "page-0001.json" };

const video = {
  Width: "960",
  Height: "540",
  Fps: "24.0",
  AvgFPS: "24.0",
  Duration: "216.206706",
  NumFrames: "5184",
  Nb_frames: "5184",
  Rotate: "0",
};
const sound = { Channels: "2", SampleRate: "44100" };
const basic = {
  FileName: "example.mp4",
  FileType: "source_file",
  FileUrl: "http://bucket.oss-cn-shanghai.aliyuncs.com/example.mp4?Expires=1&OSSAccessKeyId=STS.X&Signature=SECRET",
  Duration: "216.206667",
  Width: "960",
  Height: "540",
};
const whole = {
  MediaId: "a1",
  MediaBasicInfo: { MediaId: "a1", InputURL: "https://h/masters/example.mp4", MediaType: "Video", Title: "Example" },
  FileInfoList: [{ FileBasicInfo: basic, VideoStreamInfoList: [video], AudioStreamInfoList: [sound] }],
};
const infosOf = (value: unknown) => parseMediaInfos(file, value, "BatchGetMediaInfos");
const infoOf = (fields: object) => infosOf({ MediaInfos: [{ ...whole, ...fields }] })[0];
const withVideo = (fields: object, files: object = {}) =>
  infoOf({ FileInfoList: [{ FileBasicInfo: { ...basic, ...files }, VideoStreamInfoList: [{ ...video, ...fields }] }] });

describe("SearchMediaByFace", () => {
  it.each([
    ["a plain list", mediaPage(["a", "b"], 5)],
    ["a wrapped list", reply({ MediaInfoList: { MediaInfo: [{ MediaId: "a" }, { MediaId: "b" }] }, Total: "5" })],
  ])("is read with %s", (_, value) => {
    expect(parseMediaPage(file, value)).toEqual({ mediaIds: ["a", "b"], total: 5 });
  });

  it.each([undefined, null, "", {}])("refuses the MediaId %j", async (mediaId) => {
    const { code, where } = await refusal(() => parseMediaPage(file, mediaPage(["a", mediaId])));
    expect([code, where]).toEqual(["bad-reply", "hits/page-0001.json $.MediaInfoList[1].MediaId"]);
  });
});

describe("media information", () => {
  const expected = {
    mediaId: "a1",
    title: "Example",
    inputUrl: "https://h/masters/example.mp4",
    fileName: "example.mp4",
    mediaType: "video",
    fps: "24",
    numFrames: 5184,
    duration: "216.206706",
    size: { width: 960, height: 540 },
    audio: { channels: 2, sampleRate: 44100, streams: [2] },
  };
  it("is read from BatchGetMediaInfos", () => {
    expect(infosOf({ MediaInfos: [whole] })).toEqual([{ ...expected, place: "page-0001.json $.MediaInfos[0]" }]);
  });

  it("is read from GetMediaInfo, in either folder", () => {
    const info = [{ ...expected, place: "page-0001.json $.MediaInfo" }];
    expect(infosOf({ MediaInfo: whole })).toEqual(info);
    expect(parseMediaInfos(file, { MediaInfo: whole }, "GetMediaInfo")).toEqual(info);
  });

  it("may be nothing but an id", () => {
    expect(infosOf({ MediaInfos: [{ MediaId: "a1" }] })).toEqual([{ mediaId: "a1", place: "page-0001.json $.MediaInfos[0]" }]);
  });

  it("may be about nothing, when all ids were ignored", () => {
    expect(infosOf({ RequestId: "7E", IgnoredList: ["a1"] })).toEqual([]);
  });

  it.each([undefined, null, ""])("refuses the MediaId %j", async (MediaId) => {
    const { code, where } = await refusal(() => infoOf({ MediaId }));
    expect([code, where]).toEqual(["bad-reply", "hits/page-0001.json $.MediaInfos[0].MediaId"]);
  });

  it("is that of the source file, wherever it stands, else of the first", () => {
    const small = { FileBasicInfo: { FileName: "small.mp4", FileType: "transcode_file" } };
    expect(infoOf({ FileInfoList: [small, ...whole.FileInfoList] })?.fileName).toBe("example.mp4");
    expect(infoOf({ FileInfoList: [small] })?.fileName).toBe("small.mp4");
  });
});

describe("what a stream leaves out comes from elsewhere", () => {
  it.each([
    ["fps", withVideo({ Fps: "" })?.fps, "24"],
    ["fps that is zero", withVideo({ Fps: "0.0", AvgFPS: "25.0" })?.fps, "25"],
    ["fps as a fraction", withVideo({ Fps: "30000/1001" })?.fps, "30000/1001"],
    ["fps as an unknown fraction", withVideo({ Fps: "0/0" })?.fps, "24"],
    ["no fps", withVideo({ Fps: "", AvgFPS: null })?.fps, undefined],
    ["frames", withVideo({ NumFrames: "", Nb_frames: 7 })?.numFrames, 7],
    ["frames that are none", withVideo({ NumFrames: "0", Nb_frames: "12.5" })?.numFrames, undefined],
    ["duration", withVideo({ Duration: "" })?.duration, "216.206667"],
    ["duration that is zero", withVideo({ Duration: "0.000000" })?.duration, "216.206667"],
    ["no duration", withVideo({ Duration: "" }, { Duration: "" })?.duration, undefined],
    ["size", withVideo({ Width: "" }, { Width: 1280, Height: 720 })?.size, { width: 1280, height: 720 }],
    ["no size", withVideo({ Width: "0" }, { Height: "" })?.size, undefined],
  ])("%s", (_, found, expected) => {
    expect(found).toEqual(expected);
  });

  it.each([
    ["0", 960],
    ["", 960],
    ["180", 960],
    ["90", 540],
    ["-90", 540],
    [270, 540],
  ])("a picture turned by %j is %i wide", (Rotate, width) => {
    expect(withVideo({ Rotate })?.size?.width).toBe(width);
  });

  it.each([
    [
      "all its streams together",
      [sound, { Channels: "6", SampleRate: "48000" }],
      { channels: 8, sampleRate: 44100, streams: [2, 6] },
    ],
    ["48 kHz when nothing is said", [{ Channels: 1 }], { channels: 1, sampleRate: 48000, streams: [1] }],
    ["no channels when there is no stream", [], { channels: 0, sampleRate: 48000, streams: [] }],
    ["unknown when there is no list", undefined, undefined],
  ])("sound is %s", (_, AudioStreamInfoList, expected) => {
    expect(infoOf({ FileInfoList: [{ FileBasicInfo: basic, AudioStreamInfoList }] })?.audio).toEqual(expected);
  });
});

describe("URLs", () => {
  it.each([
    [{ MediaBasicInfo: { InputURL: "https://h/a.mp4?Signature=SECRET" } }, "https://h/a.mp4"],
    [{ MediaBasicInfo: { InputURL: "https://user:SECRET@h/a@b.mp4" } }, "https://h/a@b.mp4"],
    [{ MediaBasicInfo: {} }, "http://bucket.oss-cn-shanghai.aliyuncs.com/example.mp4"],
    [{ MediaBasicInfo: { InputURL: "" } }, "http://bucket.oss-cn-shanghai.aliyuncs.com/example.mp4"],
  ])("of %j give %s, without query and user", (fields, expected) => {
    const info = infoOf(fields);
    expect(info?.inputUrl).toBe(expected);
    expect(JSON.stringify(info)).not.toMatch(/SECRET|STS|Signature/);
  });
});

it.each([
  ["Fps", "25 fps"],
  ["NumFrames", "many"],
  ["Duration", "00:03:36"],
  ["Width", "wide"],
  ["Rotate", "left"],
])("text where the number %s belongs is refused", async (key, value) => {
  const { code, where, text } = await refusal(() => withVideo({ [key]: value }));
  expect([code, where]).toEqual([
    "bad-reply",
    `hits/page-0001.json $.MediaInfos[0].FileInfoList[0].VideoStreamInfoList[0].${key}`,
  ]);
  expect(text).toContain(value);
});
