import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkFiles } from "../src/check/check-files.js";
import { requireTimelineRate } from "../src/time/frame-rate.js";
import { quirks } from "../src/write/dialect.js";
import { facecut, filesIn, sample, sampleOptions, temporaryFolder } from "./support/cli.js";
import { dtdFaults, oracle, titled } from "./support/oracles.js";
import { full } from "./support/sweep.js";

/** What each program's template writes: one cut file, and what goes with it. */
const written = {
  resolve: [".otio", ".resolve-markers.edl"],
  premiere: [".xml"],
  "final-cut": [".fcpxml"],
  avid: [".edl", ".ale", ".avid-markers.txt"],
};

const samples = readdirSync(sample(""))
  .filter((name) => existsSync(join(sample(name), "command.txt")))
  .filter((name) => name !== "no-matches-25")
  // The long one takes as long as all others.
  .filter((name) => full || name !== "twelve-hundred-25");

interface Exported {
  readonly folder: string;
  readonly names: readonly string[];
  readonly out: string;
  readonly err: string;
  readonly rate: string;
}

/** Exports a sample; the files are read back by the export itself. */
async function exported(name: string, template: string, ...more: readonly string[]): Promise<Exported> {
  const folder = temporaryFolder();
  const args = [join("samples", name), ...sampleOptions(name), "--template", template, ...more, "-o", folder];
  const run = await facecut("export", ...args, "--json");
  expect([run.status, run.err]).toEqual([0, expect.any(String)]);
  const { timelines } = JSON.parse(run.out) as { timelines: [{ rate: string }] };
  return { folder, names: Object.keys(filesIn(folder)).sort(), out: run.out, err: run.err, rate: timelines[0].rate };
}

/** Everything `check` has to say of the files it can read. */
async function findings({ folder, names, rate }: Exported): Promise<string[]> {
  const timelines = names.filter((name) => /\.(otio|fcpxml|edl|xml)$/.test(name)).map((name) => join(folder, name));
  const checked = await checkFiles(timelines, { rate: requireTimelineRate(rate, "rate").rate });
  return checked.findings.map(({ severity, rule, what }) => `${severity} ${rule}: ${what}`);
}

/** `Ada.001.edl` is `.edl`: parts have numbers, and logs of one rate have it in their names. */
function endings(names: readonly string[]): string[] {
  const known = [".resolve-markers.edl", ".avid-markers.txt", ".ale", ".report.json", ".otio", ".fcpxml", ".xml", ".edl"];
  const plain = names.map((name) => name.replace(/\.\d{3}(?=\.edl$)/, ""));
  return [...new Set(plain.map((name) => known.find((ending) => name.endsWith(ending)) ?? name))];
}

describe.each(Object.entries(written))("the template %s", (template, files) => {
  it.each(samples)("writes one cut file and its companions of %s, with nothing wrong in them", async (name) => {
    const run = await exported(name, template);
    const leftOut = run.err.includes("[edl-left-out]");
    const expected = leftOut ? files.filter((ending) => ending !== ".edl") : files;
    expect(endings(run.names).sort()).toEqual([...expected, ".report.json"].sort());
    expect(await findings(run)).toEqual([]);
  });

  it("says last which file goes into which menu, and what to set first", async () => {
    const { status, out } = await facecut("export", sample("one-face-25"), "--template", template, "-o", temporaryFolder(), "-q");
    expect(status).toBe(0);
    const steps = out.slice(out.indexOf("to import:\n")).trimEnd().split("\n").slice(1);
    const told = steps.filter((line) => /^ {2}\S/.test(line)).map((line) => /^ {2}Ada Example(\.[a-z.-]+): ./.exec(line)?.[1]);
    expect(told.sort()).toEqual([...files].sort());
    expect(steps.filter((line) => /^ {4}first: /.test(line)).length).toBe(files.length);
    expect(out).not.toMatch(/[{}]/);
  });
});

describe("program templates", () => {
  it("leave an EDL of mixed rates out and say so; in real time it is written without a template", async () => {
    const run = await exported("mixed-24-in-25", "avid");
    expect(run.err).toMatch(
      /warning: No EDL of "Ada Example" is written: 4 clips of media that count other frames than 25 a second/,
    );
    expect(run.names).toEqual([
      "Ada Example.23.976.ale",
      "Ada Example.24.ale",
      "Ada Example.25.ale",
      "Ada Example.avid-markers.txt",
      "Ada Example.report.json",
    ]);
    expect((await exported("mixed-24-in-25", "generic", "--format", "edl")).names).toContain("Ada Example.edl");
  });

  it("tell the rate of each timeline, where they differ", async () => {
    const args = [sample("mixed-24-in-25"), "--media-map", join(sample("mixed-24-in-25"), "media-map.csv"), "--layout", "source"];
    const { out } = await facecut("export", ...args, "--template", "resolve", "-o", temporaryFolder(), "-q");
    expect(out).toMatch(
      /Ada Example\S* - \S+ to .*, 3 files: File > Import > Timeline\n.*timeline frame rate 24 or 23\.976 or 25, resolution/,
    );
  });

  it("write nothing when all that was asked for is left out", async () => {
    const out = temporaryFolder();
    const args = [sample("mixed-24-in-25"), ...sampleOptions("mixed-24-in-25"), "--format", "edl", "-o", out];
    const run = await facecut("export", ...args, "--template", "premiere");
    expect([run.status, filesIn(out)]).toEqual([6, {}]);
    expect(run.err).toContain("[edl-left-out]");
    expect(run.err).toContain("Nothing is left to write: the template leaves out what was asked for (CMX 3600 EDL)");
  });

  it("scale pictures to fit in one of them alone", async () => {
    const ours = join(temporaryFolder(), "ours.json");
    writeFileSync(ours, JSON.stringify({ options: { size: "1280x720" } }));
    const holdsScale = async (template: string) => {
      const run = await exported("two-people-23976", template, "--format", "fcp7xml", "--size", "1280x720");
      return readFileSync(join(run.folder, "two-people-23976.xml"), "utf8").includes("<parameterid>scale</parameterid>");
    };
    const scaled = await Promise.all(["generic", ours, ...Object.keys(written)].map(holdsScale));
    expect(scaled).toEqual([false, false, false, true, false, false]);
  });

  it("replace what an earlier export with the same template left, its companions too", async () => {
    const out = temporaryFolder();
    const args = [sample("one-face-25"), "-o", out, "--template", "resolve", "--name", "Ada", "-q"];
    expect((await facecut("export", ...args, "--start-timecode", "23:59:50:00")).status).toBe(0);
    const mine = ["Ada-9.resolve-markers.edl", "Adam.resolve-markers.edl", "Ada.resolve-markers.txt"];
    for (const name of mine) writeFileSync(join(out, name), "mine");
    expect(Object.keys(filesIn(out))).toContain("Ada-3.resolve-markers.edl");
    expect((await facecut("export", ...args)).status).toBe(2);
    expect((await facecut("export", ...args, "--force")).status).toBe(0);
    expect(Object.keys(filesIn(out)).sort()).toEqual(["Ada.otio", "Ada.report.json", "Ada.resolve-markers.edl", ...mine].sort());
  });

  it("read their marker list back: an export that wrote a wrong one keeps nothing", async () => {
    const { companions } = await import("../src/write/companions.js");
    const list = companions["timeline-markers"] as { write: (typeof companions)["timeline-markers"]["write"] };
    const { write } = list;
    list.write = (...args) =>
      write(...args).map(({ name, chunks }) => ({ name, chunks: [[...chunks].join("").replace("Green", "Red")] }));
    const out = temporaryFolder();
    const run = await facecut("export", sample("one-face-25"), "--template", "resolve", "-o", out, "-q");
    list.write = write;
    expect([run.status, filesIn(out)]).toEqual([5, {}]);
    expect(run.err).toContain("where: Ada Example.resolve-markers.edl");
  });
});

const [xmllint, dtd] = [oracle("xmllint"), oracle("dtd")];

describe.skipIf(xmllint === undefined || dtd === undefined)(titled("FCPXML by Apple's definitions", "xmllint", "dtd"), () => {
  const variants = {
    plain: {},
    other: {
      root: "event",
      assetNames: "stem",
      urlDelimiters: "plain",
      roles: "people",
      browserClips: false,
      keywordCollections: false,
    },
  };

  it.each(
    quirks.fcpxml.version.values.flatMap((version) =>
      Object.entries(variants).map(([kind, rows]) => [version, kind, rows] as const),
    ),
  )("%s, %s", async (version, _, rows) => {
    const ours = join(temporaryFolder(), "ours.json");
    const snake = Object.entries(rows).map(([key, value]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]);
    writeFileSync(ours, JSON.stringify({ extends: "final-cut", dialect: { fcpxml: { ...Object.fromEntries(snake), version } } }));
    const paths: string[] = [];
    for (const name of samples) {
      const { folder, names } = await exported(name, ours);
      paths.push(...names.filter((file) => file.endsWith(".fcpxml")).map((file) => join(folder, file)));
    }
    expect(paths.length).toBe(samples.length);
    expect(dtdFaults(xmllint as string, dtd as string, paths, version)).toBe("");
  });
});
