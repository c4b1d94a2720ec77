import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mapToTimeline } from "../../src/map/map-to-timeline.js";
import type { OldClip } from "../../src/report/old-report.js";
import { compareWith } from "../../src/report/since.js";
import { facecut, filesIn, sample, temporaryFolder } from "../support/cli.js";
import { clip, defaults, facts, record } from "../support/records.js";

const planOf = (...ranges: readonly [from: number, to: number][]) =>
  mapToTimeline(record({ a: [clip("Ada", ranges)] }), facts({ a: {} }), defaults).plan;

/** What a report would list of a plan. */
function listed(plan: ReturnType<typeof planOf>): OldClip[] {
  return plan.timelines.flatMap(({ name, tracks, rate }) =>
    tracks.flatMap(({ clips }) =>
      clips.map(({ id, media, people, sourceRange, recordRange }) => ({
        id,
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
    return { ...(await facecut("export", one, "-o", out, ...options)), out };
  };
  const reportOf = (folder: string) => join(folder, "Ada Example.report.json");

  it("says what changed, on the screen and in the report", async () => {
    const first = await exported();
    const again = await exported("--since", reportOf(first.out));
    expect(again.out).toBeDefined();
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

  it.each([
    ["no file", undefined, 3, /does not exist \[bad-report\]/],
    ["no report", '{"clips":1}', 3, /is no conform report/],
    ["text", "hello", 3, /is no conform report/],
    ["another version", '{"version":9,"clips":[]}', 3, /version 9/],
    ["a clip that is not whole", '{"version":1,"clips":[{"id":"x"}]}', 3, /not whole/],
  ])("refuses %s", async (_, text, status, message) => {
    const file = join(temporaryFolder(), "old.json");
    if (text !== undefined) writeFileSync(file, text);
    const run = await exported("--since", file);
    expect([run.status, filesIn(run.out)]).toEqual([status, {}]);
    expect(run.err).toMatch(message);
  });

  it("--only-new needs it", async () => {
    const run = await exported("--only-new");
    expect([run.status, run.err]).toEqual([2, expect.stringContaining("--since")]);
  });
});
