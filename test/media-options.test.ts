import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { facecut, filesIn, sample, temporaryFolder } from "./support/cli.js";

const one = sample("one-face-25");
const media = sample("media");
const names = ["interview-a.mp4", "street-b.mov", "night-c.mp4"];

/** What ffprobe would say of the sample's media: enough of it. */
const reply = {
  streams: [
    {
      index: 0,
      codec_type: "video",
      codec_name: "h264",
      width: 320,
      height: 180,
      r_frame_rate: "25/1",
      avg_frame_rate: "25/1",
      nb_frames: "250",
      duration: "10.0",
      field_order: "tt",
      sample_aspect_ratio: "16:11",
      tags: { timecode: "19:05:12:03" },
    },
  ],
  format: { format_name: "matroska,webm" },
};

/** Makes this all the programs there are: no ffprobe, or one of our own. */
function programs(ffprobe?: string): void {
  const folder = temporaryFolder();
  if (ffprobe !== undefined) writeFileSync(join(folder, "ffprobe"), `#!/bin/sh\n${ffprobe}\n`, { mode: 0o755 });
  vi.stubEnv("PATH", folder);
}

const saying = (said: object) => `printf '%s' '${JSON.stringify(said)}'`;

beforeEach(() => {
  vi.stubEnv("XDG_CACHE_HOME", temporaryFolder());
});

async function exported(...options: readonly string[]) {
  const out = temporaryFolder();
  const run = await facecut("export", one, "-o", out, ...options);
  return { ...run, files: filesIn(out) };
}

describe("--media-dir", () => {
  it("points every format at the files and takes their facts", async () => {
    programs(saying(reply));
    const { status, err, files } = await exported("--media-dir", media);
    expect([status, err]).toEqual([0, expect.not.stringContaining("assumed")]);
    const report = JSON.parse(files["Ada Example.report.json"] as string);
    expect(report.media).toHaveLength(3);
    for (const each of report.media) {
      expect(each).toMatchObject({ start_timecode: "19:05:12:03", scan: "upper", pixel_aspect: "16:11", audio: "none" });
      expect(each.url).toBe(`file://${join(media, each.file)}`);
    }
    for (const [name, text] of Object.entries(files).filter(([name]) => !/edl$/.test(name))) {
      expect([name, text.includes(join(media, "interview-a.mp4"))]).toEqual([name, true]);
    }
  });

  it("may be given twice, and reports a folder that is not there", async () => {
    programs(saying(reply));
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    copyFileSync(join(media, names[0] as string), join(first, names[0] as string));
    for (const name of names.slice(1)) copyFileSync(join(media, name), join(second, name));
    const { err } = await exported("--media-dir", first, "--media-dir", second);
    expect(err).toContain("facecut: found 3 of 3 media files, asked ffprobe about 3");
    const missing = await exported("--media-dir", join(first, "nowhere"));
    expect([missing.status, missing.err]).toEqual([
      3,
      expect.stringMatching(/does not exist \[no-input\]\n {2}where: --media-dir/),
    ]);
  });

  it("refuses two files of one name with both paths, and writes nothing", async () => {
    programs(saying(reply));
    const folder = temporaryFolder();
    for (const card of ["a", "b"]) {
      mkdirSync(join(folder, card));
      copyFileSync(join(media, "interview-a.mp4"), join(folder, card, "interview-a.mp4"));
    }
    const { status, err, files } = await exported("--media-dir", folder);
    expect([status, files]).toEqual([3, {}]);
    expect(err).toContain(`${folder}/a/interview-a.mp4, ${folder}/b/interview-a.mp4`);
  });

  it("goes on without ffprobe, and says what is not known", async () => {
    programs();
    const { status, err } = await exported("--media-dir", media);
    expect(status).toBe(0);
    expect(err).toContain("There is no ffprobe: what 3 media files say of themselves is not known [no-ffprobe]");
  });

  it("asks ffprobe about a file once, also in the next run, unless there is --no-cache", async () => {
    const log = join(temporaryFolder(), "log");
    programs(`echo asked >> ${log}\n${saying(reply)}`);
    const times = () => (existsSync(log) ? readFileSync(log, "utf8").split("\n").length - 1 : 0);
    await exported("--media-dir", media);
    expect(times()).toBe(3);
    await exported("--media-dir", media);
    expect(times()).toBe(3);
    await exported("--media-dir", media, "--no-cache");
    expect(times()).toBe(6);
  });
});

describe("a complete media map", () => {
  const map = join(media, "media-map.csv");

  it("gives the same timelines with and without ffprobe, which is not asked", async () => {
    programs("exit 9");
    const withProbe = await exported("--media-map", map, "--strict-media");
    programs();
    const without = await exported("--media-map", map, "--strict-media");
    expect([withProbe.status, withProbe.err.includes("warning")]).toEqual([0, false]);
    expect(without).toEqual({ ...withProbe, out: expect.any(String), err: expect.any(String) });
  });
});

describe("--strict-media", () => {
  it("refuses what is missing or assumed, and writes nothing", async () => {
    programs();
    const { status, err, files } = await exported("--strict-media");
    expect([status, files]).toEqual([3, {}]);
    expect(err).toMatch(/\(unresolved-media, assumed-start\); no timelines were written \[strict-media\]/);
  });
});

describe("--vfr", () => {
  const [stream] = reply.streams;
  const uneven = { ...reply, streams: [{ ...stream, r_frame_rate: "30/1", avg_frame_rate: "2867/100" }] };

  it("leaves media of variable rate out by default; when there are no others, nothing is written", async () => {
    programs(saying(uneven));
    const { status, err, files } = await exported("--media-dir", media);
    expect([status, files]).toEqual([3, {}]);
    expect(err).toContain("All of the 3 media with the face have a variable frame rate [no-rate]");
  });

  it("constant takes them at their nominal rate", async () => {
    programs(saying(uneven));
    const { status, err, files } = await exported("--media-dir", media, "--vfr", "constant");
    expect([status, JSON.parse(files["Ada Example.report.json"] as string).timelines[0].rate]).toEqual([0, "30"]);
    expect(err).toContain("[variable-rate]");
  });

  it("is one of two words", async () => {
    const { status, err } = await exported("--vfr", "constnat");
    expect([status, err]).toEqual([2, expect.stringContaining("Did you mean constant?")]);
  });
});

describe("--write-media-map", () => {
  const target = (name: string) => join(temporaryFolder(), name);

  it.each(["csv", "json"])("writes what is known as %s, and reading it gives the same timelines", async (format) => {
    programs(saying(reply));
    const file = target(`map.${format}`);
    const first = await exported("--media-dir", media, "--write-media-map", file);
    expect(first.err).toContain(`wrote the media map ${file}: 3 rows`);
    programs();
    const again = await exported("--media-map", file, "--strict-media");
    expect(again.status).toBe(0);
    for (const name of ["otio", "fcpxml", "edl", "xml"].map((extension) => `Ada Example.${extension}`)) {
      expect(again.files[name]).toBe(first.files[name]);
    }
  });

  it("writes a map to complete also when no rate is known", async () => {
    const record = temporaryFolder();
    const clips = join(record, "SearchMediaClipByFace", "m1");
    mkdirSync(clips, { recursive: true });
    const page = { Success: "true", Total: 1, MediaClipList: [{ OccurrencesInfos: [{ StartTime: 0, EndTime: 1 }] }] };
    writeFileSync(join(clips, "page-0001.json"), JSON.stringify(page));
    const file = target("map.csv");
    const run = await facecut("export", record, "-o", temporaryFolder(), "--write-media-map", file);
    expect([run.status, run.err]).toEqual([3, expect.stringContaining("[no-rate]")]);
    expect(readFileSync(file, "utf8")).toMatch(/^\uFEFFmedia,original.*\r\nm1,,/);
  });

  it("keeps a map that is there, and makes none in a dry run", async () => {
    const file = target("map.csv");
    await exported("--write-media-map", file, "--dry-run");
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, "mine");
    const { status, err } = await exported("--write-media-map", file);
    expect([status, err, readFileSync(file, "utf8")]).toEqual([2, expect.stringContaining("[output-exists]"), "mine"]);
    expect((await exported("--write-media-map", file, "--force")).status).toBe(0);
    expect((await exported("--write-media-map", "map.xlsx")).status).toBe(2);
  });
});
