import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { facecut, filesIn, sample, temporaryFolder } from "./support/cli.js";

const [one, two] = [sample("one-face-25"), sample("two-people-23976")];

describe("list", () => {
  it("says who is in a record, in what and how, for how long", async () => {
    const { status, out } = await facecut("list", two);
    expect(status).toBe(0);
    expect(out).toMatch(/^ {2}person +on screen +clips\n {2}Ada Example +11\.8 s +3\n {2}Ben Sample +11\.7 s +2\n\n {2}file/);
  });

  it("adds up several records, and what is in both once", async () => {
    const listed = async (...folders: string[]) => JSON.parse((await facecut("list", ...folders, "--json")).out);
    const [first, second, both] = [await listed(one), await listed(two), await listed(one, two, one)];
    const secondsOf = (list: { people: { name: string; seconds_on_screen: number }[] }) =>
      list.people.find(({ name }) => name === "Ada Example")?.seconds_on_screen ?? 0;
    expect(secondsOf(both)).toBeCloseTo(secondsOf(first) + secondsOf(second), 3);
  });

  it("takes the options that select, and writes a table", async () => {
    const file = join(temporaryFolder(), "summary.csv");
    const { status, out } = await facecut("list", two, "--person", "Ben Sample", "--summary", file);
    expect([status, out.includes("Ada Example")]).toEqual([0, false]);
    expect(readFileSync(file, "utf8")).toMatch(
      /^\uFEFFkind,name,seconds_on_screen,clips\r\nperson,"?Ben Sample"?,11\.\d{3},2\r\n/,
    );
  });

  it("needs a folder, and one with faces in it", async () => {
    expect((await facecut("list")).status).toBe(2);
    expect((await facecut("list", sample("no-matches-25"))).status).toBe(6);
  });
});

describe("export of several records", () => {
  it("joins them in one timeline", async () => {
    const out = temporaryFolder();
    const run = await facecut("export", one, two, "-o", out, "--rate", "25", "--name", "both", "--format", "otio");
    expect([run.status, run.out]).toEqual([0, expect.stringMatching(/^both: 11 clips of 5 files/)]);
    expect(Object.keys(filesIn(out)).sort()).toEqual(["both.otio", "both.report.json"]);
  });
});

describe("templates", () => {
  it("are listed, a line each", async () => {
    const { status, out } = await facecut("templates");
    expect(status).toBe(0);
    expect(out.split("\n").map((line) => line.split(" ")[0])).toEqual([
      "avid",
      "final-cut",
      "generic",
      "premiere",
      "resolve",
      "",
    ]);
  });

  it("say what they decide, and where it comes from", async () => {
    const { status, out } = await facecut("templates", "premiere");
    expect([status, out]).toEqual([0, expect.stringMatching(/fcp7xml\.scale_to_fit +true +\S+premiere\.json/)]);
    const { err } = await facecut("templates", "resolv");
    expect(err).toContain("Did you mean resolve?");
    expect(err).not.toContain("--template");
  });
});
