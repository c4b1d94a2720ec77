import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { checkFiles } from "../../src/check/check-files.js";
import { requireTimelineRate } from "../../src/time/frame-rate.js";
import { zip } from "../check/zip.js";
import { expectedTexts } from "./corpus.js";
import { fuzz, type Outcome, oneOf, type Random } from "./fuzzing.js";
import { mutatedBytes, mutatedJson, mutatedText } from "./mutate.js";

/** `facecut check` on broken files: decoding, reading, every rule, and the comparison with the unbroken file. */

const folder = mkdtempSync(join(tmpdir(), "facecut-fuzz-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { rate } = requireTimelineRate("25", "rate");

interface Pair {
  readonly broken: Uint8Array;
  readonly whole?: string;
}

async function check(extension: string, { broken, whole }: Pair): Promise<Outcome> {
  const paths = [join(folder, `a${extension}`)];
  writeFileSync(paths[0] as string, broken);
  if (whole !== undefined) {
    paths.push(join(folder, "a.otio"));
    writeFileSync(join(folder, "a.otio"), whole);
  }
  const { files, findings } = await checkFiles(paths, { rate });
  expect(files).toHaveLength(paths.length);
  for (const { file, what, place } of findings)
    expect([paths.includes(file), what !== "", place !== ""]).toEqual([true, true, true]);
  return findings.some(({ rule }) => rule === "unreadable") ? "refused" : "read";
}

/** Mostly as text, now and then byte by byte; every third beside a good file of the same name. */
function pairOf(random: Random, texts: readonly string[]): Pair {
  const text = oneOf(random, texts);
  const broken = mutatedBytes(random(5) === 0 ? text : mutatedText(text, random, texts), random);
  return random(3) === 0 ? { broken, whole: oneOf(random, otio) } : { broken };
}

const otio = expectedTexts(".otio");

describe("broken timelines", { timeout: 900_000 }, () => {
  it.each([
    ["OTIO", ".otio"],
    ["FCPXML", ".fcpxml"],
    ["EDL", ".edl"],
    ["FCP7 XML", ".xml"],
  ])("%s is read or refused", async (name, extension) => {
    const texts = expectedTexts(extension);
    const make = (random: Random) => (extension === ".otio" ? { broken: pairOf(random, texts).broken } : pairOf(random, texts));
    await fuzz({ name, inputs: [25, 1200], make, read: (pair) => check(extension, pair) });
  });

  it("OTIO with odd values in the right places is read or refused", async () => {
    const make = (random: Random) => ({
      broken: Buffer.from(JSON.stringify(mutatedJson(JSON.parse(oneOf(random, otio)), random))),
    });
    await fuzz({ name: "OTIO values", inputs: [25, 1200], make, read: (pair) => check(".otio", pair) });
  });

  it("zipped bundles are read or refused", async () => {
    const whole = zip([{ name: "content.otio", content: Buffer.from(otio[0] as string), method: "deflated" }]);
    const make = (random: Random) => {
      const broken = Buffer.from(whole);
      for (let n = random(5); n >= 0; n--) broken[random(3) === 0 ? random(60) : broken.length - 1 - random(100)] = random(256);
      return { broken: random(8) === 0 ? broken.subarray(0, random(broken.length)) : broken };
    };
    await fuzz({ name: "OTIOZ", inputs: [15, 800], make, read: (pair) => check(".otioz", pair) });
  });
});
