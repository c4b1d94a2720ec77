import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { facecut, filesIn, sample, temporaryFolder } from "./support/cli.js";

const unfinished = "The search behind this record did not finish";

/** A copy of a sample as a search leaves it that was interrupted before it asked what the media are. */
function interrupted({ infos = false, media = 3 } = {}): string {
  const folder = temporaryFolder();
  cpSync(sample("one-face-25"), folder, { recursive: true });
  const search = join(folder, "search.json");
  writeFileSync(search, readFileSync(search, "utf8").replace('"complete": true', '"complete": false'));
  if (!infos) rmSync(join(folder, "BatchGetMediaInfos"), { recursive: true });
  const assets = Object.keys(filesIn(join(folder, "SearchMediaClipByFace")));
  for (const asset of assets.slice(media)) rmSync(join(folder, "SearchMediaClipByFace", asset, ".."), { recursive: true });
  return folder;
}

const occurrencesOf = (text: string, part: string) => text.split(part).length - 1;

describe("list of a record whose search did not finish", () => {
  it("says so, as an export does", async () => {
    const folder = interrupted({ infos: true, media: 2 });
    const [listed, exported] = [
      await facecut("list", folder),
      await facecut("export", folder, "-o", temporaryFolder(), "--format", "otio"),
    ];
    const told = exported.err.match(/^warning: .* \[record\]\n.*\n/gm) ?? [];
    expect(told).toHaveLength(2);
    expect([listed.status, listed.err]).toEqual([0, told.join("")]);
    expect(listed.err).toContain("--resume");
    expect((await facecut("list", folder, "--quiet")).err).toBe("");
  });

  it("says so in JSON too, as the JSON of an export does", async () => {
    const folder = interrupted({ infos: true, media: 2 });
    const { warnings } = JSON.parse((await facecut("list", folder, "--json")).out);
    const exported = JSON.parse((await facecut("export", folder, "-o", temporaryFolder(), "--json")).out);
    expect(warnings).toHaveLength(2);
    expect(warnings).toEqual(exported.warnings.filter(({ code }: { code: string }) => code === "record"));
    expect(JSON.parse((await facecut("list", sample("one-face-25"), "--json")).out).warnings).toEqual([]);
  });
});

describe("export of a record whose search did not finish", () => {
  it.each([["--quiet"], ["--debug=false"]])("says that this is why no frame rate is known, once (%s)", async (option) => {
    const { status, err } = await facecut("export", interrupted(), "-o", temporaryFolder(), option);
    expect([status, occurrencesOf(err, unfinished), occurrencesOf(err, "[no-rate]")]).toEqual([3, 1, 1]);
    expect(err).toMatch(
      /facecut: The search behind this record did not finish: the frame rate is not known for any of the 3 videos with the face \[no-rate\]\n {2}do: Run the search again with --resume/,
    );
  });

  it("is the same in one of several records, and joined with a finished one a warning", async () => {
    const [one, both] = [
      await facecut("export", interrupted(), interrupted(), "-o", temporaryFolder(), "-q"),
      await facecut("export", interrupted(), sample("two-people-23976"), "-o", temporaryFolder()),
    ];
    expect([one.status, one.err]).toEqual([3, expect.stringContaining(`${unfinished}: `)]);
    expect([both.status, both.err]).toEqual([0, expect.stringMatching(/warning: The search behind.*\[record\]/)]);
    expect(both.err).toMatch(/warning: 6 occurrences of 3 media left out.*\[no-rate\]/);
  });

  it("still names the replies that are missing", async () => {
    const { err } = await facecut("export", interrupted({ media: 1 }), "-o", temporaryFolder());
    expect(err).toMatch(/warning: The replies on 2 media assets are not in the record: .* \[record\]/);
    expect(err).toMatch(/the frame rate is not known for the only video with the face \[no-rate\]/);
  });
});

describe("export of a finished record without any frame rate", () => {
  it("says so once, and how to give it", async () => {
    const folder = interrupted({ media: 1 });
    for (const name of ["search.json", "SearchMediaByFace"]) rmSync(join(folder, name), { recursive: true });
    const { status, err } = await facecut("export", folder, "-o", temporaryFolder());
    expect([status, occurrencesOf(err, "[no-rate]")]).toEqual([3, 1]);
    expect(err).toMatch(
      /facecut: The frame rate is not known for the only video with the face \[no-rate\]\n {2}where: --media-rate\n/,
    );
    expect(err).not.toContain("--resume");
  });

  it("names files that are not where they should be", async () => {
    const folder = interrupted();
    const map = join(temporaryFolder(), "map.csv");
    const [id] = Object.keys(filesIn(join(folder, "SearchMediaClipByFace"))).map((name) => name.split("/")[0]);
    writeFileSync(map, `media,original\n${id},/nowhere/interview-a.mp4\n`);
    const { err } = await facecut("export", folder, "-o", temporaryFolder(), "--media-map", map);
    expect(err).toMatch(/warning: .*interview-a\.mp4 \(not there: .*nowhere.*\[no-rate\]/);
    expect(err).toMatch(/facecut: .*\[no-rate\]/);
  });
});
