import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { facecut, filesIn, type Run, sample, temporaryFolder } from "./support/cli.js";

const one = sample("one-face-25");
/** So late that the six clips fill three timelines, each up to midnight. */
const threeTimelines = ["--start-timecode", "23:59:50:00"];

function names(folder: string): string[] {
  return Object.keys(filesIn(folder)).sort();
}

function refusal({ status, err }: Run): unknown {
  return [status, /\[([a-z-]+)\]/.exec(err.split("facecut: ").at(-1) as string)?.[1]];
}

describe("names of the files", () => {
  it("a file after -o names the file, --name the timeline", async () => {
    const out = temporaryFolder();
    expect((await facecut("export", one, "-o", join(out, "x", "ada.otio"), "--name", "Bob")).status).toBe(0);
    expect(names(out)).toEqual(["x/ada.otio", "x/ada.report.json"]);
    expect(JSON.parse(readFileSync(join(out, "x", "ada.otio"), "utf8")).name).toBe("Bob");
    await facecut("export", one, "-o", join(out, "y", "ada.otio"));
    expect(JSON.parse(readFileSync(join(out, "y", "ada.otio"), "utf8")).name).toBe("ada");
  });

  it("-o with a slash at its end is a folder, whatever its name", async () => {
    const out = temporaryFolder();
    expect((await facecut("export", one, "-o", `${join(out, "cut.xml")}/`, "--format", "otio")).status).toBe(0);
    expect(names(out)).toEqual(["cut.xml/Ada Example.otio", "cut.xml/Ada Example.report.json"]);
  });
});

describe("an earlier export of the same name", () => {
  it("in another format stays, and needs no --force: only the report is replaced", async () => {
    const out = temporaryFolder();
    await facecut("export", one, "-o", join(out, "Ada.otio"), ...threeTimelines);
    const first = filesIn(out);
    expect((await facecut("export", one, "-o", join(out, "Ada.xml"))).status).toBe(0);
    expect((await facecut("export", one, "-o", join(out, "Ada.xml"), "--force")).status).toBe(0);
    expect(names(out)).toEqual(["Ada-2.otio", "Ada-3.otio", "Ada.otio", "Ada.report.json", "Ada.xml"]);
    expect(filesIn(out)).toMatchObject({ "Ada.otio": first["Ada.otio"], "Ada-2.otio": first["Ada-2.otio"] });
    expect(JSON.parse(filesIn(out)["Ada.report.json"] as string).files).toEqual(["Ada.xml"]);
  });

  it("with more timelines in the same format is refused, and replaced whole with --force", async () => {
    const out = temporaryFolder();
    await facecut("export", one, "-o", out, "--name", "Ada", "--format", "otio,edl", ...threeTimelines);
    expect(names(out)).toContain("Ada-3.edl");
    expect(refusal(await facecut("export", one, "-o", join(out, "Ada.edl")))).toEqual([2, "output-exists"]);
    expect((await facecut("export", one, "-o", join(out, "Ada.edl"), "--force")).status).toBe(0);
    expect(names(out)).toEqual(["Ada-2.otio", "Ada-3.otio", "Ada.edl", "Ada.otio", "Ada.report.json"]);
  });

  it("loses only what is its own: no file of another export, no file that a report has no say in", async () => {
    const out = temporaryFolder();
    const kept = ["Ada-2.edl", "Ada-2.report.json", "Ada.001.edl", "Ada.001.report.json", "Ada-4.edl", "Bob.edl", "Adam.edl"];
    for (const name of kept) writeFileSync(join(out, name), "kept");
    const listed = { version: 1, files: ["Ada-2.edl", "Bob.edl", "../Bob.edl", "Ada.report.json", 7, "Ada-5.edl"] };
    writeFileSync(join(out, "Ada.report.json"), JSON.stringify(listed));
    mkdirSync(join(out, "Ada-5.edl"));
    expect((await facecut("export", one, "-o", join(out, "Ada.edl"))).status).toBe(0);
    expect(names(out)).toEqual([...kept, "Ada.edl", "Ada.report.json"].sort());
  });

  it("a file at the report's name that is no report of facecut's is not replaced without --force", async () => {
    const texts = ["not JSON", "null", '{"files":[]}', '{"version":1}'];
    for (const text of texts) {
      const out = temporaryFolder();
      writeFileSync(join(out, "Ada.report.json"), text);
      expect(refusal(await facecut("export", one, "-o", join(out, "Ada.edl")))).toEqual([2, "output-exists"]);
      expect(names(out)).toEqual(["Ada.report.json"]);
    }
  });

  it("parts of an EDL are known by their names", async () => {
    const many = sample("twelve-hundred-25");
    const parts = ["P.001.edl", "P.002.edl", "P.report.json"];
    const whole = ["P.edl", "P.report.json"];
    const out = temporaryFolder();
    writeFileSync(join(out, "P.edl"), "an earlier list");
    expect(refusal(await facecut("export", many, "-o", join(out, "P.edl")))).toEqual([2, "output-exists"]);
    expect(names(out)).toEqual(["P.edl"]);
    expect((await facecut("export", many, "-o", join(out, "P.edl"), "--force")).status).toBe(0);
    expect(names(out)).toEqual(parts);

    const other = temporaryFolder();
    for (const name of parts.slice(0, 2)) writeFileSync(join(other, name), "an earlier part");
    expect(refusal(await facecut("export", one, "-o", join(other, "P.edl")))).toEqual([2, "output-exists"]);
    expect((await facecut("export", one, "-o", join(other, "P.otio"))).status).toBe(0);
    expect(names(other)).toEqual([...parts.slice(0, 2), "P.otio", "P.report.json"]);
    expect((await facecut("export", one, "-o", join(other, "P.edl"), "--force")).status).toBe(0);
    expect(names(other)).toEqual([...whole.slice(0, 1), "P.otio", ...whole.slice(1)]);
  });
});

describe("names that are taken", () => {
  it("the place of the refusal is the folder", async () => {
    const out = temporaryFolder();
    await facecut("export", one, "-o", out);
    const run = await facecut("export", one, "-o", out, "--quiet");
    expect(run.err).toBe(
      `facecut: 4 output files exist already: Ada Example.otio, Ada Example.fcpxml, Ada Example.edl, Ada Example.xml [output-exists]\n  where: ${out}\n  do: Give another folder with -o, or --force to replace them\n`,
    );
  });

  it("a link that leads nowhere takes its name; --force replaces the link", async () => {
    const out = temporaryFolder();
    symlinkSync(join(out, "elsewhere"), join(out, "Ada.otio"));
    expect(refusal(await facecut("export", one, "-o", join(out, "Ada.otio")))).toEqual([2, "output-exists"]);
    expect((await facecut("export", one, "-o", join(out, "Ada.otio"), "--force")).status).toBe(0);
    expect(existsSync(join(out, "elsewhere"))).toBe(false);
    expect(names(out)).toEqual(["Ada.otio", "Ada.report.json"]);
  });

  it.each([["--quiet"], ["--force"]])("a folder at an output name is refused before anything is written (%s)", async (flag) => {
    const out = temporaryFolder();
    mkdirSync(join(out, "Ada Example.xml"));
    writeFileSync(join(out, "Ada Example.otio"), "kept");
    const run = await facecut("export", one, "-o", out, flag);
    expect(refusal(run)).toEqual([3, "cannot-write"]);
    expect(run.err).toContain(join(out, "Ada Example.xml"));
    expect(filesIn(out)).toEqual({ "Ada Example.otio": "kept" });
  });
});
