import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { checkFiles } from "../../src/check/check-files.js";
import { facecut, filesIn, sample, temporaryFolder } from "../support/cli.js";
import { edited, expectedText, rulesIn, written } from "./broken.js";

const otio = expectedText("one-face-25/Ada Example.otio");

/** Everything that templates write of a sample, side by side in one folder. */
async function exported(...templates: readonly string[]): Promise<string> {
  const out = join(temporaryFolder(), "cut");
  for (const template of templates) {
    const { status, err } = await facecut("export", sample("two-people-23976"), "-o", out, "--to", template, "--name", "Ada");
    expect(status, err).toBe(0);
  }
  return out;
}

describe("a folder", () => {
  it("is checked for every timeline in it, and nothing else", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "below"));
    mkdirSync(join(folder, "c.otiod"));
    const xml = expectedText("one-face-25/Ada Example.xml");
    const files = { "b.otio": otio, "a10.xml": xml, "a9.otio": otio, "._b.otio": "\0", "C0001M01.XML": "<NonRealTimeMeta/>" };
    const others = { "below/d.otio": otio, "c.otiod/content.otio": otio, "c.otiod/version.txt": "1", "a.txt": "x", "a.mov": "x" };
    for (const [name, text] of Object.entries({ ...files, ...others })) writeFileSync(join(folder, name), text);
    const checked = await checkFiles([folder]);
    expect(checked.folders).toEqual([{ folder, timelines: 4 }]);
    expect(checked.files.map(({ file }) => basename(file))).toEqual(["a9.otio", "a10.xml", "b.otio", "c.otiod"]);
    expect(checked.findings).toEqual([]);
  });

  // Windows has no such files.
  it.skipIf(process.platform === "win32")("may hold pipes, which are never opened", async () => {
    const [file = ""] = written({ "a.otio": otio });
    const pipe = join(file, "..", "b.xml");
    execFileSync("mkfifo", [pipe]);
    // Whoever opens it all the same waits for this one, and reads a timeline.
    const writer = spawn("sh", ["-c", 'sleep 1; echo "<xmeml>" > "$0"', pipe], { detached: true, stdio: "ignore" });
    onTestFinished(() => void process.kill(-(writer.pid as number), "SIGKILL"));
    const { files } = await checkFiles([join(file, "..")]);
    expect(files.map((one) => one.file)).toEqual([file]);
  });

  it("may be given beside files, each of which is checked once", async () => {
    const [file = ""] = written({ "a.otio": otio });
    const { files, folders } = await checkFiles([file, join(file, "..")]);
    expect([files.length, folders.length]).toEqual([1, 1]);
  });

  it("without a timeline is refused", async () => {
    const folder = temporaryFolder();
    await expect(checkFiles([folder])).rejects.toMatchObject({ code: "no-timeline", exitStatus: 3, where: folder });
    writeFileSync(join(folder, "a.report.json"), "{}");
    await expect(checkFiles([folder])).rejects.toMatchObject({ cure: expect.stringContaining(".otio, .otioz") });
  });

  it("of what the templates of all programs write raises nothing, though each cut is for another one", async () => {
    const folder = await exported("resolve", "premiere", "final-cut", "avid");
    const { findings, files } = await checkFiles([folder]);
    expect(findings).toEqual([]);
    expect(files).toHaveLength(5);
  });
});

describe("files that belong to an export and are no timelines", () => {
  it.each([
    [".report.json", "a conform report"],
    [".ale", "a log of media (ALE)"],
    [".avid-markers.txt", "a list of markers for Media Composer"],
    [".csv", "a cut log (CSV)"],
  ])("%s is %s: left out beside timelines, refused alone", async (ending, what) => {
    const out = await exported("avid");
    await facecut("export", sample("two-people-23976"), "-o", join(out, "Ada.csv"), "--force");
    const other = join(out, Object.keys(filesIn(out)).find((name) => name.endsWith(ending)) as string);
    const checked = await checkFiles([other, join(out, "Ada.edl")], {});
    expect(checked.skipped).toEqual([{ file: other, what }]);
    expect(checked.files).toHaveLength(1);
    await expect(checkFiles([other])).rejects.toMatchObject({
      code: "no-timeline",
      where: other,
      message: `This is ${what}, no timeline`,
    });
  });

  it("a list of markers for Resolve is checked, at the rate of its timeline, and said to hold no cuts", async () => {
    const out = await exported("resolve");
    const list = join(out, "Ada.resolve-markers.edl");
    const { out: told } = await facecut("check", join(out, "Ada.otio"), list);
    expect(told).toMatch(/resolve-markers\.edl: a list of 4 markers, no cuts; nothing wrong\n$/);
    const broken = edited(filesIn(out)["Ada.resolve-markers.edl"] as string, [
      [/01:00:00:10(?= 01:00:00:11 {2})/, "01:00:00:26"],
    ]);
    writeFileSync(list, broken);
    expect(rulesIn(await checkFiles([out]))).toEqual(["error no-such-label"]);
    // Alone it has the rate that the report tells; without that, none.
    expect(rulesIn(await checkFiles([list]))).toEqual(["error no-such-label"]);
    rmSync(join(out, "Ada.report.json"));
    expect(rulesIn(await checkFiles([list]))).toEqual([]);
  });
});

describe("facecut check", () => {
  it("tells what it left alone, and goes by the rest", async () => {
    const out = await exported("avid");
    const { status, out: told } = await facecut("check", ...Object.keys(filesIn(out)).map((name) => join(out, name)));
    expect(status).toBe(0);
    expect(told).toContain("Ada.report.json: a conform report, no timeline; not checked\n");
    expect(told).toMatch(/Ada\.edl: \d+ clips, /);
  });

  it("tells what it left alone in a folder, each file once", async () => {
    const folder = await exported("avid");
    await facecut("export", sample("two-people-23976"), "-o", join(folder, "Ada.csv"), "--force");
    for (const name of ["notes.txt", ".hidden.csv", "media.csv", "own.json"])
      writeFileSync(join(folder, name), "of somebody else");
    mkdirSync(join(folder, "below.csv"));
    const { status, out: told } = await facecut("check", folder, join(folder, "Ada.ale"));
    expect([status, told.split("\n").filter((line) => line.endsWith("not checked"))]).toEqual([
      0,
      [
        ["Ada.ale", "a log of media (ALE)"],
        ["Ada.avid-markers.txt", "a list of markers for Media Composer"],
        ["Ada.csv", "a cut log (CSV)"],
        ["Ada.report.json", "a conform report"],
      ].map(([name, what]) => `${join(folder, name as string)}: ${what}, no timeline; not checked`),
    ]);
  });

  it("tells how many timelines a folder holds", async () => {
    const folder = await exported("generic");
    const { status, out: told } = await facecut("check", folder);
    expect(status).toBe(0);
    expect(told.split("\n")[0]).toBe(`${folder}: 4 timeline files`);
    const json = JSON.parse((await facecut("check", "--json", folder)).out);
    const skipped = [{ file: join(folder, "Ada.report.json"), what: "a conform report" }];
    expect(json).toMatchObject({ folders: [{ folder, timelines: 4 }], skipped, errors: 0 });
    expect(json.files).toHaveLength(4);
  });

  it("ends with 3 for a file that is not there, and 5 for one that is broken", async () => {
    const [file = ""] = written({ "a.otio": otio.slice(0, 2000) });
    expect((await facecut("check", file)).status).toBe(5);
    const { status, err } = await facecut("check", file, "nowhere.edl");
    expect(status).toBe(3);
    expect(err).toMatch(/does not exist \[no-input\]\n {2}where: nowhere\.edl/);
    rmSync(file);
    expect((await facecut("check", file)).status).toBe(3);
  });
});
