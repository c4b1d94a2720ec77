import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startEmulator } from "../../src/emulate/emulator.js";
import type { Fault } from "../../src/emulate/faults.js";
import { lockFolder, unlockFolder } from "../../src/files/lock.js";
import { useKeys } from "../service/scripted-server.js";
import { facecut, filesIn, sample, temporaryFolder } from "../support/cli.js";
import { start } from "./command.js";

/** Two searches never write into one record folder at once; one that was killed keeps nobody out. */

const late: Fault = { kind: "late", share: 1, seconds: 0.2 };

async function searchArgs(faults: readonly Fault[] = []): Promise<string[]> {
  const keys = { accessKeyId: "emulator", accessKeySecret: "emulator" };
  const emulator = await startEmulator({ folder: sample("one-face-25"), port: 0, ...keys, faults: { faults } });
  onTestFinished(() => emulator.close());
  useKeys("emulator", "emulator");
  const where = ["--endpoint", emulator.endpoint, "--protocol", "http"];
  return ["search", ...where, "--face-image-url", "https://h/a.jpg", "--token", "t"];
}

/** A process id of this machine that nobody has. */
const gone = Number(execFileSync(process.execPath, ["-p", "process.pid"]));
const lock = (pid: number, host = encodeURIComponent(hostname())) => `.facecut-${pid}-${host}.lock`;
const locks = (folder: string) => readdirSync(folder).filter((name) => name.endsWith(".lock"));

describe("a record folder", () => {
  it("takes one of several searches that begin at once; the others are told", async () => {
    const [args, hits] = [await searchArgs([late]), join(temporaryFolder(), "hits")];
    const ended = await Promise.all(Array.from({ length: 3 }, () => start([...args, "-o", hits], { env: process.env }).ended));
    const statuses = ended.map(({ status }) => status);
    // All may find somebody there who is about to go; then nobody has written anything.
    expect(statuses.filter((status) => status === 0).length).toBeLessThan(2);
    for (const { status, err } of ended)
      if (status !== 0) expect([status, err]).toEqual([2, expect.stringMatching(/\[record-(in-use|exists)\]/)]);
    expect(locks(hits)).toEqual([]);
    const resumed = await facecut(...args, "-o", hits, "--resume");
    expect([resumed.status, resumed.err]).toEqual([0, expect.anything()]);
    const undisturbed = join(temporaryFolder(), "hits");
    expect((await facecut(...args, "-o", undisturbed)).status).toBe(0);
    expect(filesIn(hits)).toEqual(filesIn(undisturbed));
  });

  it("that a search writes into is held until its end", async () => {
    const [args, hits] = [await searchArgs([late]), join(temporaryFolder(), "hits")];
    const first = start([...args, "-o", hits], { env: process.env });
    await expect.poll(() => Object.keys(outputs(hits)).length).toBeGreaterThan(1);
    expect(locks(hits)).toEqual([lock(first.pid)]);
    const second = await facecut(...args, "-o", hits, "--resume");
    expect([second.status, second.err]).toEqual([2, expect.stringContaining("[record-in-use]")]);
    expect(second.err).toContain(`process ${first.pid} of ${hostname()}`);
    expect(second.err).toMatch(/do: Wait for its end, or .* delete .*\.lock\n/);
    expect((await first.ended).status).toBe(0);
    expect(locks(hits)).toEqual([]);
    expect((await facecut(...args, "-o", hits, "--resume")).status).toBe(0);
  });

  it.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("is free again after a search that %s ended", async (signal) => {
    const [args, hits] = [await searchArgs([late]), join(temporaryFolder(), "hits")];
    const first = start([...args, "-o", hits], { env: process.env });
    await expect.poll(() => Object.keys(outputs(hits)).length).toBeGreaterThan(1);
    first.kill(signal);
    await first.ended;
    expect(locks(hits)).toEqual(signal === "SIGKILL" ? [lock(first.pid)] : []);
    const second = await facecut(...args, "-o", hits, "--resume");
    expect([second.status, second.err]).toEqual([0, expect.anything()]);
    expect(locks(hits)).toEqual([]);
  });

  it("is not taken from a search on another machine, of which nobody here knows", async () => {
    const [args, hits] = [await searchArgs(), temporaryFolder()];
    writeFileSync(join(hits, lock(gone, "elsewhere")), "");
    const { status, err } = await facecut(...args, "-o", hits);
    expect([status, err]).toEqual([2, expect.stringMatching(/of elsewhere, is writing[\s\S]*elsewhere\.lock\n/)]);
    expect(readdirSync(hits)).toEqual([lock(gone, "elsewhere")]);
  });

  it("is held once in one process too, and by who holds it only", async () => {
    const folder = temporaryFolder();
    expect(await lockFolder(folder)).toBeUndefined();
    expect(await lockFolder(folder)).toMatchObject({ pid: process.pid });
    await unlockFolder(folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is free where a lock names a process that is gone, or this one's number in an earlier life", async () => {
    const folder = temporaryFolder();
    for (const pid of [gone, process.pid]) writeFileSync(join(folder, lock(pid)), "");
    for (const other of ["notes.lock", ".facecut-x-y.lock"]) writeFileSync(join(folder, other), "");
    expect(await lockFolder(folder)).toBeUndefined();
    expect(locks(folder).sort()).toEqual([lock(process.pid), ".facecut-x-y.lock", "notes.lock"].sort());
    await unlockFolder(folder);
  });

  it("is free where a folder is named like a lock; one of this very name is left alone, with the reason", async () => {
    const folder = temporaryFolder();
    for (const name of [lock(gone), lock(process.ppid), lock(1, "elsewhere")]) mkdirSync(join(folder, name));
    expect(await lockFolder(folder)).toBeUndefined();
    await unlockFolder(folder);
    mkdirSync(join(folder, lock(process.pid)));
    await expect(lockFolder(folder)).rejects.toThrow("EISDIR");
    expect(locks(folder)).toHaveLength(4);
  });

  it("that cannot be marked is refused with the reason, and nothing is held", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    await expect(lockFolder(file)).rejects.toThrow("ENOTDIR");
    await expect(lockFolder(join(file, "..", "missing"))).rejects.toThrow("ENOENT");
    mkdirSync(join(file, "..", "missing"));
    expect(await lockFolder(join(file, "..", "missing"))).toBeUndefined();
    await unlockFolder(join(file, "..", "missing"));
  });
});

function outputs(folder: string): Record<string, string> {
  try {
    return filesIn(folder);
  } catch {
    return {};
  }
}
