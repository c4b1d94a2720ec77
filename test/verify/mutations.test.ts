import { describe, expect, it } from "vitest";
import { FacecutError } from "../../src/errors.js";
import { mapToTimeline } from "../../src/map/map-to-timeline.js";
import type { Plan } from "../../src/model/timeline.js";
import { verifyFormat } from "../../src/verify/verify.js";
import type { WrittenFile } from "../../src/verify/written-file.js";
import { dialectOf } from "../../src/write/dialect.js";
import { type Dialect, type FormatId, formatIds } from "../../src/write/writer.js";
import { writers } from "../../src/write/writers.js";
import { randomRecord } from "../support/random-records.js";
import { sweep } from "../support/sweep.js";
import { mutators } from "./mutators.js";

/** Good files, corrupted in one place each: reading back must notice every one. */
const perMutator = sweep(4, 20);
const dialects: readonly Dialect[] = [
  dialectOf({ markerPlace: { otio: "clip", fcp7xml: "timeline" } }),
  dialectOf({ markerPlace: { otio: "timeline", fcp7xml: "clip" } }),
];

interface Good {
  readonly plan: Plan;
  readonly dialect: Dialect;
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

/** Good files of any plans, made once for all corruptions of a format. */
function goodFiles(format: FormatId): (seed: number) => Good {
  const made: Good[] = [];
  return (seed) => {
    made[seed] ??= goodOf(format, seed);
    return made[seed];
  };
}

function goodOf(format: FormatId, seed: number): Good {
  const { record, facts, options } = randomRecord(seed * 7 + 1);
  const { plan } = mapToTimeline(record, facts, { ...options, markers: "all" });
  const dialect = dialects[seed % 2] as Dialect;
  const names = plan.timelines.map((_, i) => `cut-${i + 1}`);
  const files = writers[format].write(plan, names, dialect);
  return { plan, dialect, files: files.map(({ name, chunks }) => ({ name, text: [...chunks].join("") })) };
}

/** Mulberry32, by Tommy Ettinger. */
function choices(seed: number) {
  let state = seed;
  return {
    below: (n: number) => {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) % n;
    },
  };
}

function isCaught(format: FormatId, plan: Plan, dialect: Dialect, files: readonly WrittenFile[]): boolean {
  try {
    return verifyFormat(format, plan, dialect, files).length > 0;
  } catch (error) {
    if (error instanceof FacecutError && error.code === "bad-timeline") return true;
    throw error;
  }
}

describe.each(formatIds)("corrupted %s", (format) => {
  const good = goodFiles(format);

  it.each(Object.keys(mutators[format]))("%s", (name) => {
    const mutate = mutators[format][name] as (typeof mutators)[FormatId][string];
    const missed: string[] = [];
    let tried = 0;
    for (let seed = 0; tried < perMutator && seed < 40 * perMutator; seed++) {
      const { plan, dialect, files } = good(seed);
      const dice = choices(seed);
      const n = dice.below(files.length);
      const { text } = files[n] as (typeof files)[number];
      const corrupted = mutate(text, dice);
      if (corrupted === undefined || corrupted === text) continue;
      tried++;
      const chunks = (i: number, whole: string) => [i === n ? corrupted : whole];
      const written = files.map((file, i) => ({ name: file.name, chunks: chunks(i, file.text) }));
      if (!isCaught(format, plan, dialect, written)) missed.push(`seed ${seed}: ${firstDifference(text, corrupted)}`);
    }
    expect(missed).toEqual([]);
    expect(tried).toBe(perMutator);
  });
});

/** Where two texts part, for a message. */
function firstDifference(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return `${JSON.stringify(a.slice(Math.max(0, at - 80), at + 60))} -> ${JSON.stringify(b.slice(at, at + 40))}`;
}

describe("ways to corrupt a file", () => {
  it.each(formatIds)("of %s are ten or more", (format) => {
    expect(Object.keys(mutators[format]).length).toBeGreaterThanOrEqual(10);
  });
});
