import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

/**
 * The order of the layers: each may import only what stands before it. The stages in one row stand side by side and
 * never import each other; what they share lies in model.
 */
const layers: readonly (readonly string[])[] = [
  ["errors", "text", "csv-text", "read-csv", "read-file", "version", "streams", "display-width"],
  ["time"],
  ["options"],
  ["model", "files", "aliases"],
  ["service"],
  ["fetch", "media", "map", "write", "read", "emulate"],
  ["templates", "report", "previous-export", "check"],
  ["verify"],
  ["export-settings", "search-settings"],
  ["output-files", "media-step", "summary-step"],
  ["import-steps", "format-warnings"],
  ["pipeline"],
  ["messages", "export-messages", "check-messages", "template-messages", "progress", "command-line"],
  ["commands"],
  ["cli", "core", "xml"],
  ["bin", "index"],
];

/** Packages that one file alone may import, so that they can be replaced there. */
const singleImporters: Readonly<Record<string, string>> = {
  xmlbuilder2: "write/xml.ts",
  saxes: "read/xml-events.ts",
  yauzl: "check/otioz.ts",
  yargs: "command-line.ts",
  "csv-parse/sync": "read-csv.ts",
  "p-limit": "service/limits.ts",
  "p-throttle": "service/limits.ts",
  hono: "emulate/app.ts",
  "@hono/node-server": "emulate/emulator.ts",
  "@alicloud/openapi-core": "service/ice-client.ts",
  "@alicloud/credentials": "service/ice-client.ts",
};

/** These run in a browser: no file, no process, no network. */
const pureLayers = ["errors", "text", "csv-text", "time", "options", "model", "map", "write", "read"];

const src = fileURLToPath(new URL("../src", import.meta.url));
const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.replaceAll("\\", "/"));
const imports = new Map(files.map((file) => [file, importsOf(file)]));

function importsOf(file: string): string[] {
  const text = readFileSync(join(src, file), "utf8");
  return [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+"([^"]+)"|import\("([^"]+)"\)|(?:^|\n)import "([^"]+)"/g),
  ].map((match) => (match[1] ?? match[2] ?? match[3]) as string);
}

function target(file: string, specifier: string): string {
  return relative(src, resolve(src, dirname(file), specifier))
    .replaceAll("\\", "/")
    .replace(/\.js$/, ".ts");
}

function layerOf(file: string): string {
  return (file.split("/")[0] as string).replace(/\.ts$/, "");
}

function height(file: string): number {
  return layers.findIndex((row) => row.includes(layerOf(file)));
}

const inside = [...imports].flatMap(([file, specifiers]) =>
  specifiers.filter((specifier) => specifier.startsWith(".")).map((specifier) => ({ file, to: target(file, specifier) })),
);

describe("architecture", () => {
  it("was read: files and arrows were found", () => {
    expect(files.length).toBeGreaterThan(30);
    expect(inside.length).toBeGreaterThan(60);
  });

  it("every file has a layer", () => {
    expect(files.filter((file) => height(file) < 0)).toEqual([]);
  });

  it("every import reaches a file", () => {
    expect(inside.filter(({ to }) => !files.includes(to))).toEqual([]);
  });

  it("arrows point to lower layers, never sideways", () => {
    const wrong = inside.filter(({ file, to }) => layerOf(file) !== layerOf(to) && height(to) >= height(file));
    const allowed = (arrow: { file: string; to: string }) => height(arrow.file) === 0 && height(arrow.to) === 0;
    expect(wrong.filter((arrow) => !allowed(arrow))).toEqual([]);
  });

  it("has no cycle", () => {
    const arrows = new Map(files.map((file) => [file, inside.filter((arrow) => arrow.file === file).map(({ to }) => to)]));
    expect(findCycle(arrows)).toEqual([]);
  });

  it.each(Object.entries(singleImporters))("%s is imported by %s alone", (name, only) => {
    expect([...imports].filter(([, specifiers]) => specifiers.includes(name)).map(([file]) => file)).toEqual([only]);
  });

  it("time, model, mapping and writing, and all that core.ts loads, use nothing of Node", () => {
    const loaded = loadedBy("core.ts");
    expect(loaded.size).toBeGreaterThan(60);
    const pure = [...imports].filter(([file]) => pureLayers.includes(layerOf(file)) || loaded.has(file));
    expect(
      pure.flatMap(([file, specifiers]) =>
        specifiers.filter((name) => name.startsWith("node:")).map((name) => `${file} ${name}`),
      ),
    ).toEqual([]);
    const globals = pure.filter(([file]) =>
      /\b(process|Buffer|__dirname|require)\b[.(]/.test(readFileSync(join(src, file), "utf8")),
    );
    expect(globals.map(([file]) => file)).toEqual([]);
  });

  it("only the rate table holds NTSC's denominator or a count of dropped frames", () => {
    const holders = files.filter((file) => /\b1001\b|dropped:\s*[1-9]/.test(readFileSync(join(src, file), "utf8")));
    expect(holders).toEqual(["time/frame-rate.ts"]);
  });
});

describe("docs/architecture.md", () => {
  const page = readFileSync(join(src, "..", "docs", "architecture.md"), "utf8");
  const tops = [...new Set(files.map((file) => file.split("/")[0] as string))];
  const folders = tops.filter((name) => !name.endsWith(".ts"));

  it("lists the layers as they are, the highest first", () => {
    const [, listed = ""] = /<!-- layers -->\n\n```\n([\s\S]*?)```/.exec(page) ?? [];
    const told = listed
      .trim()
      .split("\n")
      .map((line) => line.split(", "));
    expect(told).toEqual(layers.toReversed());
  });

  it("says what each folder and file is for, once, and of nothing else", () => {
    const rows = page.split("\n").filter((line) => line.startsWith("| `src/"));
    const told = rows.flatMap((row) => [...(row.split(" | ")[0] as string).matchAll(/`src\/([^`]+)`/g)].map(([, name]) => name));
    const alone = tops.filter((name) => !folders.includes(name) && !folders.includes(name.replace(/\.ts$/, "")));
    expect(told.toSorted()).toEqual([...folders, ...alone].sort());
  });

  it("names no file that is not there", () => {
    const named = [...page.matchAll(/`(src\/[^`*]+\.ts)`/g)].map(([, path]) => (path as string).slice("src/".length));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !files.includes(path))).toEqual([]);
    const inside = [...page.matchAll(/`([\w-]+\.ts)`/g)].map(([, name]) => name as string);
    expect(inside.filter((name) => !files.some((file) => file.endsWith(`/${name}`)))).toEqual([]);
  });
});

/** The files that one loads, itself among them: types are not loaded. */
function loadedBy(file: string, known = new Set<string>()): ReadonlySet<string> {
  known.add(file);
  const text = readFileSync(join(src, file), "utf8");
  for (const [, specifier] of text.matchAll(/(?:^|\n)(?:import|export) (?!type )[^;]*?from "(\.[^"]+)"/g)) {
    const to = target(file, specifier as string);
    if (!known.has(to)) loadedBy(to, known);
  }
  return known;
}

/** The files of one import cycle; empty when there is none. */
function findCycle(arrows: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const next of arrows.get(file) ?? []) {
      const cycle = visit(next, [...path, file]);
      if (cycle.length > 0) return cycle;
    }
    done.add(file);
    return [];
  };
  return files.map((file) => visit(file, [])).find((cycle) => cycle.length > 0) ?? [];
}
