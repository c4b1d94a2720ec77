import { describe, expect, it } from "vitest";
import type { Person } from "../../src/model/timeline.js";
import { differenceText } from "../../src/verify/difference.js";
import { verifyFormat } from "../../src/verify/verify.js";
import type { WrittenFile } from "../../src/verify/written-file.js";
import { dialectOf } from "../../src/write/dialect.js";
import { writers } from "../../src/write/writers.js";
import { media, person, plan, timeline } from "../support/plans.js";

const dialect = dialectOf();
const source = media("a.mov", { duration: 3000 });
const people = [person("Ada")];
const cuts = Array.from({ length: 2000 }, (_, i) => ({ media: source, from: i, to: i + 1, people }));
const long = plan("long", timeline("long", [cuts]));
const lists = writers.edl.write(long, ["long"], dialect).map(({ name, chunks }) => ({ name, chunks: [...chunks] }));
const verified = (files: readonly WrittenFile[]) =>
  verifyFormat("edl", long, dialect, files).map((difference) => `${difference.file} ${differenceText(difference)}`);

describe("lists of one timeline", () => {
  it("are as many as it takes", () => {
    expect(lists.map(({ name }) => name)).toEqual(["long.001.edl", "long.002.edl", "long.003.edl"]);
    expect(verified(lists)).toEqual([]);
  });

  it.each([
    ["the last is missing", lists.slice(0, 2), ["edl number of files is 2, not 3"]],
    ["there is another", [...lists, ...lists.slice(0, 1)], ["edl number of files is 4, not 3"]],
    ["there is none", [], ["edl number of files is 0, not 3"]],
  ] as const)("%s", (_, files, found) => {
    expect(verified(files)).toEqual(found);
  });

  it("are told apart by number", () => {
    const swapped = [1, 0, 2].map((part) => lists[part] as WrittenFile);
    expect(verified(swapped)[0]).toBe("long.002.edl name of the timeline is long 002, not long 001");
  });

  it("count on from where the last one ended", () => {
    const again = lists.map(({ name, chunks }, i) => ({ name, chunks: i === 2 ? chunks.slice(0, -1) : chunks }));
    expect(verified(again)).toEqual(["long.003.edl number of clips is 1, not 2"]);
  });
});

describe("a clip over midnight", () => {
  const film = media("late.mov", { startTimecode: "23:59:59:00" });
  const points = [20, 30].map((frame) => ({ person: people[0] as Person, frame }));
  const of = plan("Late", timeline("Late", [[{ media: film, from: 10, to: 40, people, points }]]));
  const [{ name, chunks }] = writers.edl.write(of, ["late"], dialect) as [WrittenFile];
  const text = [...chunks].join("");
  const told = (changed: string) => verifyFormat("edl", of, dialect, [{ name, chunks: [changed] }]).map(differenceText);

  it("is two events, each with the locators that lie in it", () => {
    expect(text.match(/^\d{3} {2}/gm)).toHaveLength(2);
    expect(told(text)).toEqual([]);
    expect(told(text.slice(0, text.indexOf("\r\n002")))).toEqual(["number of clips is 1, not 2"]);
    const [, locator = ""] = [...text.matchAll(/^\* LOC:.*\r\n/gm)].map(String);
    const moved = text.replace(locator, "").replace("\r\n002", `\r\n${locator.trim()}\r\n002`);
    expect(told(moved)).toContainEqual(expect.stringMatching(/number of markers is 2, not 1$/));
  });
});

describe("a reel in a list of long reels", () => {
  const longReels = dialectOf({ edl: { reel: "file" } });
  const of = plan("Long", timeline("Long", [[{ media: media("interview_a.mov"), from: 0, to: 40, people }]]));
  const [{ name, chunks }] = writers.edl.write(of, ["long"], longReels) as [WrittenFile];
  const text = [...chunks].join("");
  const told = (changed: string) => verifyFormat("edl", of, longReels, [{ name, chunks: [changed] }]).map(differenceText);

  it("begins as the file's name does", () => {
    expect(told(text)).toEqual([]);
    expect(told(text.replace(/(?<=^001 {2})\w/m, "Q"))).toContainEqual(
      expect.stringMatching(/^interview_a\.mov: reel is Q\S*, not one of its name$/),
    );
  });
});
