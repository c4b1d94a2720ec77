import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { longestAnswer } from "../../src/service/exchange.js";
import { endless, json, type Step, scriptedServer, text, useKeys } from "../service/scripted-server.js";
import { facecut, filesIn, temporaryFolder } from "../support/cli.js";
import { full } from "../support/sweep.js";
import { type Ended, run } from "./command.js";

/** A service that answers to do harm: the search ends clearly, in bounded memory, and writes nothing outside its folder. */

const image = ["--face-image-url", "https://h/a.jpg", "--token", "t"];

function args(endpoint: string, folder: string, protocol = "http"): string[] {
  return ["search", "--endpoint", endpoint, "--protocol", protocol, ...image, "--retries", "0", "-o", folder];
}

/** Searches in this process; the folder that lies around the record is looked at too. */
async function searched(...steps: readonly Step[]) {
  useKeys();
  const { endpoint, seen } = await scriptedServer(...steps);
  const around = temporaryFolder();
  const ended = await facecut(...args(endpoint, join(around, "hits")));
  expect(readdirSync(around).filter((name) => name !== "hits")).toEqual([]);
  expect(`${ended.out}${ended.err}`).not.toMatch(/^\s+at /m);
  return { ...ended, seen, files: readdirSync(around).length === 0 ? {} : filesIn(join(around, "hits")) };
}

/** Searches in a process of its own, whose memory is measured. */
async function searchedApart(steps: readonly Step[], timeout = "3s"): Promise<Ended> {
  useKeys();
  const { endpoint } = await scriptedServer(...steps);
  // A large page takes longer to read than an idle connection stays open: the next call may have to be made again.
  const words = args(endpoint, join(temporaryFolder(), "hits")).map((word, i, all) => (all[i - 1] === "--retries" ? "2" : word));
  return run([...words, "--timeout", timeout], { env: process.env });
}

const listing = (MediaInfoList: unknown, Total: unknown = 1) => json({ Success: "true", Code: "200", MediaInfoList, Total });
const clips = (MediaClipList: unknown, Total: unknown = 1) => json({ Success: "true", Code: "200", MediaClipList, Total });
const clip = { Score: 0.9, EntityId: "7", LabelName: "Ada", OccurrencesInfos: [{ StartTime: 0, EndTime: 1, TrackData: [] }] };
const infos = json({ MediaInfos: [] });
/** Answers by operation. */
const byAction =
  (answers: Readonly<Record<string, Step>>): Step =>
  (response, request, number) =>
    (answers[String(request.headers["x-acs-action"])] ?? infos)(response, request, number);
const service = (mediaIds: readonly string[], clipsOf: Step = clips([clip])) =>
  byAction({
    SearchMediaByFace: listing(
      mediaIds.map((MediaId) => ({ MediaId })),
      mediaIds.length,
    ),
    SearchMediaClipByFace: clipsOf,
  });

describe("ids of media that are paths", () => {
  it("name folders inside the record only, and come back from it", async () => {
    const ids = [
      "../../etc/passwd",
      "/etc/cron.d/x",
      "..",
      "a/../../b",
      "C:\\Windows",
      "x\0y",
      "~",
      "-rf",
      "%2e%2e%2f",
      "a\nb",
      "\u202Egpj",
    ];
    const { status, files } = await searched(service(ids));
    expect(status).toBe(0);
    const folders = Object.keys(files).flatMap((name) => /^SearchMediaClipByFace\/(.+)\/page-0001\.json$/.exec(name)?.[1] ?? []);
    expect(folders.filter((name) => !/^[A-Za-z0-9._%-]+$/.test(name) || /^\.+$/.test(name))).toEqual([]);
    expect(folders.map(decodeURIComponent).sort()).toEqual([...ids].sort());
  });

  it("of 10 MB lose that asset only", async () => {
    const { status, err, out, files } = await searched(service(["x".repeat(10_000_000), "good"]));
    expect([status, err.length + out.length < 4000]).toEqual([4, true]);
    expect(err).toContain("[incomplete-search]");
    expect(Object.keys(files)).toContain("SearchMediaClipByFace/good/page-0001.json");
  });
});

describe("answers that lie", () => {
  it.each([
    ["Total -1", -1],
    ["Total 2^53", 2 ** 53],
    ["Total 1e308", 1e308],
    ["Total as a list", [1]],
    ["Total as words", "many"],
  ])("%s ends at the first empty page", async (_what, total) => {
    let pages = 0;
    const paged: Step = (response, request, number) =>
      (pages++ === 0 ? listing([{ MediaId: "m" }], total) : listing([], total))(response, request, number);
    const { seen } = await searched(byAction({ SearchMediaByFace: paged, SearchMediaClipByFace: clips([clip]) }));
    expect(seen.length).toBeLessThan(6);
  });

  it.skipIf(!full)("pages without end stop after 2,000, and the record says so", async () => {
    let n = 0;
    const endless: Step = (response, request, number) => listing([{ MediaId: `m${n++ % 3}`, n }], 1e9)(response, request, number);
    const { status, err, files, seen } = await searched(
      byAction({ SearchMediaByFace: endless, SearchMediaClipByFace: clips([clip]) }),
    );
    expect([status, err]).toEqual([4, expect.stringContaining("2000 pages")]);
    expect(seen.length).toBeLessThan(2010);
    expect(JSON.parse(files["search.json"] as string)).toMatchObject({ complete: false });
  });

  it("keys of JavaScript's own stay keys, and of two the last counts", async () => {
    const odd = `{"Success":"true","Code":"200","Total":1,"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"MediaClipList":[],"MediaClipList":[{"Score":0.9,"EntityId":"7","__proto__":{"x":1},"OccurrencesInfos":[]}]}`;
    const { status, files } = await searched(service(["__proto__", "constructor"], text(odd)));
    expect(status).toBe(0);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    const kept = files["SearchMediaClipByFace/__proto__/page-0001.json"] as string;
    expect([kept.includes('"__proto__"'), JSON.parse(kept).MediaClipList.length]).toEqual([true, 1]);
  });

  it("numbers for ids keep all their digits, in calls, in the record and in timelines", async () => {
    const [mediaId, entityId] = ["9007199254740993", "12345678901234567890"];
    const listed = text(`{"Success":"true","Code":"200","Total":1,"MediaInfoList":[{"MediaId":${mediaId}}]}`);
    const found = `{"Score":0.12345678901234567890,"EntityId":${entityId},"Title":"\\"${mediaId}: 1","OccurrencesInfos":[{"StartTime":1,"EndTime":2}]}`;
    const { status, seen, files } = await searched(
      byAction({
        SearchMediaByFace: listed,
        SearchMediaClipByFace: text(`{"Success":"true","Code":"200","Total":1,"MediaClipList":[${found}]}`),
      }),
    );
    expect(status).toBe(0);
    expect(new URL(`http://h${seen[1]?.url}`).searchParams.get("MediaId")).toBe(mediaId);
    const kept = JSON.parse(files[`SearchMediaClipByFace/${mediaId}/page-0001.json`] as string);
    expect(kept.MediaClipList[0]).toMatchObject({ Score: 0.12345678901234568, EntityId: entityId, Title: `"${mediaId}: 1` });
  });

  it.each([
    ["nested 100,000 deep", text(`{"MediaInfoList":${"[".repeat(100_000)}${"]".repeat(100_000)},"Total":1}`)],
    ["HTML of type JSON", text("<html>no</html>", 200, { "content-type": "application/json" })],
    ["a picture", text(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]), 200, { "content-type": "image/png" })],
    ["bytes that are no UTF-8", text(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))],
    ["nothing", text("")],
    ["a list", text("[]")],
    ["null", text("null")],
    ["a text", text('"ok"')],
    ["gzip that is broken", text(Buffer.from("not gzip"), 200, { "content-encoding": "gzip" })],
    ["an unknown encoding", text("{}", 200, { "content-encoding": "x-none" })],
    ["status 999", text("{}", 999)],
    ["status 204", text("", 204)],
    [
      "a length it does not keep",
      ((response) => void response.writeHead(200, { "content-length": "1000" }).write("{}", () => response.destroy())) as Step,
    ],
    [
      "an error of its own words",
      json({ Code: "\u001b[2J\n  do: rm -rf /", Message: "x".repeat(100_000), RequestId: "\u202E" }, 400),
    ],
  ])("%s is no answer, and the end is clear", async (_what, step) => {
    const { status, err, out, files } = await searched(step);
    expect([status, files]).toEqual([4, {}]);
    expect(err).toMatch(/facecut: .* \[[a-z-]+\]\n/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
    expect(`${out}${err}`).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E]/);
    expect(err.split("\n").filter((line) => line.startsWith("  do: "))).toHaveLength(1);
    expect(err.length).toBeLessThan(2000);
  });

  it("a redirect to another host is not followed", async () => {
    useKeys();
    const other = await scriptedServer(json({}));
    const { status, seen } = await searched(text("", 307, { location: `http://${other.endpoint}/` }));
    expect([status, seen.length, other.seen.length]).toEqual([4, 1, 0]);
  });
});

/** MB: more than a small search takes, less than twice of it. */
const bounded = 400;

describe.skipIf(!full)("answers without measure", { timeout: 120_000 }, () => {
  it("a gzip bomb is not unpacked, because nobody asked for a packed answer", async () => {
    const bomb = gzipSync(Buffer.alloc(1_000_000_000, " "), { level: 1 });
    const { status, err, peak } = await searchedApart([text(bomb, 200, { "content-encoding": "gzip" })]);
    expect([status, err]).toEqual([4, expect.stringContaining("not a JSON object")]);
    expect(peak).toBeLessThan(bounded);
  });

  it.each([200, 500])("a body that never ends is given up, HTTP %i", async (httpStatus) => {
    const { status, err, peak } = await searchedApart([endless(httpStatus)], "60s");
    expect([status, err]).toEqual([4, expect.stringMatching(/longer than 128 MB.*\[service-error\]/)]);
    expect(err).not.toContain("tries");
    expect(peak).toBeLessThan(bounded);
  });

  it("a million clips in one page are kept", async () => {
    const clipsOf = Array.from({ length: 1_000_000 }, (_, i) => ({ Score: i / 1e6, EntityId: "7", OccurrencesInfos: [] }));
    expect(JSON.stringify(clipsOf).length).toBeLessThan(longestAnswer / 2);
    const { status, peak, err } = await searchedApart([service(["m"], clips(clipsOf, 1_000_000))], "60s");
    expect([status, err]).toEqual([0, expect.anything()]);
    expect(peak).toBeLessThan(2000);
  });
});

describe("TLS", () => {
  async function secureServer(listen: () => Server): Promise<string> {
    const server = listen();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    onTestFinished(() => void server.close());
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function refusedAt(endpoint: string): Promise<void> {
    useKeys();
    const folder = join(temporaryFolder(), "hits");
    const { status, err } = await facecut(...args(endpoint, folder, "https"));
    expect([status, err]).toEqual([4, expect.stringMatching(/\[(unreachable|service-error)\]/)]);
  }

  it("that is none ends the search", async () => {
    await refusedAt(await secureServer(() => createServer((_, response) => response.end("{}"))));
  });

  const folder = temporaryCertificate();
  it.skipIf(folder === undefined)(
    `with a certificate of its own making ends the search${folder ? "" : " (skipped: no openssl here)"}`,
    async () => {
      const [key, cert] = ["key.pem", "cert.pem"].map((name) => readFileSync(join(folder as string, name)));
      let asked = 0;
      const server = () =>
        createSecureServer({ key, cert }, (_, response) => {
          asked++;
          response.end("{}");
        });
      await refusedAt(await secureServer(server as unknown as () => Server));
      expect(asked).toBe(0);
    },
  );
});

/** A folder with a key and a certificate nobody vouches for; undefined where openssl is missing. */
function temporaryCertificate(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "facecut-test-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const files = ["-keyout", join(folder, "key.pem"), "-out", join(folder, "cert.pem")];
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  const whose = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  return spawnSync("openssl", ["req", ...kind, ...whose, ...files]).status === 0 ? folder : undefined;
}
