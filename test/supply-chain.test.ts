import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./support/cli.js";

/** What comes along with facecut, by its lock file. The package's own contents: test/package.test.ts. */

interface Locked {
  readonly version?: string;
  /** Left out, so that any mirror serves. */
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const json = (name: string) => JSON.parse(readFileSync(join(root, name), "utf8"));
const all = Object.entries(json("package-lock.json").packages as Record<string, Locked>).filter(([path]) => path !== "");
const shipped = all.filter(([, { dev }]) => dev !== true);

describe("the packages that users install", () => {
  it("are few, and each has a reason", () => {
    expect(Object.keys(json("package.json").dependencies)).toEqual([
      "@alicloud/credentials",
      "@alicloud/openapi-core",
      "@hono/node-server",
      "csv-parse",
      "hono",
      "p-limit",
      "p-throttle",
      "saxes",
      "xmlbuilder2",
      "yargs",
      "yauzl",
    ]);
    expect(shipped.length).toBeLessThan(80);
  });

  it("are named by exact versions", () => {
    for (const version of Object.values(json("package.json").dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  // The core's script acts on Node 10 and 12 only (scripts/ts_version.js), which facecut does not run on.
  it("need nothing run when they are installed", () => {
    expect(shipped.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)).toEqual([
      "node_modules/@alicloud/openapi-core",
    ]);
    const { scripts } = json("package.json") as { scripts: Record<string, string> };
    expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
  });

  it("have licences that ask for nothing but their notice", () => {
    const licences = Object.fromEntries(shipped.map(([path, { license = "none" }]) => [path, license]));
    const kinds = [...new Set(Object.values(licences))].sort();
    expect(kinds.filter((kind) => !allowed.includes(kind))).toEqual([]);
  });
});

const allowed = [
  "MIT",
  "ISC",
  "Apache-2.0",
  "Apache License 2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "0BSD",
  "Python-2.0",
];

describe("every locked package", () => {
  it("that users install is held to its sum; any registry may serve it", () => {
    const odd = shipped.filter(([, { integrity = "", resolved }]) => !integrity.startsWith("sha512-") || resolved !== undefined);
    expect(odd.map(([path]) => path)).toEqual([]);
  });
});
