import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { guardedCell, unguardedCell } from "../../src/csv-text.js";
import { type GatheredFacts, gatherMediaFacts } from "../../src/media/media-facts.js";
import { readMediaMap } from "../../src/media/media-map.js";
import { readTable } from "../../src/media/media-map-table.js";
import { mediaMapText, type UnknownMedia } from "../../src/media/write-media-map.js";
import type { FaceRecord, MediaInfo } from "../../src/model/matches.js";
import type { MediaFacts } from "../../src/model/media.js";
import { oneLine } from "../../src/text.js";
import { countingOf, frameRate } from "../../src/time/frame-rate.js";
import { folderOf } from "../fetch/record-fixture.js";
import { factsFrom, sound } from "../support/plans.js";
import { sweep } from "../support/sweep.js";

const header = "media,original,proxy,rate,start_timecode,duration,width,height,scan,pixel_aspect,audio,reel,name";
const by = factsFrom;
const facts: MediaFacts = {
  mediaId: "a1",
  fileName: "采访 1.mov",
  name: "Interview",
  url: "file:///m/%E9%87%87%E8%AE%BF%201.mov",
  use: "original",
  rate: frameRate(25, 1),
  counting: countingOf(frameRate(25, 1), false),
  start: 90_000,
  duration: 4661,
  size: { width: 1920, height: 1080 },
  audio: sound(2),
  reel: "R001",
  sources: by("media map"),
};
const without = (...keys: (keyof MediaFacts)[]): MediaFacts =>
  Object.fromEntries(Object.entries(facts).filter(([key]) => !keys.includes(key as keyof MediaFacts))) as unknown as MediaFacts;
const at = (num: number, den: number, dropFrame = false) => ({
  rate: frameRate(num, den),
  counting: countingOf(frameRate(num, den), dropFrame),
});

/** The cells of one asset, by column, as the reader sees them. */
const cellsOf = (media: MediaFacts | UnknownMedia) =>
  Object.fromEntries(readTable("m", mediaMapText([media], "csv"))[0]?.cells ?? []);

describe("a media map that is written", () => {
  it("is CSV as Excel reads it", () => {
    expect(mediaMapText([facts], "csv")).toBe(
      `\uFEFF${header}\r\na1,"/m/采访 1.mov",,25,01:00:00:00,00:03:06:11,1920,1080,,,2,R001,Interview\r\n`,
    );
    expect(mediaMapText([], "csv")).toBe(`\uFEFF${header}\r\n`);
  });

  it("is a JSON array with every key", () => {
    const text = mediaMapText([facts, { mediaId: "b1" }], "json");
    expect(Object.keys(JSON.parse(text)[0])).toEqual(header.split(","));
    expect(JSON.parse(text)).toEqual([
      expect.objectContaining({ media: "b1", name: null, rate: null }),
      expect.objectContaining({ media: "a1", rate: 25, width: 1920, audio: 2, name: "Interview", proxy: null, scan: null }),
    ]);
    expect(text.endsWith("]\n")).toBe(true);
  });

  it("has a row for media of which nothing is known", () => {
    const text = mediaMapText([{ mediaId: "b1" }, { mediaId: "c1", fileName: "c.mov" }], "csv");
    expect(text.split("\r\n").slice(1)).toEqual(["b1,,,,,,,,,,,,", "c1,,,,,,,,,,,,c.mov", ""]);
  });

  it("keeps what is known of media without a rate", () => {
    const known = {
      mediaId: "b1",
      fileName: "b.mov",
      original: "file:///m/b.mov",
      startTimecode: "10:00:00;02",
      duration: "10.01",
      size: { width: 1920, height: 1080 },
      scan: "upper" as const,
      pixelAspect: { num: 4, den: 3 },
      audio: sound(1, 1),
      reel: "R1",
      name: "Take",
    };
    expect(cellsOf(known)).toEqual({
      media: "b1",
      original: process.platform === "win32" ? "file:///m/b.mov" : "/m/b.mov",
      start_timecode: "10:00:00;02",
      duration: "10.01",
      width: "1920",
      height: "1080",
      scan: "upper",
      pixel_aspect: "1336/1002",
      audio: "1+1",
      reel: "R1",
      name: "Take",
    });
    expect(cellsOf({ mediaId: "c1", audio: "none" }).audio).toBe("none");
  });

  it("gives a name where there is one besides the file's", () => {
    expect(cellsOf({ ...facts, name: facts.fileName })).not.toHaveProperty("name");
    expect(cellsOf(facts).name).toBe("Interview");
  });

  it("gives a sample rate that is not the usual one", () => {
    expect(cellsOf({ ...facts, audio: { ...sound(2), sampleRate: 44100 } }).audio).toBe("2@44100");
    expect(cellsOf({ ...facts, audio: { ...sound(1, 1), sampleRate: 96000 } }).audio).toBe("1+1@96000");
  });

  it.each(["csv", "json"] as const)("keeps rows of another map as they are, in %s", (format) => {
    const kept = readTable("m", "media,rate,reel,name\nhttps://h/*,25,001,=x\nz1,29.97df,,\n");
    const read = readTable("m", mediaMapText([facts], format, kept)).map(({ cells }) => cells);
    expect(read.slice(1)).toEqual(kept.map(({ cells }) => cells));
  });

  it("is in the order of an export", () => {
    const named = (mediaId: string, fileName: string) => ({ ...facts, mediaId, fileName });
    const media = [named("9", "clip 10.mov"), { mediaId: "clip 3" }, named("2", "clip 2.mov"), named("1", "clip 10.mov")];
    for (const some of [media, [...media].reverse()]) {
      expect(readTable("m", mediaMapText(some, "csv")).map((row) => row.cells.get("media"))).toEqual(["2", "clip 3", "1", "9"]);
    }
  });

  it("leaves out what was only assumed, and where the service keeps the file", () => {
    const assumed = { ...without("duration", "size", "audio", "reel"), start: 0, sources: by("assumed") };
    expect(cellsOf(assumed)).toEqual({ media: "a1", rate: "25", name: "Interview" });
    const served = { ...facts, url: "https://h/a.mov", sources: by("service") };
    expect(cellsOf(served)).not.toHaveProperty("original");
    expect(cellsOf(served)).toMatchObject({ start_timecode: "01:00:00:00", audio: "2" });
  });

  it("says that there is no sound where that is known", () => {
    expect(cellsOf(without("audio")).audio).toBe("none");
  });

  it.each([
    ["whole", at(24, 1), "24"],
    ["whole, of media alone", at(15, 1), "15"],
    ["NTSC", at(24000, 1001), "24000/1001"],
    ["NTSC, not drop-frame", at(30000, 1001), "30000/1001"],
    ["drop-frame", at(30000, 1001, true), "29.97df"],
    ["fast drop-frame", at(60000, 1001, true), "59.94df"],
    ["a half, which is no day of the year", at(25, 2), "12500/1000"],
    ["odd", at(10, 3), "3340/1002"],
  ])("spells a rate that is %s", (_, rate, text) => {
    expect(cellsOf({ ...facts, ...rate }).rate).toBe(text);
  });

  it.each([
    ["a timecode", at(25, 1), 4661, "00:03:06:11"],
    ["a drop-frame timecode", at(30000, 1001, true), 1800, "00:01:00;02"],
    ["a timecode of three-digit frames", at(120, 1), 119, "00:00:00:119"],
    ["seconds from a day on", at(25, 1), 2_160_001, "86400.040000000"],
    ["seconds where a label has no room for the frame", at(2000, 1), 1999, "0.999500000"],
  ])("spells a length as %s", (_, rate, duration, text) => {
    expect(cellsOf({ ...facts, ...rate, duration }).duration).toBe(text);
  });

  it.each([
    ["file:///m/a%20%23%25%27b.mov", "/m/a #%'b.mov"],
    ["file:///C:/m/%E9%87%87.mov", "C:\\m\\采.mov"],
    ["file://server/share/a.mov", "\\\\server\\share\\a.mov"],
    ["file:///m/a%5Cb.mov", "/m/a\\b.mov"],
    ["file:///m/a%0A.mov", "file:///m/a%0A.mov"],
    ["file:///m/%E2%80%AEa.mov", "file:///m/%E2%80%AEa.mov"],
    ["file:///m/a%20", "file:///m/a%20"],
    ["file:///m/a%2Fb.mov", "file:///m/a%2Fb.mov"],
    ["file:///C%3A/m/a.mov", "file:///C%3A/m/a.mov"],
    ["file:///C:/m/a%5Cb.mov", "file:///C:/m/a%5Cb.mov"],
    ["file:///m/../a.mov", "file:///m/../a.mov"],
    ["https://h/a%20b.mov", "https://h/a%20b.mov"],
  ])("gives %s as %s", (url, original) => {
    // A path without a drive leads elsewhere on Windows: there the URL stays.
    const expected = process.platform === "win32" && original.startsWith("/") ? url : original;
    expect(cellsOf({ ...facts, url }).original).toBe(expected);
  });
});

describe("a cell", () => {
  it.each([
    ['=HYPERLINK("https://h")', '\'=HYPERLINK("https://h")'],
    ["+1 take", "'+1 take"],
    ["-take", "'-take"],
    ["@take", "'@take"],
    ["\ttake", "'\ttake"],
    ["\r=take", "'\r=take"],
    ["＝take", "'＝take"],
    ["'=take", "''=take"],
    ["001", "'001"],
    ["1-2", "'1-2"],
    ["12e5", "'12e5"],
    ["2026/11/22 10:30", "'2026/11/22 10:30"],
    ["'tis.mov", "'tis.mov"],
    ["'", "'"],
    ["A001", "A001"],
    ["12e5f", "12e5f"],
    ["1 take", "1 take"],
    ["take =1", "take =1"],
  ])("of %j is written as %j", (text, cell) => {
    expect(guardedCell(text)).toBe(cell);
    expect(unguardedCell(cell)).toBe(text);
  });

  const word = fc
    .array(fc.constantFrom("'", "=", "-", "@", "\t", " ", "1", "e", ".", "x", '"', ",", ";", "\n", "采"))
    .map((s) => s.join(""));

  it("of any text comes back, and never begins as a formula", () => {
    fc.assert(
      fc.property(fc.oneof(word, fc.string({ unit: "binary" })), (text) => {
        expect(unguardedCell(guardedCell(text))).toBe(text);
        expect(guardedCell(text)).not.toMatch(/^[\s=+\-@＝＋－＠]/);
      }),
      { numRuns: sweep(200, 2000) },
    );
  });

  it("of any name stands in the file as one cell that is no formula", () => {
    fc.assert(
      fc.property(word, word, (name, reel) => {
        const text = mediaMapText([{ ...facts, name, reel }], "csv");
        const cells = readTable("m", text)[0]?.cells;
        // A blank cell says nothing.
        expect([cells?.get("reel") ?? "", cells?.get("name") ?? ""]).toEqual([oneLine(reel), oneLine(name)]);
        const written: string[][] = parse(text, { bom: true });
        expect(written.flat().filter((cell) => /^[\s=+\-@＝＋－＠]/.test(cell))).toEqual([]);
      }),
      { numRuns: sweep(100, 1000) },
    );
  });
});

describe("reading a written media map", () => {
  const fileName = fc.constantFrom(
    "a.mov",
    "采访 #1 100%.mp4",
    "=cmd|'x'!A1.mov",
    "-x.mov",
    "'tis.mov",
    'a,b;"c".mov',
    "two\nlines.mov",
    "🎬\t.mov",
    "007",
    "e\u0301.mov",
  );
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const pixels = fc.integer({ min: 1, max: 99_999 });
  const seconds = fc.integer({ min: 1, max: 200_000_000 }).map((milliseconds) => String(milliseconds / 1000));
  const rate = fc.constantFrom(
    "23.976",
    "23.98",
    "24",
    "25",
    "29.97",
    "30000/1001",
    "50",
    "59.94",
    "15",
    "12.5",
    "10/3",
    "119.88",
    "14.99",
    "2000",
  );

  const info = fc.record({
    fileName: maybe(fileName),
    title: maybe(fileName),
    inputUrl: maybe(fileName.map((name) => `https://h/in/${encodeURIComponent(name)}`)),
    fps: maybe(rate),
    numFrames: maybe(fc.integer({ min: 1, max: 20_000_000 })),
    duration: maybe(seconds),
    size: maybe(fc.record({ width: pixels, height: pixels })),
    audio: maybe(
      fc
        .tuple(fc.array(fc.integer({ min: 1, max: 16 }), { maxLength: 3 }), fc.constantFrom(44100, 48000))
        .map(([streams, sampleRate]) => ({ ...sound(...streams), sampleRate })),
    ),
  });

  const clock = fc.constantFrom(
    { rate: "25", start_timecode: "19:05:12:03", duration: "00:10:00:24" },
    { rate: "29.97", start_timecode: "19:05:12;03", duration: "01:01:00;02" },
    { rate: "29.97df", duration: "61.5" },
    { rate: "29.97df", start_timecode: "01:00:00:00" },
    { rate: "59.94ndf", start_timecode: "10:00:00:59" },
    { rate: "23.976", start_timecode: "00:00:00:00", duration: "100000" },
    { rate: "10/3" },
    {},
  );
  const located = fc.constantFrom("/m/{}", "C:\\m\\{}", "\\\\server\\share\\{}", "https://h/m/{}", "file:///m/{}", "sub/{}");
  const row = fc
    .record({
      clock,
      original: maybe(
        fc
          .tuple(located, fileName)
          .map(([place, name]) => place.replace("{}", () => (place.includes("//") ? encodeURIComponent(name) : name))),
      ),
      size: maybe(fc.record({ width: pixels, height: pixels })),
      proxy: maybe(fc.constantFrom("/proxies/a.mov", "https://h/p/a.mp4")),
      scan: maybe(fc.constantFrom("progressive", "upper", "lower")),
      pixel_aspect: maybe(fc.constantFrom("1", "square", "16:11", "1.0667", "64/45")),
      audio: maybe(fc.constantFrom("2", "1+1", "5.1", "none", "mono", "2@44100", "1+1@96000")),
      reel: maybe(fileName),
      name: maybe(fileName),
    })
    .map(({ clock: times, size, ...rest }) => ({ ...times, ...size, ...rest }));

  const mediaId = fc.constantFrom(
    "=1+1",
    "-1",
    "12345678901234567890123456789012",
    "12e5",
    "001",
    "'x",
    "5d2c1a70",
    "@a",
    "采",
    "a b",
    "two\nlines",
    "\u0000\u202Ehidden\u001b[2J",
  );
  const asset = fc.record({ mediaId, info: maybe(info), row: maybe(row) });
  const library = fc.uniqueArray(asset, { selector: (each) => each.mediaId, minLength: 1, maxLength: 6 });
  type Asset = typeof asset extends fc.Arbitrary<infer T> ? T : never;

  const infoOf = ({ mediaId: id, info: some }: Asset): MediaInfo =>
    JSON.parse(JSON.stringify({ mediaId: id, place: "", ...some })) as MediaInfo;
  function recordOf(assets: readonly Asset[]): FaceRecord {
    const clips = [{ occurrences: [], place: "" }];
    const matches = assets.map((each) => ({ mediaId: each.mediaId, clips, duplicates: 0 }));
    const infos = assets.filter((each) => each.info !== undefined).map((each) => [each.mediaId, infoOf(each)] as const);
    return { matches, mediaInfos: new Map(infos), notes: [] };
  }

  async function gather(record: FaceRecord, file: string, text: string): Promise<GatheredFacts> {
    await writeFile(file, text);
    return gatherMediaFacts(record, await readMediaMap(file), {});
  }
  const withoutSources = ({ facts: known, withoutRate }: GatheredFacts) => ({
    withoutRate,
    facts: [...known.values()].map(({ sources: _, doubts: __, ...rest }) => rest),
  });

  it.each(["csv", "json"] as const)("gives the same facts with the same record, from %s", async (format) => {
    const folder = await folderOf({});
    await fc.assert(
      fc.asyncProperty(library, async (assets) => {
        const record = recordOf(assets);
        const rows = assets.flatMap((each) => (each.row === undefined ? [] : [{ media: each.mediaId, ...each.row }]));
        const first = await gather(record, join(folder, "first.json"), JSON.stringify(rows));
        const media = [...first.facts.values(), ...first.unknown];
        const again = await gather(record, join(folder, `again.${format}`), mediaMapText(media, format));
        expect(withoutSources(again)).toEqual(withoutSources(first));
      }),
      { numRuns: sweep(40, 300) },
    );
  });

  it("gives the same facts without the service, where the first map knew everything", async () => {
    const folder = await folderOf({});
    const whole = row.filter((each) => "start_timecode" in each && "duration" in each && each.original !== undefined);
    await fc.assert(
      fc.asyncProperty(mediaId, whole, async (id, cells) => {
        const record = recordOf([{ mediaId: id, info: undefined, row: undefined }]);
        const first = await gather(record, join(folder, "first.json"), JSON.stringify([{ media: id, ...cells }]));
        const again = await gather(record, join(folder, "again.csv"), mediaMapText([...first.facts.values()], "csv"));
        expect(withoutSources(again)).toEqual(withoutSources(first));
        expect(again.facts.get(id)?.sources).toMatchObject({ rate: "media map", start: "media map", url: "media map" });
      }),
      { numRuns: sweep(20, 100) },
    );
  });
});
