import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { osReason } from "../../src/errors.js";
import { readRecord } from "../../src/fetch/read-record.js";
import { clip, clipPage, folderOf, mediaPage, occurrence, refusal, reply } from "./record-fixture.js";

const clips = "SearchMediaClipByFace";
const read = async (files: Readonly<Record<string, unknown>>) => readRecord(await folderOf(files));
const refused = async (files: Readonly<Record<string, unknown>>) => {
  const folder = await folderOf(files);
  const error = await refusal(() => readRecord(folder));
  return { ...error, where: error.where.replaceAll(folder, "hits") };
};
const scored = (...scores: number[]) => scores.map((Score) => ({ ...clip, Score }));
const scoresOf = (record: Awaited<ReturnType<typeof read>>) =>
  record.matches.map((media) => [media.mediaId, ...media.clips.map((found) => found.score)]);

describe("a record folder", () => {
  it("is read whole", async () => {
    const record = await read({
      "search.json": { version: 1, complete: true },
      "SearchMediaByFace/page-0001.json": mediaPage(["a1"]),
      [`${clips}/a1/page-0001.json`]: clipPage(scored(0.9)),
      "BatchGetMediaInfos/page-0001.json": { MediaInfos: [{ MediaId: "a1", MediaBasicInfo: { Title: "A" } }] },
    });
    expect(scoresOf(record)).toEqual([["a1", 0.9]]);
    expect(record.matches[0]?.clips[0]?.place.endsWith(`${clips}/a1/page-0001.json $.MediaClipList[0]`)).toBe(true);
    expect(record.mediaInfos.get("a1")).toEqual({
      mediaId: "a1",
      title: "A",
      place: "BatchGetMediaInfos/page-0001.json $.MediaInfos[0]",
    });
    expect(record.notes).toEqual([]);
  });

  it("needs nothing but clips, and ignores other names", async () => {
    const record = await read({
      [`${clips}/a1/page-1.json`]: clipPage(scored(0.9)),
      [`${clips}/a1/page-0002.json.tmp`]: "half",
      [`${clips}/a1/._page-0001.json`]: "AppleDouble",
      [`${clips}/a1/notes.json`]: "mine",
      [`${clips}/.DS_Store`]: "x",
      [`${clips}/.git/config`]: "x",
      "README.md": "x",
      "command.txt": "x",
      "expected/a1.otio": "x",
      "GetMediaInfo/.hidden/a.json": "x",
    });
    expect(scoresOf(record)).toEqual([["a1", 0.9]]);
    expect(record.notes).toEqual([]);
  });

  it("takes pages by their number and media by code point, whatever order they were made in", async () => {
    const record = await read({
      [`${clips}/b/page-10.json`]: clipPage(scored(0.3)),
      [`${clips}/b/page-0009.json`]: clipPage(scored(0.2)),
      ...Object.fromEntries([8, 7, 6, 5, 4, 3, 2, 1].map((n) => [`${clips}/b/page-${n}.json`, clipPage([])])),
      [`${clips}/%F0%9F%98%80/page-0001.json`]: clipPage([]),
      [`${clips}/%EF%BD%81/page-0001.json`]: clipPage([]),
      [`${clips}/B/page-0001.json`]: clipPage([]),
    });
    expect(scoresOf(record)).toEqual([["B"], ["b", 0.2, 0.3], ["ａ"], ["😀"]]);
  });

  it.each([
    ["..%2F..%2Fetc%2Fpasswd", "../../etc/passwd"],
    ["a%2Fb", "a/b"],
    ["%E8%A7%86%E9%A2%91%201", "视频 1"],
    ["视频", "视频"],
    ["%61bc%2e", "abc."],
    ["100%", "100%"],
    ["__proto__", "__proto__"],
  ])("decodes the folder name %s", async (name, mediaId) => {
    expect(scoresOf(await read({ [`${clips}/${name}/page-0001.json`]: clipPage(scored(1)) }))).toEqual([[mediaId, 1]]);
  });

  it("takes two spellings of one MediaId as one media asset", async () => {
    const record = await read({
      [`${clips}/abc/page-0001.json`]: clipPage(scored(0.1)),
      [`${clips}/%61bc/page-0001.json`]: clipPage(scored(0.1, 0.2)),
    });
    expect(scoresOf(record)).toEqual([["abc", 0.1, 0.2]]);
    expect(record.matches[0]?.duplicates).toBe(1);
  });

  it("follows links to folders", async () => {
    const folder = await folderOf({ "elsewhere/page-0001.json": clipPage(scored(0.9)) });
    await mkdir(join(folder, clips));
    await symlink(join(folder, "elsewhere"), join(folder, clips, "a1"), "dir");
    expect(scoresOf(await readRecord(folder))).toEqual([["a1", 0.9]]);
  });

  it("reads files with a byte order mark", async () => {
    const record = await read({ [`${clips}/a1/page-0001.json`]: `\ufeff${JSON.stringify(clipPage(scored(0.9)))}` });
    expect(scoresOf(record)).toEqual([["a1", 0.9]]);
  });

  it("takes the first word on a media asset and fills in what it left out", async () => {
    const info = (Title: string, InputURL?: string) => ({ MediaId: "a1", MediaBasicInfo: { Title, InputURL } });
    const record = await read({
      [`${clips}/a1/page-0001.json`]: clipPage([]),
      "BatchGetMediaInfos/page-0001.json": { MediaInfos: [info("first")] },
      "BatchGetMediaInfos/page-0002.json": { MediaInfo: info("second", "https://h/a.mp4") },
      "GetMediaInfo/deep/er/b2.json": { MediaInfo: { MediaId: "b2" } },
    });
    expect(record.mediaInfos.get("a1")).toMatchObject({ title: "first", inputUrl: "https://h/a.mp4" });
    expect(record.mediaInfos.get("b2")?.place).toBe("GetMediaInfo/deep/er/b2.json $.MediaInfo");
  });

  it("may say that nothing was found: then there are no clips to read", async () => {
    const record = await read({ "SearchMediaByFace/page-0001.json": reply({ Total: 0 }) });
    expect([record.matches, record.notes]).toEqual([[], []]);
  });
});

describe("notes", () => {
  const notesOf = async (files: Readonly<Record<string, unknown>>) =>
    (await read({ [`${clips}/a1/page-0001.json`]: clipPage(scored(0.9)), ...files })).notes.map(({ what }) => what);

  it.each([{}, { complete: false }, { complete: null }])("say that a search did not finish: %j", async (search) => {
    expect(await notesOf({ "search.json": search })).toEqual([expect.stringContaining("did not finish")]);
  });

  it("name media without replies, five at most", async () => {
    const ids = ["a1", "g", "f", "e", "d", "c", "b"];
    expect(await notesOf({ "SearchMediaByFace/page-0001.json": mediaPage(ids) })).toEqual([
      "The replies on 6 media assets are not in the record: b, c, d, e, f and 1 more",
    ]);
  });

  it("name a media folder without pages", async () => {
    expect(await notesOf({ [`${clips}/b2/readme.txt`]: "x" })).toEqual([
      "The replies on 1 media asset are not in the record: b2",
    ]);
  });

  it("name listings shorter than their largest Total", async () => {
    const notes = await notesOf({
      "SearchMediaByFace/page-0001.json": mediaPage(["a1"], 3),
      [`${clips}/a1/page-0001.json`]: clipPage(scored(0.9), 4),
      [`${clips}/a1/page-0002.json`]: clipPage(scored(0.8), 2),
    });
    expect(notes).toEqual([
      "The record holds fewer media assets than the service counted: SearchMediaByFace (1 of 3)",
      "The record holds fewer entries of MediaClipList than the service counted: a1 (2 of 4)",
    ]);
  });

  it("name missing pages", async () => {
    const notes = await notesOf({
      "SearchMediaByFace/page-0002.json": mediaPage(["a1"]),
      [`${clips}/a1/page-0005.json`]: clipPage(scored(0.8)),
      [`${clips}/a1/page-0007.json`]: clipPage(scored(0.7)),
    });
    expect(notes).toEqual([
      `Pages are missing from the record: SearchMediaByFace page 1, ${clips}/a1 pages 2 to 4, ${clips}/a1 page 6`,
    ]);
  });

  it("count entries that came twice", async () => {
    const notes = await notesOf({ [`${clips}/a1/page-0002.json`]: clipPage(scored(0.9, 0.8)) });
    expect(notes).toEqual(["1 entry of MediaClipList came more than once on the pages of one media asset; each is taken once"]);
  });
});

describe("folders that are no record", () => {
  it("missing", async () => {
    const { code, text, where } = await refusal(() => readRecord("/nowhere/hits"));
    expect([code, where]).toEqual(["no-input", "/nowhere/hits"]);
    expect(text).toMatch(/it does not exist.*SearchMediaClipByFace\/<MediaId>\/page-0001\.json/);
  });

  it("a file", async () => {
    const folder = await folderOf({ hits: "x" });
    expect((await refusal(() => readRecord(join(folder, "hits")))).text).toContain("it is a file where a folder should be");
  });

  it("a name no file can have", async () => {
    expect((await refusal(() => readRecord("a\0b"))).code).toBe("no-input");
  });

  it.each([
    ["empty", {}],
    ["with media but no page", { [`${clips}/a1/x.txt`]: "x" }],
    ["with a search that found something but no clips", { "SearchMediaByFace/page-0001.json": mediaPage(["a1"]) }],
    ["with a search that counted something", { "SearchMediaByFace/page-0001.json": reply({ MediaInfoList: [], Total: 3 }) }],
  ])("%s", async (_, files) => {
    const { code, text, where } = await refused(files);
    expect([code, where]).toEqual(["no-input", "hits"]);
    expect(text).toContain("SearchMediaClipByFace/<MediaId>/page-0001.json");
  });

  it("a page that does not say whose clips it holds", async () => {
    const { code, text, where } = await refused({ [`${clips}/page-0001.json`]: clipPage([]) });
    expect([code, where]).toEqual(["no-input", `hits/${clips}/page-0001.json`]);
    expect(text).toContain("MediaId");
  });

  it.each([
    ["EACCES", "permission denied"],
    ["EPERM", "the operation is not permitted"],
    ["EXOTIC", "EXOTIC"],
  ])("one the system refuses with %s", (code, words) => {
    expect(osReason(Object.assign(new Error("x"), { code }))).toBe(words);
  });

  it("errors that are not the system's are not explained away", () => {
    expect(() => osReason(new TypeError("a fault"))).toThrow(TypeError);
  });
});

describe("files that are no replies", () => {
  const page = `${clips}/a1/page-0001.json`;
  it.each([
    ["an empty file", "", "not-json", `hits/${page}`, "is empty"],
    ["a file of blanks", " \n", "not-json", `hits/${page}`, "is empty"],
    ["a half file", '{"a":\n{', "not-json", `hits/${page}, line 2, column 2`, "is not JSON"],
    ["a comma too many", '{\n "a": 1,\n}', "not-json", `hits/${page}, line 3, column 1`, "is not JSON"],
    ["another encoding", new Uint8Array([0xff, 0xfe, 0x7b, 0]), "not-json", `hits/${page}`, "is not UTF-8 text"],
    ["a page of the wrong operation", mediaPage(["a1"]), "wrong-reply", `hits/${page}`, "SearchMediaByFace"],
    ["an error", { Code: "Throttling", Message: "no" }, "wrong-reply", `hits/${page}`, "Throttling: no"],
    [
      "a text as time",
      clipPage([{ OccurrencesInfos: [{ ...occurrence, StartTime: "12:04" }] }]),
      "bad-reply",
      `hits/${page} $.MediaClipList[0].OccurrencesInfos[0].StartTime`,
      '"12:04"',
    ],
  ])("%s", async (_, content, code, where, text) => {
    const error = await refused({ [page]: content });
    expect([error.code, error.where]).toEqual([code, where]);
    expect(error.text).toContain(text);
  });

  it("do not get into the message", async () => {
    const { text } = await refused({ [page]: 'x{"FileUrl":"https://h/a?Signature=SECRET"}' });
    expect(text).not.toMatch(/SECRET|FileUrl/);
  });

  it.each([
    [`${page}/inside.txt`, `hits/${page}`, "it is a folder, not a file"],
    ["SearchMediaByFace/page-0001.json/inside.txt", "hits/SearchMediaByFace/page-0001.json", "it is a folder, not a file"],
    ["BatchGetMediaInfos", "hits/BatchGetMediaInfos", "it is a file where a folder should be"],
    ["search.json/inside.txt", "hits/search.json", "it is a folder, not a file"],
  ])("%s", async (name, where, text) => {
    const error = await refused({ [`${clips}/z9/page-0001.json`]: clipPage([]), [name]: "x" });
    expect([error.code, error.where]).toEqual(["no-input", where]);
    expect(error.text).toContain(text);
  });

  it.each([
    ["SearchMediaByFace/page-0001.json", clipPage([])],
    ["BatchGetMediaInfos/page-0001.json", { Code: "Forbidden", Message: "no" }],
    ["GetMediaInfo/a1.json", mediaPage([])],
  ])("%s of another operation", async (name, content) => {
    const error = await refused({ [page]: clipPage([]), [name]: content });
    expect([error.code, error.where]).toEqual(["wrong-reply", `hits/${name}`]);
  });

  it("search.json that is no object", async () => {
    expect((await refused({ [page]: clipPage([]), "search.json": [1] })).code).toBe("bad-reply");
  });
});
