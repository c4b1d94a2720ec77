import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { main } from "../src/cli.js";
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

/** A folder with what a user has who gave the examples before: a record, media, and an export of last week. */
const folder = mkdtempSync(join(tmpdir(), "facecut-help-"));
const home = process.cwd();

beforeAll(async () => {
  process.chdir(folder);
  symlinkSync(sample("media"), "media");
  cpSync(sample("two-people-23976"), "others", { recursive: true });
  writeFileSync("names.csv", "who,name\nAda Example,Eva\n");
  await expectDone(["export", sample("one-face-25"), "-o", "last-week"]);
});

beforeEach(() => {
  for (const name of ["hits", "cut", "on-screen.csv"]) rmSync(name, { recursive: true, force: true });
  cpSync(sample("one-face-25"), "hits", { recursive: true });
  cpSync(join(sample("media"), "media-map.csv"), "media.csv");
});

afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

describe("the examples in help", () => {
  const both = ["hits", "others"];

  it.each(examplesOf("export", commands.search.options))("facecut export %s", async (example) => {
    await expectDone(["export", ...both, "--force", ...words(example), ...(example.startsWith("-o ") ? [] : ["-o", "out"])]);
  });

  it.each(examplesOf("list"))("facecut list %s", async (example) => {
    await expectDone(["list", ...both, ...words(example)]);
  });

  it.each(examplesOf("check"))("facecut check %s", async (example) => {
    await expectDone(["check", join(sample("one-face-2997-drop"), "expected", "Ada Example.edl"), ...words(example)]);
  });

  const alone = [
    ...commands.export.examples,
    ...commands.list.examples,
    ...commands.check.examples,
    ...commands.templates.examples,
  ];

  it.each([...alone, ...commands.completion.examples].map(([line]) => line))("%s", async (line) => {
    const [, ...args] = words(line.replace(/^source <\((.*)\)$/, "$1"));
    if (args[0] === "check") await expectDone(["export", "hits", "-o", "cut"]);
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
      await emulator.close();
    });
    rmSync("hits", { recursive: true });
    const [, ...args] = words(line.replace(/--endpoint \S+/, ""));
    const image = line.includes("--face-image-url") ? [] : ["--face-image-url", "https://example.com/ada.jpg"];
    await expectDone([...args, ...image, "--endpoint", emulator.endpoint, "--protocol", "http"]);
  });

  it.each(commands.emulate.examples.map(([line]) => line))("%s", async (line) => {
    const [, ...args] = words(line);
    const emulator = spawn(process.execPath, [join(root, "dist/bin.js"), ...args, "--port", "0", "--json"]);
    onTestFinished(() => void emulator.kill());
    const [said] = await once(emulator.stdout, "data");
    expect(JSON.parse(String(said)).endpoint).toMatch(/^127\.0\.0\.1:\d+$/);
  });
});

/** The help of a command as a terminal of so many columns shows it; of one that tells none, without any. */
async function helpOf(columns: number | undefined, ...command: string[]): Promise<string> {
  let help = "";
  await main([...command, "--help"], { out: (text) => (help += text), err: () => {}, columns });
  return help;
}

describe("help", () => {
  const all = [[], ...Object.keys(commands).map((command) => [command])];

  it.each(all)("%s says nothing of types", async (...command) => {
    const { out } = await facecut(...command, "--help");
    expect(out).toMatch(/--version {2}Print the version[\s\S]*Print this help\n/);
    expect(out).not.toMatch(/\[(boolean|string|array)\]/);
    expect(out).not.toMatch(/ \n|\n{3}/);
  });

  // Where a line is just full, yargs puts the type right behind it.
  it("says nothing of types however wide it is", async () => {
    for (let columns = 70; columns <= 120; columns++) {
      for (const command of ["export", "list"]) expect(await helpOf(columns, command)).not.toMatch(/\[boolean\]/);
    }
  });

  it.each(Object.entries(commands))(
    "of %s has each example in one line of its own, below what it does",
    async (name, command) => {
      for (const columns of [undefined, 40, 200]) {
        const help = await helpOf(columns, name);
        expect(help).toMatch(/\n\nExamples:\n {2}/);
        for (const [line, result] of command.examples) expect(help).toContain(`\n  ${result}:\n    ${line}\n`);
      }
    },
  );

  it("is as wide as the terminal, at most 120 columns, and 80 where there is none", async () => {
    const widest = async (columns: number | undefined) => {
      const [text = ""] = (await helpOf(columns, "export")).split("\nExamples:");
      return Math.max(...text.split("\n").map((line) => line.length));
    };
    const widths = await Promise.all([undefined, 0, 80, 100, 120, 300].map(widest));
    expect(widths.map((width) => Math.ceil(width / 20) * 20)).toEqual([80, 80, 80, 100, 120, 120]);
    expect(await helpOf(undefined, "export")).toBe(await helpOf(80, "export"));
  });

  it.each(all)("facecut help %s is that of the command", async (...command) => {
    const { status, out } = await facecut("help", ...command);
    expect([status, out]).toEqual([0, (await facecut(...command, "--help")).out]);
  });

  it("of a command that there is not is refused", async () => {
    const { status, err } = await facecut("help", "exprot");
    expect([status, err]).toEqual([2, expect.stringContaining("Did you mean facecut export?")]);
  });

  it("names no file of this repository, which an installed package has not", async () => {
    for (const [command] of Object.entries(commands)) expect((await facecut(command, "--help")).out).not.toContain("samples");
  });
});
