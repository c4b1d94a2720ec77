import { chmod, link, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { type Found, indexFolders } from "../../src/media/find-files.js";
import { refusal } from "../fetch/record-fixture.js";
import { sweep } from "../support/sweep.js";

const made: string[] = [];
afterAll(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));

/** A folder with empty files of these paths, made in this order. A path that ends in a slash is a folder. */
async function treeOf(...paths: string[]): Promise<string> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "facecut-find-")));
  made.push(root);
  for (const path of paths) {
    await mkdir(join(root, path.endsWith("/") ? path : dirname(path)), { recursive: true });
    if (!path.endsWith("/")) await writeFile(join(root, path), "");
  }
  return root;
}

/** What was found, with paths from `root`: `a/b.mov`, `~a/b.mov` for another extension, or the candidates. */
function shownFrom(root: string, found: Found): string | string[] | undefined {
  const inside = (path: string) => relative(root, path).replaceAll(sep, "/");
  if (found === undefined) return undefined;
  return "path" in found ? `${found.otherExtension ? "~" : ""}${inside(found.path)}` : found.candidates.map(inside);
}

async function search(paths: readonly string[], fileName: string) {
  const root = await treeOf(...paths);
  return shownFrom(root, (await indexFolders([root])).find(fileName));
}

const [composed, decomposed] = ["caf\u00e9 \u30ac.mov", "cafe\u0301 \u30ab\u3099.mov"];

describe("a file is found by name", () => {
  it.each([
    ["at the top", ["a.mov"], "a.mov", "a.mov"],
    ["deep down", ["1/2/3/4/a.mov", "1/b.mov"], "a.mov", "1/2/3/4/a.mov"],
    ["composed on disk", [composed], decomposed, composed],
    ["decomposed on disk", [decomposed], composed, decomposed],
    ["not at all", ["b.mov", "a.mov.bak", "aa.mov"], "a.mov", undefined],
    ["not by a part of its path", ["1/a.mov"], "1/a.mov", undefined],
    ["but no folder of that name", ["a.mov/b.mov"], "a.mov", undefined],
    ["but no empty name", ["a.mov"], "", undefined],
    ["but no dot", ["a.mov"], ".", undefined],
    ["of a name every object has", ["a.mov"], "constructor", undefined],
    ["twice", ["2/a.mov", "1/a.mov", "a.txt"], "a.mov", ["1/a.mov", "2/a.mov"]],
    ["three times", ["2/a.mov", "1/a.mov", "10/a.mov"], "a.mov", ["1/a.mov", "10/a.mov", "2/a.mov"]],
  ])("%s", async (_, paths, fileName, expected) => {
    expect(await search(paths, fileName)).toEqual(expected);
  });

  // A file system that takes the two spellings for one holds one file.
  it("once or refused where both spellings lie side by side", async () => {
    const found = await search([`1/${composed}`, `2/${decomposed}`], composed);
    expect(found).toEqual([`1/${composed}`, `2/${decomposed}`]);
  });

  it.each([
    ["capitals", ["A.MOV"], "a.mov", "A.MOV"],
    ["capitals of other scripts", ["ÉCLAIR Ж.Mov"], "e\u0301clair ж.mov", "ÉCLAIR Ж.Mov"],
    ["capitals after the name itself", ["1/A.mov", "2/a.mov"], "a.mov", "2/a.mov"],
    ["two kinds of capitals", ["1/A.mov", "2/a.MOV"], "a.mov", ["1/A.mov", "2/a.MOV"]],
    ["capitals before another extension", ["1/A.MOV", "2/a.mxf"], "a.mov", "1/A.MOV"],
  ])("%s set aside", async (_, paths, fileName, expected) => {
    expect(await search(paths, fileName)).toEqual(expected);
  });

  it.each([
    ["another", ["a.mov"], "a.mp4", "~a.mov"],
    ["another, in capitals", ["A.MXF"], "a.mp4", "~A.MXF"],
    ["another, composed or not", [decomposed], composed.replace("mov", "mp4"), `~${decomposed}`],
    ["another, after the name itself", ["1/a.mov", "2/a.mp4"], "a.mp4", "2/a.mp4"],
    ["two others", ["1/a.mov", "2/a.mxf"], "a.mp4", ["1/a.mov", "2/a.mxf"]],
    ["none asked for", ["take 1.mov"], "take 1", "~take 1.mov"],
    ["none asked for, with a point in the name", ["take 1.2.mov", "take 1.mov"], "take 1.2", "~take 1.2.mov"],
    ["none asked for, with a point that looks like one", ["take 1.mov"], "take 1.2", undefined],
    ["not that of sound, subtitles or notes", ["a.wav", "a.srt", "a.xml", "a.jpg", "a.THM", "a"], "a.mp4", undefined],
    ["that of pictures beside those", ["a.wav", "a.srt", "a.xml", "a.mov"], "a.mp4", "~a.mov"],
    ["two at once, of which the last counts", ["a.mov", "a.mov.mp4"], "a.mov.mxf", "~a.mov.mp4"],
    ["no name but an extension", ["mov"], ".mov", undefined],
  ])("with the extension: %s", async (_, paths, fileName, expected) => {
    expect(await search(paths, fileName)).toEqual(expected);
  });

  const hostile = [
    "a\nb.mov",
    "100%.mov",
    "%41.mov",
    "🎬 采访 #1?.mov",
    "'q\"`$(x).mov",
    "-rf.mov",
    " a .mov",
    "a\\b.mov",
    "人*[x].mov",
  ];
  it.skipIf(process.platform === "win32").each(hostile)("when it is %j", async (name) => {
    expect(await search([`A/${name}`, "A.mov", "b.mov"], name)).toBe(`A/${name}`);
  });

  it("but not when it is hidden, or in a hidden folder", async () => {
    const root = await treeOf(".a.mov", "._b.mov", ".Trashes/c.mov", "1/.git/d.mov", ".e/f/g.mov", "seen.mov");
    const { find, skipped } = await indexFolders([root]);
    const names = ["a.mov", ".a.mov", "b.mov", "._b.mov", "c.mov", "d.mov", "g.mov"];
    expect(names.map(find)).toEqual(names.map(() => undefined));
    expect([find("seen.mov"), skipped]).toEqual([{ path: join(root, "seen.mov"), otherExtension: false }, []]);
  });

  it("in a hidden folder that was named", async () => {
    const root = await treeOf(".cache/a.mov");
    expect((await indexFolders([join(root, ".cache")])).find("a.mov")).toEqual({
      path: join(root, ".cache", "a.mov"),
      otherExtension: false,
    });
  });
});

describe("several folders", () => {
  it("hold a file once, however often and by whichever way they are named", async () => {
    const root = await treeOf("1/2/a.mov", "3/b.mov");
    const all = [root, join(root, "1"), `${root}/1/../1/2/`, root, relative(process.cwd(), root)];
    for (const folders of [all, [...all].reverse()]) {
      const { find } = await indexFolders(folders);
      expect(["a.mov", "b.mov"].map((name) => shownFrom(root, find(name)))).toEqual(["1/2/a.mov", "3/b.mov"]);
    }
  });

  it("that hold two files of one name refuse it", async () => {
    const root = await treeOf("1/a.mov", "2/a.mov");
    const { find } = await indexFolders([join(root, "2"), join(root, "1")]);
    expect(shownFrom(root, find("a.mov"))).toEqual(["1/a.mov", "2/a.mov"]);
  });

  it("may be none", async () => {
    expect((await indexFolders([])).find("a.mov")).toBeUndefined();
  });

  it.each([
    ["is missing", "none", "it does not exist"],
    ["is a file", "a.mov", "it is a file where a folder should be"],
    ["leads to nothing", "dangling", "it does not exist"],
    ["leads to itself", "circle", "lead in a circle"],
  ])("one of which %s are refused", async (_, name, text) => {
    const root = await treeOf("a.mov");
    await symlink("nothing", join(root, "dangling"));
    await symlink("circle", join(root, "circle"));
    const refused = await refusal(() => indexFolders([root, join(root, name)]));
    expect(refused).toMatchObject({ code: "no-input", where: join(root, name), text: expect.stringContaining(text) });
  });

  it("one of which has no name are refused, not taken for the current one", async () => {
    await expect(indexFolders([""])).rejects.toMatchObject({ code: "no-input", option: "mediaDir" });
  });
});

describe("links", () => {
  it("to files and folders are followed", async () => {
    const other = await treeOf("x/far.mov", "single.mov");
    const root = await treeOf("1/");
    await symlink(join(other, "x"), join(root, "1", "shelf"));
    await symlink(join(other, "single.mov"), join(root, "renamed.mov"));
    const { find } = await indexFolders([root]);
    expect(["far.mov", "renamed.mov", "single.mov"].map((name) => shownFrom(root, find(name)))).toEqual([
      "1/shelf/far.mov",
      "renamed.mov",
      undefined,
    ]);
  });

  it("that lead in circles, or nowhere, end", async () => {
    const root = await treeOf("1/2/a.mov");
    await symlink("..", join(root, "1", "2", "up"));
    await symlink(root, join(root, "1", "top"));
    await symlink(".", join(root, "here"));
    await symlink("self", join(root, "self"));
    await symlink("b.mov", join(root, "nothing"));
    const { find, skipped } = await indexFolders([root]);
    expect([shownFrom(root, find("a.mov")), skipped]).toEqual(["1/2/a.mov", []]);
  });

  it("do not make two of one file, and the file itself is what is found", async () => {
    const root = await treeOf("z/a.mov");
    await symlink(join(root, "z"), join(root, "folder"));
    await mkdir(join(root, "b"));
    await symlink(join(root, "z", "a.mov"), join(root, "b", "a.mov"));
    await symlink(join(root, "b", "a.mov"), join(root, "b", "A.mov"));
    await symlink(join(root, "z", "a.mov"), join(root, "b", "a.mp4"));
    const { find } = await indexFolders([root, join(root, "b")]);
    expect(["a.mov", "a.mov", "a.MOV", "a.mxf"].map((name) => shownFrom(root, find(name)))).toEqual([
      "z/a.mov",
      "z/a.mov",
      "z/a.mov",
      "~z/a.mov",
    ]);
  });

  it("of two, the first by path counts", async () => {
    const other = await treeOf("a.mov");
    const root = await treeOf("2/", "10/", "1/");
    for (const name of ["2", "10", "1"]) await symlink(join(other, "a.mov"), join(root, name, "a.mov"));
    expect(shownFrom(root, (await indexFolders([root])).find("a.mov"))).toBe("1/a.mov");
  });

  it("to one folder, found late and early, give the first by path", async () => {
    const other = await treeOf("a.mov");
    const root = await treeOf("1/deep/", "2/");
    for (const name of ["2", "1/deep"]) await symlink(other, join(root, name, "shelf"));
    expect(shownFrom(root, (await indexFolders([root])).find("a.mov"))).toBe("1/deep/shelf/a.mov");
  });

  it("of the hard kind are one file, two copies are two", async () => {
    const root = await treeOf("1/a.mov", "2/", "1/b.mov", "2/b.mov");
    await link(join(root, "1", "a.mov"), join(root, "2", "a.mov"));
    const { find } = await indexFolders([root]);
    expect(shownFrom(root, find("a.mov"))).toBe("1/a.mov");
    expect(shownFrom(root, find("b.mov"))).toEqual(["1/b.mov", "2/b.mov"]);
  });

  it("to what is neither file nor folder are left out", async () => {
    const root = await treeOf("b.mov");
    await symlink("/dev/null", join(root, "a.mov"));
    expect(shownFrom(root, (await indexFolders([root])).find("a.mov"))).toBeUndefined();
  });
});

/** Runs as a user without rights where the tests run as root, whom no folder is closed to. */
async function withoutRights<T>(action: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return await action();
  process.seteuid?.(65534);
  try {
    return await action();
  } finally {
    process.seteuid?.(0);
  }
}

describe.skipIf(process.platform === "win32")("what cannot be read", () => {
  it("is skipped and listed, the rest is found", async () => {
    const root = await treeOf("open/a.mov", "shut/b.mov", "1/closed/c.mov");
    const closed = [join(root, "1", "closed"), join(root, "shut")];
    await symlink(join(root, "shut", "b.mov"), join(root, "d.mov"));
    await chmod(root, 0o755);
    for (const folder of closed) await chmod(folder, 0o000);
    try {
      const { find, skipped } = await withoutRights(() => indexFolders([root]));
      expect(skipped).toEqual([closed[0], join(root, "d.mov"), closed[1]]);
      expect(["a.mov", "b.mov", "c.mov", "d.mov"].map((name) => shownFrom(root, find(name)))).toEqual([
        "open/a.mov",
        undefined,
        undefined,
        undefined,
      ]);
      const refused = await withoutRights(() => refusal(() => indexFolders([closed[1] as string])));
      expect(refused).toMatchObject({ code: "no-input", text: expect.stringContaining("permission denied") });
    } finally {
      for (const folder of closed) await chmod(folder, 0o755);
    }
  });
});

describe("any tree", () => {
  const name = fc.constantFrom(
    "a.mov",
    "A.mov",
    "a.MOV",
    "a.mp4",
    "a.mxf",
    "a.wav",
    "a",
    "b.mov",
    "é.mov",
    "e\u0301.mov",
    "É.mp4",
  );
  const path = fc.tuple(fc.constantFrom("", "1/", "2/", "1/3/"), name).map((parts) => parts.join(""));
  const trees = fc.uniqueArray(path, { minLength: 1, maxLength: 8 });

  /** The rule once more, in the plainest way: the first way of comparing by which anything is alike. */
  function expected(paths: readonly string[], fileName: string): string | string[] | undefined {
    const lower = (text: string) => text.normalize("NFC").toLowerCase();
    const without = (text: string) => lower(text).replace(/\.(mov|mp4|mxf)$/, "");
    const last = (text: string) => text.split("/").at(-1) as string;
    const ways: ((file: string) => boolean)[] = [
      (file) => file.normalize("NFC") === fileName.normalize("NFC"),
      (file) => lower(file) === lower(fileName),
      (file) => /\.m/i.test(file) && without(file) === without(fileName),
    ];
    for (const [i, alike] of ways.entries()) {
      const found = paths.filter((each) => alike(last(each))).sort();
      if (found.length > 1) return found;
      if (found.length === 1) return `${i === 2 ? "~" : ""}${found[0]}`;
    }
    return undefined;
  }

  // Names that differ in capitals alone, or in how they are composed, need a file system that keeps them apart.
  it.runIf(process.platform === "linux")("answers by the rule, in whatever order its files were made", async () => {
    await fc.assert(
      fc.asyncProperty(trees, name, async (paths, fileName) => {
        for (const order of [paths, [...paths].reverse()])
          expect(await search(order, fileName)).toEqual(expected(paths, fileName));
      }),
      { numRuns: sweep(20, 150) },
    );
  });

  const files = sweep(2_000, 20_000);

  it(`of ${files} files is searched for a tenth of their names`, async () => {
    const folders = Array.from({ length: 200 }, (_, i) => `${i % 10}/${i}/`);
    const root = await treeOf(...folders);
    await Promise.all(
      folders.map(async (folder, i) => {
        for (let j = i; j < files; j += 200) await writeFile(join(root, folder, `clip ${j}.mov`), "");
      }),
    );
    const { find } = await indexFolders([root]);
    const found = Array.from({ length: files / 10 }, (_, i) => find(`CLIP ${i * 10}.mov`));
    expect(found.filter((each) => each === undefined || !("path" in each))).toEqual([]);
    expect(shownFrom(root, found.at(-1))).toBe(`0/190/clip ${files - 10}.mov`);
  });
});
