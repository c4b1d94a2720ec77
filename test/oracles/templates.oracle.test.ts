import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exportOptions } from "../../src/options.js";
import { jsonKey } from "../../src/templates/template-file.js";
import { loadTemplate, shippedTemplates } from "../../src/templates.js";
import { facecut, sampleOptions } from "../support/cli.js";
import { oracle, type ReadClip, type Reading, readTimelines, titled } from "../support/oracles.js";
import { full } from "../support/sweep.js";

/**
 * A dialect changes how a cut is spelled, never the cut. The files of every template, in every format, are read by
 * OpenTimelineIO, its adapters and a plain XML parser, and held against the files of the same options in facecut's own
 * dialect, which samples.oracle.test.ts proves.
 */
const formats = ["otio", "fcpxml", "edl", "xml"] as const;
type Format = (typeof formats)[number];

const python = oracle("python");
// All samples with FACECUT_SWEEP=full, two without.
const few = ["mixed-24-in-25", "sport-5994-drop"];
const samples = readdirSync("samples")
  .filter((name) => existsSync(join("samples", name, "command.txt")))
  .filter((name) => full || few.includes(name))
  .filter((name) => name !== "no-matches-25");

/** What must be the same: where each clip lies, what it shows, and the frames with a marker. */
function cutOf(readings: readonly Reading[], withMarkers: boolean): object {
  expect(readings.flatMap(({ error }) => error ?? [])).toEqual([]);
  const timelines = readings.flatMap((reading) => reading.timelines ?? []);
  return timelines.map(({ name, start, rate, clips, markers }) => ({
    name,
    start,
    rate,
    pictures: clips.filter(({ kind }) => kind === "Video").map(shown),
    // The reader takes two tracks of one stereo stream for one.
    sounds: [...new Set(clips.filter(({ kind }) => kind === "Audio").map((clip) => JSON.stringify(shown(clip))))].sort(),
    markers: withMarkers ? [...new Set(markers.map(({ frame }) => frame))] : [],
  }));
}

function shown({ track: _, url, reel: __, ...clip }: ReadClip): object {
  return { ...clip, url: url?.replace(/^file:\/\/(localhost)?/, "").replaceAll("%3a", ":") && decodeURIComponent(url) };
}

describe.skipIf(python === undefined)(titled("templates, read by others", "python"), () => {
  const folder = join(tmpdir(), `facecut-templates-${randomUUID()}`);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const readings = new Map<string, Reading>();
  const rates = new Map<string, string>();
  const withoutList = new Set<string>();
  let templates: string[] = [];

  const folderOf = (template: string, kind: "own" | "plain", name: string) => join(folder, template, kind, name);
  const filesOf = (template: string, kind: "own" | "plain", name: string, format: Format) => {
    const at = folderOf(template, kind, name);
    const isOfFormat = (file: string) => file.endsWith(`.${format}`) && !file.includes(".resolve-markers.");
    return readdirSync(at)
      .filter(isOfFormat)
      .sort()
      .map((file) => join(at, file));
  };
  const read = (...args: Parameters<typeof filesOf>) => filesOf(...args).map((path) => readings.get(path) as Reading);

  beforeAll(async () => {
    templates = (await shippedTemplates()).filter((name) => name !== "generic");
    for (const template of templates) {
      // Its options in facecut's own dialect, and with lists of mixed rates.
      const plain = join(folder, `${template}.json`);
      const { options } = await loadTemplate(template);
      mkdirSync(folder, { recursive: true });
      writeFileSync(
        plain,
        JSON.stringify({ options: Object.fromEntries(Object.entries(options).map(([key, value]) => [jsonKey(key), value])) }),
      );
      for (const name of samples) {
        for (const [kind, given] of [
          ["own", template],
          ["plain", plain],
        ] as const) {
          const args = [join("samples", name), ...sampleOptions(name), "--format", exportOptions.format.default, "--json"];
          const run = await facecut("export", ...args, "--template", given, "-o", folderOf(template, kind, name));
          if (run.status !== 0) throw new Error(`${template} ${name}: ${run.err}`);
          if (run.err.includes("[edl-left-out]")) withoutList.add(`${template} ${kind} ${name}`);
          rates.set(name, JSON.parse(run.out).timelines[0].rate);
        }
      }
    }
    const paths = templates.flatMap((template) =>
      samples.flatMap((name) =>
        (["own", "plain"] as const).flatMap((kind) =>
          formats.flatMap((format) => filesOf(template, kind, name, format).map((path) => ({ path, name, format }))),
        ),
      ),
    );
    const asked = paths.map(({ path, name, format }) =>
      format === "edl" ? `${path}=${fraction(rates.get(name) as string)}` : path,
    );
    for (const [i, reading] of readTimelines(python as string, asked).entries()) readings.set(paths[i]?.path as string, reading);
  }, 300_000);

  test("only lists of mixed rates are left out", () => {
    const names = [...withoutList].map((key) => key.split(" ").slice(1).join(" "));
    expect([...new Set(names)].sort()).toEqual(["own mixed-24-in-25", "own sport-5994-drop"]);
  });

  test("there is one for each program", () => {
    expect(templates).toEqual(["avid", "final-cut", "premiere", "resolve"]);
  });

  test.each(
    ["avid", "final-cut", "premiere", "resolve"].flatMap((template) => formats.map((format) => [template, format] as const)),
  )("%s: %s holds the same cut", (template, format) => {
    for (const name of samples) {
      const isLeftOut = format === "edl" && withoutList.has(`${template} own ${name}`);
      expect(filesOf(template, "own", name, format).length > 0).toBe(!isLeftOut);
      const withMarkers = format !== "edl" || template === "avid" || template === "final-cut";
      if (!isLeftOut) {
        expect([name, cutOf(read(template, "own", name, format), withMarkers)]).toEqual([
          name,
          cutOf(read(template, "plain", name, format), withMarkers),
        ]);
      }
    }
  });
});

const ntsc: Readonly<Record<string, string>> = {
  "23.976": "24000/1001",
  "29.97": "30000/1001",
  "47.952": "48000/1001",
  "59.94": "60000/1001",
};

function fraction(rateId: string): string {
  const plain = rateId.replace(/n?df$/, "");
  return ntsc[plain] ?? plain;
}
