import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mapToTimeline } from "../../src/map/map-to-timeline.js";
import type { Plan } from "../../src/model/timeline.js";
import { differenceText } from "../../src/verify/difference.js";
import { verifyFormat } from "../../src/verify/verify.js";
import { dialectOf } from "../../src/write/dialect.js";
import { type Dialect, formatIds } from "../../src/write/writer.js";
import { writers } from "../../src/write/writers.js";
import { plans } from "../support/plans.js";
import { randomRecord } from "../support/random-records.js";
import { sweep } from "../support/sweep.js";

const dialects: readonly Dialect[] = [
  dialectOf({ markerPlace: { otio: "clip", fcp7xml: "timeline" } }),
  dialectOf({ markerPlace: { otio: "timeline", fcp7xml: "clip" } }),
];

function differences(plan: Plan, dialect: Dialect): string[] {
  const names = plan.timelines.map((_, i) => `cut-${i + 1}`);
  return formatIds.flatMap((id) =>
    verifyFormat(id, plan, dialect, writers[id].write(plan, names, dialect)).map(
      (difference) => `${difference.file} ${differenceText(difference)}`,
    ),
  );
}

describe("what the writers write holds the plan", () => {
  it.each(Object.keys(plans))("%s", (name) => {
    for (const dialect of dialects) expect(differences(plans[name as keyof typeof plans](), dialect)).toEqual([]);
  });

  it("whatever was found", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.constantFrom(...dialects), (seed, dialect) => {
        const { record, facts, options } = randomRecord(seed);
        expect(differences(mapToTimeline(record, facts, options).plan, dialect)).toEqual([]);
      }),
      { numRuns: sweep(20, 60) },
    );
  });
});
