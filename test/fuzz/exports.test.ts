import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { facecut, sample } from "../support/cli.js";
import { replies, sampleNames } from "./corpus.js";
import { fuzz, type Outcome, oneOf, type Random } from "./fuzzing.js";
import { mutatedJson, mutatedText, oddTexts } from "./mutate.js";

/**
 * Whole commands on broken records and with broken options. Every file that an export writes is read back and compared
 * with the plan; exit 1 (a fault in facecut) and 5 (a written file is wrong) are failures.
 */

const folder = mkdtempSync(join(tmpdir(), "facecut-fuzz-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const [record, out] = [join(folder, "record"), join(folder, "out")];

interface Command {
  readonly files: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

const layouts = ["stringout", "per-person", "per-media", "per-expression", "tracks", "source", "log"];
const programs = ["generic", "resolve", "premiere", "final-cut", "avid"];

/** Options that go with any record. */
function someOptions(random: Random): string[] {
  const choices = [
    ["--layout", oneOf(random, layouts)],
    ["--template", oneOf(random, programs)],
    ["--markers", oneOf(random, ["none", "appearance", "all", "1s", "1"])],
    ["--handles", oneOf(random, ["0", "12", "1s,2s", "00:00:10:00"])],
    ["--merge-gap", oneOf(random, ["0", "1s", "100"])],
    ["--rate", oneOf(random, ["23.976", "25", "29.97df", "59.94ndf", "60"])],
    ["--start-timecode", oneOf(random, ["00:00:00:00", "10:00:00:00", "23:59:00:00", "23:59:59:00"])],
    ["--format", oneOf(random, ["otio,fcpxml,edl,fcp7xml", "csv,otio", "edl"])],
    ["--sort", oneOf(random, ["media", "time", "score", "person"])],
    ["--media-rate", oneOf(random, ["25", "23.976", "100"])],
  ];
  return choices.filter(() => random(3) === 0).flat();
}

async function run({ files, args }: Command): Promise<Outcome> {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(record, name)), { recursive: true });
    writeFileSync(join(record, name), text);
  }
  const { status, out: told, err } = await facecut("export", record, "-o", out, ...args);
  expect([0, 2, 3, 6], `exit ${status}: ${err}`).toContain(status);
  expect(`${told}${err}`).not.toMatch(/^\s+at /m);
  const written = status === 0 ? readdirSync(out) : [];
  expect(written.filter((name) => name.endsWith(".tmp"))).toEqual([]);
  if (status === 0) await checked(written);
  return status === 0 ? "read" : "refused";
}

/** What facecut wrote and verified, `facecut check` finds no error in either. */
async function checked(written: readonly string[]): Promise<void> {
  const timelines = written.filter((name) => /\.(otio|fcpxml|edl|xml)$/.test(name)).map((name) => join(out, name));
  if (timelines.length === 0) return;
  const { out: told } = await facecut("check", "--json", ...timelines);
  const { findings } = JSON.parse(told) as { findings: readonly { severity: string; rule: string }[] };
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
}

const numbersOnly = /(Time|stamp|Score|"[XYWH]"|Fps|Duration|Width|Height|NumFrames)/i;

/** Replies with changed values; every other time only times, boxes and rates are changed, so that most are still read. */
function brokenRecord(random: Random): Record<string, string> {
  const files = { ...replies(oneOf(random, sampleNames)) };
  for (let n = random(3); n >= 0; n--) {
    const [path, text] = oneOf(random, Object.entries(files));
    files[path] = random(2) === 0 ? otherNumbers(text, random) : JSON.stringify(mutatedJson(JSON.parse(text), random));
  }
  return files;
}

function otherNumbers(text: string, random: Random): string {
  const factors = [0, 1, 1.0001, 0.5, 2, 10, 100, 1000];
  return text
    .split("\n")
    .map((line) =>
      numbersOnly.test(line) && random(8) === 0
        ? line.replace(/\d+(\.\d+)?/, (number) => changed(Number(number), random, factors))
        : line,
    )
    .join("\n");
}

function changed(number: number, random: Random, factors: readonly number[]): string {
  return String(random(2) === 0 ? number * oneOf(random, factors) : Math.max(0, number + (random(200) - 100) / 100));
}

/** Values that each option takes. */
const goodValues: Readonly<Record<string, readonly string[]>> = {
  name: ["Ada", "a/b"],
  format: ["otio", "edl,fcp7xml", "csv"],
  rate: ["25", "29.97df", "24000/1001"],
  size: ["1920x1080", "2x2"],
  "start-timecode": ["00:00:00:00", "23:59:59:00", "10:00:00;00"],
  sort: ["media", "score"],
  markers: ["all", "1s", "12", "none"],
  "media-rate": ["25", "100"],
  "min-score": ["0.5", "0", "1"],
  category: ["celebrity", "x"],
  expression: ["Calm", "calm,happy"],
  person: ["Ada Example", "4400192837461"],
  match: ['"Ada Example"', 'not "Ada Example"', '"Ada Example" or (4400192837461)'],
  "merge-gap": ["1s", "00:00:10:00", "0"],
  "min-length": ["0.5s", "12"],
  "max-length": ["1s", "25", "00:00:01:00"],
  handles: ["12", "1s,2s", "0"],
  limit: ["1", "1000000"],
  layout: layouts,
  "clip-name": ["{person} {file}", "x"],
  use: ["proxy"],
  vfr: ["constant"],
  template: programs,
};

function someOption(random: Random): string {
  const [name, values] = oneOf(random, Object.entries(goodValues));
  const value = oneOf(random, values);
  const changed = [value, value, value, mutatedText(value, random, oddTexts), oneOf(random, oddTexts)];
  return `--${name}=${oneOf(random, changed)}`;
}

describe("whole exports", { timeout: 900_000 }, () => {
  it("of broken records end well or are refused", async () => {
    const make = (random: Random): Command => ({ files: brokenRecord(random), args: someOptions(random) });
    await fuzz({ name: "exports of broken records", inputs: [8, 250], make, read: run });
  });

  it("with odd options end well or are refused", async () => {
    const make = (random: Random) => {
      const options = Array.from({ length: 1 + random(4) }, () => someOption(random));
      return ["export", sample("one-face-25"), "--dry-run", ...options];
    };
    const read = async (args: readonly string[]): Promise<Outcome> => {
      const { status, err } = await facecut(...args, "-o", out);
      expect([0, 2, 3, 6], `exit ${status}: ${err}`).toContain(status);
      return status === 0 ? "read" : "refused";
    };
    await fuzz({ name: "exports with odd options", inputs: [12, 250], make, read });
  });
});
