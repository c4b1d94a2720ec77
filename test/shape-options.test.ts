import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { facecut, filesIn, sample, temporaryFolder } from "./support/cli.js";

const two = sample("two-people-23976");

async function exported(...options: readonly string[]) {
  const out = temporaryFolder();
  const run = await facecut("export", two, "-o", out, "--quiet", ...options);
  return { ...run, out, files: filesIn(out) };
}

describe("options that cannot be", () => {
  it.each([
    [["--limit", "0"], "--limit"],
    [["--limit", "-1"], "--limit"],
    [["--min-length", "3s", "--max-length", "2s"], "--min-length"],
    [["--min-length", "100", "--max-length", "2s"], "--min-length"],
    [["--max-length", "0"], "--max-length"],
    [["--from", "20s", "--until", "10s"], "--from"],
    [["--min-score", "1.5"], "--min-score"],
    [["--handles", "1s,2s,3s"], "--handles"],
    [["--handles", "long"], "--handles"],
    [["--handles-meet", "clash"], "--handles-meet"],
    [["--layout", "per-persn"], "--layout"],
    [["--markers", "moves:2"], "--markers"],
    [["--match", "Ada and"], "column 8"],
    [["--match", "Nobody"], "column 1"],
    [["--person", "Nobody"], "--person"],
    [["--person", ","], "--person"],
    [["--clip-name", "{preson}"], "Did you mean {person}?"],
    [["--redact", "--write-media-map", "map.csv"], "--redact"],
    [["--layout", "log", "--markers", "all"], "does nothing with --layout log"],
    [["--layout", "log", "--handles", "12"], "does nothing with --layout log"],
    [["--layout", "source", "--group-gap", "1s"], "does nothing with --layout source"],
  ])("%j are exit 2, and no file is written", async (options, told) => {
    const { status, err, files } = await exported(...options);
    expect([status, files]).toEqual([2, {}]);
    expect(err).toContain(told);
  });
});

describe("what is asked for comes out", () => {
  it("a cut log that spreadsheets read, checked against the plan", async () => {
    const { status, files } = await exported("--format", "csv", "--clip-name", "{person} {index:02}");
    expect(status).toBe(0);
    const [name, log] = Object.entries(files).find(([file]) => file.endsWith(".csv")) as [string, string];
    expect(name).toMatch(/\.csv$/);
    const lines = log.split("\r\n");
    expect(lines[0]).toBe(
      "\uFEFFnumber,person,clip,file,source_in,source_out,record_in,record_out,length,score,expression,media,media_id",
    );
    expect(lines[1]).toMatch(
      /^1,"?[^,]+"?,"?[^,]+ 01"?,"?[^,]+"?,(\d\d:){3}\d\d,(\d\d:){3}\d\d,01:00:00:00,(\d\d:){3}\d\d,(\d\d:){3}\d\d,/,
    );
    const report = JSON.parse(Object.entries(files).find(([file]) => file.endsWith(".report.json"))?.[1] as string);
    expect(lines.length - 2).toBe(report.clips.length);
  });

  it("a summary file, which is not overwritten unasked", async () => {
    const file = join(temporaryFolder(), "on-screen.csv");
    expect((await exported("--summary", file)).status).toBe(0);
    expect(readFileSync(file, "utf8")).toMatch(/^\uFEFFkind,name,seconds_on_screen,clips\r\nperson,/);
    const again = await exported("--summary", file);
    expect([again.status, again.files]).toEqual([2, {}]);
    expect((await exported("--summary", file, "--force")).status).toBe(0);
  });

  it("the report says how many each filter took away, and adds up", async () => {
    const { files } = await exported("--min-score", "0.95", "--min-length", "1s", "--limit", "2");
    const report = JSON.parse(Object.entries(files).find(([file]) => file.endsWith(".report.json"))?.[1] as string);
    const { read, became_clips, merged_into_another, dropped } = report.totals.occurrences;
    const sum = Object.values(dropped as Record<string, number>).reduce((total, n) => total + n, 0);
    expect(became_clips + merged_into_another + sum).toBe(read);
    expect(report.clips.length).toBe(became_clips);
    expect(report.summary.people.length).toBe(report.people.length);
  });

  it("nothing left is exit 6, and says what took it away", async () => {
    const { status, err, files } = await exported("--min-length", "1000s");
    expect([status, files]).toEqual([6, {}]);
    expect(err).toMatch(/too short \(--min-length\)/);
  });

  it("aliases and redaction reach every file", async () => {
    const names = join(temporaryFolder(), "names.csv");
    const plain = await exported("--format", "otio");
    const report = JSON.parse(Object.entries(plain.files).find(([file]) => file.endsWith(".report.json"))?.[1] as string);
    const people: string[] = report.people.map(({ name }: { name: string }) => name);
    writeFileSync(names, `${people[0]},Starring\n`);
    const renamed = Object.values((await exported("--aliases", names, "--name", "x")).files).join("");
    expect([renamed.includes("Starring"), renamed.includes(people[0] as string)]).toEqual([true, false]);
    const { status, files } = await exported("--redact", "--markers", "all", "--format", "otio,fcpxml,edl,fcp7xml,csv");
    const text = Object.entries(files).flat().join("\n");
    expect(status).toBe(0);
    const secrets = [
      ...people,
      ...report.media.flatMap(({ file, url, media_id }: Record<string, string>) => [file, url, media_id]),
    ];
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).not.toMatch(/https?:\/\/(?!www\.w3|schemas)|score 0|"box"/);
  });

  const [handles, gap] = ["--handles=12", "--group-gap=1s"];
  it.each([
    ["per-person", handles, gap],
    ["per-media", handles, gap],
    ["per-expression", handles, gap],
    ["tracks", handles, gap],
    ["source", handles],
    ["log", gap],
  ])("%s in every format, read back", async (layout, ...shape) => {
    const { status, err } = await exported("--layout", layout, ...shape, "--format", "otio,fcpxml,edl,fcp7xml,csv");
    expect([status, err]).toEqual([0, ""]);
  });

  it("a log has no markers when none are asked for, and those of a template are no mistake", async () => {
    const markers = async (...options: readonly string[]) => {
      const { status, files } = await exported("--layout", "log", "--format", "fcpxml", ...options);
      return [
        status,
        Object.values(files)
          .join("")
          .match(/<marker /g)?.length,
      ];
    };
    expect(await markers()).toEqual([0, 5]);
    expect(await markers("--markers", "none")).toEqual([0, undefined]);
    const template = join(temporaryFolder(), "t.json");
    writeFileSync(template, JSON.stringify({ options: { markers: "all", handles: "12" } }));
    expect(await markers("--template", template)).toEqual([0, 5]);
  });

  it("a timeline per person has a file of its own name, and --force removes those that are gone", async () => {
    const out = temporaryFolder();
    const run = (...options: readonly string[]) =>
      facecut("export", two, "-o", out, "--quiet", "--name", "Reel", "--format", "otio,fcpxml", ...options);
    expect((await run("--layout", "per-person")).status).toBe(0);
    const people = Object.keys(filesIn(out)).sort();
    expect(people).toEqual([
      "Reel - Ada Example.otio",
      expect.stringMatching(/^Reel - .*\.otio$/),
      "Reel.fcpxml",
      "Reel.report.json",
    ]);
    expect((await run()).status).toBe(2);
    expect((await run("--force")).status).toBe(0);
    expect(Object.keys(filesIn(out)).sort()).toEqual(["Reel.fcpxml", "Reel.otio", "Reel.report.json"]);
  });

  it("--skip-bad leaves impossible occurrences out, and lists them", async () => {
    const folder = temporaryFolder();
    cpSync(two, folder, { recursive: true });
    const root = join(folder, "SearchMediaClipByFace");
    const page = join(root, readdirSync(root)[0] as string, "page-0001.json");
    const reply = JSON.parse(readFileSync(page, "utf8"));
    reply.MediaClipList[0].OccurrencesInfos.push({ StartTime: 9, EndTime: 8 });
    writeFileSync(page, JSON.stringify(reply));
    const out = temporaryFolder();
    const refused = await facecut("export", folder, "-o", out);
    expect([refused.status, refused.err]).toEqual([3, expect.stringMatching(/\[bad-occurrence\][\s\S]*--skip-bad/)]);
    const run = await facecut("export", folder, "-o", out, "--name", "x", "--skip-bad");
    expect([run.status, run.err]).toEqual([0, expect.stringContaining("[impossible]")]);
    const report = JSON.parse(readFileSync(join(out, "x.report.json"), "utf8"));
    expect(report.totals.occurrences.dropped).toEqual({ impossible: 1 });
    expect(report.occurrences).toContainEqual(expect.objectContaining({ start_time: 9, end_time: 8, because: "impossible" }));
  });
});
