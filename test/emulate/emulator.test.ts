import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, test } from "vitest";
import { clip, clipPage, folderOf, mediaPage, refusal, reply } from "../fetch/record-fixture.js";
import { type CallOptions, call, emulatorKeys } from "../support/acs3-signer.js";
import { sample } from "../support/cli.js";
import { sweep } from "../support/sweep.js";
import { ask, coarse, emulating, fine } from "./emulating.js";

const record = sample("one-face-25");
const recorded = (name: string) => JSON.parse(readFileSync(join(record, name), "utf8"));
const mediaIds: string[] = recorded("SearchMediaByFace/page-0001.json").MediaInfoList.map(
  (media: { MediaId: string }) => media.MediaId,
);
const numbered = (n: number, from = 0) => Array.from({ length: n }, (_, i) => ({ ...clip, Score: (from + i) / 1000 }));

describe("a signed call", () => {
  it("is answered with the headers of the service", async () => {
    const { emulator } = await emulating(record);
    const { status, headers, json } = await ask(emulator, "SearchMediaByFace", coarse);
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("application/json;charset=utf-8");
    expect(headers["x-acs-request-id"]).toBe(json.RequestId);
    expect(json.RequestId).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
  });

  it.each<[string, CallOptions]>([
    ["GET", { method: "GET" }],
    ["a security token", { keys: { ...emulatorKeys, securityToken: "CAIS+/=" } }],
    ["further signed headers", { headers: { accept: "application/json", "user-agent": "a client" } }],
    ["a body whose form is signed", { body: "a=b", headers: { "content-type": "application/x-www-form-urlencoded" } }],
  ])("is taken with %s", async (_name, options) => {
    const { emulator } = await emulating(record);
    expect((await ask(emulator, "SearchMediaByFace", coarse, options)).json).toMatchObject({ Success: "true", Code: "200" });
  });

  it("is taken with reserved characters and Chinese text, spelled as Node or as a form does", async () => {
    const { emulator } = await emulating(record);
    const parameters = { ...coarse, FaceSearchToken: "tok 1*(a)!'~+é人&=", CustomFilters: '{"strField1":"人 a/b%"}' };
    const form = new URLSearchParams(parameters).toString();
    expect(form).toContain("+");
    expect((await ask(emulator, "SearchMediaByFace", parameters)).status).toBe(200);
    expect((await ask(emulator, "SearchMediaByFace", parameters, { query: form })).status).toBe(200);
  });
});

const date = (offset: number) => ({ "x-acs-date": new Date(Date.now() + offset).toISOString().replace(/\.\d+Z$/, "Z") });
const minutes = 60_000;

describe("a call is refused", () => {
  it.each<[code: string, status: number, why: string, options: CallOptions, action?: string]>([
    ["InvalidAccessKeyId.NotFound", 404, "another key id", { keys: { ...emulatorKeys, id: "emulatos" } }],
    ["SignatureDoesNotMatch", 400, "one byte of the secret differs", { keys: { ...emulatorKeys, secret: "emulatos" } }],
    ["SignatureDoesNotMatch", 400, "the query was changed", { query: "PersonImageUrl=x&FaceSearchToken=u" }],
    ["SignatureDoesNotMatch", 400, "the digest is of another body", { headers: { "x-acs-content-sha256": "0".repeat(64) } }],
    [
      "SignatureDoesNotMatch",
      400,
      "a digit of the signature",
      { authorization: (a) => a.replace(/.$/, (d) => (d === "0" ? "1" : "0")) },
    ],
    ["IncompleteSignature", 400, "no Authorization", { authorization: () => "" }],
    ["IncompleteSignature", 400, "half an Authorization", { authorization: (a) => a.replace(/,Signature=.*/, "") }],
    ["IncompleteSignature", 400, "an unsigned x-acs header", { unsigned: { "x-acs-extra": "1" } }],
    ["IncompleteSignature", 400, "an unsigned content type", { body: "a=b", unsigned: { "content-type": "text/plain" } }],
    ["IncompleteSignature", 400, "no digest of the body", { headers: { "x-acs-content-sha256": undefined } }],
    [
      "IncompleteSignature",
      400,
      "names out of order",
      { authorization: (a) => a.replace("host;x-acs-action", "x-acs-action;host") },
    ],
    [
      "IncompleteSignature",
      400,
      "a signed header that is not there",
      { authorization: (a) => a.replace("host;", "host;range;") },
    ],
    ["InvalidSignatureMethod", 400, "another method", { authorization: (a) => a.replace("ACS3-HMAC-SHA256", "ACS3-HMAC-SM3") }],
    ["IllegalTimestamp", 400, "no date", { headers: { "x-acs-date": undefined } }],
    ["InvalidTimeStamp.Format", 400, "a date with milliseconds", { headers: { "x-acs-date": new Date().toISOString() } }],
    ["InvalidTimeStamp.Format", 400, "a day that does not exist", { headers: { "x-acs-date": "2026-02-30T00:00:00Z" } }],
    ["InvalidTimeStamp.Expired", 400, "16 minutes ago", { headers: date(-16 * minutes) }],
    ["InvalidTimeStamp.Expired", 400, "in 16 minutes", { headers: date(16 * minutes) }],
    ["MissingSignatureNonce", 400, "no nonce", { headers: { "x-acs-signature-nonce": undefined } }],
    ["MissingAction", 400, "no action", { headers: { "x-acs-action": undefined } }],
    ["MissingVersion", 400, "no version", { headers: { "x-acs-version": undefined } }],
    ["NoSuchVersion", 400, "another version", { headers: { "x-acs-version": "2020-11-08" } }],
    ["InvalidApi.NotFound", 404, "another operation", {}, "SearchMediaByHybrid"],
    ["InvalidApi.NotFound", 404, "another path", { path: "/api" }],
    ["UnsupportedHTTPMethod", 400, "PUT", { method: "PUT" }],
    ["InvalidParameter", 400, "a query that is not UTF-8", { query: "FaceSearchToken=%E4%BA" }],
    ["RequestBodyTooLarge", 413, "a body over 1 MB", { body: "x".repeat(2 ** 20 + 1) }],
  ])("%s %i: %s", async (code, status, _why, options, action = "SearchMediaByFace") => {
    const { emulator, log } = await emulating(record);
    const refused = await ask(emulator, action, coarse, options);
    expect([refused.json.Code, refused.status]).toEqual([code, status]);
    expect(refused.headers["content-type"]).toBe("application/json;charset=utf-8");
    expect(refused.headers["x-acs-request-id"]).toBe(refused.json.RequestId);
    expect(refused.json).toMatchObject({ HostId: emulator.endpoint, Message: expect.any(String), Recommend: expect.any(String) });
    expect(log.join("\n")).not.toMatch(/emulator|example\.com|[0-9a-f]{32}/);
  });

  it("a date of 14 minutes ago or ahead is taken", async () => {
    const { emulator } = await emulating(record);
    for (const offset of [-14, 14])
      expect((await ask(emulator, "SearchMediaByFace", coarse, { headers: date(offset * minutes) })).status).toBe(200);
  });

  it("says what was signed, for the author of a client, but never a signature", async () => {
    const { emulator } = await emulating(record);
    const { json, text } = await ask(emulator, "SearchMediaByFace", coarse, { keys: { id: "emulator", secret: "wrong" } });
    expect(json.Message).toContain(
      "server CanonicalRequest is [POST\n/\nFaceSearchToken=t&PersonImageUrl=https%3A%2F%2Fexample.com",
    );
    expect(json.Message).toMatch(/server StringToSign is \[ACS3-HMAC-SHA256\n[0-9a-f]{64}\]/);
    expect(text).not.toContain("Signature=");
  });

  it("a nonce is spent by a right signature only", async () => {
    const { emulator } = await emulating(record);
    const headers = { "x-acs-signature-nonce": "n-1" };
    const codes: string[] = [];
    for (const secret of ["wrong", "emulator", "emulator", "wrong"])
      codes.push((await ask(emulator, "SearchMediaByFace", coarse, { headers, keys: { id: "emulator", secret } })).json.Code);
    expect(codes).toEqual(["SignatureDoesNotMatch", "200", "SignatureNonceUsed", "SignatureDoesNotMatch"]);
  });
});

describe("parameters", () => {
  it.each<[code: string, action: string, parameters: Record<string, string | number>]>([
    ["MissingPersonImageUrl", "SearchMediaByFace", { FaceSearchToken: "t" }],
    ["MissingFaceSearchToken", "SearchMediaByFace", { PersonImageUrl: "u", FaceSearchToken: "" }],
    ["InvalidPageNo", "SearchMediaByFace", { ...coarse, PageNo: 0 }],
    ["InvalidPageNo", "SearchMediaByFace", { ...coarse, PageNo: "1.5" }],
    ["InvalidPageSize", "SearchMediaByFace", { ...coarse, PageSize: 51 }],
    ["InvalidPageSize", "SearchMediaByFace", { ...coarse, PageSize: 0 }],
    ["InvalidMediaType", "SearchMediaByFace", { ...coarse, MediaType: "film" }],
    ["InvalidCustomFilters", "SearchMediaByFace", { ...coarse, CustomFilters: "{" }],
    ["InvalidUtcCreate", "SearchMediaByFace", { ...coarse, UtcCreate: "[1]" }],
    ["MissingMediaId", "SearchMediaClipByFace", { FaceSearchToken: "t" }],
    ["MissingFaceSearchToken", "SearchMediaClipByFace", { MediaId: "m" }],
    ["InvalidPageSize", "SearchMediaClipByFace", { ...fine("m"), PageSize: "all" }],
    ["MissingParameter", "GetMediaInfo", {}],
    ["MissingMediaIds", "BatchGetMediaInfos", { AdditionType: "FileInfo" }],
    ["InvalidAuthTimeout", "BatchGetMediaInfos", { MediaIds: "m", AuthTimeout: 86_401 }],
  ])("%s of %s", async (code, action, parameters) => {
    const { emulator } = await emulating(record);
    expect(await ask(emulator, action, parameters)).toMatchObject({ status: 400, json: { Code: code } });
  });

  it("a word's case does not count", async () => {
    const { emulator } = await emulating(record);
    expect((await ask(emulator, "SearchMediaByFace", { ...coarse, MediaType: "Video" })).status).toBe(200);
  });
});

describe("SearchMediaByFace", () => {
  it("lists the media of the recorded pages, each once, page by page", async () => {
    const ids = Array.from({ length: 23 }, (_, i) => `m${i}`);
    const folder = await folderOf({
      "SearchMediaByFace/page-0001.json": mediaPage(ids.slice(0, 12), 23),
      "SearchMediaByFace/page-0002.json": mediaPage(ids.slice(10), 23),
    });
    const { emulator } = await emulating(folder);
    const page = async (more: object) => (await ask(emulator, "SearchMediaByFace", { ...coarse, ...more })).json;
    const [first, last, beyond, whole] = await Promise.all([{}, { PageNo: 3 }, { PageNo: 4 }, { PageSize: 50 }].map(page));
    expect(first).toMatchObject({ Total: 23, MediaInfoList: ids.slice(0, 10).map((MediaId) => ({ MediaId })) });
    expect(last).toMatchObject({ Total: 23, MediaInfoList: ids.slice(20).map((MediaId) => ({ MediaId })) });
    expect(beyond).toMatchObject({ Success: "true", Total: 23, MediaInfoList: [] });
    expect(whole.MediaInfoList).toEqual(ids.map((MediaId) => ({ MediaId })));
  });

  it("lists the folders when the coarse search was not recorded", async () => {
    const folder = await folderOf({
      "SearchMediaClipByFace/b%2F1/page-0001.json": clipPage([clip]),
      "SearchMediaClipByFace/a%é/page-0001.json": clipPage([]),
      "SearchMediaClipByFace/.DS_Store": "x",
      "SearchMediaClipByFace/notes.txt": "x",
    });
    const { emulator } = await emulating(folder);
    expect(emulator.mediaCount).toBe(2);
    expect((await ask(emulator, "SearchMediaByFace", coarse)).json.MediaInfoList).toEqual([
      { MediaId: "a%é" },
      { MediaId: "b/1" },
    ]);
    expect((await ask(emulator, "SearchMediaClipByFace", fine("b/1"))).json.Total).toBe(1);
  });

  it("finds nothing in a record that found nothing", async () => {
    const { emulator } = await emulating(await folderOf({ "SearchMediaByFace/page-0001.json": mediaPage([]) }));
    expect((await ask(emulator, "SearchMediaByFace", coarse)).json).toMatchObject({ Total: 0, MediaInfoList: [] });
  });
});

describe("SearchMediaClipByFace", () => {
  it("lists the clips of one asset over all its pages, each once", async () => {
    const folder = await folderOf({
      "SearchMediaByFace/page-0001.json": mediaPage(["m"]),
      "SearchMediaClipByFace/m/page-0001.json": clipPage(numbered(50), 61),
      "SearchMediaClipByFace/m/page-0002.json": clipPage([...numbered(12, 49), { ...clip, Score: 0.06 }], 61),
    });
    const { emulator } = await emulating(folder);
    await ask(emulator, "SearchMediaByFace", coarse);
    const page = async (PageNo: number) =>
      (await ask(emulator, "SearchMediaClipByFace", { ...fine("m"), PageNo, PageSize: 25 })).json;
    const pages = [await page(1), await page(2), await page(3), await page(4)];
    expect(pages.map((json) => [json.Total, json.MediaClipList.length])).toEqual([
      [61, 25],
      [61, 25],
      [61, 11],
      [61, 0],
    ]);
    expect(
      pages.flatMap((json) => json.MediaClipList.map((found: typeof clip) => found.Score * 1000)).sort((a, b) => a - b),
    ).toEqual(numbered(61).map((wanted) => wanted.Score * 1000));
  });

  it("finds nothing with a token that no search used, nor in an unknown asset", async () => {
    const { emulator } = await emulating(record);
    const nothing = { Success: "true", Code: "200", MediaClipList: [], Total: 0 };
    const asked = { MediaId: mediaIds[0] as string, FaceSearchToken: "fresh" };
    expect((await ask(emulator, "SearchMediaClipByFace", asked)).json).toMatchObject(nothing);
    await ask(emulator, "SearchMediaByFace", { ...coarse, FaceSearchToken: "fresh" });
    expect((await ask(emulator, "SearchMediaClipByFace", asked)).json.Total).toBeGreaterThan(0);
    expect((await ask(emulator, "SearchMediaClipByFace", { ...asked, MediaId: "none" })).json).toMatchObject(nothing);
  });

  it("knows the token of the recorded search", async () => {
    const { emulator } = await emulating(record);
    const asked = { MediaId: mediaIds[0] as string, FaceSearchToken: recorded("search.json").faceSearchToken };
    expect((await ask(emulator, "SearchMediaClipByFace", asked)).json.Total).toBeGreaterThan(0);
  });

  it("takes the wrapped lists of older clients", async () => {
    const wrapped = reply({ MediaClipList: { MediaClip: [clip] }, Total: 1 });
    const { emulator } = await emulating(await folderOf({ "SearchMediaClipByFace/m/page-1.json": wrapped }));
    await ask(emulator, "SearchMediaByFace", coarse);
    expect((await ask(emulator, "SearchMediaClipByFace", fine("m"))).json.MediaClipList).toEqual([clip]);
  });

  it("serves values as they were recorded, digit for digit", async () => {
    const text =
      '{"Score": 1.0, "EntityId": 12345678901234567890, "LabelName": "\\u4eba<&", "OccurrencesInfos": [ {"StartTime":-0,"EndTime":61.066353e0} ]}';
    const page = `{"MediaClipList": [\n ${text}\n ], "Total": 1}`;
    const { emulator } = await emulating(await folderOf({ "SearchMediaClipByFace/m/page-0001.json": page }));
    await ask(emulator, "SearchMediaByFace", coarse);
    expect((await ask(emulator, "SearchMediaClipByFace", fine("m"))).text).toContain(`"MediaClipList":[${text}]`);
  });

  it("answers InternalError when a reply of the record is broken, and tells its own user why", async () => {
    const folder = await folderOf({ "SearchMediaClipByFace/m/page-0001.json": "{" });
    const { emulator, log } = await emulating(folder);
    await ask(emulator, "SearchMediaByFace", coarse);
    expect(await ask(emulator, "SearchMediaClipByFace", fine("m"))).toMatchObject({
      status: 500,
      json: { Code: "InternalError" },
    });
    expect(log.join("\n")).toContain("page-0001.json");
  });
});

describe("media information", () => {
  const info = (MediaId: string, InputURL: string) => ({
    MediaId,
    MediaBasicInfo: { MediaId, InputURL, Title: "人" },
    FileInfoList: [{ FileBasicInfo: { FileName: `${MediaId}.mov` } }],
    MediaDynamicInfo: { DynamicMetaData: { Data: "{}" } },
  });
  const [a, b, c] = [info("a", "https://x.com/a.mov"), info("b", "oss://x/b.mov"), info("c", "https://x.com/c.mov")];
  const withInfos = () =>
    folderOf({
      "SearchMediaByFace/page-0001.json": mediaPage(["a", "b", "c", "d"]),
      "BatchGetMediaInfos/page-0001.json": { RequestId: "1", MediaInfos: [a], IgnoredList: ["d"] },
      "BatchGetMediaInfos/page-0002.json": { RequestId: "2", MediaInfos: [b] },
      "GetMediaInfo/c.json": { RequestId: "3", MediaInfo: c },
    });

  it("is given for one asset, by id or by URL", async () => {
    const { emulator } = await emulating(await withInfos());
    expect((await ask(emulator, "GetMediaInfo", { MediaId: "c" })).json.MediaInfo).toEqual(c);
    expect((await ask(emulator, "GetMediaInfo", { InputURL: "oss://x/b.mov" })).json.MediaInfo).toEqual(b);
    expect((await ask(emulator, "GetMediaInfo", { MediaId: "a", InputURL: "oss://x/b.mov" })).json.MediaInfo).toEqual(a);
    expect(Object.keys((await ask(emulator, "GetMediaInfo", { MediaId: "a" })).json)).toEqual(["RequestId", "MediaInfo"]);
    for (const unknown of [{ MediaId: "d" }, { InputURL: "https://x.com/d.mov" }])
      expect(await ask(emulator, "GetMediaInfo", unknown)).toMatchObject({ status: 404, json: { Code: "ResourceNotFound" } });
  });

  it("is given for many, with files and metadata when asked for", async () => {
    const { emulator } = await emulating(await withInfos());
    const batch = async (more: object) => (await ask(emulator, "BatchGetMediaInfos", { MediaIds: "b,none,a,b,", ...more })).json;
    const { MediaInfos, IgnoredList } = await batch({ AdditionType: "FileInfo,DynamicMetaData" });
    expect(MediaInfos).toEqual([b, a]);
    expect(IgnoredList).toEqual(["none"]);
    const { FileInfoList, MediaDynamicInfo, ...basic } = b;
    expect((await batch({ AdditionType: "FileInfo" })).MediaInfos[0]).toEqual({ ...basic, FileInfoList });
    expect((await batch({})).MediaInfos[0]).toEqual(basic);
    expect(MediaDynamicInfo).toBeDefined();
  });

  it("is nothing in a record without any", async () => {
    const { emulator } = await emulating(await folderOf({ "SearchMediaByFace/page-0001.json": mediaPage(["a"]) }));
    expect((await ask(emulator, "BatchGetMediaInfos", { MediaIds: "a" })).json).toMatchObject({
      MediaInfos: [],
      IgnoredList: ["a"],
    });
  });
});

describe("the same question", () => {
  it("gets the same bytes at any time, and another one another RequestId", async () => {
    const asked = { ...coarse, PageNo: 1 };
    const { emulator: first } = await emulating(record);
    const { emulator: second } = await emulating(record);
    const one = await ask(first, "SearchMediaByFace", asked);
    const again = await ask(second, "SearchMediaByFace", asked, { method: "GET", keys: { ...emulatorKeys, securityToken: "x" } });
    const other = await ask(first, "SearchMediaByFace", { ...asked, PageNo: 2 });
    expect(again.text).toBe(one.text);
    expect(other.json.RequestId).not.toBe(one.json.RequestId);
  });
});

describe("starting", () => {
  const keys = { accessKeyId: "a", accessKeySecret: "b" };

  it.each([
    ["no-input", "does not exist", join(record, "none")],
    ["no-input", "a file where a folder should be", join(record, "search.json")],
    ["no-input", "not a record folder", sample("media")],
  ])("%s: %s", async (code, text, folder) => {
    const refused = await refusal(() => emulating(folder));
    expect(refused).toMatchObject({ code, text: expect.stringContaining(text), where: folder });
  });

  it("not-json: a broken page of the listing", async () => {
    const folder = await folderOf({ "SearchMediaByFace/page-0001.json": "[1]" });
    expect((await refusal(() => emulating(folder))).code).toBe("not-json");
  });

  it("cannot-listen: the port is taken, or not of this machine", async () => {
    const { emulator } = await emulating(record);
    const taken = await refusal(() => emulating(record, { port: emulator.port, ...keys }));
    expect(taken).toMatchObject({ code: "cannot-listen", where: emulator.endpoint, text: expect.stringContaining("--port") });
    expect((await refusal(() => emulating(record, { host: "0.0.0.0" }))).code).toBe("cannot-listen");
  });

  it("counts what it answered", async () => {
    const { emulator } = await emulating(record);
    await ask(emulator, "SearchMediaByFace", coarse);
    await ask(emulator, "SearchMediaClipByFace", fine("none"));
    await ask(emulator, "SearchMediaByFace", coarse, { keys: { id: "emulator", secret: "wrong" } });
    expect(emulator.stats()).toEqual({ requests: 3, byAction: { SearchMediaByFace: 1, SearchMediaClipByFace: 1 }, faults: 0 });
  });
});

/** A connection that never finishes a request. */
function hanging(port: number): Promise<{ closed: Promise<void> }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\n1");
      resolve({ closed: new Promise((done) => socket.on("close", () => done())) });
    });
    socket.on("error", reject);
    onTestFinished(() => {
      socket.destroy();
    });
  });
}

describe("many connections", () => {
  const many = sweep(200, 1000);

  test(`${many} that hang leave the others their answers, and the end comes at once`, async () => {
    const { emulator } = await emulating(record);
    const connections = await Promise.all(Array.from({ length: many }, () => hanging(emulator.port)));
    expect((await ask(emulator, "SearchMediaByFace", coarse)).status).toBe(200);
    const start = performance.now();
    await emulator.close();
    await Promise.all(connections.map(({ closed }) => closed));
    // Left alone, each would hang for the 20 s that a request may take.
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  test(`${many} calls at once are answered`, async () => {
    const { emulator } = await emulating(record);
    const replies = await Promise.all(Array.from({ length: many }, () => call(emulator.endpoint, "SearchMediaByFace", coarse)));
    expect(new Set(replies.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(replies[0]?.status).toBe(200);
  });

  test("a connection that sends nothing is closed by the server", async () => {
    const { emulator } = await emulating(record);
    const socket = connect(emulator.port, "127.0.0.1");
    const start = performance.now();
    await new Promise((resolve) => socket.resume().on("close", resolve));
    expect(performance.now() - start).toBeLessThan(40_000);
  });
});
