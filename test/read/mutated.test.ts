import { describe, expect, it } from "vitest";
import { FacecutError } from "../../src/errors.js";
import { readTimelines } from "../../src/read/readers.js";
import { dialectOf } from "../../src/write/dialect.js";
import { writers } from "../../src/write/writers.js";
import { plans, rateOf } from "../support/plans.js";

/** A small seeded generator (Park and Miller's). */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

const bits = [
  "",
  "0",
  "-",
  "999999999999999999999",
  "1e308",
  "/0",
  "<",
  ">",
  '"',
  "}",
  "]",
  "[",
  ",",
  ":",
  ";",
  "null",
  "\u0000",
  "\ud800",
  "\n",
  "{}",
  "-1",
  "0.5",
];

/** The text with one to three places changed: something put in the place of a few characters, a number, or all the rest. */
function mutated(text: string, random: (below: number) => number): string {
  let result = text;
  for (let n = 0; n <= random(3); n++) {
    const at = random(result.length);
    const bit = bits[random(bits.length)] as string;
    const number = /\d+(?:\.\d+)?/.exec(result.slice(at));
    const [from, length] = random(2) === 0 && number ? [at + number.index, number[0].length] : [at, random(4)];
    result = random(12) === 0 ? result.slice(0, at) : result.slice(0, from) + bit + result.slice(from + length);
  }
  return result;
}

describe("files with faults", () => {
  it.each(["otio", "fcpxml", "edl", "fcp7xml"] as const)(
    "%s: are read or refused as bad-timeline, and never crash the reader",
    (format) => {
      const random = generator(17);
      let [refused, read] = [0, 0];
      for (const make of [plans.twoPeople25, plans.dropFrame2997, plans.twoTracks, plans.twoTimelines]) {
        const [file] = writers[format].write(make(), ["a", "b"], dialectOf({ markerPlace: { otio: "clip", fcp7xml: "clip" } }));
        const text = [...(file?.chunks ?? [])].join("");
        for (let i = 0; i < 250; i++) {
          try {
            readTimelines(mutated(text, random), { file: "a.edl", rate: rateOf("25") });
            read++;
          } catch (error) {
            if (!(error instanceof FacecutError && error.code === "bad-timeline")) throw error;
            refused++;
          }
        }
      }
      // A list has no grammar that a fault could break; the others nearly always do.
      expect(read).toBeGreaterThan(100);
      if (format !== "edl") expect(refused).toBeGreaterThan(100);
    },
  );
});
