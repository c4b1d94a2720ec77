import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { removeTemporaries, removeUnfinished } from "../src/files/temporaries.js";
import { makeFolder, writeFiles } from "../src/files.js";
import { facecut, filesIn, sample, temporaryFolder } from "./support/cli.js";

/** The id of a process that has ended. */
function endedProcess(): number {
  return spawnSync(process.execPath, ["--version"]).pid;
}

function leave(folder: string, ...names: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  for (const name of names) writeFileSync(join(folder, name), "");
}

describe("temporary files", () => {
  it("of ended processes are swept by the next export into the folder, those of running ones never", async () => {
    const out = temporaryFolder();
    const dead = endedProcess();
    leave(out, `.facecut-${dead}-1.otio.tmp`, `.facecut-${dead}-22.json.tmp`, `.facecut-${process.pid}-0.otio.tmp`);
    leave(out, `.facecut-${process.ppid}-1.otio.tmp`, ".facecut-1-1.otio.tmp", ".facecut-notes", `${dead}-1.otio.tmp`);
    leave(join(out, "below"), `.facecut-${dead}-1.otio.tmp`);
    expect((await facecut("export", sample("one-face-25"), "-o", join(out, "Ada.otio"))).status).toBe(0);
    expect(Object.keys(filesIn(out)).sort()).toEqual(
      [
        ".facecut-1-1.otio.tmp",
        `.facecut-${process.ppid}-1.otio.tmp`,
        ".facecut-notes",
        "Ada.otio",
        "Ada.report.json",
        `${dead}-1.otio.tmp`,
        `below/.facecut-${dead}-1.otio.tmp`,
      ].sort(),
    );
  });

  it("anywhere below a record folder are swept too", async () => {
    const folder = temporaryFolder();
    const dead = endedProcess();
    leave(join(folder, "a", "b"), `.facecut-${dead}-1.json.tmp`, `.facecut-${process.ppid}-1.json.tmp`, "page-0001.json");
    await removeTemporaries(folder, { below: true });
    expect(Object.keys(filesIn(folder)).sort()).toEqual([`a/b/.facecut-${process.ppid}-1.json.tmp`, "a/b/page-0001.json"]);
  });

  it("of an export under way in this process survive another one that fails there", async () => {
    const folder = temporaryFolder();
    const failing = { name: "b.txt", chunks: brokenChunks() };
    function* slowChunks(): Generator<string> {
      for (let i = 0; i < 200; i++) yield "x".repeat(1 << 16);
    }
    const good = writeFiles(folder, [{ name: "a.txt", chunks: slowChunks() }]);
    await expect(writeFiles(folder, [failing])).rejects.toThrow("broken");
    await good;
    expect(Object.entries(filesIn(folder)).map(([name, text]) => [name, text.length])).toEqual([["a.txt", 200 * (1 << 16)]]);
  });

  it("are all that an interrupted run has to remove", async () => {
    const folder = temporaryFolder();
    function* interrupted(): Generator<string> {
      yield "x".repeat(1 << 17);
      removeUnfinished();
      yield "y";
    }
    await expect(writeFiles(folder, [{ name: "a.txt", chunks: interrupted() }])).rejects.toThrow("cannot be written");
    expect(filesIn(folder)).toEqual({});
  });
});

function* brokenChunks(): Generator<string> {
  yield "x";
  throw new Error("broken");
}

describe("making folders", () => {
  it("makes those above that are missing, and takes what is there", async () => {
    const folder = join(temporaryFolder(), "a", "b", "c");
    await Promise.all([makeFolder(folder), makeFolder(folder)]);
    await makeFolder(folder);
    expect(existsSync(folder)).toBe(true);
  });

  it("refuses a file in the way, and a place where no folder can be", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    await expect(makeFolder(join(folder, "file", "x"))).rejects.toThrow(/ENOTDIR/);
    await expect(makeFolder(join(folder, "file"))).rejects.toThrow(/EEXIST/);
    if (existsSync("/proc/self")) await expect(makeFolder("/proc/nowhere/x")).rejects.toThrow(/ENOENT|EACCES|EPERM/);
  });
});
