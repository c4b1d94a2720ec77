import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatIds } from "../src/write/writer.js";
import { filesIn, root, sample } from "./support/cli.js";
import { full } from "./support/sweep.js";

/** The package as users get it: packed and, with FACECUT_SWEEP=full, installed in an empty folder and run there. */
describe("the package", () => {
  const folder = mkdtempSync(join(tmpdir(), "facecut-package-"));
  const user = join(folder, "user");
  let contents: string[] = [];

  beforeAll(() => {
    // `npm test` has built it already; building here would pull dist away under the other tests.
    const pack = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
    const [packed] = JSON.parse(execFileSync("npm", pack, { cwd: root, encoding: "utf8", stdio: "pipe" }));
    contents = (packed.files as { path: string }[]).map(({ path }) => path);
    if (!full) return;
    mkdirSync(user);
    writeFileSync(join(user, "package.json"), '{"type":"module","private":true}');
    const install = ["install", "--prefer-offline", "--no-audit", "--no-fund", join(folder, packed.filename)];
    execFileSync("npm", install, { cwd: user, stdio: "pipe" });
  }, 180_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("holds the built code, the templates and the documents, and nothing else", () => {
    const others = contents.filter((path) => !/^dist\/(.*\.(js|d\.ts)|build\.json)$/.test(path)).sort();
    expect(others).toEqual([
      "CHANGELOG.md",
      "CONTRIBUTING.md",
      "LICENSE",
      "README.md",
      "README.zh-CN.md",
      "SECURITY.md",
      "docs/architecture.md",
      "docs/emulator.md",
      "docs/import-avid.md",
      "docs/import-final-cut.md",
      "docs/import-premiere.md",
      "docs/import-resolve.md",
      "docs/picture.svg",
      "docs/report.md",
      "docs/runbook.md",
      "docs/templates.md",
      "package.json",
      "templates/avid.json",
      "templates/final-cut.json",
      "templates/generic.json",
      "templates/premiere.json",
      "templates/resolve.json",
      "templates/template.schema.json",
    ]);
    expect(contents.length - others.length).toBeGreaterThan(50);
  });

  it.skipIf(!full)("runs as a command, with the same bytes as the sample's", () => {
    const command = join(user, "node_modules", ".bin", "facecut");
    execFileSync(command, ["export", sample("one-face-25"), "-o", "cut"], { cwd: user, stdio: "pipe" });
    const { "Ada Example.report.json": report, ...files } = filesIn(join(user, "cut"));
    expect(files).toEqual(filesIn(join(sample("one-face-25"), "expected")));
    expect(JSON.parse(report as string)).toMatchObject({ version: 1, name: "Ada Example" });
    expect(execFileSync(command, ["--version"], { encoding: "utf8" })).toMatch(/^facecut \d+\.\d+\.\d+ \(.+\)\n$/);
  });

  it.skipIf(!full)("is a library", () => {
    const program =
      'import { timecodeOf, timelineRates, writers } from "facecut"; console.log(timecodeOf(90000, timelineRates.find((r) => r.id === "25")), Object.keys(writers).join());';
    const out = execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: user, encoding: "utf8" });
    expect(out.trim()).toBe(`01:00:00:00 ${formatIds.join()}`);
  });

  it.skipIf(!full)("has entries for a browser", () => {
    const program =
      'import { edl, parseReplies } from "facecut/core"; import { fcpxml } from "facecut/xml"; console.log(typeof parseReplies, typeof edl.write, typeof fcpxml.write);';
    const out = execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: user, encoding: "utf8" });
    expect(out.trim()).toBe("function function function");
  });
});
