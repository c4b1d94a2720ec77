import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { facecut, root, temporaryFolder } from "./support/cli.js";

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
const platform = `node ${process.version}, ${process.platform} ${process.arch}`;

describe("--version", () => {
  it("tells what it runs on; the sources themselves know no commit", async () => {
    expect((await facecut("--version")).out).toBe(`facecut ${version} (${platform})\n`);
  });

  it("is one JSON object with --json", async () => {
    for (const args of [
      ["--version", "--json"],
      ["--json", "--version"],
    ])
      expect((await facecut(...args)).out).toBe(`${JSON.stringify({ version })}\n`);
  });

  it("tells the commit that a build in a clone was made from, and whether the code was changed since", () => {
    const clone = fakeClone();
    const built = () => {
      execFileSync(process.execPath, ["scripts/finish-build.mjs"], { cwd: clone });
      const program =
        'import { versionJson, versionText } from "./dist/version.js"; console.log(versionText()); console.log(versionJson());';
      return execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: clone, encoding: "utf8" });
    };
    expect(built()).toBe(`facecut ${version} (${platform})\n{"version":"${version}"}\n`);
    git(clone, "init", "-q");
    git(clone, "add", ".");
    git(clone, "commit", "-q", "-m", "one");
    const commit = git(clone, "rev-parse", "HEAD").slice(0, 12);
    expect(built()).toBe(`facecut ${version} (commit ${commit}, ${platform})\n{"version":"${version}","commit":"${commit}"}\n`);
    writeFileSync(join(clone, "src/version.ts"), "// changed");
    expect(built()).toBe(`facecut ${version} (commit ${commit}+, ${platform})\n{"version":"${version}","commit":"${commit}+"}\n`);
  });

  it("does not take another project's commit for its own", () => {
    const other = temporaryFolder();
    git(other, "init", "-q");
    git(other, "commit", "-q", "--allow-empty", "-m", "theirs");
    const inside = fakeClone(join(other, "vendor"));
    execFileSync(process.execPath, ["scripts/finish-build.mjs"], { cwd: inside });
    expect(() => readFileSync(join(inside, "dist/build.json"))).toThrow("ENOENT");
  });
});

/** A folder with what the end of a build needs. */
function fakeClone(folder = temporaryFolder()): string {
  for (const name of ["dist", "src", "scripts"]) mkdirSync(join(folder, name), { recursive: true });
  for (const name of ["package.json", "scripts/finish-build.mjs", "src/version.ts", "dist/bin.js", "dist/version.js"])
    cpSync(join(root, name), join(folder, name));
  writeFileSync(join(folder, ".gitignore"), "dist/\n");
  return folder;
}

function git(folder: string, ...args: string[]): string {
  const who = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.com"];
  return execFileSync("git", [...who, ...args], { cwd: folder, encoding: "utf8" });
}
