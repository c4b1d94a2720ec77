import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readmeSections, withSections } from "../scripts/readme-sections.mjs";
import { errorCodes, exitMeanings } from "../src/errors.js";
import * as options from "../src/options.js";
import { timelineRates } from "../src/time/frame-rate.js";
import { formats } from "../src/write/formats.js";
import { facecut, root, temporaryFolder, words } from "./support/cli.js";

const readme = readFileSync(join(root, "README.md"), "utf8");
const blocks = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, text]) => ({
  language,
  text: (text as string).trim(),
}));
const commands = blocks.filter(({ language }) => language === "sh").flatMap(({ text }) => text.split("\n"));
const scripts = (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> }).scripts;

/** A folder that looks like the repository's root to a command: samples, and the built package as `facecut`. */
function workplace(): string {
  const folder = temporaryFolder();
  symlinkSync(join(root, "samples"), join(folder, "samples"));
  // A package of its own, so that "facecut" is looked up here and not in whatever stands above.
  writeFileSync(join(folder, "package.json"), '{"private":true,"type":"module"}');
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules", "facecut"));
  return folder;
}

/** Stands in a folder until the end of the test. */
function goTo(folder: string): void {
  const home = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(home));
}

describe("README", () => {
  it("its generated sections are those of the code (npm run docs)", () => {
    const sections = readmeSections({ options, errorCodes, exitMeanings, formats, timelineRates });
    expect(withSections(readme, sections)).toBe(readme);
    for (const name of Object.keys(sections)) expect(readme).toContain(`<!-- generated: ${name} -->`);
  });

  // The example of the emulator is one story in two terminals; every other command stands alone.
  const story = blocks.findIndex(({ text }) => text.startsWith("facecut emulate"));
  const inStory = [blocks[story]?.text, ...(blocks[story + 1]?.text.split("\n") ?? [])];
  const isCommands = ({ language, text }: (typeof blocks)[number]) => language === "sh" && text.startsWith("facecut ");
  const alone = blocks.filter((block) => isCommands(block) && !inStory.includes(block.text)).map(({ text }) => text);

  it.each(alone)("%s", async (commandLines) => {
    goTo(workplace());
    for (const command of commandLines.split("\n")) {
      const [, ...args] = words(command);
      const { status, err } = await facecut(...args);
      expect([status, err]).toEqual([0, expect.anything()]);
      expect(existsSync("cut")).toBe(args[0] === "export");
    }
  });

  it("its emulator, search and export in two terminals", async () => {
    const folder = workplace();
    const bin = join(root, "dist/bin.js");
    const [emulate, keys, ...rest] = inStory as string[];
    const emulator = spawn(process.execPath, [bin, ...(emulate as string).split(" ").slice(1), "--port", "0", "--json"], {
      cwd: folder,
    });
    try {
      const started = await new Promise<string>((resolve) => emulator.stdout.once("data", (data) => resolve(String(data))));
      const { endpoint } = JSON.parse(started) as { endpoint: string };
      const environment = Object.fromEntries(
        (keys as string)
          .split(" ")
          .slice(1)
          .map((pair) => pair.split("=")),
      );
      const said = rest.map((command) => {
        const args = command.replace("127.0.0.1:8650", endpoint).split(" ").slice(1);
        return execFileSync(process.execPath, [bin, ...args], {
          cwd: folder,
          encoding: "utf8",
          stdio: "pipe",
          env: { ...process.env, ...environment },
        });
      });
      expect(readme).toContain((said[0] as string).trim());
      expect(existsSync(join(folder, "cut"))).toBe(true);
    } finally {
      emulator.kill();
    }
  });

  it.each(commands.filter((command) => command.startsWith("npm ")))("%s", (command) => {
    const names = [...command.matchAll(/npm run (\S+)|npm (test)/g)].map((match) => (match[1] ?? match[2]) as string);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(Object.keys(scripts)).toContain(name);
  });

  it("shows what the demo prints", () => {
    const out = execFileSync(process.execPath, [join(root, "scripts/demo.mjs")], {
      cwd: workplace(),
      encoding: "utf8",
      stdio: "pipe",
    });
    expect(readme).toContain(out.slice(out.indexOf("Ada Example:")).trim());
  });

  it("its smallest pages make a record", async () => {
    const pages = blocks.filter(({ language, text }) => language === "json" && /"Media\w+"/.test(text)).map(({ text }) => text);
    const [clips = "", infos = ""] = pages;
    const { MediaInfos } = JSON.parse(infos) as { MediaInfos: { MediaId: string }[] };
    const hits = temporaryFolder();
    const write = (folder: string, page: string) => {
      mkdirSync(join(hits, folder), { recursive: true });
      writeFileSync(join(hits, folder, "page-0001.json"), page);
    };
    write(join("SearchMediaClipByFace", (MediaInfos[0] as { MediaId: string }).MediaId), clips);
    write("BatchGetMediaInfos", infos);
    const { status, out, err } = await facecut("export", hits, "-o", join(hits, "cut"), "--json");
    expect([pages.length, status, err]).toEqual([2, 0, expect.not.stringMatching(/rate|size|length|sound/)]);
    expect(JSON.parse(out).timelines).toMatchObject([{ name: "Ada Example", rate: "25", frames: 75, width: 320, markers: 1 }]);
  });

  it("its library example runs", () => {
    const folder = workplace();
    const example = blocks.find(({ language }) => language === "ts")?.text as string;
    writeFileSync(join(folder, "example.mjs"), example);
    const out = execFileSync(process.execPath, ["example.mjs"], { cwd: folder, encoding: "utf8" });
    expect((JSON.parse(out) as { OTIO_SCHEMA: string }).OTIO_SCHEMA).toBe("Timeline.1");
  });

  it("lists every error code", () => {
    for (const code of Object.keys(errorCodes)) expect(readme).toContain(`\`${code}\``);
  });
});
