import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FacecutError } from "../../src/errors.js";
import { readRecord } from "../../src/fetch/read-record.js";
import { unfinishedNote } from "../../src/fetch/record-notes.js";
import { search } from "../../src/fetch/search.js";
import type { SearchRequest } from "../../src/fetch/search-request.js";
import { filesIn, temporaryFolder } from "../support/cli.js";
import { type FakeLibrary, fakeService, serviceError } from "../support/fake-service.js";

const quiet = { step: () => {}, status: () => {} };
const request: SearchRequest = {
  personImageUrl: "https://h/face.jpg?Signature=planted",
  searchLibName: "lib",
  token: "t",
  endpoint: "h:1",
};
const library = { a: 3, b: 0, "c/../d": 120, 李雷: 1 };

function run(
  library_: FakeLibrary,
  folder: string,
  more: Partial<SearchRequest & { resume: boolean; concurrency: number }> = {},
) {
  const service = fakeService(library_);
  const { resume = false, concurrency = 3, ...asked } = more;
  const outcome = search(async () => service, { ...request, ...asked }, { folder, resume, concurrency }, quiet);
  return { service, outcome };
}

async function undisturbed(): Promise<Record<string, string>> {
  const folder = join(temporaryFolder(), "hits");
  await run({ assets: library }, folder).outcome;
  return filesIn(folder);
}

describe("a search", () => {
  it("keeps every reply in a record folder that export reads", async () => {
    const folder = join(temporaryFolder(), "hits");
    const { service, outcome } = run({ assets: library }, folder);
    expect(await outcome).toMatchObject({ assets: 4, clips: 124, missing: [] });
    expect(service.asked).toHaveLength(1 + 1 + 1 + 3 + 1 + 1);
    const record = await readRecord(folder);
    expect(record.matches.map(({ mediaId, clips }) => [mediaId, clips.length])).toEqual([
      ["a", 3],
      ["b", 0],
      ["c/../d", 120],
      ["李雷", 1],
    ]);
    expect(record.notes).toEqual([]);
    expect(Object.keys(filesIn(folder)).filter((name) => name.includes("c%2F..%2Fd"))).toHaveLength(3);
    expect(JSON.parse(readFileSync(join(folder, "search.json"), "utf8"))).toEqual({
      version: 1,
      searchLibName: "lib",
      faceSearchToken: "t",
      personImageUrl: "https://h/face.jpg",
      endpoint: "h:1",
      complete: true,
    });
  });

  it("writes no signed query", async () => {
    for (const text of Object.values(await undisturbed())) expect(text).not.toContain("planted");
  });

  it("takes a fresh token when none is given, the same in all calls", async () => {
    const tokens = new Set<unknown>();
    const folder = join(temporaryFolder(), "hits");
    const service = fakeService({
      assets: library,
      before: (_n, action, { FaceSearchToken }) => void (action.startsWith("Search") && tokens.add(FaceSearchToken)),
    });
    const { token: _, ...fresh } = request;
    await search(async () => service, fresh, { folder, resume: false, concurrency: 2 }, quiet);
    const kept = JSON.parse(readFileSync(join(folder, "search.json"), "utf8")).faceSearchToken;
    expect([...tokens]).toEqual([kept]);
    expect(kept).toMatch(/^facecut-[0-9a-f-]{36}$/);
  });

  it("of given assets makes no coarse search", async () => {
    const { personImageUrl: _, ...fine } = request;
    const folder = join(temporaryFolder(), "hits");
    const service = fakeService({ assets: library });
    await search(async () => service, { ...fine, mediaIds: ["a"] }, { folder, resume: false, concurrency: 2 }, quiet);
    expect(service.asked).toEqual(["SearchMediaClipByFace a 1", "BatchGetMediaInfos"]);
  });

  it("searches as many assets at a time as it may, and no more", async () => {
    const assets = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`m${i}`, 1]));
    const slow = () => new Promise<void>((resolve) => setTimeout(resolve, 2));
    const { service, outcome } = run({ assets, before: slow }, join(temporaryFolder(), "hits"), { concurrency: 7 });
    await outcome;
    expect(service.most()).toBe(7);
  });
});

describe("resume", () => {
  it("after a stop at any call asks only for what is missing, and ends with the same folder", async () => {
    const expected = await undisturbed();
    const calls = Object.keys(expected).length - 1;
    for (let stopAt = 1; stopAt <= calls; stopAt++) {
      const folder = join(temporaryFolder(), "hits");
      const stop = (n: number) => {
        if (n >= stopAt) throw new FacecutError("unreachable", { what: "gone" });
      };
      const first = run({ assets: library, before: stop }, folder, { concurrency: 1 });
      await expect(first.outcome).rejects.toMatchObject({ code: "unreachable" });
      // The record begins with its first reply; without one there is nothing to go on with.
      expect(existsSync(folder)).toBe(stopAt > 1);
      if (stopAt > 1) expect(JSON.parse(readFileSync(join(folder, "search.json"), "utf8")).complete).toBe(false);
      const second = run({ assets: library }, folder, { resume: true });
      await second.outcome;
      expect(second.service.asked).toHaveLength(calls - (stopAt - 1));
      expect(filesIn(folder)).toEqual(expected);
    }
  });

  it("of a finished record makes no call", async () => {
    const folder = join(temporaryFolder(), "hits");
    await run({ assets: library }, folder).outcome;
    const before = filesIn(folder);
    const never = async () => {
      throw new Error("asked for the service");
    };
    const outcome = await search(never, request, { folder, resume: true, concurrency: 2 }, quiet);
    expect(outcome).toMatchObject({ assets: 4, clips: 124 });
    expect(filesIn(folder)).toEqual(before);
  });

  it("of a finished record that lost a page says so until it is whole again", async () => {
    const folder = join(temporaryFolder(), "hits");
    await run({ assets: library }, folder).outcome;
    rmSync(join(folder, "SearchMediaClipByFace", "a"), { recursive: true });
    const broken = (_n: number, _action: string, { MediaId }: Readonly<Record<string, unknown>>) => {
      if (MediaId === "a") throw serviceError("InternalError");
    };
    await run({ assets: library, before: broken }, folder, { resume: true }).outcome;
    expect(JSON.parse(readFileSync(join(folder, "search.json"), "utf8")).complete).toBe(false);
    await run({ assets: library }, folder, { resume: true }).outcome;
    expect(filesIn(folder)).toEqual(await undisturbed());
  });

  it("of a list of assets takes the same list, or more of it, and describes all of them", async () => {
    const { personImageUrl: _, ...fine } = request;
    const folder = join(temporaryFolder(), "hits");
    const listed = (mediaIds: string[], resume = false) =>
      search(async () => fakeService({ assets: library }), { ...fine, mediaIds }, { folder, resume, concurrency: 1 }, quiet);
    await listed(["a"]);
    await expect(listed(["b"], true)).rejects.toMatchObject({ code: "record-differs" });
    await listed(["a", "b"], true);
    expect([...(await readRecord(folder)).mediaInfos.keys()].sort()).toEqual(["a", "b"]);
  });

  it("on a missing folder is a plain search", async () => {
    const folder = join(temporaryFolder(), "hits");
    expect(await run({ assets: library }, folder, { resume: true }).outcome).toMatchObject({ clips: 124 });
  });

  it("takes the token of the record, and refuses other values", async () => {
    const folder = join(temporaryFolder(), "hits");
    await run({ assets: library }, folder).outcome;
    const { token: _, ...without } = request;
    const service = fakeService({ assets: library });
    await search(async () => service, without, { folder, resume: true, concurrency: 1 }, quiet);
    expect(service.asked).toEqual([]);
    for (const other of [
      { token: "u" },
      { searchLibName: "x" },
      { personImageUrl: "https://h/b.jpg" },
      { endpoint: "h:2" },
      { namespace: "n" },
    ]) {
      await expect(run({ assets: library }, folder, { ...other, resume: true }).outcome).rejects.toMatchObject({
        code: "record-differs",
      });
    }
    await expect(run({ assets: library }, folder).outcome).rejects.toMatchObject({ code: "record-exists" });
  });

  it("a search that got no reply leaves nothing in the way of the next", async () => {
    const folder = join(temporaryFolder(), "hits");
    const refuse = () => {
      throw new FacecutError("unreachable", { what: "gone" });
    };
    await expect(run({ assets: library, before: refuse }, folder, { endpoint: "wrong:1" }).outcome).rejects.toMatchObject({
      code: "unreachable",
    });
    expect(await run({ assets: library }, folder).outcome).toMatchObject({ missing: [] });
  });

  it("a signed URL of the same image is the same image", async () => {
    const folder = join(temporaryFolder(), "hits");
    await run({ assets: library }, folder).outcome;
    const again = run({ assets: library }, folder, { resume: true, personImageUrl: "https://h/face.jpg?Expires=2" });
    expect(await again.outcome).toMatchObject({ missing: [] });
  });

  it("asks again for a page that cannot be read, and takes away what a killed run left", async () => {
    const folder = join(temporaryFolder(), "hits");
    await run({ assets: library }, folder).outcome;
    const expected = filesIn(folder);
    writeFileSync(join(folder, "SearchMediaClipByFace", "a", "page-0001.json"), "{ cut o");
    writeFileSync(join(folder, "SearchMediaClipByFace", "a", ".facecut-99-1.json.tmp"), "half");
    const { service, outcome } = run({ assets: library }, folder, { resume: true });
    await outcome;
    expect(service.asked).toEqual(["SearchMediaClipByFace a 1"]);
    expect(filesIn(folder)).toEqual(expected);
  });

  it("refuses a folder that is no record of a search", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "SearchMediaClipByFace", "m"), { recursive: true });
    await expect(run({ assets: library }, folder, { resume: true }).outcome).rejects.toMatchObject({ code: "record-differs" });
  });
});

describe("trouble", () => {
  it("keeps replies with odd values in them: what is odd is for those who read the record", async () => {
    const folder = join(temporaryFolder(), "hits");
    const odd = {
      Success: "true",
      Total: -1,
      MediaClipList: [{ EntityId: "1", OccurrencesInfos: [{ StartTime: 5, EndTime: 4 }] }],
    };
    const inner = fakeService({ assets: { a: 1 } });
    let fine = 0;
    const call: typeof inner.call = (action, parameters) =>
      action === "SearchMediaClipByFace"
        ? Promise.resolve(fine++ === 0 ? odd : { Success: "true", Total: 1, MediaClipList: [] })
        : inner.call(action, parameters);
    const service = { ...inner, call };
    expect(await search(async () => service, request, { folder, resume: false, concurrency: 1 }, quiet)).toMatchObject({
      clips: 1,
      missing: [],
    });
    expect(existsSync(join(folder, "SearchMediaClipByFace", "a", "page-0001.json"))).toBe(true);
    await search(async () => Promise.reject(new Error("asked")), request, { folder, resume: true, concurrency: 1 }, quiet);
  });

  it("nested deeper than the stack loses one asset", async () => {
    const inner = fakeService({ assets: { a: 1, b: 1 } });
    const deep = JSON.parse(`{"Success":"true","Total":1,"MediaClipList":[],"x":${"[".repeat(20_000)}${"]".repeat(20_000)}}`);
    const call: typeof inner.call = (action, parameters) =>
      parameters.MediaId === "a" ? Promise.resolve(deep) : inner.call(action, parameters);
    const outcome = await search(
      async () => ({ ...inner, call }),
      request,
      { folder: join(temporaryFolder(), "hits"), resume: false, concurrency: 2 },
      quiet,
    );
    expect(outcome.missing).toEqual([expect.stringMatching(/^a: .*nested too deeply/)]);
    expect(outcome.clips).toBe(1);
  });

  it("that ends the run keeps the answers that were under way", async () => {
    const folder = join(temporaryFolder(), "hits");
    const slow = async (_n: number, action: string, { MediaId }: Readonly<Record<string, unknown>>) => {
      if (MediaId === "a") throw new FacecutError("unreachable", { what: "gone" });
      if (action === "SearchMediaClipByFace") await new Promise((resolve) => setTimeout(resolve, 20));
    };
    await expect(run({ assets: library, before: slow }, folder, { concurrency: 2 }).outcome).rejects.toMatchObject({
      code: "unreachable",
    });
    expect(existsSync(join(folder, "SearchMediaClipByFace", "b", "page-0001.json"))).toBe(true);
  });

  it("of one asset does not lose the others", async () => {
    const folder = join(temporaryFolder(), "hits");
    const trouble = (_n: number, _action: string, { MediaId }: Readonly<Record<string, unknown>>) => {
      if (MediaId === "a") throw serviceError("InternalError");
    };
    const outcome = await run({ assets: library, before: trouble }, folder).outcome;
    expect(outcome.missing).toEqual(["a: InternalError"]);
    expect(outcome.clips).toBe(121);
    expect(existsSync(join(folder, "SearchMediaClipByFace", "李雷".replace("李雷", encodeURIComponent("李雷"))))).toBe(true);
    expect(JSON.parse(readFileSync(join(folder, "search.json"), "utf8")).complete).toBe(false);
    expect((await readRecord(folder)).notes).toContainEqual(unfinishedNote);
    const again = run({ assets: library }, folder, { resume: true });
    await again.outcome;
    expect(again.service.asked).toEqual(["SearchMediaClipByFace a 1"]);
    expect(filesIn(folder)).toEqual(await undisturbed());
  });

  it("that concerns every call ends the run", async () => {
    const denied = () => {
      throw new FacecutError("access-denied", { what: "no" });
    };
    const { service, outcome } = run(
      { assets: library, before: (n) => void (n > 1 && denied()) },
      join(temporaryFolder(), "hits"),
      { concurrency: 1 },
    );
    await expect(outcome).rejects.toMatchObject({ code: "access-denied" });
    expect(service.asked).toHaveLength(2);
  });

  it("an answer nobody can read is not kept", async () => {
    const folder = join(temporaryFolder(), "hits");
    const service = { ...fakeService({ assets: library }), call: async () => ({ Surprise: 1 }) };
    await expect(search(async () => service, request, { folder, resume: false, concurrency: 1 }, quiet)).rejects.toMatchObject({
      code: "service-error",
    });
    expect(existsSync(folder)).toBe(false);
  });

  it("ids that are no names stay inside the folder", async () => {
    const folder = join(temporaryFolder(), "hits");
    const hostile = { "../../etc/passwd": 1, "..": 1, ".": 1, "/abs": 1, "nul\u0000": 1, CON: 1, [`long-${"x".repeat(400)}`]: 1 };
    const { outcome } = run({ assets: hostile }, folder);
    const { missing } = await outcome;
    expect(missing).toHaveLength(1);
    expect(missing[0]).toMatch(/^long-x.*too long/);
    expect(readdirSync(join(folder, ".."))).toEqual(["hits"]);
    const { matches } = await readRecord(folder);
    expect(matches.map(({ mediaId }) => mediaId).sort()).toEqual(
      ["../../etc/passwd", ".", "..", "/abs", "CON", "nul\u0000"].sort(),
    );
  });
});
