import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startEmulator } from "../src/emulate/emulator.js";
import { formatIds } from "../src/write/writer.js";
import { facecut, filesIn, sample, temporaryFolder } from "./support/cli.js";

const one = sample("one-face-25");

/** A record folder with one page of clips, whatever its text. */
function recordWith(page: string | Record<string, unknown>): string {
  const folder = temporaryFolder();
  const media = join(folder, "SearchMediaClipByFace", "m1");
  mkdirSync(media, { recursive: true });
  writeFileSync(join(media, "page-0001.json"), typeof page === "string" ? page : JSON.stringify(page));
  return folder;
}

function occurrence(times: Record<string, unknown>, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    Success: "true",
    Total: 1,
    MediaClipList: [{ EntityId: "1", LabelName: "Ada", OccurrencesInfos: [{ ...times }], ...more }],
  };
}

describe("export", () => {
  it("writes four timelines and a report, and says so", async () => {
    const out = temporaryFolder();
    const run = await facecut("export", one, "-o", out);
    expect(run.status).toBe(0);
    expect(Object.keys(filesIn(out)).sort()).toEqual([
      "Ada Example.edl",
      "Ada Example.fcpxml",
      "Ada Example.otio",
      "Ada Example.report.json",
      "Ada Example.xml",
    ]);
    expect(run.out).toMatch(/^Ada Example: 6 clips of 3 files, 6 markers\n {2}01:00:00:00 to 01:00:16:19 at 25 fps/);
    expect(run.err).toMatch(/warning: 6 clips of media whose start timecode is not known.*\[assumed-start\]\n {2}do: /);
  });

  it("writes the same bytes again", async () => {
    const [a, b] = [temporaryFolder(), temporaryFolder()];
    await facecut("export", one, "-o", a, "--markers", "all");
    await facecut("export", one, "-o", b, "--markers", "all");
    expect(filesIn(a)).toEqual(filesIn(b));
  });

  it("takes a file name after -o as one format, its folder and its name", async () => {
    const out = temporaryFolder();
    expect((await facecut("export", one, "-o", join(out, "deep", "mine.otio"))).status).toBe(0);
    expect(Object.keys(filesIn(out)).sort()).toEqual(["deep/mine.otio", "deep/mine.report.json"]);
    expect((await facecut("export", one, "-o", join(out, "x.edl"), "--format", "otio")).status).toBe(2);
  });

  it("--format takes words and aliases", async () => {
    const out = temporaryFolder();
    await facecut("export", one, "-o", out, "--format", "xmeml, edl", "--name", "a/b:c");
    expect(Object.keys(filesIn(out)).sort()).toEqual(["a-b-c.edl", "a-b-c.report.json", "a-b-c.xml"]);
    expect(filesIn(out)["a-b-c.edl"]).toMatch(/^TITLE: a\/b:c\r\n/);
  });

  it("--dry-run does everything but write", async () => {
    const out = join(temporaryFolder(), "none");
    const run = await facecut("export", one, "-o", out, "--dry-run");
    expect([run.status, existsSync(out)]).toEqual([0, false]);
    expect(run.out).toContain("would write to");
  });

  it("--dry-run refuses what the run would refuse, so that a script may ask first", async () => {
    const out = temporaryFolder();
    await facecut("export", one, "-o", out);
    const run = await facecut("export", one, "-o", out, "--dry-run");
    expect([run.status, run.err]).toEqual([2, expect.stringContaining("[output-exists]")]);
    expect((await facecut("export", one, "-o", out, "--dry-run", "--force")).status).toBe(0);
  });

  it("--redact names nobody and nothing on the screen and in JSON, but says what is wrong", async () => {
    const library = join(dirname(one), "chinese-library");
    const [aliases, map] = [join(temporaryFolder(), "a.csv"), join(temporaryFolder(), "m.csv")];
    writeFileSync(aliases, "who,name\nZoe Planted,Eva\n");
    writeFileSync(map, "media,rate\nplanted.mov,25\n");
    const args = ["export", library, "-o", temporaryFolder(), "--force", "--aliases", aliases, "--media-map", map];
    const plain = await facecut(...args, "--json");
    const { out, err } = await facecut(...args, "--json", "--redact");
    const codes = (text: string) => JSON.parse(text).warnings.map(({ code }: { code: string }) => code);
    expect(codes(out)).toEqual(codes(plain.out));
    const names = Object.values(filesIn(library)).flatMap((text) =>
      [...text.matchAll(/"(?:LabelName|FileName|Title|MediaId|EntityId)": "([^"]+)"/g)].map(([, name]) => name as string),
    );
    const told = `${out}${err}${(await facecut(...args, "--redact")).out}`;
    expect(names.length).toBeGreaterThan(8);
    expect([...names, "planted", "Planted"].filter((name) => told.includes(name))).toEqual([]);
    expect(err).toContain("warning: 1 alias for nobody in the record [unused-alias]\n  do: ");
    expect(err).toContain("warning: 1 row of the media map for none of the media found [unused-row]\n  do: ");
    expect(err).toMatch(/whose start timecode is not known, taken as 00:00:00:00: redacted-001\.\w+; .* \[assumed-start\]/);
  });

  it("--json prints one object and nothing else", async () => {
    const run = await facecut("export", one, "-o", temporaryFolder(), "--json");
    const result = JSON.parse(run.out);
    expect(result.timelines).toEqual([
      expect.objectContaining({ name: "Ada Example", rate: "25", clips: 6, markers: 6, frames: 419, start: "01:00:00:00" }),
    ]);
    expect(result.files).toHaveLength(5);
    const { read, became_clips, merged_into_another, dropped } = result.totals.occurrences;
    expect([read, became_clips, merged_into_another, dropped]).toEqual([6, 6, 0, {}]);
    const failed = await facecut("export", "/nowhere", "-o", temporaryFolder(), "--json");
    expect(JSON.parse(failed.out).error).toMatchObject({ code: "no-input", exit_status: 3 });
  });

  it("--quiet says nothing on standard error when all went well", async () => {
    expect((await facecut("export", one, "-o", temporaryFolder(), "--quiet")).err).toBe("");
  });

  it("replaces files only with --force, and takes away parts it does not write again", async () => {
    const out = temporaryFolder();
    await facecut("export", sample("twelve-hundred-25"), "-o", out, "--name", "cut", "--format", "edl");
    expect(Object.keys(filesIn(out)).sort()).toEqual(["cut.001.edl", "cut.002.edl", "cut.report.json"]);
    writeFileSync(join(out, "mine.edl"), "not facecut's");
    const refused = await facecut("export", one, "-o", out, "--name", "cut", "--format", "edl");
    expect([refused.status, refused.err]).toEqual([2, expect.stringContaining("[output-exists]")]);
    expect((await facecut("export", one, "-o", out, "--name", "cut", "--format", "edl", "--force")).status).toBe(0);
    expect(Object.keys(filesIn(out)).sort()).toEqual(["cut.edl", "cut.report.json", "mine.edl"]);
  });

  it("leaves nothing behind when the output cannot be written", async () => {
    const out = temporaryFolder();
    writeFileSync(join(out, "file"), "");
    const run = await facecut("export", one, "-o", join(out, "file", "inside"));
    expect([run.status, run.err]).toEqual([3, expect.stringContaining("[cannot-write]")]);
    expect(readdirSync(out)).toEqual(["file"]);
    mkdirSync(join(out, "Ada Example.xml"));
    const folderInTheWay = await facecut("export", one, "-o", out, "--force");
    expect(folderInTheWay.status).toBe(3);
    expect(readdirSync(out).filter((name) => name.includes("tmp"))).toEqual([]);
  });

  it("answers an empty result with exit 6 and no file", async () => {
    const out = join(temporaryFolder(), "none");
    const run = await facecut("export", sample("no-matches-25"), "-o", out);
    expect([run.status, run.out, existsSync(out)]).toEqual([6, "", false]);
    expect(run.err).toContain("no files were written [nothing-found]");
  });

  it("a timecode that finds nothing hints at start timecodes that are only assumed", async () => {
    const args = ["export", one, "-o", temporaryFolder(), "--from", "10:00:00:00"];
    const run = await facecut(...args);
    expect([run.status, run.err]).toEqual([6, expect.stringContaining("The start timecode of 3 files is not known")]);
    expect(run.err).toMatch(/do: .*--media-dir.*--media-map/);
    const known = await facecut(...args, "--media-map", join(dirname(one), "media", "media-map.csv"), "--until", "10:00:00:01");
    expect([known.status, known.err]).toEqual([6, expect.stringContaining("do: Ask for less")]);
    expect((await facecut(...args.slice(0, 4), "--from", "90000s")).err).toContain("do: Ask for less");
  });
});

describe("bad input is refused with place and cure, and nothing is written", () => {
  const times = { StartTime: 1, EndTime: 2 };
  const cases: [string, () => string, string, RegExp][] = [
    ["a missing folder", () => "/nowhere/hits", "no-input", /nowhere/],
    ["an empty folder", () => temporaryFolder(), "no-input", /SearchMediaClipByFace/],
    ["not JSON", () => recordWith("{ not json"), "not-json", /page-0001\.json/],
    ["an empty file", () => recordWith(""), "not-json", /page-0001\.json/],
    [
      "JSON of another API",
      () => recordWith({ Success: "true", Total: 1, MediaInfoList: [{ MediaId: "x" }] }),
      "wrong-reply",
      /is a reply of SearchMediaByFace/,
    ],
    [
      "an error reply stored as a page",
      () => recordWith({ RequestId: "R", HostId: "h", Code: "Throttling.User", Message: "slow down" }),
      "wrong-reply",
      /Throttling\.User/,
    ],
    [
      "EndTime before StartTime",
      () => recordWith(occurrence({ StartTime: 5, EndTime: 4 })),
      "bad-occurrence",
      /OccurrencesInfos\[0\]/,
    ],
    [
      "text times",
      () => recordWith(occurrence({ StartTime: "12:04", EndTime: 2 })),
      "bad-reply",
      /\$\.MediaClipList\[0\]\.OccurrencesInfos\[0\]\.StartTime/,
    ],
    ["NaN as text", () => recordWith(occurrence({ StartTime: "NaN", EndTime: 2 })), "bad-reply", /StartTime/],
    ["a missing time", () => recordWith(occurrence({ StartTime: 1 })), "bad-reply", /EndTime/],
    ["a list that is none", () => recordWith({ Success: "true", Total: 1, MediaClipList: 7 }), "bad-reply", /MediaClipList/],
    [
      "a box of negative width",
      () => recordWith(occurrence({ ...times, TrackData: [{ Timestamp: 1, BoxPosition: { X: 1, Y: 1, W: -3, H: 2 } }] })),
      "bad-reply",
      /BoxPosition\.W/,
    ],
    [
      "a time before the media",
      () => recordWith(occurrence({ StartTime: -3, EndTime: 2 })),
      "bad-occurrence",
      /OccurrencesInfos\[0\]/,
    ],
  ];

  it.each(cases)("%s", async (_name, folder, code, place) => {
    const out = join(temporaryFolder(), "none");
    const run = await facecut("export", folder(), "--media-rate", "25", "-o", out);
    expect(run.status).toBe(3);
    expect(run.err).toContain(`[${code}]`);
    expect(run.err).toMatch(place);
    expect(run.err).toMatch(/\n {2}do: \S/);
    expect(run.err).not.toMatch(/^\s+at /m);
    expect(existsSync(out)).toBe(false);
  });

  it("an unknown rate", async () => {
    const run = await facecut("export", recordWith(occurrence(times)), "-o", temporaryFolder());
    expect([run.status, run.err]).toEqual([3, expect.stringContaining("[no-rate]")]);
    expect(run.err).toContain("--media-rate");
  });

  it("a missing MediaId in what the media are", async () => {
    const folder = recordWith(occurrence(times));
    mkdirSync(join(folder, "BatchGetMediaInfos"));
    writeFileSync(join(folder, "BatchGetMediaInfos", "page-0001.json"), JSON.stringify({ MediaInfos: [{ MediaBasicInfo: {} }] }));
    const run = await facecut("export", folder, "--media-rate", "25", "-o", temporaryFolder());
    expect([run.status, run.err]).toEqual([3, expect.stringMatching(/MediaInfos\[0\]\.MediaId/)]);
  });

  it.skipIf(process.getuid?.() === 0)("an unreadable file", async () => {
    const folder = recordWith(occurrence(times));
    chmodSync(join(folder, "SearchMediaClipByFace", "m1", "page-0001.json"), 0);
    expect((await facecut("export", folder, "-o", temporaryFolder())).err).toContain("[no-input]");
  });

  it("a page that is a broken link or a folder", async () => {
    const folder = temporaryFolder();
    cpSync(one, folder, { recursive: true });
    const media = join(folder, "SearchMediaClipByFace", readdirSync(join(folder, "SearchMediaClipByFace"))[0] as string);
    symlinkSync("/nowhere.json", join(media, "page-0002.json"));
    const broken = await facecut("export", folder, "-o", temporaryFolder());
    expect([broken.status, broken.err]).toEqual([3, expect.stringContaining("page-0002.json")]);
    rmSync(join(media, "page-0002.json"));
    mkdirSync(join(media, "page-0002.json"));
    const asFolder = await facecut("export", folder, "-o", temporaryFolder());
    expect([asFolder.status, asFolder.err]).toEqual([3, expect.stringMatching(/page-0002\.json[\s\S]*\n {2}do: /)]);
  });
});

/** The emulator on a record, with its keys in the environment, until the test ends. */
async function emulating(folder: string) {
  const keys = { accessKeyId: "emulator", accessKeySecret: "emulator" };
  const emulator = await startEmulator({ folder, port: 0, ...keys });
  vi.stubEnv("ALIBABA_CLOUD_ACCESS_KEY_ID", keys.accessKeyId);
  vi.stubEnv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", keys.accessKeySecret);
  onTestFinished(() => emulator.close());
  return emulator;
}

describe("search and emulate", () => {
  const image = "https://h/face.jpg";
  it.each([
    [["search"], "usage", "Nothing to search for"],
    [["search", "hits", "--face-image-url", image], "usage", "takes no folder"],
    [["search", "--face-image-url", "./face.jpg"], "bad-option", "ossutil presign"],
    [["search", "--face-image-url", "C:\\face.jpg"], "bad-option", "ossutil presign"],
    [["search", "--face-image-url", "file:///face.jpg"], "bad-option", "ossutil presign"],
    [["search", "--media-id", "a,b"], "bad-option", "--token"],
    [["search", "--media-id", "a", "--token", "t", "--face-image-url", image], "bad-option", "takes no image"],
    [["search", "--face-image-url", image, "--region", "cn-shangai"], "bad-option", "Did you mean cn-shanghai?"],
    [["search", "--face-image-url", image, "--endpoint", "https://h/"], "bad-option", "without https://"],
    [["search", "--face-image-url", image, "--protocol", "ftp"], "bad-option", "https or http"],
    [["search", "--face-image-url", image, "--concurrency", "0"], "bad-option", "--concurrency"],
    [["search", "--face-image-url", image, "--qps", "0"], "bad-option", "--qps"],
    [["search", "--face-image-url", image, "--timeout", "soon"], "bad-option", "--timeout"],
    [["search", "--face-image-url", image, "--retries", "-1"], "bad-option", "--retries"],
    [["search", "--face-image-url", image, "--media-type", "audio"], "bad-option", "video or image"],
    [["search", "--face-image-url", image, "--custom-filters", "[1]"], "bad-option", "--custom-filters"],
    [["search", "--face-image-url", image, "--access-key-id", "x"], "unknown-option", "--access-key-id"],
    [["export", one, "--face-image-url", image], "bad-option", "a record folder is given"],
    [["export", "--face-image-url", image, "--dry-run"], "bad-option", "--dry-run"],
    [["emulate"], "usage", "No record folder"],
    [["emulate", one, "--port", "70000"], "bad-option", "--port"],
  ])("%j is exit 2", async (args, code, hint) => {
    const run = await facecut(...args);
    expect([run.status, run.out]).toEqual([2, ""]);
    expect(run.err).toContain(`[${code}]`);
    expect(run.err).toContain(hint);
  });

  it("a search into an existing record without --resume is exit 2", async () => {
    const run = await facecut("search", "--face-image-url", image, "-o", one);
    expect([run.status, run.err]).toEqual([2, expect.stringContaining("[record-exists]")]);
  });

  it("export searches itself, keeps the record in OUT/hits, and goes on with --resume", async () => {
    const emulator = await emulating(one);
    const out = temporaryFolder();
    const args = ["export", "--face-image-url", image, "--endpoint", emulator.endpoint, "--protocol", "http", "-o", out];
    const run = await facecut(...args, "--json");
    expect(run.status).toBe(0);
    expect(JSON.parse(run.out).timelines).toHaveLength(1);
    expect(existsSync(join(out, "hits", "search.json"))).toBe(true);
    expect(existsSync(join(out, "Ada Example.otio"))).toBe(true);
    const requests = emulator.stats().requests;
    expect((await facecut(...args, "--resume", "--force")).status).toBe(0);
    expect(emulator.stats().requests).toBe(requests);
    expect((await facecut(...args, "--force")).err).toContain("[record-exists]");
  });

  it("with --redact a search inside an export names nobody", async () => {
    const emulator = await emulating(one);
    const args = ["export", "--face-image-url", image, "--endpoint", emulator.endpoint, "--protocol", "http"];
    const run = await facecut(...args, "--redact", "-o", temporaryFolder());
    expect([run.status, run.err]).toEqual([
      0,
      expect.stringMatching(/hits: 3 media assets, 6 appearances of 1 person; 5 calls\n/),
    ]);
    expect(`${run.out}${run.err}`).not.toMatch(/Ada|interview/);
  });

  it("a search without success prints one object with what was found and why it is no success", async () => {
    const emulator = await emulating(sample("no-matches-25"));
    const run = await facecut(
      "search",
      "--face-image-url",
      image,
      "--endpoint",
      emulator.endpoint,
      "--protocol",
      "http",
      "--json",
      "-o",
      join(temporaryFolder(), "hits"),
    );
    expect(run.status).toBe(6);
    expect(JSON.parse(run.out)).toMatchObject({ complete: true, clips: 0, error: { code: "nothing-found", exit_status: 6 } });
  });

  it("a wrong option of the export is told before the search", async () => {
    const run = await facecut(
      "export",
      "--face-image-url",
      image,
      "--endpoint",
      "127.0.0.1:1",
      "--protocol",
      "http",
      "--rate",
      "99",
    );
    expect([run.status, run.err]).toEqual([2, expect.stringContaining("--rate")]);
  });

  it("a signed URL typed in the wrong place is not printed back", async () => {
    const signed = "https://h/face.jpg?Expires=1&Signature=planted";
    for (const args of [
      ["search", signed],
      ["export", signed],
      ["emulate", signed],
      ["search", "--face-image-url", image, "--endpoint", signed],
    ]) {
      const run = await facecut(...args, "--json");
      expect(`${run.out}${run.err}`).not.toContain("planted");
    }
  });

  it("a library without the face is exit 6, and the record stays", async () => {
    const emulator = await emulating(sample("no-matches-25"));
    const out = join(temporaryFolder(), "hits");
    const run = await facecut(
      "search",
      "--face-image-url",
      image,
      "--endpoint",
      emulator.endpoint,
      "--protocol",
      "http",
      "-o",
      out,
    );
    expect([run.status, run.err]).toEqual([6, expect.stringContaining("[nothing-found]")]);
    expect(JSON.parse(readFileSync(join(out, "search.json"), "utf8")).complete).toBe(true);
  });
});

describe("what a new user does", () => {
  it("-h is --help", async () => {
    expect((await facecut("-h")).out).toContain("facecut export");
    expect((await facecut("export", "-h")).out).toContain("--start-timecode");
  });

  it("a file of a format facecut does not write is refused, not made a folder", async () => {
    const run = await facecut("export", one, "-o", join(temporaryFolder(), "ada.aaf"));
    expect([run.status, run.err]).toEqual([2, expect.stringContaining("facecut writes no .aaf file")]);
  });

  it("a row of the media map that is for nothing found is told, by what it names", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "map.csv"), "media,start_timecode,audio\ninterview-A.mp4,1:00:00:00,stereo\n");
    const run = await facecut("export", one, "-o", folder, "--media-map", join(folder, "map.csv"));
    expect(run.status).toBe(0);
    expect(run.err).toMatch(/1 row of the media map for none of the media found: interview-A\.mp4 \[unused-row\]/);
    expect(run.err).toMatch(/assumed-start/);
    expect(run.err).toContain("interview-a.mp4");
  });

  it.each([
    ["--face-image", "--face-image-url"],
    ["--prot", "--protocol"],
    ["--start-time", "--start-timecode"],
  ])("%s: did you mean %s?", async (typed, meant) => {
    expect((await facecut("export", one, typed, "x")).err).toContain(`Did you mean ${meant}?`);
  });
});

describe("usage", () => {
  it.each([
    [["export", one, "--rate", "26"], "bad-option", "--rate"],
    [["export", one, "--rate"], "usage", "--rate needs a value"],
    [["list", one, "--person"], "usage", "See facecut list --help"],
    [["--verison"], "unknown-option", "Did you mean --version?"],
    [["version"], "unknown-command", "Did you mean facecut --version?"],
    [["export", one, "--marker", "all"], "unknown-option", "--markers"],
    [["export", one, "--markers", "some"], "bad-option", "--markers"],
    [["export", one, "--markers", "apearance"], "bad-option", "Did you mean appearance?"],
    [["export", one, "--format", "otoi"], "bad-option", "Did you mean otio?"],
    [["export", one, "--markers", "0s"], "bad-option", "--markers"],
    [["export", one, "--sort", "scores"], "bad-option", "Did you mean score?"],
    [["export", one, "--format", "mp4"], "bad-option", "--format"],
    [["export", one, "--format", "constructor"], "bad-option", "--format"],
    [["export", one, "--format", "__proto__"], "bad-option", "--format"],
    [["export", one, "--constructor", "x"], "unknown-option", "--constructor"],
    [["export", one, "--__proto__=x"], "unknown-option", "--__proto__"],
    [["export", one, "--size", "1920"], "bad-option", "--size"],
    [["export", one, "--start-timecode", "1:00"], "bad-option", "--start-timecode"],
    [["export", one, "--start-timecode", "00:01:00;00", "--rate", "29.97df"], "bad-option", "--start-timecode"],
    [["export", one, "--start-timecode", "00:01:00;00", "--rate", "29.97df"], "bad-option", "in drop-frame counting (30 frames"],
    [["export", one, "--start-timecode", "01:00:00;00"], "bad-option", "drop-frame"],
    [["export", one, "--rate", "25", "--rate", "24"], "bad-option", "--rate"],
    [["export", one, "--template", "generci"], "bad-template", "Did you mean generic?"],
    [["export", one, "--media-rate", "fast"], "bad-option", "--media-rate"],
    [["export", one, "--match-gap", "1s"], "bad-option", "does nothing without --match"],
    [["export", one, "--handles-meet", "touch"], "bad-option", "does nothing without --handles"],
    [["export", one, "--layout", "source", "--start-timecode", "10:00:00:00"], "bad-option", "does nothing with --layout source"],
    [["search", "a", "b"], "usage", "One at a time"],
    [["export"], "usage", "No record folder"],
    [["exprot", one], "unknown-command", "Did you mean facecut export?"],
    [[], "usage", "No command"],
  ])("%j is exit 2", async (args, code, hint) => {
    const run = await facecut(...args, ...(args.length > 1 ? ["-o", temporaryFolder()] : []));
    expect([run.status, run.out]).toEqual([2, ""]);
    expect(run.err).toContain(`[${code}]`);
    expect(run.err).toContain(hint);
  });

  it("--help and --version print on standard output", async () => {
    expect((await facecut("--help")).out).toContain("facecut export");
    expect((await facecut("export", "--help")).out).toContain("--start-timecode");
    expect((await facecut("--version")).out).toMatch(/^facecut \d+\.\d+\.\d+ \(.+\)\n$/);
  });

  it("--help is English whatever the language of the computer, as all messages are", async () => {
    vi.stubEnv("LC_ALL", "zh_CN.UTF-8");
    expect((await facecut("list", "--help")).out).toMatch(/^Options:$[\s\S]*^Examples:$/m);
  });

  it("--help names every format", async () => {
    const { out } = await facecut("export", "--help");
    const told = out.slice(out.indexOf("Formats to write:"), out.indexOf("--aliases"));
    for (const id of formatIds) expect(told).toMatch(new RegExp(`\\b${id}\\b`));
  });

  it("--help shows what a value looks like", async () => {
    const { out } = await facecut("export", "--help");
    for (const [option, value] of [
      ["--out", "DIR"],
      ["--fps", "RATE"],
      ["--size", "WxH"],
      ["--protocol", "https|http"],
    ] as const)
      expect(out).toMatch(new RegExp(`${option} +${value.replace("|", "\\|")}  \\S`));
  });

  it.each([
    [["--json"], true],
    [["--json=true"], true],
    [["--json", "true"], true],
    [["--json=false"], false],
    [["--json", "false"], false],
    [["--", "--json"], false],
  ])("%j decides on JSON for an error too", async (flags, expected) => {
    const run = await facecut("export", "--format", "mp4", one, ...flags);
    expect([run.status, run.out !== ""]).toEqual([2, expected]);
    expect(expected ? JSON.parse(run.out).error.exit_status : 2).toBe(2);
  });

  it("a stack trace comes with --debug only", async () => {
    expect((await facecut("export", "/nowhere", "--debug")).err).toMatch(/^\s+at /m);
    expect((await facecut("export", "/nowhere")).err).not.toMatch(/^\s+at /m);
  });
});
