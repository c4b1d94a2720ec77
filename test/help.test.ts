import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { type CommandName, commands } from "../src/command-line/commands.js";
import { startEmulator } from "../src/emulate/emulator.js";
import type { OptionRow } from "../src/options.js";
import { facecut, root, sample, words } from "./support/cli.js";

/** The examples of a command's options. */
function examplesOf(command: CommandName, not: object = {}): string[] {
  const rows = Object.entries<OptionRow>(commands[command].options).filter(([key]) => !(key in not));
  return rows.flatMap(([, { example }]) => example ?? []);
}

/** Runs a command line in the folder of these tests. */
async function expectDone(line: readonly string[]): Promise<void> {
  const { status, out, err } = await facecut(...line);
  expect([line, status, err.replace(/^(?:warning|facecut| {2}do):.*\n/gm, "")]).toEqual([line, 0, ""]);
  expect(out).not.toBe("");
}

/** A folder that looks to a command like the project's root, with what a user has who gave the examples before. */
const folder = mkdtempSync(join(tmpdir(), "facecut-help-"));
const home = process.cwd();

beforeAll(async () => {
  process.chdir(folder);
  symlinkSync(join(root, "samples"), "samples");
  writeFileSync("names.csv", "who,name\nAda Example,Eva\n");
  await expectDone(["export", "samples/one-face-25", "-o", "last-week"]);
});

afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

describe("the examples in help", () => {
  const both = ["samples/one-face-25", "samples/two-people-23976"];

  it.each(examplesOf("export", commands.search.options))("facecut export %s", async (example) => {
    await expectDone(["export", ...both, "--force", ...words(example), ...(example.startsWith("-o ") ? [] : ["-o", "out"])]);
  });

  it.each(examplesOf("list"))("facecut list %s", async (example) => {
    rmSync("on-screen.csv", { force: true });
    await expectDone(["list", ...both, ...words(example)]);
  });

  it.each(examplesOf("check"))("facecut check %s", async (example) => {
    await expectDone(["check", "samples/one-face-2997-drop/expected/Ada Example.edl", ...words(example)]);
  });

  const alone = [
    ...commands.export.examples,
    ...commands.list.examples,
    ...commands.check.examples,
    ...commands.templates.examples,
  ];

  it.each([...alone, ...commands.completion.examples].map(([line]) => line))("%s", async (line) => {
    const [, ...args] = words(line.replace(/^source <\((.*)\)$/, "$1"));
    await expectDone(args);
  });

  it.each([
    ...examplesOf("search").map((example) => `facecut search ${example}`),
    ...commands.search.examples.map(([line]) => line),
  ])("%s", async (line) => {
    const emulator = await startEmulator({
      folder: sample("one-face-25"),
      port: 0,
      accessKeyId: "id-id",
      accessKeySecret: "se-cret",
    });
    vi.stubEnv("ALIBABA_CLOUD_ACCESS_KEY_ID", "id-id");
    vi.stubEnv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "se-cret");
    onTestFinished(async () => {
      vi.unstubAllEnvs();
      await emulator.close();
      rmSync("hits", { recursive: true, force: true });
    });
    const [, ...args] = words(line.replace(/--endpoint \S+/, ""));
    const image = line.includes("--face-image-url") ? [] : ["--face-image-url", "https://example.com/ada.jpg"];
    await expectDone([...args, ...image, "--endpoint", emulator.endpoint, "--protocol", "http"]);
  });

  // It serves until it is ended: test/readme.test.ts does so.
  it.each(commands.emulate.examples.map(([line]) => line))("%s, as in README.md", (line) => {
    expect(readFileSync(join(root, "README.md"), "utf8")).toContain(`\n${line}\n`);
  });
});

describe("help", () => {
  it.each([[], ...Object.keys(commands).map((command) => [command])])("%s says nothing of types", async (...command) => {
    const { out } = await facecut(...command, "--help");
    expect(out).toMatch(/--version {2}Print the version[\s\S]*Print this help\n/);
    expect(out).not.toMatch(/\[(boolean|string|array)\]/);
    expect(out).not.toMatch(/ \n|\n{3}/);
  });
});
