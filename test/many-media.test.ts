import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "./support/cli.js";
import { sweep } from "./support/sweep.js";

/**
 * A library in a tree of folders that holds ten times as many other files: 2,000 media among 20,000 files with
 * FACECUT_SWEEP=full, a tenth of that without. The built program runs with few open files allowed; a stand-in for
 * ffprobe writes down when it runs.
 */
const media = sweep(200, 2000);
const mediaPerFolder = 20;
// Node opens the modules of a program side by side when it starts: some seventy files.
const openFiles = 128;

const folder = mkdtempSync(join(tmpdir(), "facecut-many-"));
afterAll(() => rmSync(folder, { recursive: true }));
const [record, tree, log, programs] = ["record", "tree", "log", "bin"].map((name) => join(folder, name)) as [
  string,
  string,
  string,
  string,
];
const nameOf = (n: number) => `C${String(n).padStart(4, "0")}.mov`;

function write(path: string, content: string): void {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
}

function makeTree(): void {
  for (let n = 0; n < media; n++) {
    const card = join(tree, `day-${n % 7}`, `card-${Math.floor(n / mediaPerFolder)}`);
    mkdirSync(card, { recursive: true });
    writeFileSync(join(card, nameOf(n)), "x");
    for (let k = 0; k < 9; k++) writeFileSync(join(card, `${nameOf(n)}.${k}.xml`), "");
  }
}

function makeRecord(): void {
  const infos = Array.from({ length: media }, (_, n) => ({
    MediaId: `id${n}`,
    FileInfoList: [{ FileBasicInfo: { FileName: nameOf(n), FileUrl: `https://h/${nameOf(n)}` } }],
  }));
  write(join(record, "BatchGetMediaInfos", "page-0001.json"), JSON.stringify({ Success: "true", MediaInfos: infos }));
  const clips = [{ LabelName: "Ada", OccurrencesInfos: [{ StartTime: 1, EndTime: 2 }] }];
  const page = JSON.stringify({ Success: "true", Total: 1, MediaClipList: clips });
  for (let n = 0; n < media; n++) write(join(record, "SearchMediaClipByFace", `id${n}`, "page-0001.json"), page);
}

const video = { index: 0, codec_type: "video", codec_name: "h264", width: 64, height: 36, nb_frames: "250", duration: "10.0" };
const reply = {
  streams: [{ ...video, r_frame_rate: "25/1", avg_frame_rate: "25/1" }],
  format: { format_name: "matroska,webm" },
};

function exported(): { report: { media: { url: string; sources: object }[] }; probed: number } {
  rmSync(log, { force: true });
  writeFileSync(log, "");
  const command = `ulimit -n ${openFiles} && exec "$@"`;
  const facecut = [process.execPath, join(root, "dist/bin.js"), "export", record, "-o", join(folder, "cut"), "--force", "-q"];
  const env = { PATH: programs, XDG_CACHE_HOME: join(folder, "cache"), HOME: folder };
  execFileSync("/bin/sh", ["-c", command, "sh", ...facecut, "--media-dir", tree], { env, stdio: "pipe" });
  const report = JSON.parse(readFileSync(join(folder, "cut", "Ada.report.json"), "utf8"));
  return {
    report,
    probed: readFileSync(log, "utf8")
      .split("\n")
      .filter((line) => line === "begin").length,
  };
}

/** How many ran at once, at most. */
function mostAtOnce(): number {
  let [running, most] = [0, 0];
  for (const line of readFileSync(log, "utf8").split("\n")) {
    if (line === "begin") most = Math.max(most, ++running);
    if (line === "end") running--;
  }
  return most;
}

describe.skipIf(process.platform === "win32")(`${media} media among ${media * 10} files`, () => {
  beforeAll(() => {
    makeTree();
    makeRecord();
    // Long enough for another one to begin.
    const script = `#!/bin/sh\necho begin >> ${log}\nprintf '%s' '${JSON.stringify(reply)}'\n/bin/sleep 0.01\necho end >> ${log}\n`;
    mkdirSync(programs);
    writeFileSync(join(programs, "ffprobe"), script, { mode: 0o755 });
  });

  it("are found and probed side by side with few open files, and once only", () => {
    const first = exported();
    expect(first.probed).toBe(media);
    expect(mostAtOnce()).toBeGreaterThan(1);
    expect(first.report.media).toHaveLength(media);
    const unfound = first.report.media.filter(({ url }) => !url.startsWith(`file://${tree}/day-`));
    expect(unfound).toEqual([]);

    const changed = join(tree, "day-0", "card-0", nameOf(0));
    utimesSync(changed, 1, 1);
    const second = exported();
    expect(second.probed).toBe(1);
    expect(second.report).toEqual(first.report);
  });
});
