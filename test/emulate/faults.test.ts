import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { type Fault, faultKinds, readFaults } from "../../src/emulate/faults.js";
import { clip, clipPage, folderOf, mediaPage, refusal } from "../fetch/record-fixture.js";
import { call, emulatorKeys } from "../support/acs3-signer.js";
import { root, sample } from "../support/cli.js";
import { full } from "../support/sweep.js";
import { ask, coarse, emulating, fine } from "./emulating.js";

const record = sample("one-face-25");
const troubled = (...faults: Fault[]) => emulating(record, { faults: { seed: 7, faults } });

describe("a faults file", () => {
  const read = async (content: unknown) => {
    const folder = await folderOf({ "faults.json": content });
    return readFaults(join(folder, "faults.json"));
  };

  it("says what goes wrong, and how often", async () => {
    const faults = {
      seed: 7,
      faults: [
        { kind: "throttling", share: 0.33, retryAfter: 200 },
        { kind: "drop", share: 0.1 },
        { kind: "html-502", share: 0.1 },
        { kind: "late", share: 0.05, seconds: 10 },
        { kind: "server-error", every: 9, status: 503 },
        { kind: "error", code: "Forbidden.RAM", action: "BatchGetMediaInfos" },
        { kind: "success-false", share: 0.1, code: "InternalError", message: "m" },
        { kind: "cut-off", mediaId: "m" },
        { kind: "too-frequent", share: 0.32 },
        { kind: "moved-totals", share: 1 },
      ],
    };
    expect(await read(faults)).toEqual(faults);
    expect(await read({ faults: [] })).toEqual({ faults: [] });
  });

  it.each<[place: string, why: string, content: unknown]>([
    ["$", "list", "[]"],
    ["$", "list", "{"],
    ["$", "list", new Uint8Array([0xff])],
    ["$", "list", { faults: {} }],
    ["$", "seeds", { faults: [], seeds: 1 }],
    ["$.seed", "whole number", { faults: [], seed: "x" }],
    ["$.faults[0]", "a fault", { faults: [1] }],
    ["$.faults[1].kind", "did you mean throttling", { faults: [{ kind: "drop" }, { kind: "throtling" }] }],
    ["$.faults[0].kind", "html-502", { faults: [{ kind: "toString" }] }],
    ["$.faults[0]", "seconds", { faults: [{ kind: "drop", seconds: 1 }] }],
    ["$.faults[0].share", "at most 1", { faults: [{ kind: "drop", share: 1.1 }] }],
    ["$.faults[0].share", "above 0", { faults: [{ kind: "drop", share: 0 }] }],
    ["$.faults[0].every", "from 1 up", { faults: [{ kind: "drop", every: 0 }] }],
    ["$.faults[0].action", "operation", { faults: [{ kind: "drop", action: "ListSearchLib" }] }],
    ["$.faults[0].seconds", "3600", { faults: [{ kind: "late", seconds: -1 }] }],
    ["$.faults[0].status", "500 up", { faults: [{ kind: "server-error", status: 400 }] }],
    ["$.faults[0].status", "599", { faults: [{ kind: "error", code: "X", status: 200 }] }],
    ["$.faults[0].retryAfter", "milliseconds", { faults: [{ kind: "throttling", retryAfter: 0.5 }] }],
    ["$.faults[0]", "needs a code", { faults: [{ kind: "error" }] }],
    ["$.faults[0]", "not both", { faults: [{ kind: "drop", share: 0.5, every: 2 }] }],
    ["$.faults[0].every", "share", { faults: [{ kind: "moved-totals", every: 2 }] }],
    [
      "$.faults",
      "more than 1",
      {
        faults: [
          { kind: "drop", share: 0.6 },
          { kind: "html-502", share: 0.6 },
        ],
      },
    ],
  ])("is refused at %s: %s", async (place, why, content) => {
    const { code, text, where } = await refusal(() => read(content));
    expect(code).toBe("bad-faults");
    expect(text).toContain(why);
    expect(where).toMatch(/faults\.json \$/);
    expect(where.endsWith(` ${place}`)).toBe(true);
  });

  it("is refused when it is not there", async () => {
    expect(await refusal(() => readFaults("/none/faults.json"))).toMatchObject({
      code: "bad-faults",
      where: "/none/faults.json $",
      text: expect.stringContaining("does not exist"),
    });
  });
});

describe("trouble on the wire", () => {
  it.each<[fault: Fault, status: number, code: string]>([
    [{ kind: "throttling" }, 400, "Throttling.User"],
    [{ kind: "too-frequent" }, 403, "RequestsTooFrequent"],
    [{ kind: "server-error" }, 500, "InternalError"],
    [{ kind: "server-error", status: 503 }, 503, "ServiceUnavailable"],
    [{ kind: "error", code: "OperationDenied" }, 403, "OperationDenied"],
    [{ kind: "error", code: "Own.Code", status: 404, message: "own" }, 404, "Own.Code"],
  ])("%j", async (fault, status, code) => {
    const { emulator, log } = await troubled(fault);
    const answer = await ask(emulator, "SearchMediaByFace", coarse);
    expect(answer).toMatchObject({ status, json: { Code: code, RequestId: answer.headers["x-acs-request-id"] } });
    expect(answer.json.Message).toBe(fault.message ?? answer.json.Message);
    expect(answer.headers["x-acs-retry-after"]).toBeUndefined();
    expect(log).toEqual([`SearchMediaByFace ${status} ${fault.kind}`]);
    expect(emulator.stats().faults).toBe(1);
  });

  it("throttling with the header that says how long to wait", async () => {
    const { emulator } = await troubled({ kind: "throttling", retryAfter: 250 });
    expect((await ask(emulator, "SearchMediaByFace", coarse)).headers["x-acs-retry-after"]).toBe("250");
  });

  it("a denial names the action that is missing", async () => {
    const { emulator } = await troubled({ kind: "error", code: "Forbidden.RAM" });
    const { json } = await ask(emulator, "BatchGetMediaInfos", { MediaIds: "m" });
    expect(json.AccessDeniedDetail).toMatchObject({ AuthAction: "ice:BatchGetMediaInfos", NoPermissionType: "ImplicitDeny" });
  });

  it("HTTP 200 with Success false", async () => {
    const { emulator } = await troubled({ kind: "success-false" });
    expect(await ask(emulator, "SearchMediaByFace", coarse)).toMatchObject({
      status: 200,
      json: { Success: "false", Code: "Throttling.User", Message: expect.any(String) },
    });
  });

  it("an HTML page", async () => {
    const { emulator } = await troubled({ kind: "html-502" });
    const { status, headers, text } = await call(emulator.endpoint, "SearchMediaByFace", coarse);
    expect([status, headers["content-type"], text.slice(0, 6)]).toEqual([502, "text/html", "<html>"]);
  });

  it("a connection dropped before the answer", async () => {
    const { emulator } = await troubled({ kind: "drop" });
    await expect(call(emulator.endpoint, "SearchMediaByFace", coarse)).rejects.toMatchObject({ code: "ECONNRESET" });
  });

  it("an answer cut off in the middle", async () => {
    const { emulator } = await troubled({ kind: "cut-off" });
    await expect(call(emulator.endpoint, "SearchMediaByFace", coarse)).rejects.toMatchObject({ message: "aborted" });
  });

  it("a late answer", async () => {
    const { emulator } = await troubled({ kind: "late", seconds: 0.3 });
    const start = performance.now();
    expect((await ask(emulator, "SearchMediaByFace", coarse)).json.Total).toBe(3);
    expect(performance.now() - start).toBeGreaterThan(290);
  });

  it("a late answer holds up neither other calls nor the end", async () => {
    const { emulator, log } = await troubled({ kind: "late", seconds: 600, action: "SearchMediaByFace" });
    const waiting = expect(call(emulator.endpoint, "SearchMediaByFace", coarse)).rejects.toMatchObject({ code: "ECONNRESET" });
    const impatient = expect(call(emulator.endpoint, "SearchMediaByFace", coarse, { timeout: 200 })).rejects.toThrow("timeout");
    expect((await ask(emulator, "SearchMediaClipByFace", fine("m"))).status).toBe(200);
    await impatient;
    await expect.poll(() => log.join("\n")).toContain("SearchMediaByFace nobody waits any more");
    await emulator.close();
    await waiting;
  });

  it("comes after the signature was found right, and spends the nonce", async () => {
    const { emulator } = await troubled({ kind: "throttling" });
    const headers = { "x-acs-signature-nonce": "n-1" };
    const codes: string[] = [];
    for (const secret of ["wrong", "emulator", "emulator"])
      codes.push((await ask(emulator, "SearchMediaByFace", coarse, { headers, keys: { ...emulatorKeys, secret } })).json.Code);
    expect(codes).toEqual(["SignatureDoesNotMatch", "Throttling.User", "SignatureNonceUsed"]);
  });

  it("a throttled search does not make its token known", async () => {
    const { emulator } = await troubled({ kind: "throttling", action: "SearchMediaByFace" });
    const { MediaInfoList } = (await ask((await emulating(record)).emulator, "SearchMediaByFace", coarse)).json;
    await ask(emulator, "SearchMediaByFace", coarse);
    expect((await ask(emulator, "SearchMediaClipByFace", fine(MediaInfoList[0].MediaId))).json.Total).toBe(0);
  });
});

describe("how often", () => {
  const codesOf = async (faults: readonly Fault[], seed: number, requests: number) => {
    const { emulator } = await emulating(record, { faults: { seed, faults } });
    const codes: string[] = [];
    for (let i = 0; i < requests; i++) codes.push((await ask(emulator, "SearchMediaByFace", coarse)).json.Code);
    return codes;
  };

  it("shares are kept, each its own, and a seed strikes the same requests again", async () => {
    const faults: Fault[] = [
      { kind: "throttling", share: 0.33 },
      { kind: "server-error", share: 0.1 },
      { kind: "too-frequent", share: 0.1 },
    ];
    const codes = await codesOf(faults, 7, 600);
    const share = (code: string) => codes.filter((found) => found === code).length / codes.length;
    expect(Math.abs(share("Throttling.User") - 0.33)).toBeLessThan(0.06);
    expect(Math.abs(share("InternalError") - 0.1)).toBeLessThan(0.04);
    expect(Math.abs(share("RequestsTooFrequent") - 0.1)).toBeLessThan(0.04);
    expect(await codesOf(faults, 7, 100)).toEqual(codes.slice(0, 100));
    expect(await codesOf(faults, 8, 100)).not.toEqual(codes.slice(0, 100));
  });

  it("every third of the calls meant, other calls not counted", async () => {
    const { emulator } = await troubled({ kind: "throttling", every: 3, action: "SearchMediaClipByFace", mediaId: "m" });
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) {
      expect((await ask(emulator, "SearchMediaByFace", coarse)).status).toBe(200);
      expect((await ask(emulator, "SearchMediaClipByFace", fine("n"))).status).toBe(200);
      statuses.push((await ask(emulator, "SearchMediaClipByFace", fine("m"))).status);
    }
    expect(statuses).toEqual([200, 200, 400, 200, 200, 400]);
  });
});

describe("moved totals", () => {
  const ids = Array.from({ length: 130 }, (_, i) => `m${i}`);
  const library = () =>
    folderOf({
      "SearchMediaByFace/page-0001.json": mediaPage(ids),
      "SearchMediaClipByFace/m1/page-0001.json": clipPage(ids.map((_, i) => ({ ...clip, Score: i / 1000 }))),
    });

  /** All pages as a careful client reads them: to the largest Total, or an empty page. */
  const readAll = async (
    emulator: Parameters<typeof ask>[0],
    PageSize: number,
    action = "SearchMediaByFace",
    asked = coarse as object,
  ) => {
    const found = new Set<string>();
    const pages: { Total: number; count: number }[] = [];
    for (let [PageNo, total] = [1, Number.POSITIVE_INFINITY]; found.size < total; PageNo++) {
      const { json } = await ask(emulator, action, { ...asked, PageNo, PageSize });
      const items = json.MediaInfoList ?? json.MediaClipList;
      pages.push({ Total: json.Total, count: items.length });
      if (items.length === 0) break;
      for (const item of items) found.add(JSON.stringify(item));
      total = Math.max(...pages.map((page) => page.Total));
    }
    return { found, pages };
  };

  test.each(full ? [1, 2, 7, 50] : [7, 50])(
    "pages of %i repeat items and change Total, and yet give everything",
    async (size) => {
      const folder = await library();
      const steps = new Set<number>();
      for (const seed of [1, 2, 3, 4]) {
        const { emulator } = await emulating(folder, { faults: { seed, faults: [{ kind: "moved-totals" }] } });
        const { found, pages } = await readAll(emulator, size);
        expect(found.size).toBe(130);
        expect(new Set(pages.map((page) => page.Total)).size).toBeGreaterThan(1);
        if (size > 1) expect(pages.reduce((sum, page) => sum + page.count, 0)).toBeGreaterThan(130);
        const again = await readAll(emulator, size);
        expect(again.pages).toEqual(pages);
        steps.add(Math.sign((pages[1]?.Total ?? 0) - (pages[0]?.Total ?? 0)));
      }
      expect(steps).toEqual(new Set([-1, 1]));
    },
  );

  test("move the listings they are meant for", async () => {
    const faults = { faults: [{ kind: "moved-totals", action: "SearchMediaClipByFace" }] } as const;
    const { emulator } = await emulating(await library(), { faults });
    expect((await readAll(emulator, 50)).pages).toEqual([
      { Total: 130, count: 50 },
      { Total: 130, count: 50 },
      { Total: 130, count: 30 },
    ]);
    const clips = await readAll(emulator, 50, "SearchMediaClipByFace", fine("m1"));
    expect(clips.found.size).toBe(130);
    expect(new Set(clips.pages.map((page) => page.Total)).size).toBeGreaterThan(1);
    expect((await ask(emulator, "SearchMediaClipByFace", { ...fine("m1"), FaceSearchToken: "?" })).json.Total).toBe(0);
  });
});

describe("docs/emulator.md", () => {
  const text = readFileSync(join(root, "docs", "emulator.md"), "utf8");

  it("shows a faults file that is taken", async () => {
    const example = /```json\n(.*?)```/s.exec(text)?.[1] as string;
    const folder = await folderOf({ "faults.json": example });
    expect(await readFaults(join(folder, "faults.json"))).toEqual(JSON.parse(example));
  });

  it("has a row for every kind, with its settings", () => {
    const rows = [...text.matchAll(/^\| `([\w-]+)` \|.*\| ([^|]*) \|$/gm)].map(([, kind, settings = ""]) => [
      kind,
      [...settings.matchAll(/`(\w+)`(?=:| \(|,|$)/g)].map(([, setting]) => setting),
    ]);
    expect(Object.fromEntries(rows)).toEqual(faultKinds);
  });
});
