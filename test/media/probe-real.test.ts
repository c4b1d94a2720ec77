import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ProbedMedia, type ProbeResult, probeFiles } from "../../src/media/probe.js";
import { firstFrame, makeMedia, picture, type Recipe, tone, turnMovie } from "../support/make-media.js";
import { oracle, titled } from "../support/oracles.js";
import { timelineRates } from "../support/rates.js";

/** Files that ffmpeg makes: the facts are what it was told, or arithmetic on what ffprobe says. */
const ffmpeg = oracle("ffmpeg");

const mpeg4 = ["-c:v", "mpeg4"];
const fields = (first: "tff" | "bff") => ["-vf", `setfield=${first}`, "-flags", "+ildct+ilme", "-c:v"];
const starts = { none: undefined, evening: "19:05:12:03" };

interface Rated {
  readonly name: string;
  readonly num: number;
  readonly den: number;
  readonly start?: string;
}

const rated: Rated[] = timelineRates.flatMap(({ id, num, den, dropped }) =>
  Object.entries(starts).flatMap(([word, start]) => {
    if (start === undefined) return id.endsWith("ndf") ? [] : [{ name: `${id}-${word}.mov`, num, den }];
    return [{ name: `${id}-${word}.mov`, num, den, start: dropped > 0 ? start.replace(/:(\d\d)$/, ";$1") : start }];
  }),
);

const odd: string[] = [
  "采访 第1集.mp4",
  "🎬.mp4",
  "a#b.mp4",
  "100%25.mp4",
  `it's "x".mp4`,
  "two\nlines.mp4",
  "-v.mp4",
  "a:b?.mp4",
  "%03d.png",
];
const audioMaps = (n: number) => Array.from({ length: n }, (_, i) => ["-map", String(i + 1)]).flat();

const recipes: Recipe[] = [
  ...rated.map(({ name, num, den, start }) => ({
    name,
    args: [...picture(`${num}/${den}`), ...mpeg4, ...(start === undefined ? [] : ["-timecode", start])],
  })),
  { name: "tc.mxf", args: [...picture("25"), "-c:v", "mpeg2video", "-timecode", "19:05:12:03"] },
  { name: "tc.mkv", args: [...picture("30000/1001"), ...tone("mono", 2), ...mpeg4, "-timecode", "19:05:12;03"] },
  { name: "variable.mp4", args: [...picture("25", 2), "-vf", "select='not(mod(n,3))+lt(n,20)'", "-fps_mode", "vfr", ...mpeg4] },
  {
    name: "jitter.mkv",
    args: [...picture("25", 2), "-vf", "settb=1/1000,setpts=PTS+mod(N\\,3)*7", "-fps_mode", "vfr", ...mpeg4],
  },
  { name: "plain.mp4", args: [...picture("25"), ...mpeg4, "-g", "5"] },
  { name: "index-first.mp4", args: [...picture("25"), ...mpeg4, "-movflags", "+faststart"] },
  { name: "long.mp4", args: [...picture("25", 4), ...mpeg4, "-g", "50"] },
  { name: "upper.mxf", args: [...picture("25"), ...fields("tff"), "mpeg2video"] },
  { name: "lower.mxf", args: [...picture("25"), ...fields("bff"), "mpeg2video"] },
  { name: "upper.mov", args: [...picture("25"), ...fields("tff"), "prores_ks"] },
  { name: "lower.mov", args: [...picture("25"), ...fields("bff"), "prores_ks"] },
  { name: "wide.mov", args: [...picture("25"), "-vf", "setsar=16/11", ...mpeg4] },
  {
    name: "dual-mono.mov",
    args: [...picture("25"), ...tone(), ...tone(), "-map", "0", ...audioMaps(2), ...mpeg4, "-c:a", "pcm_s16le"],
  },
  { name: "surround.mov", args: [...picture("25"), ...tone("5.1"), ...mpeg4, "-c:a", "pcm_s16le"] },
  { name: "late.wav", args: [...tone("stereo"), "-metadata", "time_reference=172800000", "-write_bext", "1"] },
  { name: "still.png", args: [...picture("25"), "-frames:v", "1"] },
  { name: "still.jpg", args: [...picture("25"), "-frames:v", "1"] },
  { name: "whole.mkv", args: [...picture("25", 4), ...mpeg4] },
  { name: "whole.avi", args: [...picture("25", 4), ...mpeg4] },
  { name: "whole.mxf", args: [...picture("25", 4), "-c:v", "mpeg2video"] },
  {
    name: "silent.mov",
    args: [...picture("25", 4), ...tone("5.1", 4), ...mpeg4, "-c:a", "pcm_s16le", "-movflags", "+faststart"],
  },
  { name: "program.mpg", args: [...picture("50", 4), "-c:v", "mpeg2video"] },
  { name: "raw.m4v", args: [...picture("25"), ...mpeg4] },
];

describe.skipIf(ffmpeg === undefined)(titled("real media files", "ffmpeg"), () => {
  let folder: string;
  let results: ReadonlyMap<string, ProbeResult>;
  const at = (name: string) => join(folder, name);
  const raw = (name: string) =>
    JSON.parse(
      execFileSync("ffprobe", ["-v", "error", "-show_streams", "-show_format", "-of", "json", `file:${at(name)}`], {
        encoding: "utf8",
      }),
    );

  function factsOf(name: string): ProbedMedia {
    const result = results.get(at(name));
    if (result === undefined || "failure" in result) throw new Error(`${name}: ${result?.failure}`);
    return result.facts;
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "facecut-probe-"));
    await makeMedia(ffmpeg as string, folder, recipes);
    for (const turn of [90, 180, 270] as const) {
      copyFileSync(at("plain.mp4"), at(`turned-${turn}.mp4`));
      turnMovie(at(`turned-${turn}.mp4`), turn);
    }
    copyFileSync(at("wide.mov"), at("wide-turned.mov"));
    turnMovie(at("wide-turned.mov"), 90);
    await makeMedia(ffmpeg as string, folder, [
      { name: "edited.mp4", args: ["-ss", "0.52", "-i", at("long.mp4"), "-c", "copy"] },
    ]);
    for (const name of odd) copyFileSync(at(name.endsWith("png") ? "still.png" : "plain.mp4"), at(name));
    const plain = readFileSync(at("plain.mp4"));
    writeFileSync(at("cut-pictures.mp4"), plain.subarray(0, plain.indexOf("moov") / 2));
    writeFileSync(at("cut-index.mp4"), plain.subarray(0, plain.indexOf("moov") + 200));
    writeFileSync(at("cut-end.mp4"), readFileSync(at("index-first.mp4")).subarray(0, -1));
    for (const name of ["whole.mkv", "whole.avi", "whole.mxf"]) {
      const bytes = readFileSync(at(name));
      writeFileSync(at(name.replace("whole", "cut")), bytes.subarray(0, bytes.length * 0.6));
    }
    const given = readFileSync(at("silent.mov"));
    writeFileSync(at("unfinished.mov"), given.fill(0, given.length / 2));
    writeFileSync(at("cut-still.png"), readFileSync(at("still.png")).subarray(0, 20));
    for (const [name, text] of Object.entries({ "empty.mov": "", "text.mov": "hello", "text.txt": "hello\n".repeat(99) })) {
      writeFileSync(at(name), text);
    }
    writeFileSync(at("list.m3u8"), "#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n");
    const names = [...recipes.map(({ name }) => name), ...odd, "edited.mp4", "wide-turned.mov", "missing.mov", "."];
    const turned = [90, 180, 270].map((turn) => `turned-${turn}.mp4`);
    const bad = [
      "cut-pictures.mp4",
      "cut-index.mp4",
      "cut-end.mp4",
      "cut.mkv",
      "cut.avi",
      "cut.mxf",
      "unfinished.mov",
      "cut-still.png",
      "empty.mov",
      "text.mov",
      "text.txt",
      "list.m3u8",
    ];
    results = (await probeFiles([...names, ...turned, ...bad].map(at), {})) as ReadonlyMap<string, ProbeResult>;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(rated)("$name", ({ name, num, den, start }) => {
    const { rate, startTimecode, duration, variableRate } = factsOf(name);
    expect({ num: rate?.num, den: rate?.den, variableRate }).toEqual({ num, den, variableRate: false });
    expect(startTimecode).toBe(start);
    // One second of pictures, the last one begun before it ends.
    expect(duration).toBe(Math.ceil(num / den));
    expect(duration).toBe(Number(raw(name).streams[0].nb_frames));
  });

  test("timecode of an MXF file, and of a Matroska file whose sound is longer", () => {
    expect(factsOf("tc.mxf")).toMatchObject({ startTimecode: "19:05:12:03", duration: 25 });
    expect(factsOf("tc.mkv")).toMatchObject({ startTimecode: "19:05:12;03", duration: 30, variableRate: false });
  });

  test("a variable rate", () => {
    const { r_frame_rate, avg_frame_rate, duration } = raw("variable.mp4").streams[0];
    expect(r_frame_rate).not.toBe(avg_frame_rate);
    expect(factsOf("variable.mp4")).toMatchObject({ variableRate: true, rate: { num: 25, den: 1 } });
    expect(factsOf("variable.mp4").duration).toBe(Math.round(Number(duration) * 25));
  });

  test("frames a little off the grid are even", () => {
    expect(factsOf("jitter.mkv")).toMatchObject({ variableRate: false, rate: { num: 25, den: 1 }, duration: 50 });
  });

  test("frames that an edit list hides do not count", () => {
    const { nb_frames, duration } = raw("edited.mp4").streams[0];
    expect(Number(nb_frames)).toBe(100);
    expect(factsOf("edited.mp4").duration).toBe(Math.round(Number(duration) * 25));
    expect(factsOf("edited.mp4").duration).toBe(87);
  });

  test("a raw stream without a length has its frames counted", () => {
    expect(factsOf("raw.m4v")).toMatchObject({ kind: "video", duration: 25, rate: { num: 25, den: 1 } });
  });

  test("a program stream has its frames counted, of which its times miss some", () => {
    expect(Number(raw("program.mpg").streams[0].duration) * 50).toBeLessThan(200);
    expect(factsOf("program.mpg")).toMatchObject({ duration: 200, rate: { num: 50, den: 1 }, variableRate: false });
  });

  test.each(["whole.mkv", "whole.avi", "whole.mxf", "silent.mov"])("%s is whole", (name) => {
    expect(factsOf(name)).toMatchObject({ duration: 100, variableRate: false });
  });

  test("a movie with its index first is whole", () => {
    expect(factsOf("index-first.mp4")).toEqual(factsOf("plain.mp4"));
  });

  test.each([90, 180, 270] as const)("turned by %i degrees, as ffmpeg shows it", async (turn) => {
    const path = at(`turned-${turn}.mp4`);
    const { rotation, size } = factsOf(`turned-${turn}.mp4`);
    expect({ rotation, size }).toEqual({
      rotation: turn,
      size: turn === 180 ? { width: 64, height: 36 } : { width: 36, height: 64 },
    });
    const [shown, stored] = [await firstFrame(ffmpeg as string, path, true), await firstFrame(ffmpeg as string, path, false)];
    expect(shown.equals(clockwise(stored, 64, 36, turn))).toBe(true);
    expect(shown.equals(stored)).toBe(false);
  });

  test.each([
    ["upper.mxf", "upper"],
    ["lower.mxf", "lower"],
    ["upper.mov", "upper"],
    ["lower.mov", "lower"],
    ["tc.mxf", "progressive"],
  ])("%s is %s", (name, scan) => {
    expect(factsOf(name)).toMatchObject({ scan, rate: { num: 25, den: 1 } });
    const frame = ["-v", "error", "-select_streams", "v:0", "-read_intervals", "%+#1", "-show_entries"];
    const entries = "frame=interlaced_frame,top_field_first";
    const said = execFileSync("ffprobe", [...frame, entries, "-of", "csv=p=0", at(name)], { encoding: "utf8" });
    expect(said.trim().split("\n")[0]).toMatch({ upper: /^1,1/, lower: /^1,0/, progressive: /^0,/ }[scan] as RegExp);
  });

  test("pixels that are not square, and how they lie in a turned picture", () => {
    expect(factsOf("wide.mov").pixelAspect).toEqual({ num: 16, den: 11 });
    expect(factsOf("wide-turned.mov")).toMatchObject({ pixelAspect: { num: 11, den: 16 }, size: { width: 36, height: 64 } });
    expect(factsOf("plain.mp4").pixelAspect).toEqual({ num: 1, den: 1 });
  });

  test.each([
    ["dual-mono.mov", { channels: 2, sampleRate: 48000, streams: [1, 1] }],
    ["surround.mov", { channels: 6, sampleRate: 48000, streams: [6] }],
    ["plain.mp4", undefined],
  ])("sound of %s", (name, audio) => {
    expect(factsOf(name).audio).toEqual(audio);
  });

  test("sound alone", () => {
    const audio = { channels: 2, sampleRate: 48000, streams: [2] };
    const expected = { kind: "audio", variableRate: false, rotation: 0, timeReference: 172_800_000, seconds: "1.000000", audio };
    expect(factsOf("late.wav")).toEqual(expected);
  });

  test.each(["still.png", "still.jpg"])("%s is a still", (name) => {
    expect(factsOf(name)).toMatchObject({ kind: "still", variableRate: false, rotation: 0, size: { width: 64, height: 36 } });
  });

  test.each(odd)("the name %j", (name) => {
    expect(factsOf(name)).toEqual(factsOf(name.endsWith("png") ? "still.png" : "plain.mp4"));
  });

  test.each([
    ["empty.mov", /^it is empty$/],
    ["cut-pictures.mp4", /^it is cut off, .*: moov atom not found$/],
    ["cut-index.mp4", /cut off or broken$/],
    ["cut-end.mp4", /^it is cut off: its media data/],
    ["cut.mkv", /^it is cut off: its media data/],
    ["cut.mxf", /^it is cut off: its media data/],
    ["cut.avi", /^it is cut off: \d\d of its \d+ pictures are there/],
    ["unfinished.mov", /^it is cut off: its end is not written yet/],
    ["cut-still.png", /cut off or broken$/],
    ["text.mov", /no media file/],
    ["text.txt", /no media file|it is text/],
    ["list.m3u8", /no media file|cannot read/],
    ["missing.mov", /^it does not exist$/],
    [".", /^it is a folder, not a file$/],
  ])("%s has no facts", (name, failure) => {
    expect(results.get(at(name))).toEqual({ failure: expect.stringMatching(failure) });
  });
});

/** A picture of one byte a pixel, turned. */
function clockwise(pixels: Buffer, width: number, height: number, turn: number): Buffer {
  if (turn === 0) return pixels;
  const turned = Buffer.alloc(pixels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) turned[x * height + (height - 1 - y)] = pixels[y * width + x] as number;
  }
  return clockwise(turned, height, width, turn - 90);
}
