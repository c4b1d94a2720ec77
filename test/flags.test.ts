import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commands } from "../src/command-line/commands.js";
import { flagName, type OptionRow } from "../src/options.js";
import { facecut, filesIn, sample, temporaryFolder } from "./support/cli.js";

const hits = sample("one-face-25");

/** Every flag of every command, as it may be typed. */
const flags = Object.entries(commands).flatMap(([command, { options }]) =>
  Object.entries<OptionRow>(options)
    .filter(([, { type }]) => type === "flag")
    .flatMap(([key, { aliases = [] }]) => [flagName(key), ...aliases])
    .map((name) => [command, name.length === 1 ? `-${name}` : `--${name}`] as const),
);

describe("a flag", () => {
  const own = [["export", "--help"] as const, ["export", "-h"] as const, ["export", "--version"] as const];

  it.each([...flags, ...own])("facecut %s %s takes no value but true and false", async (command, flag) => {
    for (const value of ["yes", "1", "TRUE", "maybe", "", "0"]) {
      const { status, out, err } = await facecut(command, "--debug=false", `${flag}=${value}`);
      expect([status, out]).toEqual([2, ""]);
      expect(err).toContain(`facecut: "${value}" is no value of ${flag} [bad-option]\n`);
      expect(err).toContain(`  do: Write ${flag} alone\n`);
    }
  });

  it.each([
    ["export", "--dry-run=yes"],
    ["export", "--dry-run", "-qq=yes"],
    ["export", "--dry-run", "--q=1"],
  ])("facecut %s %s with a value that is none writes nothing", async (command, ...args) => {
    const folder = temporaryFolder();
    const { status, err } = await facecut(command, hits, "-o", folder, ...args);
    expect([status, err, filesIn(folder)]).toEqual([2, expect.stringContaining("is no value of"), {}]);
  });

  it("is set by true and not by false, in one word or two", async () => {
    const made = async (...args: string[]) => {
      const folder = temporaryFolder();
      const { status } = await facecut("export", hits, "-o", folder, "--format", "otio", ...args);
      return [status, Object.keys(filesIn(folder)).length];
    };
    expect([await made("--dry-run=true"), await made("--dry-run", "true")]).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect([await made("--dry-run=false"), await made("--dry-run", "false")]).toEqual([
      [0, 2],
      [0, 2],
    ]);
  });

  it.each([
    ["export", ["export", hits, "--redact", "yes"], 3, "where: yes"],
    ["list", ["list", hits, "--skip-bad", "yes"], 3, "where: yes"],
    ["check", ["check", join(hits, "expected"), "--json", "yes"], 3, "where: yes"],
    ["search", ["search", "--face-image-url", "https://h/a.jpg", "--resume", "yes"], 2, "takes no folder (yes)"],
    ["templates", ["templates", "--json", "yes"], 2, 'no template "yes"'],
    ["completion", ["completion", "--json", "yes"], 2, "no completion for yes"],
    ["emulate", ["emulate", hits, "--quiet", "yes"], 2, "One at a time"],
  ])("takes no word behind it for its value: %s", async (_, args, status, said) => {
    const run = await facecut(...args);
    expect([run.status, run.err]).toEqual([status, expect.stringContaining(said)]);
  });

  it("leaves values of other options and names alone that look like one", async () => {
    const folder = temporaryFolder();
    const named = await facecut("export", hits, "-o", folder, "--name=--redact=yes", "--format", "otio");
    expect([named.status, Object.keys(filesIn(folder))]).toEqual([0, expect.arrayContaining(["--redact=yes.otio"])]);
    expect((await facecut("list", "--", "--json=yes")).err).toContain("where: --json=yes");
  });
});
