import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { displayWidth } from "../src/display-width.js";
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
    const nobody = await facecut("list", sample("no-matches-25"));
    expect([nobody.status, nobody.err]).toEqual([6, expect.not.stringContaining("written")]);
  });

  it("tells who and what is meant by EntityId and MediaId", async () => {
    const { people, media, expressions } = JSON.parse((await facecut("list", two, "--json")).out);
    expect(people[0]).toEqual({ name: "Ada Example", entity_id: "4400192837461", seconds_on_screen: 11.762, clips: 3 });
    expect(media.map(({ media_id }: { media_id: string }) => media_id).sort()).toEqual([
      "b548ea75c1c36d92a5f0e0230f7af375",
      "ed7f1bfda80dd85ee750f57cde63a9bf",
    ]);
    expect(Object.keys(expressions[0])).toEqual(["name", "seconds_on_screen", "clips"]);
  });

  it("puts Chinese names into columns too", async () => {
    const { out } = await facecut("list", sample("chinese-library"));
    const [table = ""] = out.split("\n\n");
    const widths = table.split("\n").map(displayWidth);
    expect(table).toMatch(/\p{Script=Han}/u);
    expect(new Set(widths)).toEqual(new Set([widths[0]]));
  });

  it("looks for media as an export does, so that timecodes are those of the files", async () => {
    const media = sample("media");
    const folder = temporaryFolder();
    const args = ["list", one, "--from", "10:00:00:00", "--until", "10:00:03:00", "--media", "interview-a"];
    const unknown = await facecut(...args);
    expect([unknown.status, unknown.err]).toEqual([6, expect.stringContaining("--media-dir")]);
    expect((await facecut(...args, "--media-map", join(media, "media-map.csv"))).out).toMatch(/Ada Example +2\.0 s +1\n/);
    const nowhere = await facecut(...args, "--media-dir", join(folder, "none"));
    expect([nowhere.status, nowhere.err]).toEqual([3, expect.stringContaining("[no-input]")]);
    const found = await facecut("list", one, "--media-dir", media, "--no-cache");
    expect([found.status, found.err]).toEqual([0, expect.stringMatching(/^facecut: found 3 of 3 media files/)]);
    expect((await facecut("list", one, "--media-dir", media, "--no-cache", "--quiet")).err).toBe("");
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
