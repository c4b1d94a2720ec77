import { spawn } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { makeRecord } from "../bench/make-record.mjs";
import { readRecord } from "../src/fetch/read-record.js";
import { filesIn, root, temporaryFolder } from "./support/cli.js";
import { full } from "./support/sweep.js";

/**
 * The built command against the emulator making trouble, in processes of their own: every clip arrives exactly once,
 * and a search that is killed and resumed ends with the same bytes as an undisturbed one.
 */
const assets = full ? 300 : 24;
const clips = full ? 2000 : 150;
const kills = full ? 20 : 2;
// Half the trouble takes a third of the time: waits double with every failure in a row.
const part = full ? 1 : 0.5;
const trouble = {
  seed: 7,
  faults: [
    { kind: "throttling", share: part / 3 },
    { kind: "drop", share: part * 0.1 },
    { kind: "html-502", share: part * 0.1 },
    { kind: "late", share: part * 0.05, seconds: full ? 10 : 3 },
  ],
};
const planted = { ALIBABA_CLOUD_ACCESS_KEY_ID: "LTAIplantedkeyid", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "plantedsecret42" };
const image = "https://h.example/ada.jpg?Expires=1&OSSAccessKeyId=LTAIplantedkeyid&Signature=plantedsignature";
const bin = join(root, "dist/bin.js");

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** `killWhen` is asked every few milliseconds; once it says so the process is killed without warning. */
function run(args: readonly string[], killWhen?: () => boolean): Promise<Ended> {
  const child = spawn(process.execPath, [bin, ...args], {
    env: { ...process.env, ...planted },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (data) => {
    out += data;
  });
  child.stderr.on("data", (data) => {
    err += data;
  });
  const watch = killWhen && setInterval(() => killWhen() && child.kill("SIGKILL"), 3);
  child.once("close", () => clearInterval(watch));
  return new Promise((resolve) => child.once("close", (status) => resolve({ status, out, err })));
}

async function emulate(record: string, ...more: string[]): Promise<string> {
  const keys = [
    "--access-key-id",
    planted.ALIBABA_CLOUD_ACCESS_KEY_ID,
    "--access-key-secret",
    planted.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
  ];
  const child = spawn(process.execPath, [bin, "emulate", record, "--port", "0", "--json", "--quiet", ...keys, ...more], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const line = await new Promise<string>((resolve) => child.stdout.once("data", (data) => resolve(String(data))));
  return (JSON.parse(line) as { endpoint: string }).endpoint;
}

function searchArgs(endpoint: string, out: string): string[] {
  const calm = ["--concurrency", "16", "--timeout", full ? "2s" : "1s", "--retries", "40", "--token", "one"];
  return ["search", "--endpoint", endpoint, "--protocol", "http", "--face-image-url", image, ...calm, "-o", out];
}

function slowly(endpoint: string, out: string): string[] {
  return searchArgs(endpoint, out)
    .map((arg) => (arg === "16" ? "2" : arg))
    .concat("--resume");
}

/** Files with the endpoint's port left out, which differs from emulator to emulator. */
function withoutPort(folder: string, endpoint: string): Record<string, string> {
  return Object.fromEntries(Object.entries(filesIn(folder)).map(([name, text]) => [name, text.replaceAll(endpoint, "HOST")]));
}

describe("a search in trouble", { timeout: 900_000 }, () => {
  const record = { folder: "" };

  beforeAll(() => {
    record.folder = join(root, "node_modules", ".cache", `facecut-trouble-${process.pid}`);
    makeRecord(record.folder, { clips, media: assets, points: 2 });
  });

  async function undisturbed(): Promise<Record<string, string>> {
    const [endpoint, out] = [await emulate(record.folder), join(temporaryFolder(), "hits")];
    expect(await run(searchArgs(endpoint, out))).toMatchObject({ status: 0 });
    return withoutPort(out, endpoint);
  }

  it(`throttled, dropped, broken and late, it still finds all ${clips} clips of ${assets} assets once, and tells no secret`, async () => {
    const faults = join(temporaryFolder(), "faults.json");
    writeFileSync(faults, JSON.stringify(trouble));
    const [endpoint, out] = [await emulate(record.folder, "--faults", faults), join(temporaryFolder(), "hits")];
    const ended = await run([...searchArgs(endpoint, out), "--debug"]);
    expect(ended).toMatchObject({ status: 0 });
    expect(ended.out).toMatch(/retries/);
    if (full)
      console.log(
        `searches: all ${clips} clips of ${assets} assets, in spite of${/[^,]*(?= retries)/.exec(ended.out)} failed tries`,
      );
    const { matches, notes } = await readRecord(out);
    expect(notes).toEqual([]);
    expect(matches.length).toBe(assets);
    expect(matches.reduce((sum, media) => sum + media.clips.length, 0)).toBe(clips);
    expect(withoutPort(out, endpoint)).toEqual(await undisturbed());
    const everything = [ended.out, ended.err, ...Object.values(filesIn(out))].join("\n");
    for (const secret of ["LTAIplanted", "plantedsecret", "plantedsignature", "Signature="])
      expect(everything).not.toContain(secret);
  });

  it(`killed at ${kills} moments and resumed, it ends byte for byte like an undisturbed one`, async () => {
    const expected = await undisturbed();
    const faults = join(temporaryFolder(), "faults.json");
    writeFileSync(
      faults,
      JSON.stringify({
        seed: 3,
        faults: [
          { kind: "throttling", share: 0.2 },
          { kind: "late", share: 0.8, seconds: 0.03 },
        ],
      }),
    );
    const endpoint = await emulate(record.folder, "--faults", faults);
    const out = join(temporaryFolder(), "hits");
    const [kept, statuses]: [number[], (number | null)[]] = [[], []];
    for (let kill = 0; kill < kills; kill++) {
      // Some while it starts, the others so many replies further on; where in a reply it strikes is left to chance.
      const before = countFiles(out);
      const further = (kill * 7) % 11;
      const deadline = Date.now() + (further === 0 ? 150 : 20_000);
      const { status } = await run(
        slowly(endpoint, out),
        () => (further > 0 && countFiles(out) >= before + further) || Date.now() > deadline,
      );
      statuses.push(status);
      kept.push(countFiles(out));
    }
    expect(statuses.filter((status) => status === null).length).toBeGreaterThanOrEqual(kills / 2);
    expect(kept.at(-1)).toBeGreaterThan(0);
    if (full)
      console.log(`searches: ${statuses.filter((status) => status === null).length} killed of ${kills} tried, all survived`);
    expect(await run(slowly(endpoint, out))).toMatchObject({ status: 0 });
    expect(withoutPort(out, endpoint)).toEqual(expected);
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
  });
});

function countFiles(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
      (name) =>
        name.endsWith(".json") &&
        statSync(join(folder, name)).isFile() &&
        readFileSync(join(folder, name), "utf8").endsWith("}\n"),
    ).length;
  } catch {
    return 0;
  }
}
