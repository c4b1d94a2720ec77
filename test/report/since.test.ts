import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mapToTimeline } from "../../src/map/map-to-timeline.js";
import type { MediaClip } from "../../src/model/matches.js";
import type { Plan, Timeline } from "../../src/model/timeline.js";
import type { OldClip } from "../../src/report/old-report.js";
import { compareWith, type SinceReport } from "../../src/report/since.js";
import { facecut, filesIn, sample, temporaryFolder } from "../support/cli.js";
import { clip, defaults, facts, record } from "../support/records.js";

interface Report {
  readonly clips: readonly OldClip[];
  readonly timelines: readonly { readonly rate: string; readonly width: number }[];
  readonly totals: { readonly occurrences: { readonly dropped: object } };
  readonly since: SinceReport;
}

const planOf = (...ranges: readonly [from: number, to: number][]): Plan =>
  mapToTimeline(record({ a: [clip("Ada", ranges)] }), facts({ a: {} }), defaults).plan;

/** What a report would list of a plan. */
function listed(plan: ReturnType<typeof planOf>): OldClip[] {
  return plan.timelines.flatMap(({ name, tracks, rate }) =>
    tracks.flatMap(({ clips }) =>
      clips.map(({ id, subject, media, people, sourceRange, recordRange }) => ({
        id,
        subject,
        timeline: name,
        media_id: media.mediaId,
        people: people.map((person) => person.name),
        source_in: sourceRange.start,
        source_out: sourceRange.end,
        record_in: `01:00:${String(Math.floor(recordRange.start / rate.nominal) % 60).padStart(2, "0")}:00`,
      })),
    ),
  );
}

function changes(before: ReturnType<typeof planOf>, after: ReturnType<typeof planOf>) {
  const { report, changes: all } = compareWith({ name: "before", clips: listed(before) }, after);
  return { report, in: [...all.values()] };
}

describe("ids of clips", () => {
  it("stay the same when others come and go, and are no two alike", () => {
    const ids = (plan: ReturnType<typeof planOf>) => listed(plan).map(({ id }) => id);
    const [first, second, third] = ids(planOf([1, 2], [4, 6], [8, 9]));
    expect(ids(planOf([4, 6], [8, 9]))).toEqual([second, third]);
    expect(new Set([first, second, third]).size).toBe(3);
    expect(first).toMatch(/^clip-[0-9a-f]{12}$/);
  });
});

describe("an export against an earlier one", () => {
  it("has the same clips", () => {
    expect(changes(planOf([1, 2], [4, 6]), planOf([1, 2], [4, 6]))).toMatchObject({
      in: ["same", "same"],
      report: { new: [], moved: [], retimed: [], gone: [] },
    });
  });

  it("has new clips, and others moved behind them", () => {
    expect(changes(planOf([4, 6]), planOf([1, 2], [4, 6]))).toMatchObject({
      in: ["new", "moved"],
      report: { moved: [{ record_in_was: "01:00:00:00" }], gone: [] },
    });
  });

  it("has lost clips", () => {
    const { report } = changes(planOf([1, 2], [4, 6]), planOf([1, 2]));
    expect(report).toMatchObject({ new: [], gone: [{ source_in: 100, source_out: 150 }] });
  });

  it("shows other frames of the same appearance", () => {
    const { report } = changes(planOf([1, 2], [4, 6]), planOf([1, 2], [5, 7]));
    expect(report).toMatchObject({ new: [], gone: [], retimed: [{ was: expect.stringMatching(/^clip-/) }] });
    const [retimed] = report.retimed;
    expect(retimed?.id).not.toBe(retimed?.was);
  });

  it("has the same clips when only timelines are called otherwise", () => {
    const renamed = {
      ...planOf([1, 2], [4, 6]),
      timelines: [{ ...planOf([1, 2], [4, 6]).timelines[0], name: "Eva" } as Timeline],
    };
    expect(changes(planOf([1, 2], [4, 6]), renamed).in).toEqual(["same", "same"]);
  });

  it("has the same clips when a timeline of new ones comes before theirs, and moved ones when two change places", () => {
    const [bea, cleo] = [clip("Bea", [[1, 2]]), clip("Cleo", [[3, 4]])];
    const perPerson = (...clips: readonly MediaClip[]) =>
      mapToTimeline(record({ a: clips }), facts({ a: {} }), { ...defaults, name: "x", layout: "per-person" }).plan;
    const before = perPerson(bea, cleo);
    expect(changes(before, perPerson(clip("Ada", [[0, 1]]), bea, cleo)).in).toEqual(["new", "same", "same"]);
    const [first, second] = before.timelines as [Timeline, Timeline];
    expect(changes(before, { ...before, timelines: [second, first] }).in).toEqual(["moved", "moved"]);
    expect(changes(before, { ...before, timelines: [second] }).in).toEqual(["same"]);
  });

  it("knows a retimed clip whatever the person is called, and by the names of a report that tells no more", () => {
    const [before, after] = [planOf([4, 6]), planOf([5, 7])];
    const called = (name: string) => listed(before).map((old) => ({ ...old, media_id: name, people: [name] }));
    const bare = (clips: readonly OldClip[]) => clips.map(({ subject: _, ...old }) => old);
    const retimed = (clips: readonly OldClip[]) => compareWith({ name: "before", clips }, after).report.retimed.length;
    expect([retimed(called("Person 1")), retimed(bare(listed(before))), retimed(bare(called("Person 1")))]).toEqual([1, 1, 0]);
  });

  it("has new clips of one person where another has lost some", () => {
    const ofPerson = (who: string) => mapToTimeline(record({ a: [clip(who, [[4, 6]])] }), facts({ a: {} }), defaults).plan;
    expect(changes(ofPerson("Ada"), ofPerson("Bea")).report).toMatchObject({ retimed: [], gone: [{ people: ["Ada"] }] });
  });

  it("every clip of either is in one list", () => {
    const [before, after] = [planOf([1, 2], [4, 6], [10, 11]), planOf([1, 2], [3, 3.5], [5, 7])];
    const { report } = changes(before, after);
    const { same, moved, retimed, gone } = report;
    expect(report.new.length + same.length + moved.length + retimed.length).toBe(listed(after).length);
    expect(gone.length + same.length + moved.length + retimed.length).toBe(listed(before).length);
  });
});

describe("--since", () => {
  const one = sample("one-face-25");
  const exported = async (...options: readonly string[]) => {
    const out = temporaryFolder();
    const run = await facecut("export", one, "-o", out, ...options);
    return { ...run, out, text: run.out };
  };
  const reportOf = (folder: string) => join(folder, "Ada Example.report.json");

  it("says what changed, on the screen and in the report", async () => {
    const first = await exported();
    const again = await exported("--since", reportOf(first.out));
    expect(again.text).toContain("since Ada Example: 0 new, 6 same, 0 moved, 0 retimed, 0 gone\nwrote to");
    const report = JSON.parse(readFileSync(reportOf(again.out), "utf8"));
    expect(report.since).toMatchObject({ name: "Ada Example", new: [], gone: [] });
    expect(report.since.same).toHaveLength(6);
    expect(report.clips.map((each: { change: string }) => each.change)).toEqual(Array(6).fill("same"));
  });

  it("with --only-new writes the new clips alone, and nothing when there are none", async () => {
    const first = await exported();
    const old = JSON.parse(readFileSync(reportOf(first.out), "utf8"));
    const less = join(temporaryFolder(), "less.json");
    writeFileSync(less, JSON.stringify({ ...old, clips: old.clips.slice(0, 4) }));
    const next = await exported("--since", less, "--only-new");
    const report = JSON.parse(readFileSync(reportOf(next.out), "utf8"));
    expect(report.clips.map(({ id }: OldClip) => id)).toEqual(old.clips.slice(4).map(({ id }: OldClip) => id));
    expect(report.totals.occurrences).toMatchObject({ became_clips: 2, dropped: { "not-new": 4 } });
    const none = await exported("--since", reportOf(first.out), "--only-new");
    expect([none.status, filesIn(none.out)]).toEqual([6, {}]);
    expect(none.err).toContain("Nothing is new: All of the 6 clips are in the earlier export");
  });

  const both = [one, sample("two-people-23976")] as const;
  const run = async (...args: readonly string[]) => {
    const out = temporaryFolder();
    const { status, err } = await facecut("export", ...args, "-o", out);
    const [name] = readdirSync(out).filter((each) => each.endsWith(".report.json"));
    const file = join(out, name ?? "none");
    return { status, err, file, report: name === undefined ? undefined : (JSON.parse(readFileSync(file, "utf8")) as Report) };
  };
  const idsOf = (report: Report | undefined) => report?.clips.map(({ id }) => id);

  it("with --only-new keeps the rate of all clips, by which lengths in frames are read", async () => {
    // Of all clips most time is at 23.976, of the new ones at 25: 50 frames would be another length.
    const options = ["--handles", "50"];
    const first = await run(both[1], ...options);
    const all = await run(...both, ...options, "--since", first.file);
    const next = await run(...both, ...options, "--since", first.file, "--only-new");
    expect(all.report?.since.new.length).toBeGreaterThan(0);
    expect(idsOf(next.report)).toEqual(all.report?.since.new);
    expect(next.report?.timelines).toMatchObject(all.report?.timelines.map(({ rate, width }) => ({ rate, width })) ?? []);
  });

  it("with --only-new limits what is new", async () => {
    const all = idsOf((await run(one)).report) as string[];
    const first = await run(one, "--limit", "2");
    const second = await run(one, "--limit", "2", "--since", first.file, "--only-new");
    expect(idsOf(second.report)).toEqual(all.slice(2, 4));
    expect(second.report?.since).toMatchObject({ new: all.slice(2, 4), same: all.slice(0, 2), gone: [] });
    expect(second.report?.totals.occurrences.dropped).toEqual({ "not-new": 2, "over-the-limit": 2 });
    const third = await run(one, "--limit", "2", "--since", second.file, "--only-new");
    expect(idsOf(third.report)).toEqual(all.slice(4));
    const none = await run(one, "--limit", "2", "--since", third.file, "--only-new");
    expect(none.err).toContain("All of the 6 clips are in the earlier export");
  });

  it("with --only-new knows what was exported before the last time, also retimed", async () => {
    const first = await run(one);
    const second = await run(...both, "--rate", "25", "--since", first.file, "--only-new");
    const options = ["--rate", "25", "--since", second.file, "--only-new"];
    expect((await run(...both, ...options)).err).toContain("Nothing is new");
    expect((await run(...both, ...options, "--handles", "1")).err).toContain("Nothing is new");
    const full = await run(...both, "--rate", "25", "--since", second.file);
    expect(full.report?.since).toMatchObject({ new: [], retimed: [], gone: [] });
    // Where they lie in a still earlier export is no place in the one compared with.
    expect(full.report?.since.same).toEqual(expect.arrayContaining(idsOf(first.report) ?? []));
  });

  it.each(["--redact", "--aliases"])("knows retimed clips across %s, either way", async (flag) => {
    const aliases = join(temporaryFolder(), "aliases.csv");
    writeFileSync(aliases, "who,name\nAda Example,Eva\n");
    const options = flag === "--redact" ? [flag] : [flag, aliases];
    const known = async (before: readonly string[], after: readonly string[]) => {
      const { file } = await run(one, ...before);
      return (await run(one, ...after, "--handles", "1", "--since", file)).report?.since;
    };
    for (const since of [await known([], options), await known(options, [])]) {
      expect([since?.new.length, since?.retimed.length, since?.gone.length]).toEqual([0, 6, 0]);
    }
  });

  it("names the first few clips of each change", async () => {
    const first = await run(one, "--limit", "4");
    const shorter = await exported("--since", first.file, "--min-length", "3s", "--handles", "1");
    expect(shorter.text).toMatch(
      / {2}since Ada Example: 1 new, 0 same, 0 moved, 3 retimed, 1 gone\n {4}new {6}Ada Example in \S+ at 00:00:\S+\n {4}retimed {2}Ada Example in interview-a\.mp4 at 00:00:00:24\n/,
    );
    expect(shorter.text).toMatch(/\n {4}gone {5}Ada Example in \S+, was at 01:00:\S+\nwrote to/);
    const all = await exported("--since", (await run(one, "--limit", "1")).file);
    expect(all.text).toMatch(/( {4}new {6}Ada Example in \S+ at \S+\n){3} {4}new {6}and 2 more\nwrote to/);
  });

  it("with --only-new says how many are retimed, which they are, and how to have them", async () => {
    const first = await run(one);
    const none = await run(one, "--handles", "1", "--since", first.file, "--only-new");
    expect(none.status).toBe(6);
    expect(none.err).toMatch(
      /Nothing is new: 0 new, 6 retimed \(not written\): Ada Example in \S+ at \S+; .*; and 3 more; no files were written \[nothing-found\]/,
    );
    expect(none.err).toContain("do: Leave --only-new out");
    const some = await facecut(
      "export",
      ...both,
      "--rate",
      "25",
      "--handles",
      "1",
      "-o",
      temporaryFolder(),
      "--since",
      first.file,
      "--only-new",
    );
    expect(some.out).toMatch(/since Ada Example: \d new, 0 same, 0 moved, 6 retimed \(not written\), 0 gone\n/);
    expect(some.out).toMatch(/ {4}retimed {2}Ada Example in \S+, was at 01:00:00:00\n/);
  });

  it("names media by file also when this export does not show them", async () => {
    const first = await run(one);
    const newOnly = ["--rate", "25", "--since", first.file, "--only-new", "--sort", "score"];
    for (const [kind, ...options] of [["moved"], ["retimed", "--handles", "1"]]) {
      const { out } = await facecut("export", ...both, ...newOnly, ...options, "-o", temporaryFolder());
      expect(out).toMatch(new RegExp(`\\n {4}${kind} +Ada Example in (interview-a|night-c)\\.mp4, was at 01:00:`));
      expect(out).not.toMatch(/[0-9a-f]{32}/);
    }
    // Media that are in the record no more have a name in the earlier report.
    const gone = await facecut("export", both[1], "--since", first.file, "-o", temporaryFolder());
    expect(gone.out).toContain("    gone     Ada Example in interview-a.mp4, was at 01:00:00:00\n");
    const redacted = await facecut("export", both[1], "--since", first.file, "-o", temporaryFolder(), "--redact");
    expect(redacted.out).toContain("    gone     a clip, was at 01:00:00:00\n");
    expect(redacted.out).not.toContain("interview");
  });

  it("names media by MediaId when a report lists them in another way", async () => {
    const first = await run(one);
    const file = join(temporaryFolder(), "old.json");
    for (const media of [undefined, 5, [null, {}, { media_id: 1, file: "planted" }]]) {
      writeFileSync(file, JSON.stringify({ ...first.report, media }));
      const { status, out } = await facecut("export", both[1], "--since", file, "-o", temporaryFolder());
      expect([status, out]).toEqual([0, expect.stringMatching(/gone {5}Ada Example in [0-9a-f]{32}, was at/)]);
    }
  });

  it("with --redact tells no name of the earlier export", async () => {
    const first = await run(one);
    const less = join(temporaryFolder(), "less.json");
    writeFileSync(less, JSON.stringify({ ...first.report, clips: first.report?.clips.slice(0, 4) }));
    const next = await exported("--redact", "--since", less);
    expect(next.out).toBeDefined();
    expect(next.text).toMatch(/since the earlier export: 2 new.*\n {4}new {6}Person 1 in redacted-/);
    const only = await run(one, "--redact", "--since", less, "--only-new");
    expect(only.report?.since.known).toHaveLength(4);
    expect(readFileSync(only.file, "utf8")).not.toMatch(/Ada|Example/);
    const gone = await exported("--redact", "--since", first.file, "--limit", "1");
    expect(gone.text).toContain("    gone     a clip, was at 01:00:");
    expect(gone.text).not.toContain("Ada");
  });

  it.each([
    ["no file", undefined, 3, /does not exist \[bad-report\]/],
    ["no report", '{"clips":1}', 3, /is not a conform report/],
    ["text", "hello", 3, /is not a conform report/],
    ["another version", '{"version":9,"clips":[]}', 3, /version 9/],
    ["a clip that is not whole", '{"version":1,"clips":[{"id":"x"}]}', 3, /not whole/],
    ["a known clip that is not whole", '{"version":1,"clips":[],"since":{"known":[{"id":"x"}]}}', 3, /not whole/],
    ["known clips that are no list", '{"version":1,"clips":[],"since":{"known":5}}', 3, /not whole/],
  ])("refuses %s", async (_, text, status, message) => {
    const file = join(temporaryFolder(), "old.json");
    if (text !== undefined) writeFileSync(file, text);
    const run = await exported("--since", file);
    expect([run.status, filesIn(run.out)]).toEqual([status, {}]);
    expect(run.err).toMatch(message);
  });

  it("takes a folder: its only report, or the one of the same name", async () => {
    const first = await exported();
    expect((await exported("--since", first.out)).text).toContain("since Ada Example: 0 new, 6 same");
    writeFileSync(join(first.out, "other.report.json"), "{}");
    expect((await exported("--since", first.out)).text).toContain("since Ada Example: 0 new, 6 same");
    const neither = await exported("--since", first.out, "--name", "Eva");
    expect(neither.status).toBe(3);
    expect(neither.err).toContain(
      "The folder has 2 reports, none of them Eva.report.json: Ada Example.report.json, other.report.json",
    );
    expect(neither.err).toMatch(/\n {2}do: .*--name/);
    const empty = await exported("--since", temporaryFolder());
    expect([empty.status, empty.err]).toEqual([
      3,
      expect.stringMatching(/no report.*in the folder \[bad-report\]\n {2}where: --since/),
    ]);
  });

  it("--only-new needs it", async () => {
    const run = await exported("--only-new");
    expect([run.status, run.err]).toEqual([2, expect.stringContaining("--since")]);
  });
});
