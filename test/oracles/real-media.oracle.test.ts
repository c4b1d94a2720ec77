import { randomUUID } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { facecut } from "../support/cli.js";
import { decimalOf, exact, frameOfLabel } from "../support/exact-time.js";
import { makeMedia, picture, type Recipe, tone, turnMovie } from "../support/make-media.js";
import { rawProbe, secret, writeHits } from "../support/media-hits.js";
import { oracle, titled } from "../support/oracles.js";
import { timelineRates } from "../support/rates.js";
import {
  edlLabels,
  expectedInFcp7,
  expectedInFcpxml,
  expectedInOtio,
  fcp7Media,
  fcpxmlMedia,
  otioMedia,
  type RawFacts,
  rawFacts,
} from "./media-readings.js";

/**
 * Real files, found by the URL a search gives and asked what they are: all four formats must say of each what
 * ffprobe's raw answer means by the test's own arithmetic.
 */
const ffmpeg = oracle("ffmpeg");

const mpeg4 = ["-c:v", "mpeg4"];
const pcm = ["-c:a", "pcm_s16le"];
const fields = (first: "tff" | "bff") => ["-vf", `setfield=${first}`, "-flags", "+ildct+ilme"];
const sized = (size: string, pixels: string) => ["-vf", `scale=${size.replace("x", ":")},setsar=${pixels}`];
const tracks = (n: number) => Array.from({ length: n + 1 }, (_, i) => ["-map", String(i)]).flat();
const evening = (dropped: number) => `19:05:12${dropped > 0 ? ";" : ":"}03`;

/** Of every rate: with a timecode track and without. */
const rated = timelineRates.flatMap(({ id, num, den, dropped }) => {
  const args = [...picture(`${num}/${den}`), ...tone("stereo"), ...mpeg4, "-c:a", "aac"];
  const withTimecode = { id, name: `evening ${id}.mov`, args: [...args, "-timecode", evening(dropped)] };
  return dropped > 0 ? [withTimecode] : [withTimecode, { id, name: `no timecode ${id}.mp4`, args }];
});

const special: Recipe[] = [
  { name: "mute.mp4", args: [...picture("25"), ...mpeg4] },
  { name: "dual mono.mov", args: [...picture("25"), ...tone(), ...tone(), ...tracks(2), ...mpeg4, ...pcm] },
  { name: "surround.mov", args: [...picture("25"), ...tone("5.1"), ...mpeg4, ...pcm] },
  { name: "stereo and 5.1.mov", args: [...picture("25"), ...tone("stereo"), ...tone("5.1"), ...tracks(2), ...mpeg4, ...pcm] },
  { name: "44100.mov", args: [...picture("25"), ...tone(), ...mpeg4, ...pcm, "-ar", "44100"] },
  { name: "upper.mov", args: [...picture("25"), ...fields("tff"), "-c:v", "prores_ks"] },
  { name: "lower.mov", args: [...picture("25"), ...fields("bff"), "-c:v", "prores_ks"] },
  { name: "upper.mp4", args: [...picture("25"), ...fields("tff"), "-c:v", "libx264", "-pix_fmt", "yuv420p"] },
  { name: "upper.mxf", args: [...picture("25"), ...fields("tff"), "-c:v", "mpeg2video", "-timecode", "10:00:00:00"] },
  { name: "pal.mov", args: [...picture("25"), ...sized("720x576", "16/15"), ...mpeg4] },
  { name: "pal wide.mov", args: [...picture("25"), ...sized("720x576", "64/45"), ...mpeg4] },
  { name: "hdv.mov", args: [...picture("25"), ...sized("1440x1080", "4/3"), ...mpeg4] },
  {
    name: "broadcast.mxf",
    args: [...picture("25"), ...tone(), ...tone(), ...tracks(2), "-c:v", "mpeg2video", "-timecode", "19:05:12:03"],
  },
];

const oddNames = [
  "采访 第1集.mp4",
  "🎬.mp4",
  "a#b.mp4",
  "100%25.mp4",
  `it's "x" & (y).mp4`,
  "two\nlines.mp4",
  "a:b.mp4",
  "e\u0301.mp4",
];

/** What makes no clips, and the word for why. */
const useless: Readonly<Record<string, string>> = {
  "variable.mp4": "variable_rate",
  "still.png": "still_image",
  "empty.mov": "no_rate",
  "cut off.mp4": "no_rate",
  "sound.wav": "no_rate",
};
const uselessRecipes: Recipe[] = [
  { name: "variable.mp4", args: [...picture("25", 2), "-vf", "select='not(mod(n,3))+lt(n,20)'", "-fps_mode", "vfr", ...mpeg4] },
  { name: "still.png", args: [...picture("25"), "-frames:v", "1"] },
  { name: "sound.wav", args: tone("stereo") },
];

const in25 = [...special.map(({ name }) => name), "turned.mp4", ...oddNames];
const namesAt = (id: string) => [...rated.filter((one) => one.id === id).map(({ name }) => name), ...(id === "25" ? in25 : [])];
const firstShown = 5;

describe.skipIf(ffmpeg === undefined)(titled("real media files in a timeline", "ffmpeg"), () => {
  const folder = join(realpathSync(tmpdir()), `facecut-real-media-${randomUUID()}`);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const mediaDir = join(folder, "media");
  const pathOf = (name: string) => join(mediaDir, name);
  const facts = new Map<string, RawFacts>();
  const said = new Map<string, string>();

  beforeAll(async () => {
    mkdirSync(mediaDir, { recursive: true });
    await makeMedia(ffmpeg as string, mediaDir, [...rated, ...special, ...uselessRecipes]);
    for (const name of ["turned.mp4", ...oddNames]) copyFileSync(pathOf("mute.mp4"), pathOf(name));
    turnMovie(pathOf("turned.mp4"), 90);
    writeFileSync(pathOf("empty.mov"), "");
    const whole = readFileSync(pathOf("mute.mp4"));
    writeFileSync(pathOf("cut off.mp4"), whole.subarray(0, whole.length / 2));
    for (const { id } of timelineRates) {
      for (const name of namesAt(id)) facts.set(name, rawFacts(rawProbe(pathOf(name))));
      await exportAt(id);
    }
  }, 300_000);

  /** One search that found all files of a rate, cut at that rate; at 25 also those that make no clips. */
  async function exportAt(id: string): Promise<void> {
    const hits = join(folder, `hits ${id}`);
    const found = namesAt(id).map((fileName) => {
      const rate = exact(facts.get(fileName)?.rate as string);
      const edge = (frame: number) => decimalOf(frame, rate);
      return { fileName, occurrences: [{ from: edge(firstShown), to: edge(15), points: [edge(8)] }] };
    });
    const instant = [{ from: "0.2", to: "0.6", points: [] }];
    const without = id === "25" ? Object.keys(useless).map((fileName) => ({ fileName, occurrences: instant })) : [];
    writeHits(hits, [...without, ...found]);
    const where = ["--media-dir", mediaDir, "--no-cache", "-o", join(folder, id), "--name", "cut"];
    const { status, err } = await facecut("export", hits, ...where, "--rate", id);
    if (status !== 0) throw new Error(`${id}: export ended with ${status}: ${err}`);
    said.set(id, err);
  }

  const text = (id: string, extension: string) => readFileSync(join(folder, id, `cut.${extension}`), "utf8");
  const expected = <T>(id: string, of: (facts: RawFacts) => T) =>
    Object.fromEntries(namesAt(id).map((name) => [pathOf(name), of(facts.get(name) as RawFacts)]));

  describe.each(timelineRates)("files of $id", ({ id }) => {
    test("the recipes made what they are named for", () => {
      const { num, den, dropped } = timelineRates.find((rate) => rate.id === id) as (typeof timelineRates)[number];
      const { rate, label, frames } = facts.get(`evening ${id}.mov`) as RawFacts;
      expect({ rate, label, frames }).toEqual({
        rate: den === 1 ? `${num}` : `${num}/${den}`,
        label: evening(dropped),
        frames: Math.ceil(num / den),
      });
    });

    test("otio", () => {
      expect(Object.fromEntries(otioMedia(join(folder, id, "cut.otio")))).toEqual(expected(id, expectedInOtio));
    });

    test("fcpxml", () => {
      expect(Object.fromEntries(fcpxmlMedia(join(folder, id, "cut.fcpxml")))).toEqual(expected(id, expectedInFcpxml));
    });

    test("xml", () => {
      expect(Object.fromEntries(fcp7Media(join(folder, id, "cut.xml")))).toEqual(expected(id, expectedInFcp7));
    });

    test("edl", () => {
      const labels = edlLabels(join(folder, id, "cut.edl"));
      const frames = namesAt(id).map((name) => {
        const { rate, start } = facts.get(name) as RawFacts;
        const label = labels.get(name.replace("\n", " "));
        return label === undefined ? name : Number(frameOfLabel(label, exact(rate))) - start;
      });
      expect(frames).toEqual(namesAt(id).map(() => firstShown));
      expect(labels.size).toBe(namesAt(id).length);
    });

    test("no file holds a signed query", () => {
      const texts = ["otio", "fcpxml", "xml", "edl", "report.json"].map((extension) => text(id, extension));
      expect(texts.filter((one) => one.includes(secret) || one === "")).toEqual([]);
      expect(said.get(id)).not.toContain(secret);
    });
  });

  test("what makes no clips is listed, said and does not stop the others", () => {
    const { media_left_out: listed, media } = JSON.parse(text("25", "report.json"));
    const ids = Object.keys(useless);
    const listedNames = Object.entries(listed as Record<string, string[]>).flatMap(([why, left]) =>
      left.map((mediaId) => [ids[Number(mediaId.slice(1))], why]),
    );
    expect(Object.fromEntries(listedNames)).toEqual(useless);
    expect(media.length).toBe(namesAt("25").length);
    const lines = (said.get("25") as string).split("\n").filter((line) => /left out/.test(line));
    expect(lines).toEqual([
      expect.stringMatching(/3 occurrences of 3 media left out, because their files cannot be read: empty.mov \(it is empty\)/),
      expect.stringMatching(/1 occurrence of 1 media left out, because their frame rate is variable/),
      expect.stringMatching(/1 occurrence of 1 media left out, because they are still images/),
    ]);
  });

  test("what makes no clips is named by its file", () => {
    const unnamed = Object.keys(useless).filter((name) => !said.get("25")?.includes(name));
    expect(unnamed).toEqual([]);
  });

  test("a question mark in a name is not where the URL's query begins", async () => {
    const fileName = "who?.mp4";
    copyFileSync(pathOf("mute.mp4"), pathOf(fileName));
    const [hits, out] = [join(folder, "hits who"), join(folder, "who")];
    writeHits(hits, [{ fileName, occurrences: [{ from: "0.2", to: "0.6", points: [] }] }]);
    const { status } = await facecut("export", hits, "--media-dir", mediaDir, "--no-cache", "-o", out, "--name", "cut");
    expect(status).toBe(0);
    expect([...otioMedia(join(out, "cut.otio")).keys()]).toEqual([pathOf(fileName)]);
  });
});
