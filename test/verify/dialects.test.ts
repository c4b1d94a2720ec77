import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mapToTimeline } from "../../src/map/map-to-timeline.js";
import type { Plan } from "../../src/model/timeline.js";
import { differenceText } from "../../src/verify/difference.js";
import { verifyFormat } from "../../src/verify/verify.js";
import { verifyCompanion } from "../../src/verify/verify-companion.js";
import { companionIds, companions } from "../../src/write/companions.js";
import type { Dialect } from "../../src/write/dialect.js";
import { formatIds } from "../../src/write/writer.js";
import { writers } from "../../src/write/writers.js";
import { anyDialect } from "../support/any-dialect.js";
import { media, person, plan, plans, timeline } from "../support/plans.js";
import { randomRecord } from "../support/random-records.js";
import { sweep } from "../support/sweep.js";

function differences(of: Plan, dialect: Dialect): string[] {
  const names = of.timelines.map((_, i) => `cut-${i + 1}`);
  const timelines = formatIds.flatMap((id) => verifyFormat(id, of, dialect, writers[id].write(of, names, dialect)));
  const others = companionIds.flatMap((id) => verifyCompanion(id, of, companions[id].write(of, names, dialect)));
  return [...timelines, ...others].map((difference) => `${difference.file} ${differenceText(difference)}`);
}

const ada = person("Ada");
const film = media("Interview Ada.mov");
const many = Array.from({ length: 1100 }, () => ({
  media: film,
  from: 0,
  to: 2,
  people: [ada],
  points: [{ person: ada, frame: 0, note: "1 | 2" }],
}));
const long = plan("Long", timeline("Long", [many]));

describe("what the writers write holds the plan, in every dialect", () => {
  it.each([...Object.keys(plans), "long"])("%s", (name) => {
    const of = name === "long" ? long : plans[name as keyof typeof plans]();
    fc.assert(
      fc.property(anyDialect, (dialect) => {
        expect(differences(of, dialect)).toEqual([]);
      }),
      { numRuns: name === "long" ? sweep(2, 5) : sweep(5, 20) },
    );
  });

  it("whatever was found", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), anyDialect, (seed, dialect) => {
        const { record, facts, options } = randomRecord(seed);
        expect(differences(mapToTimeline(record, facts, options).plan, dialect)).toEqual([]);
      }),
      { numRuns: sweep(20, 60) },
    );
  });

  it("a marker list that holds something else is told", () => {
    const of = plans.twoPeople25();
    const [file] = companions["timeline-markers"].write(of, ["cut"]);
    const text = [...(file?.chunks ?? [])].join("");
    const told = (from: string, to: string) =>
      verifyCompanion("timeline-markers", of, [{ name: "cut", chunks: [text.replaceAll(from, to)] }]).map(differenceText);
    expect(told("Green", "Red")[0]).toBe("marker 1: colour is ResolveColorRed, not ResolveColorGreen");
    expect(told("01:00:00:12", "01:00:00:13")).toContain("marker 1: frame is 90013, not 90012");
    expect(told("|D:1", "|D:2")).toContain("marker 2: length is 2, not 1");
    expect(told("0.91 ¦ score", "0.92 ¦ score")).toContain(
      "marker 2: note is score 0.92 ¦ score 0.83, not score 0.91 ¦ score 0.83",
    );
  });
});
