import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dtdFaults, oracle, type Reading, readTimelines, titled } from "../support/oracles.js";
import { differences, type ExpectedTimeline, type Format } from "./compare-readings.js";
import { expectedCut } from "./cut-file.js";

/** Every sample, exported by the built command line and read by programs that are not facecut's. */
const cases = readdirSync("samples").filter((name) => existsSync(join("samples", name, "command.txt")));
const withClips = cases.filter((name) => existsSync(join("test", "oracles", "cuts", `${name}.tsv`)));
const formats: readonly Format[] = ["otio", "edl", "xml", "fcpxml"];
const out = mkdtempSync(join(tmpdir(), "facecut-samples-"));
afterAll(() => rmSync(out, { recursive: true }));

function facecut(name: string) {
  const options = readFileSync(join("samples", name, "command.txt"), "utf8")
    .split(/\s+/)
    .filter(Boolean);
  const folder = join(out, name);
  const run = spawnSync(process.execPath, ["dist/bin.js", "export", join("samples", name), ...options, "-o", folder], {
    encoding: "utf8",
  });
  return { ...run, folder };
}

/** The files of one export in one format; the parts of a list in their order. */
function filesOf(name: string, format: Format): string[] {
  const folder = join(out, name);
  const names = readdirSync(folder).filter((file) => file.endsWith(`.${format}`));
  return names.sort().map((file) => join(folder, file));
}

const [python, xmllint, dtd] = [oracle("python"), oracle("xmllint"), oracle("dtd")];
const isAsked = python !== undefined || (xmllint !== undefined && dtd !== undefined);

beforeAll(() => {
  if (!existsSync("dist/bin.js")) throw new Error("these tests run the built command line: npm run build");
  for (const name of isAsked ? withClips : []) {
    const { status, stderr } = facecut(name);
    if (status !== 0) throw new Error(`facecut export samples/${name} ended with ${status}: ${stderr}`);
  }
}, 120_000);

test("every sample but the empty one has its expected cut", () => {
  expect(cases.filter((name) => !withClips.includes(name))).toEqual(["no-matches-25"]);
});

test("the record folders are what scripts/make-samples.mjs writes", () => {
  const made = join(out, "made");
  mkdirSync(made);
  execFileSync(process.execPath, [resolve("scripts", "make-samples.mjs")], { cwd: made });
  const files = readdirSync(join(made, "samples"), { recursive: true, encoding: "utf8" }).filter((file) => extname(file) !== "");
  const different = files.filter(
    (file) => !readFileSync(join(made, "samples", file)).equals(readFileSync(join("samples", file))),
  );
  expect(files.length).toBeGreaterThan(90);
  expect(different).toEqual([]);
});

describe.skipIf(python === undefined)(
  titled("samples, read by OpenTimelineIO and its adapters and by a plain XML parser", "python"),
  () => {
    const readings = new Map<string, Reading>();
    const expected = new Map<string, ExpectedTimeline>();

    beforeAll(() => {
      for (const name of withClips) expected.set(name, expectedCut(name));
      const paths = withClips.flatMap((name) =>
        formats.flatMap((format) => filesOf(name, format).map((path) => ({ name, format, path }))),
      );
      // An EDL says nothing of its rate.
      const asked = paths.map(({ name, format, path }) => (format === "edl" ? `${path}=${expected.get(name)?.rate}` : path));
      for (const [i, reading] of readTimelines(python as string, asked).entries())
        readings.set(paths[i]?.path as string, reading);
    }, 120_000);

    test.each(withClips)("%s: clips, ranges, in-points, sound and markers are as planned in all four formats", (name) => {
      const read = Object.fromEntries(
        formats.map((format) => [format, filesOf(name, format).map((path) => readings.get(path) as Reading)]),
      );
      expect(differences(expected.get(name) as ExpectedTimeline, read as Record<Format, Reading[]>)).toEqual([]);
    });

    test("the expected cuts are what is worked out from the replies without facecut", () => {
      const folders = withClips.map((name) => join("samples", name));
      expect(() =>
        execFileSync(python as string, [join("test", "oracles", "expected_cut.py"), ...folders], { stdio: "pipe" }),
      ).not.toThrow();
    });

    test("twelve-hundred-25 is an EDL in two parts, the other formats in one", () => {
      expect(formats.map((format) => filesOf("twelve-hundred-25", format).length)).toEqual([1, 2, 1, 1]);
    });
  },
);

test.skipIf(xmllint === undefined || dtd === undefined)(
  titled("every FCPXML is valid by Apple's definition of 1.10", "xmllint", "dtd"),
  () => {
    const paths = withClips.flatMap((name) => filesOf(name, "fcpxml"));
    expect(paths.length).toBe(withClips.length);
    expect(dtdFaults(xmllint as string, dtd as string, paths)).toBe("");
  },
);

test("a search that found nobody writes nothing and ends with 6", () => {
  const { status, folder } = facecut("no-matches-25");
  expect(status).toBe(6);
  expect(existsSync(folder)).toBe(false);
});
