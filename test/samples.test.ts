import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { facecut, filesIn, root, sample, sampleOptions, temporaryFolder } from "./support/cli.js";

/**
 * A sample is a test: every folder with a command.txt is exported with these options, and its files compared byte by
 * byte with `expected/`. `npm run samples` writes them anew; the difference is then reviewed as text.
 */
const samples = readdirSync(sample("")).filter((name) => existsSync(join(sample(name), "command.txt")));
const withResult = samples.filter((name) => name !== "no-matches-25");
const update = process.env.FACECUT_UPDATE_SAMPLES === "yes";

async function exportSample(name: string): Promise<Record<string, string>> {
  const out = temporaryFolder();
  const run = await facecut("export", join("samples", name), ...sampleOptions(name), "-o", out, "--quiet");
  expect([run.status, run.err]).toEqual([0, ""]);
  return Object.fromEntries(Object.entries(filesIn(out)).filter(([file]) => !file.endsWith(".report.json")));
}

describe("samples", () => {
  it("are all there, and run from the repository's root", () => {
    expect(process.cwd()).toBe(root.replace(/\/$/, ""));
    expect(samples.length).toBeGreaterThanOrEqual(8);
  });

  it.each(withResult)("%s", async (name) => {
    const files = await exportSample(name);
    const expected = join(sample(name), "expected");
    if (update) writeExpected(expected, files);
    expect(existsSync(expected), "no expected files: npm run samples").toBe(true);
    const golden = filesIn(expected);
    expect(Object.keys(files).sort()).toEqual(Object.keys(golden).sort());
    for (const [file, text] of Object.entries(files))
      expect(text === golden[file] ? "same" : `${name}/${file} differs from expected/`).toBe("same");
  });

  it("no-matches-25 is exit 6", async () => {
    expect((await facecut("export", sample("no-matches-25"), "-o", temporaryFolder())).status).toBe(6);
  });
});

function writeExpected(folder: string, files: Record<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
}
