import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { gatherMediaFacts, type MediaFactsOptions } from "../../src/media/media-facts.js";
import { type FindMediaOptions, findMediaFiles } from "../../src/media/media-files.js";
import { readMediaMap } from "../../src/media/media-map.js";
import type { FaceRecord, MediaInfo } from "../../src/model/matches.js";
import { frameRate } from "../../src/time/frame-rate.js";
import { refusal } from "../fetch/record-fixture.js";
import { temporaryFolder } from "../support/cli.js";

const clips = [{ occurrences: [], place: "" }];
const at25 = { fps: "25", duration: "10" };

function recordOf(...infos: readonly Partial<MediaInfo>[]): FaceRecord {
  const whole = infos.map((info, n) => ({ mediaId: `id${n + 1}`, place: "", ...at25, ...info }) as MediaInfo);
  return {
    matches: whole.map(({ mediaId }) => ({ mediaId, clips, duplicates: 0 })),
    mediaInfos: new Map(whole.map((info) => [info.mediaId, info])),
    notes: [],
  };
}

/** A folder with these files, each holding a byte. */
function folderWith(...names: readonly string[]): string {
  const folder = temporaryFolder();
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), "x");
  }
  return folder;
}

/** A program in ffprobe's place that says of each file what its text is the name of. */
function probeOf(replies: Readonly<Record<string, object>>): string {
  const file = join(temporaryFolder(), "ffprobe");
  const say = `const { readFileSync } = require("node:fs"); const path = process.argv.find((word) => word.startsWith("file:"));
const reply = ${JSON.stringify(replies)}[readFileSync(path.slice(5), "utf8")];
if (reply) process.stdout.write(JSON.stringify(reply)); else { console.error("Invalid data found"); process.exitCode = 1; }`;
  writeFileSync(file, `#!/usr/bin/env node\n${say}\n`, { mode: 0o755 });
  return file;
}

/** A program in ffprobe's place that says this of every file. */
function fakeProbe(reply: object | string): string {
  const file = join(temporaryFolder(), "ffprobe");
  const said = typeof reply === "string" ? reply : JSON.stringify(reply);
  writeFileSync(file, `#!/usr/bin/env node\nprocess.stdout.write(${JSON.stringify(said)});\n`, { mode: 0o755 });
  return file;
}

const video = { codec_type: "video", codec_name: "h264", width: 1920, height: 1080 };
const at50 = { r_frame_rate: "50/1", avg_frame_rate: "50/1", nb_frames: "500", duration: "10.0" };
const plain = fakeReply({ ...video, ...at50 });
function fakeReply(...streams: readonly object[]) {
  return { streams: streams.map((stream, index) => ({ index, ...stream })), format: { format_name: "matroska,webm" } };
}

const noProbe = "/nowhere/ffprobe";
const looking = (options: Partial<FindMediaOptions>) => ({ mediaDirs: [], ffprobe: noProbe, ...options });

async function mapOf(csv: string, folder: string) {
  writeFileSync(join(folder, "map.csv"), csv);
  return readMediaMap(join(folder, "map.csv"));
}

interface Asked {
  readonly csv?: string;
  readonly folder: string;
  readonly ffprobe?: string;
  readonly facts?: MediaFactsOptions;
}

/** Facts of a record's media, with the folder searched. */
async function found(record: FaceRecord, { csv, folder, ffprobe = noProbe, facts }: Asked) {
  const map = csv === undefined ? undefined : await mapOf(csv, folder);
  const files = await findMediaFiles(record, map, looking({ mediaDirs: [folder], ffprobe, use: facts?.use ?? "original" }));
  return { files, ...gatherMediaFacts(record, map, { ...facts, files }) };
}

describe("files found by name", () => {
  it.each([
    ["FileName", { fileName: "take 1.mov", inputUrl: "https://h/other.mov" }],
    ["InputURL, decoded", { inputUrl: "https://h/x/take%201.mov?Signature=s" }],
  ])("%s", async (_, info) => {
    const folder = folderWith("card/take 1.mov");
    const { facts } = await found(recordOf(info), { folder });
    expect(facts.get("id1")).toMatchObject({
      fileName: "take 1.mov",
      url: `file://${folder}/card/take%201.mov`,
      sources: { url: "media folder" },
    });
  });

  it.each([
    ["title", { title: "a.mov" }],
    ["MediaId", { mediaId: "a.mov" }],
  ])("the %s, where it looks like a file's name", async (_, info) => {
    const folder = folderWith("a.mov", "b");
    const { facts } = await found(recordOf(info, { title: "b" }), { folder });
    expect([...facts.values()].map(({ sources }) => sources.url)).toEqual(["media folder", "assumed"]);
  });

  it("a name in the media map alone", async () => {
    const folder = folderWith("a.mov");
    const record = { ...recordOf({}), mediaInfos: new Map() };
    const { facts } = await found(record, { folder, csv: "media,original,rate\nid1,elsewhere/a.mov,25\n" });
    expect(facts.get("id1")?.url).toBe(`file://${folder}/a.mov`);
  });

  it("another extension is said so", async () => {
    const folder = folderWith("a.mov");
    const { facts } = await found(recordOf({ fileName: "a.mxf" }), { folder });
    expect(facts.get("id1")).toMatchObject({
      fileName: "a.mov",
      doubts: [{ code: "other-extension", detail: `a.mxf found as ${join(folder, "a.mov")}` }],
    });
  });

  it("two of one name are refused with both paths", async () => {
    const folder = folderWith("1/a.mov", "2/a.mov", "b.mov");
    const error = await refusal(() => found(recordOf({ fileName: "a.mov" }, { fileName: "b.mov" }), { folder }));
    expect(error).toMatchObject({ code: "ambiguous-media" });
    expect(error.text).toContain(`2 files could be a.mov: ${join(folder, "1/a.mov")}, ${join(folder, "2/a.mov")}`);
  });

  it("two of one name are told, not refused, where what is known is still wanted", async () => {
    const folder = folderWith("1/a.mov", "2/a.mov", "b.mov");
    const record = recordOf({ fileName: "a.mov" }, { fileName: "b.mov" });
    const files = await findMediaFiles(record, undefined, looking({ mediaDirs: [folder], keepAmbiguous: true }));
    expect(files.ambiguous).toMatchObject({ code: "ambiguous-media" });
    expect([...files.byMedia.values()]).toEqual([{}, { original: expect.objectContaining({ location: join(folder, "b.mov") }) }]);
  });

  it("two of one name in a folder of the media map are refused, too", async () => {
    const masters = folderWith("1/a.mov", "2/a.mov");
    const csv = `media,original\nhttps://h/m/*,${masters}\n`;
    const error = await refusal(() => found(recordOf({ inputUrl: "https://h/m/a.mov" }), { folder: folderWith(), csv }));
    expect([error.code, error.text]).toEqual(["ambiguous-media", expect.stringContaining(join(masters, "1/a.mov"))]);
  });

  it("unless the media map says which", async () => {
    const folder = folderWith("1/a.mov", "2/a.mov");
    const { facts } = await found(recordOf({ fileName: "a.mov" }), { folder, csv: "media,original\nid1,2/a.mov\n" });
    expect(facts.get("id1")).toMatchObject({ url: `file://${folder}/2/a.mov`, sources: { url: "media map" } });
  });

  it("two media that come to one file are doubted", async () => {
    const folder = folderWith("a.mov");
    const { facts } = await found(recordOf({ fileName: "a.mov" }, { fileName: "a.mov" }), { folder });
    expect([...facts.values()].map(({ doubts }) => doubts?.map(({ code }) => code))).toEqual([["shared-file"], ["shared-file"]]);
  });

  it("media without clips are not looked for", async () => {
    const folder = folderWith("1/a.mov", "2/a.mov");
    const record = recordOf({ fileName: "a.mov" });
    const matches = record.matches.map((media) => ({ ...media, clips: [] }));
    expect((await found({ ...record, matches }, { folder })).files.byMedia.size).toBe(0);
  });
});

describe("files the media map gives", () => {
  it("that are not there are doubted", async () => {
    const folder = folderWith();
    const { facts } = await found(recordOf({}), { folder, csv: "media,original\nid1,gone.mov\n" });
    expect(facts.get("id1")?.doubts).toEqual([{ code: "missing-file", detail: join(folder, "gone.mov") }]);
  });

  describe.each(["https://h/a.mov", "C:\\media\\a.mov", "\\\\server\\share\\a.mov", "\\\\?\\C:\\media\\a.mov"])(
    "%s cannot be looked at from here",
    (location) => {
      const csv = `media,original\nid1,${location}\n`;
      it("which is said", async () => {
        const { facts } = await found(recordOf({}), { folder: folderWith(), csv });
        expect(facts.get("id1")?.doubts).toEqual([{ code: "unseen-file", detail: location.replace("\\\\?\\", "") }]);
      });

      it("but asked by its name, where a folder has it; clips point to where the map says", async () => {
        const { facts } = await found(recordOf({}), { folder: folderWith("x/a.mov"), csv, ffprobe: fakeProbe(plain) });
        const media = facts.get("id1");
        expect(media).toMatchObject({ sources: { url: "media map", rate: "probe" } });
        expect(media?.url).toMatch(/^(https:\/\/h|file:\/\/\/C:\/media|file:\/\/server\/share)\/a\.mov$/);
        expect(media?.doubts?.map(({ code }) => code)).toEqual(["rate-differs"]);
      });
    },
  );

  it.each(["file:{}/a.mov", "file://{}/a.mov", "file://localhost{}/a.mov"])("%s is a file here", async (form) => {
    const folder = folderWith("a.mov");
    const csv = `media,original\nid1,${form.replace("{}", () => folder)}\n`;
    const { files } = await found(recordOf({}), { folder: folderWith(), csv, ffprobe: fakeProbe(plain) });
    expect(files.byMedia.get("id1")?.original).toMatchObject({ exists: true, probed: { kind: "video" } });
  });

  it.skipIf(process.getuid?.() === 0)("in a folder that may not be looked into are not missing", async () => {
    const folder = folderWith("locked/a.mov");
    chmodSync(join(folder, "locked"), 0);
    const { facts } = await found(recordOf({}), { folder: folderWith(), csv: `media,original\nid1,${folder}/locked/a.mov\n` });
    chmodSync(join(folder, "locked"), 0o755);
    expect(facts.get("id1")?.doubts).toEqual([{ code: "unreadable-file", detail: `${folder}/locked/a.mov: permission denied` }]);
  });

  it("in a folder for the beginning of a URL, the proxy under another extension", async () => {
    const folder = folderWith("masters/x/a.mxf", "proxies/x/a.mov");
    const csv = "media,original,proxy\nhttps://h/m/*,masters,proxies\n";
    const asked = { folder: folderWith(), csv: csv.replaceAll(/masters|proxies/g, (name) => join(folder, name)) };
    const record = recordOf({ inputUrl: "https://h/m/x/a.mxf" });
    const [original, proxy] = [`file://${folder}/masters/x/a.mxf`, `file://${folder}/proxies/x/a.mov`];
    expect((await found(record, asked)).facts.get("id1")).toMatchObject({ url: original, use: "original", otherUrl: proxy });
    const proxied = await found(record, { ...asked, facts: { use: "proxy" } });
    expect(proxied.facts.get("id1")).toMatchObject({ fileName: "a.mov", url: proxy, use: "proxy", otherUrl: original });
  });

  it("without a proxy, though one is asked for", async () => {
    const folder = folderWith("a.mov");
    const { facts } = await found(recordOf({ fileName: "a.mov" }), { folder, facts: { use: "proxy" } });
    expect(facts.get("id1")).toMatchObject({ use: "original", doubts: [{ code: "no-proxy", detail: "a.mov" }] });
  });
});

describe("facts of a file", () => {
  it("come before the service's, which are reported where they differ", async () => {
    const folder = folderWith("a.mov");
    const audio = { channels: 2, sampleRate: 48000, streams: [2] };
    const record = recordOf({ fileName: "a.mov", fps: "25", duration: "12", size: { width: 1280, height: 720 }, audio });
    const { facts } = await found(record, { folder, ffprobe: fakeProbe(plain) });
    const media = facts.get("id1");
    expect(media).toMatchObject({
      rate: { num: 50, den: 1 },
      start: 0,
      duration: 500,
      size: { width: 1920, height: 1080 },
      sources: { rate: "probe", start: "probe", duration: "probe", size: "probe", audio: "probe", scan: "assumed" },
    });
    expect(media).not.toHaveProperty("audio");
    expect(media?.doubts?.map(({ detail }) => detail)).toEqual([
      "a.mov: 50 (probe), 25 (service)",
      "a.mov: 00:00:10:00 (probe), 00:00:12:00 (service)",
      "a.mov: 1920x1080 (probe), 1280x720 (service)",
      "a.mov: none (probe), 2 (service)",
    ]);
  });

  it("a length that differs by a second or less is none to report", async () => {
    const folder = folderWith("a.mov");
    const record = recordOf({ fileName: "a.mov", fps: "50", duration: "11" });
    expect((await found(record, { folder, ffprobe: fakeProbe(plain) })).facts.get("id1")).not.toHaveProperty("doubts");
  });

  it("embedded timecode counts drop-frame where it says so", async () => {
    const folder = folderWith("a.mov");
    const rate = { r_frame_rate: "30000/1001", avg_frame_rate: "30000/1001", nb_frames: "500" };
    const reply = fakeReply({ ...video, ...rate, duration: "16.683", tags: { timecode: "19:05:12;03" } });
    const { facts } = await found(recordOf({ fileName: "a.mov", fps: "29.97" }), { folder, ffprobe: fakeProbe(reply) });
    // 19 h 5 min 12 s at 30, and 3 frames, less 2 labels for each minute but every tenth.
    const labels = (19 * 3600 + 5 * 60 + 12) * 30 + 3;
    expect(facts.get("id1")).toMatchObject({ start: labels - 2 * (1145 - 114), counting: { nominal: 30, dropped: 2 } });
  });

  it("are not asked for where the media map says all", async () => {
    const folder = folderWith("a.mov", "b.mov");
    const csv = [
      "media,original,rate,start_timecode,duration,width,height,audio",
      "id1,a.mov,25,01:00:00:00,10,1920,1080,none",
      "id2,b.mov,25,01:00:00:00,10,1920,1080,",
    ].join("\n");
    const { files } = await found(recordOf({}, {}), { folder, csv, ffprobe: fakeProbe(plain) });
    expect([...files.byMedia.values()].map(({ original }) => original?.probed !== undefined)).toEqual([false, true]);
    expect((await found(recordOf({}, {}), { folder, csv })).files.unprobed).toBe(1);
  });

  it("a proxy stands in where there is no original, after the service and without its picture's shape", async () => {
    const folder = folderWith("p.mov");
    const csv = "media,original,proxy\nid1,gone.mov,p.mov\n";
    const reply = fakeReply({ ...video, ...at50, sample_aspect_ratio: "16:11", tags: { timecode: "10:00:00:00" } });
    const known = await found(recordOf({}), { folder, csv, ffprobe: fakeProbe(reply) });
    expect(known.facts.get("id1")).toMatchObject({
      rate: { num: 25, den: 1 },
      start: 900_000,
      sources: { rate: "service", start: "proxy probe", size: "proxy probe", pixelAspect: "assumed" },
    });
  });

  const proxied = async (original: object | undefined, proxy: object | undefined, use: "original" | "proxy") => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "o.mov"), "original");
    writeFileSync(join(folder, "p.mov"), "proxy");
    const ffprobe = probeOf({ ...(original && { original }), ...(proxy && { proxy }) });
    const known = await found(recordOf({}), { folder, csv: "media,original,proxy\nid1,o.mov,p.mov\n", ffprobe, facts: { use } });
    return known.facts.get("id1");
  };
  const timed = (timecode: string, fields: object = at50) => fakeReply({ ...video, ...fields, tags: { timecode } });

  it("a proxy that clips point to is held against the original, whose facts are taken", async () => {
    const slower = { r_frame_rate: "25/1", avg_frame_rate: "25/1", nb_frames: "500", duration: "20.0", width: 640, height: 360 };
    const sound = { codec_type: "audio", channels: 2, sample_rate: "48000" };
    const proxy = fakeReply({ ...video, ...slower, tags: { timecode: "11:00:00:00" } }, sound);
    const media = await proxied(timed("10:00:00:00"), proxy, "proxy");
    expect(media).toMatchObject({ use: "proxy", rate: { num: 50 }, start: 1_800_000, duration: 500, size: { width: 1920 } });
    expect(media?.doubts?.map(({ detail }) => detail)).toEqual([
      "p.mov: 50 (probe), 25 (service), 25 (proxy probe)",
      "p.mov: 10:00:00:00 (probe), 11:00:00:00 (proxy probe)",
      "p.mov: 00:00:10:00 (probe), 00:00:20:00 (proxy probe)",
      "p.mov: none (probe), 2 (proxy probe)",
    ]);
  });

  it("a proxy without timecode begins elsewhere than an original with one, where clips point to it", async () => {
    const without = fakeReply({ ...video, ...at50 });
    const codes = async (use: "original" | "proxy") =>
      (await proxied(timed("10:00:00:00"), without, use))?.doubts?.map(({ code }) => code);
    expect(await codes("proxy")).toEqual(["rate-differs", "start-differs"]);
    expect(await codes("original")).toEqual(["rate-differs"]);
  });

  it("a proxy that is broken is doubted, where clips point to it", async () => {
    const media = await proxied(timed("10:00:00:00"), undefined, "proxy");
    expect(media?.doubts?.map(({ code, detail }) => [code, detail])).toContainEqual([
      "unreadable-file",
      expect.stringMatching(/p\.mov: it is no media file/),
    ]);
  });

  it("a proxy speaks for an original that is broken", async () => {
    expect(await proxied(undefined, timed("10:00:00:00"), "original")).toMatchObject({
      use: "original",
      start: 900_000,
      sources: { rate: "service", start: "proxy probe" },
      doubts: [{ code: "unreadable-file" }, { code: "rate-differs" }],
    });
  });

  it("a proxy may be a still, when the original is none", async () => {
    const still = { ...fakeReply({ ...video, codec_name: "png" }), format: { format_name: "png_pipe" } };
    expect(await proxied(timed("10:00:00:00"), still, "proxy")).toMatchObject({ start: 1_800_000 });
  });

  it.each([
    ["10:00:00:50", undefined, "assumed", "a.mov carries timecode 10:00:00:50, which does not exist at 50"],
    ["10:00:00;00", undefined, "assumed", "a.mov carries timecode 10:00:00;00, which does not exist at 50"],
    ["1\u202e2", undefined, "assumed", "a.mov carries timecode 12, which does not exist at 50"],
    ["10:00:00:49", "media,rate\nid1,24\n", "assumed", "a.mov carries timecode 10:00:00:49, which does not exist at 24"],
    ["10:00:00:50", "media,start_timecode\nid1,10:00:00:00\n", "media map", undefined],
  ])("timecode %j that cannot be: %j", async (timecode, csv, source, detail) => {
    const folder = folderWith("a.mov");
    const asked = { folder, ffprobe: fakeProbe(timed(timecode)), ...(csv ? { csv } : {}) };
    const media = (await found(recordOf({ fileName: "a.mov", fps: "50" }), asked)).facts.get("id1");
    expect(media?.sources.start).toBe(source);
    expect(media?.doubts?.find(({ code }) => code === "unusable-timecode")?.detail).toBe(detail);
  });

  it.each([
    ["29.97ndf", "00:01:00;02", 0, "a.mov: 29.97ndf (media map), 00:01:00;02 (probe)"],
    ["29.97df", "00:01:00:02", 2, "a.mov: 29.97df (media map), 00:01:00:02 (probe)"],
    ["29.97df", "00:01:00;02", 2, undefined],
    ["29.97", "00:01:00;02", 2, undefined],
  ])("a media map's rate %s beside a label %s", async (rate, timecode, dropped, detail) => {
    const ntsc = { r_frame_rate: "30000/1001", avg_frame_rate: "30000/1001", nb_frames: "300", duration: "10.01" };
    const asked = { folder: folderWith("a.mov"), csv: `media,rate\nid1,${rate}\n`, ffprobe: fakeProbe(timed(timecode, ntsc)) };
    const media = (await found(recordOf({ fileName: "a.mov", fps: "29.97" }), asked)).facts.get("id1");
    expect(media?.counting.dropped).toBe(dropped);
    expect(media?.doubts?.find(({ code }) => code === "start-differs")?.detail).toBe(detail);
  });

  it("of sound alone never become video by --media-rate", async () => {
    const sound = fakeReply({ codec_type: "audio", codec_name: "aac", channels: 2, sample_rate: "48000" });
    const record = { ...recordOf({}), mediaInfos: new Map() };
    const asked = { folder: folderWith("a.wav"), csv: "media,original\nid1,a.wav\n", ffprobe: fakeProbe(sound) };
    const { facts, withoutRate } = await found(record, { ...asked, facts: { mediaRate: frameRate(25, 1) } });
    expect([facts.size, withoutRate]).toEqual([0, ["id1"]]);
  });

  it("what is odd about them is told on one line", async () => {
    const folder = folderWith("two\nlines.mov");
    const asked = { folder, ffprobe: fakeProbe("no JSON") };
    const media = (await found(recordOf({ fileName: "two\nlines.mov" }), asked)).facts.get("id1");
    expect(media?.doubts).toEqual([{ code: "unreadable-file", detail: expect.stringMatching(/^[^\n]*two lines\.mov: [^\n]*$/) }]);
  });

  it.each([
    ["that cannot be read", "no JSON", "unreadable-file", /ffprobe's answer cannot be read/],
    [
      "of sound alone",
      fakeReply({ codec_type: "audio", codec_name: "aac", channels: 2, sample_rate: "48000" }),
      "unreadable-file",
      /sound alone/,
    ],
  ])("a file %s is doubted, and the service believed", async (_, reply, code, why) => {
    const folder = folderWith("a.mov");
    const { facts } = await found(recordOf({ fileName: "a.mov" }), { folder, ffprobe: fakeProbe(reply) });
    expect(facts.get("id1")).toMatchObject({
      sources: { rate: "service" },
      doubts: [{ code, detail: expect.stringMatching(why) }],
    });
  });

  it("a still image makes no clip", async () => {
    const folder = folderWith("a.png");
    const reply = { ...fakeReply({ ...video, codec_name: "png" }), format: { format_name: "png_pipe" } };
    const { facts, stills } = await found(recordOf({ fileName: "a.png" }), { folder, ffprobe: fakeProbe(reply) });
    expect([[...facts.keys()], stills]).toEqual([[], ["id1"]]);
  });
});

describe("a variable rate", () => {
  const uneven = fakeReply({ ...video, r_frame_rate: "30/1", avg_frame_rate: "2867/100", nb_frames: "286", duration: "10" });
  const variable = async (facts: MediaFactsOptions, csv?: string) => {
    const folder = folderWith("a.mov");
    return found(recordOf({ fileName: "a.mov" }), { folder, facts, ffprobe: fakeProbe(uneven), ...(csv ? { csv } : {}) });
  };

  it("is refused: the media are left out and listed", async () => {
    const { facts, variableRate } = await variable({});
    expect([facts.size, variableRate]).toEqual([0, ["id1"]]);
  });

  it.each([
    ["taken as constant when told to", { vfr: "constant" as const }, undefined, 30],
    ["taken as constant where the media map gives a rate", {}, "media,rate\nid1,24\n", 24],
  ])("is %s", async (_, options, csv, num) => {
    const { facts, variableRate } = await variable(options, csv);
    expect(variableRate).toEqual([]);
    expect(facts.get("id1")).toMatchObject({ rate: { num, den: 1 } });
    expect(facts.get("id1")?.doubts?.map(({ code }) => code)).toContain("variable-rate");
  });
});
