import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { facecut, root, sample, sampleOptions, temporaryFolder } from "../support/cli.js";

const doc = readFileSync(join(root, "docs", "report.md"), "utf8");
const samples = readdirSync(join(root, "samples")).filter((name) => !["README.md", "media", "no-matches-25"].includes(name));

interface Report {
  readonly [list: string]: readonly Record<string, unknown>[];
}
interface Counts {
  readonly [what: string]: number;
}

const reports = new Map<string, ReturnType<typeof exported>>();

/** The report of a sample, which is exported once. */
async function reportOf(name: string) {
  const report = reports.get(name) ?? exported(name);
  reports.set(name, report);
  return report;
}

async function exported(name: string) {
  const out = temporaryFolder();
  const run = await facecut("export", sample(name), ...sampleOptions(name), "-o", out, "-q");
  expect(run.status).toBe(0);
  const [file] = readdirSync(out).filter((each) => each.endsWith(".report.json"));
  const text = readFileSync(join(out, file as string), "utf8");
  return { text, report: JSON.parse(text) as Report & { totals: { occurrences: Counts; track_points: Counts } } };
}

const sum = (counts: Counts) => Object.values(counts).reduce((total, n) => total + n, 0);

describe.each(samples)("the conform report of %s", (name) => {
  it("adds up: every occurrence and point once, the clips' counts with the totals", async () => {
    const { report } = await reportOf(name);
    const { occurrences, track_points: points } = report.totals;
    const { read, became_clips, merged_into_another, dropped } = occurrences as Counts & { dropped: Counts };
    expect(read).toBe(report.occurrences?.length);
    expect((became_clips as number) + (merged_into_another as number) + sum(dropped)).toBe(read);
    expect(became_clips).toBe(report.clips?.length);
    const { read: pointsRead, ...fates } = points;
    expect(sum(fates)).toBe(pointsRead);
    for (const key of ["became_markers", "on_the_frame_of_another", "thinned", "outside_the_clip"]) {
      expect(report.clips?.reduce((total, { points: own }) => total + Number((own as Counts)[key]), 0)).toBe(points[key]);
    }
  });

  it("names a clip for every occurrence that is in one, and why for the others", async () => {
    const { report } = await reportOf(name);
    const ids = new Set(report.clips?.map(({ id }) => id));
    const seen = new Set<unknown>();
    for (const { became, clip, because } of report.occurrences ?? []) {
      if (became === "dropped") expect([clip, because]).toEqual([null, expect.any(String)]);
      else expect([ids.has(clip), because]).toEqual([true, null]);
      if (became === "clip") expect(seen.has(clip)).toBe(false);
      if (became === "clip") seen.add(clip);
    }
    expect(seen.size).toBe(ids.size);
  });

  it("moves edges outwards by less than a frame, but for noise", async () => {
    const { report } = await reportOf(name);
    for (const { in_error: first, out_error: last } of report.occurrences ?? []) {
      const [inFrames, outFrames] = [first, last].map((error) => (error as Counts | undefined)?.frames ?? 0) as [number, number];
      expect(inFrames).toBeGreaterThan(-1);
      expect(inFrames).toBeLessThanOrEqual(0.25);
      expect(outFrames).toBeLessThanOrEqual(1);
      expect(outFrames).toBeGreaterThanOrEqual(-0.25);
    }
  });

  it("has a line for each row, and no key that is not described", async () => {
    const { text, report } = await reportOf(name);
    const rows = Object.values(report).flatMap((value) => (Array.isArray(value) && typeof value[0] === "object" ? value : []));
    expect(text.split("\n").length).toBeGreaterThan(rows.length);
    const names = new Set([...doc.matchAll(/[a-z]+(?:_[a-z]+)*/g)].map(([word]) => word));
    const keysOf = (value: unknown): string[] =>
      typeof value !== "object"
        ? []
        : Array.isArray(value)
          ? value.flatMap(keysOf)
          : Object.entries(value ?? {}).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
    const { formats: _, ...described } = report;
    const { totals } = report as unknown as { totals: { occurrences: { dropped: object } } };
    const reasons = new Set(Object.keys(totals.occurrences.dropped));
    expect([...new Set(keysOf(described))].filter((key) => !names.has(key) && !reasons.has(key))).toEqual([]);
  });
});

describe("snap errors", () => {
  it("say by how much an edge moved, in frames and seconds", async () => {
    const { report } = await reportOf("one-face-25");
    const edges = report.occurrences?.flatMap(({ start_time, source_in, in_error }) => [[start_time, source_in, in_error]]);
    for (const [time, frame, error] of edges ?? []) {
      const { frames, seconds } = error as { frames: number; seconds: number };
      expect(frames).toBeCloseTo((frame as number) - (time as number) * 25, 2);
      expect(seconds).toBeCloseTo((frame as number) / 25 - (time as number), 5);
    }
    expect(edges?.length).toBeGreaterThan(0);
  });
});
