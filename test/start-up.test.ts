import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The files of the program and of packages that a command loads, from the project's folder on. */
function loadedBy(...args: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "facecut-start-up-"));
  try {
    const env = { ...process.env, NODE_V8_COVERAGE: join(folder, "loaded") };
    const command = args.map((arg) => (arg === "OUT" ? join(folder, "out") : arg));
    execFileSync(process.execPath, [join(root, "dist/bin.js"), ...command], { cwd: root, env, stdio: "pipe" });
    const reports = readdirSync(env.NODE_V8_COVERAGE).map((name) => readFileSync(join(env.NODE_V8_COVERAGE, name), "utf8"));
    const urls = reports.flatMap((report) => (JSON.parse(report) as { result: { url: string }[] }).result.map(({ url }) => url));
    return urls
      .filter((url) => /\/(?:dist|node_modules)\//.test(url))
      .map((url) => url.replace(/^.*\/(?=(?:dist|node_modules)\/)/, ""));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function places(files: readonly string[]): string[] {
  const place = /^(?:dist\/([^/]+)\/|node_modules\/((?:@[^/]+\/)?[^/]+))/;
  return [
    ...new Set(
      files.flatMap(
        (file) =>
          place
            .exec(file)
            ?.slice(1)
            .find((found) => found !== undefined) ?? [],
      ),
    ),
  ].sort();
}

describe("a command loads what it needs", () => {
  it.each([
    ["help", ["--help"]],
    ["the version", ["--version"]],
    ["a shell that completes", ["--get-yargs-completions", "facecut", "export", "--layout", ""]],
  ])("%s: the options, and nothing of any stage", (_, args) => {
    const loaded = places(loadedBy(...args));
    expect(loaded).toContain("yargs");
    const stages = ["service", "fetch", "emulate", "media", "map", "write", "read", "verify", "check", "report", "commands"];
    expect(loaded.filter((place) => stages.includes(place))).toEqual([]);
  });

  it.each([
    ["an export", ["export", "samples/one-face-25", "-o", "OUT", "--quiet"]],
    ["a check", ["check", "samples/one-face-25/expected/Ada Example.otio"]],
  ])("%s: no client of the service and no emulator", (_, args) => {
    const loaded = places(loadedBy(...args));
    expect(loaded).toContain("read");
    const others = [
      "service",
      "emulate",
      "hono",
      "@hono",
      "@alicloud/openapi-core",
      "@alicloud/credentials",
      "p-limit",
      "p-throttle",
    ];
    expect(loaded.filter((place) => others.includes(place))).toEqual([]);
  });

  it("an edit list: nothing that XML needs", () => {
    const loaded = places(loadedBy("export", "samples/one-face-25", "-o", "OUT", "--quiet", "--format", "edl"));
    expect(loaded).toContain("write");
    expect(loaded.filter((place) => ["xmlbuilder2", "@oozcitak"].includes(place))).toEqual([]);
  });

  it("a check: no writer and no mapping", () => {
    const loaded = places(loadedBy("check", "samples/one-face-25/expected/Ada Example.otio"));
    expect(loaded.filter((place) => ["write", "map", "media", "xmlbuilder2"].includes(place))).toEqual([]);
  });
});
