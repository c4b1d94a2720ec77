import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
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

  it("takes an ffprobe that cannot run for none, and says so once", async () => {
    programs("echo 'ffprobe: error while loading shared libraries: libx.so' >&2; exit 127");
    const { err } = await exported("--media-dir", media);
    expect(err.match(/\[no-ffprobe\]/g)).toHaveLength(1);
    expect(err).not.toContain("[unreadable-file]");
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

describe("facts that are missing or cannot be", () => {
  const [stream] = reply.streams;
  const inTimecode = (timecode: string) => saying({ ...reply, streams: [{ ...stream, tags: { timecode } }] });

  it("a timecode that does not exist is told, and refused by --strict-media", async () => {
    programs(inTimecode("10:00:00;00"));
    const { status, err } = await exported("--media-dir", media, "--strict-media");
    expect(status).toBe(3);
    expect(err).toContain("interview-a.mp4 carries timecode 10:00:00;00, which does not exist at 25");
    expect(err).toMatch(/\((\S+, )*unusable-timecode(, \S+)*\); no timelines were written/);
  });

  it("an original and a proxy that are missing are both told", async () => {
    programs();
    const folder = temporaryFolder();
    writeFileSync(join(folder, "map.csv"), "media,original,proxy,rate\ninterview-a.mp4,gone-o.mov,gone-p.mov,25\n");
    const { err } = await exported("--media-map", join(folder, "map.csv"), "--use", "proxy");
    expect(err).toContain(`whose file is not there: ${join(folder, "gone-o.mov")}; ${join(folder, "gone-p.mov")} [missing-file]`);
  });

  it("a path of another system is told, and refused by --strict-media", async () => {
    programs();
    const map = join(temporaryFolder(), "map.csv");
    const whole = names.map((name) => `${name},X:\\m\\${name},25,00:00:00:00,10,320,180,none`);
    writeFileSync(map, `media,original,rate,start_timecode,duration,width,height,audio\n${whole.join("\n")}\n`);
    const plain = await exported("--media-map", map);
    expect([plain.status, plain.err]).toEqual([0, expect.stringContaining("[unseen-file]")]);
    const { status, err } = await exported("--media-map", map, "--strict-media");
    expect([status, err]).toEqual([3, expect.stringContaining("(unseen-file)")]);
  });
});

describe("media that are left out", () => {
  const recordOf = (...ids: readonly string[]) => {
    const record = temporaryFolder();
    for (const id of ids) {
      const clips = join(record, "SearchMediaClipByFace", id);
      mkdirSync(clips, { recursive: true });
      const page = { Success: "true", Total: 1, MediaClipList: [{ OccurrencesInfos: [{ StartTime: 0, EndTime: 1 }] }] };
      writeFileSync(join(clips, "page-0001.json"), JSON.stringify(page));
    }
    return record;
  };
  const tried = async (ids: readonly string[], ...options: readonly string[]) =>
    await facecut("export", recordOf(...ids), "-o", temporaryFolder(), ...options);
  const folderOf = (...files: readonly string[]) => {
    const folder = temporaryFolder();
    for (const name of files) writeFileSync(join(folder, name), "x");
    return folder;
  };

  it("are named with what is odd about their files", async () => {
    programs("echo broken >&2; exit 1");
    const folder = folderOf("a.mov", "b.mkv");
    const map = join(folder, "map.csv");
    writeFileSync(map, "media,original,rate\na1,a.mov,\nb1,b.mov,\nc1,gone.mov,\nd1,,25\n");
    const { err } = await tried(["a1", "b1", "c1", "d1"], "--media-map", map, "--media-dir", folder);
    expect(err).toContain("their files cannot be read: a.mov (ffprobe cannot read it: broken), b.mkv (");
    expect(err).toContain("(found in the place of b.mov; ffprobe cannot read it: broken)");
    expect(err).toContain(`their frame rate is not known: gone.mov (not there: ${join(folder, "gone.mov")})`);
  });

  it.each([
    [1, "The only video with the face has a variable frame rate"],
    [2, "All of the 2 videos with the face have a variable frame rate"],
  ])("all %i for their variable rate", async (number, what) => {
    const [stream] = reply.streams;
    programs(saying({ ...reply, streams: [{ ...stream, r_frame_rate: "30/1", avg_frame_rate: "2867/100" }] }));
    const ids = ["a.mov", "b.mov"].slice(0, number);
    const { status, err } = await tried(ids, "--media-dir", folderOf(...ids));
    expect([status, err]).toEqual([3, expect.stringContaining(`${what} [no-rate]`)]);
  });

  it("all for being stills", async () => {
    programs(saying({ ...reply, format: { format_name: "png_pipe" } }));
    const { status, err } = await tried(["a.png"], "--media-dir", folderOf("a.png"));
    expect(status).toBe(6);
    expect(err).toContain("in still images only, which make no clips; no files were written [nothing-found]");
  });
});

describe("--vfr", () => {
  const [stream] = reply.streams;
  const uneven = { ...reply, streams: [{ ...stream, r_frame_rate: "30/1", avg_frame_rate: "2867/100" }] };

  it("leaves media of variable rate out by default; when there are no others, nothing is written", async () => {
    programs(saying(uneven));
    const { status, err, files } = await exported("--media-dir", media);
    expect([status, files]).toEqual([3, {}]);
    expect(err).toContain("All of the 3 videos with the face have a variable frame rate [no-rate]");
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

  it("comes before the refusal of names that several files have", async () => {
    programs(saying(reply));
    const folder = temporaryFolder();
    for (const path of ["a/interview-a.mp4", "b/interview-a.mp4", "street-b.mov", "night-c.mp4"]) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), "x");
    }
    const file = target("map.csv");
    const { status, err } = await exported("--media-dir", folder, "--write-media-map", file);
    expect([status, err]).toEqual([3, expect.stringContaining("[ambiguous-media]")]);
    const rows = readFileSync(file, "utf8").split("\r\n").slice(1, -1);
    expect(rows.map((row) => row.split(",")[1])).toEqual(["", join(folder, "night-c.mp4"), join(folder, "street-b.mov")]);
  });

  it("over the map in use keeps the rows that are for other media, and for many", async () => {
    programs(saying(reply));
    const file = target("map.csv");
    writeFileSync(file, "media,rate,reel\ninterview-a.mp4,25,R1\nelsewhere,24,007\nhttps://h/*,,R9\n");
    const { status, err } = await exported("--media-map", file, "--write-media-map", file, "--force");
    expect([status, err]).toEqual([0, expect.stringContaining("5 rows")]);
    const rows = readFileSync(file, "utf8").split("\r\n").slice(1, -1);
    expect(rows).toHaveLength(5);
    expect(rows.slice(3)).toEqual(["elsewhere,,,24,,,,,,,,'007,", "https://h/*,,,,,,,,,,,R9,"]);
    expect(rows[0]).toMatch(/^[^,]+,.*,R1,interview-a\.mp4$/);
  });

  it("keeps out of the record, and of the way of the timelines", async () => {
    const out = temporaryFolder();
    const record = temporaryFolder();
    cpSync(one, record, { recursive: true });
    for (const [file, what] of [
      [join(record, "sub", "map.json"), "lies in the record folder"],
      [join(out, "x", "..", "any.report.json"), "would be one of the export's own files"],
      [join(out, "ada example-2.csv"), "would be one of the export's own files"],
    ] as const) {
      const run = await facecut("export", record, "-o", out, "--format", "edl,csv", "--force", "--write-media-map", file);
      expect([run.status, run.err]).toEqual([2, expect.stringContaining(what)]);
      expect([run.err.includes("--write-media-map"), existsSync(file)]).toEqual([true, false]);
    }
    expect((await facecut("export", record, "-o", out, "--write-media-map", join(out, "media.csv"))).status).toBe(0);
  });

  it("that cannot be written is told by its own name", async () => {
    const file = join(target("no-folder"), "map.csv");
    writeFileSync(dirname(file), "");
    const { status, err } = await exported("--write-media-map", file);
    expect([status, err]).toEqual([3, expect.stringMatching(/media map cannot be written: .* \[cannot-write\]/)]);
    expect([err.includes("--write-media-map"), err.includes("--out")]).toEqual([true, false]);
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
