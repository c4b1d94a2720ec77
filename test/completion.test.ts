import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commands, shells } from "../src/command-line/commands.js";
import { completionsOf } from "../src/command-line/completions.js";
import { requireMarkers } from "../src/export-settings/shape.js";
import { layoutKinds } from "../src/map/layouts.js";
import { handlesMeetings } from "../src/map/lengths.js";
import { sortKeys } from "../src/map/order.js";
import { variableRateChoices } from "../src/media/media-facts.js";
import { mediaUses } from "../src/model/media.js";
import type { OptionRow, searchOptions } from "../src/options.js";
import { searchSettings } from "../src/search-settings.js";
import { regions } from "../src/service/regions.js";
import { timelineRates } from "../src/time/frame-rate.js";
import { facecut, root, temporaryFolder } from "./support/cli.js";

const bin = join(root, "dist/bin.js");

describe("what may follow", () => {
  it.each([
    [[""], Object.keys(commands)],
    [["ex"], ["export"]],
    [["-"], ["--help", "--version"]],
    [["export", "--lay"], ["--layout"]],
    [["export", "--layout", ""], layoutKinds],
    [
      ["export", "hits", "--layout", "per-"],
      ["per-person", "per-media", "per-expression"],
    ],
    [["export", "--to", "res"], ["resolve"]],
    [["search", "--region", "ap"], ["ap-southeast-1"]],
    [["list", "--handles-meet", "t"], ["touch"]],
    [
      ["templates", ""],
      ["avid", "final-cut", "generic", "premiere", "resolve"],
    ],
    [["completion", ""], [...shells]],
  ])("facecut %j", async (words, expected) => {
    expect(await completionsOf(["facecut", ...words])).toEqual(expected);
  });

  it("is what the built program answers a shell, a line each", () => {
    const asked = ["--get-yargs-completions", "facecut", "export", "hits", "--layout", "per-"];
    const out = execFileSync(process.execPath, [bin, ...asked], { encoding: "utf8" });
    expect(out).toBe("per-person\nper-media\nper-expression\n");
  });

  it("where a file belongs: nothing, so that the shell offers files", async () => {
    const places = [
      ["export", ""],
      ["export", "hi"],
      ["export", "-o", ""],
      ["export", "--media-map", ""],
      ["check", "a.otio", ""],
    ];
    expect(await Promise.all(places.map((words) => completionsOf(["facecut", ...words])))).toEqual(places.map(() => []));
  });

  it("a list goes on after its comma, without what stands in it", async () => {
    const [first, ...more] = await completionsOf(["facecut", "export", "--format", "edl,o"]);
    expect([first, ...more]).toEqual(["edl,otio", "edl,otioz", "edl,otiod"]);
    expect(await completionsOf(["facecut", "export", "--format", "otio,o"])).toEqual(["otio,otioz", "otio,otiod"]);
  });

  it("a value after a sign of equality, as zsh and bash give it", async () => {
    expect(await completionsOf(["facecut", "export", "--sort=s"])).toEqual(["--sort=score"]);
    expect(await completionsOf(["facecut", "export", "--sort", "=", "s"])).toEqual(["score"]);
    expect(await completionsOf(["facecut", "export", "--sort", "="])).toEqual(sortKeys);
  });

  it("an option that was given is not offered again, unless it may be given several times", async () => {
    const flags = await completionsOf(["facecut", "export", "hits", "--fps", "25", "-o", "x", "--person", "Ada", "--"]);
    expect(flags).toEqual(expect.arrayContaining(["--person", "--layout", "--json", "--help"]));
    expect(flags.filter((flag) => ["--rate", "--fps", "--out"].includes(flag))).toEqual([]);
  });

  it("a command's own options only", async () => {
    for (const command of Object.keys(commands)) expect(await completionsOf(["facecut", command, "--jso"])).toEqual(["--json"]);
    expect(await completionsOf(["facecut", "check", "--lay"])).toEqual([]);
  });
});

describe("the words of the options", () => {
  const rows = Object.values(commands).flatMap(({ options }) => Object.entries<OptionRow>(options));
  const words = new Map(rows.flatMap(([key, row]) => (row.words === undefined ? [] : [[key, row.words] as const])));

  it("are those that facecut takes", () => {
    const { markers = [], mediaType = [], protocol = [], ...others } = Object.fromEntries(words);
    expect(others).toEqual({
      sort: sortKeys,
      layout: layoutKinds,
      use: mediaUses,
      vfr: variableRateChoices,
      handlesMeet: handlesMeetings,
      rate: timelineRates.map(({ id }) => id),
      region: regions,
    });
    for (const word of markers) expect(requireMarkers(word)).toBeDefined();
    for (const word of mediaType) expect(settings("mediaType", word).request.mediaType).toBe(word);
    for (const word of protocol) expect(settings("protocol", word).service.protocol).toBe(word);
  });

  it("hold the default of each", () => {
    const defaults = rows.filter(([, row]) => row.words !== undefined && row.default !== undefined);
    expect(defaults.length).toBeGreaterThan(5);
    for (const [key, row] of defaults)
      expect([key, row.default?.split(",").filter((word) => !row.words?.includes(word))]).toEqual([key, []]);
  });

  const settings = (key: keyof typeof searchOptions, word: string) =>
    searchSettings({ faceImageUrl: "https://h/face.jpg", [key]: word });
});

describe("the scripts", () => {
  it("are for the shell that is named, else for that in $SHELL", async () => {
    const named = await facecut("completion", "bash");
    expect([named.status, named.out]).toEqual([0, expect.stringContaining("complete -o bashdefault")]);
    expect(JSON.parse((await facecut("completion", "fish", "--json")).out)).toEqual({
      shell: "fish",
      script: (await facecut("completion", "fish")).out,
    });
    const env = { ...process.env, SHELL: "/usr/bin/zsh" };
    const byShell = execFileSync(process.execPath, [bin, "completion"], { env, encoding: "utf8" });
    expect(byShell).toBe((await facecut("completion", "zsh")).out);
    expect(spawnSync(process.execPath, [bin, "completion"], { env: { ...env, SHELL: "" }, encoding: "utf8" })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("facecut completion bash|zsh|fish"),
    });
  });

  it.each([
    [["zhs"], "Did you mean facecut completion zsh?"],
    [["powershell"], "Write: facecut completion bash|zsh|fish"],
    [["bash", "zsh"], "One at a time"],
  ])("there is none for %j", async (words, hint) => {
    const { status, out, err } = await facecut("completion", ...words);
    expect([status, out, err]).toEqual([2, "", expect.stringContaining(hint)]);
  });

  it.each(shells)("%s understands its own", async (shell) => {
    const { out } = await facecut("completion", shell);
    expect(out).toContain("--get-yargs-completions");
    const file = join(temporaryFolder(), "script");
    writeFileSync(file, out);
    const run = spawnSync(shell, ["-n", file], { encoding: "utf8" });
    // Where there is no such shell, nobody completes in it.
    if (run.error === undefined) expect([run.status, run.stderr]).toEqual([0, ""]);
  });

  it.skipIf(spawnSync("bash", ["--version"]).error !== undefined)("bash completes with it", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "facecut"), `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`, { mode: 0o755 });
    const program = `source <(facecut completion bash)
      ask() { COMP_WORDS=("$@"); COMP_CWORD=\${AT:-$(($# - 1))}; _facecut; echo "\${COMPREPLY[*]}"; }
      ask facecut export --layout per
      ask facecut export --layout = s
      AT=1 ask facecut ch later words
      ask facecut export no-such`;
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
    const said = execFileSync("bash", ["-c", program], { env, encoding: "utf8" }).split("\n");
    expect(said).toEqual(["per-person per-media per-expression", "stringout source", "check", "", ""]);
  });
});
