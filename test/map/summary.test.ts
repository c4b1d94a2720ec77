import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mapToTimeline } from "../../src/map/map-to-timeline.js";
import { summaryOf } from "../../src/map/summary.js";
import { summaryCsv, summaryRows, summaryText } from "../../src/report/summary-text.js";
import { fraction } from "../../src/time/fraction.js";
import { frameRate } from "../support/rates.js";
import { clip, defaults, facts, record } from "../support/records.js";
import { libraries, mapAt25, names, onScreen } from "./random-libraries.js";

describe("the summary", () => {
  it("counts every frame of a person once, and of a media file once for everybody", () => {
    let counted = 0;
    fc.assert(
      fc.property(libraries, (library) => {
        const mapped = mapAt25(library, {});
        if (mapped === undefined) return;
        const present = [...onScreen(library)];
        const { people, media } = summaryOf(mapped);
        const seconds = (rows: typeof people, name: string) => rows.find((row) => row.name === name)?.seconds ?? fraction(0);
        for (const name of names)
          expect(seconds(people, name)).toEqual(fraction(present.filter(([, who]) => who.has(name)).length, 25));
        for (const id of library.facts.keys())
          expect(seconds(media, `${id}.mov`)).toEqual(
            fraction(present.filter(([frame]) => frame.startsWith(`${id} `)).length, 25),
          );
        counted += present.length;
      }),
    );
    expect(counted).toBeGreaterThan(100);
  });

  const mapped = mapToTimeline(
    record({
      a: [
        {
          ...clip("=Ada", []),
          occurrences: [
            { startTime: 1, endTime: 3, expression: "Calm", trackData: [] },
            { startTime: 2, endTime: 4, expression: "Happy", trackData: [] },
          ],
        },
        clip('Bob, the "Builder"', [[2, 3]]),
      ],
      ntsc: [clip("=Ada", [[0, 1.001]])],
    }),
    facts({ a: {}, ntsc: { rate: frameRate(30_000, 1001) } }),
    { ...defaults, handles: { head: { unit: "frames", frames: 10 }, tail: { unit: "frames", frames: 10 }, meet: "join" } },
  );

  it("is exact, leaves handles out, and puts the longest first", () => {
    expect(summaryOf(mapped)).toEqual({
      people: [
        { name: "=Ada", entityId: "=Ada", clips: 2, seconds: fraction(4001, 1000) },
        { name: 'Bob, the "Builder"', entityId: 'Bob, the "Builder"', clips: 1, seconds: fraction(1) },
      ],
      media: [
        { name: "a.mov", mediaId: "a", clips: 2, seconds: fraction(3) },
        { name: "ntsc.mov", mediaId: "ntsc", clips: 1, seconds: fraction(1001, 1000) },
      ],
      expressions: [
        { name: "Calm", clips: 1, seconds: fraction(2) },
        { name: "Happy", clips: 1, seconds: fraction(2) },
        { name: "no expression", clips: 2, seconds: fraction(2001, 1000) },
      ].sort((x, y) => Number(y.seconds.num * x.seconds.den - x.seconds.num * y.seconds.den)),
    });
  });

  it("is a CSV that no spreadsheet takes for a formula", () => {
    expect(summaryCsv(summaryOf(mapped)).split("\r\n").slice(0, 3)).toEqual([
      "\uFEFFkind,name,seconds_on_screen,clips",
      "person,'=Ada,4.001,2",
      'person,"Bob, the ""Builder""",1.000,1',
    ]);
  });

  it("is a table on the terminal, and rows in the report", () => {
    expect(summaryText(summaryOf(mapped)).split("\n").slice(0, 3)).toEqual([
      "  person              on screen  clips",
      "  =Ada                    4.0 s      2",
      '  Bob, the "Builder"      1.0 s      1',
    ]);
    const { people, media } = summaryRows(summaryOf(mapped));
    expect(people[0]).toEqual({ name: "=Ada", entity_id: "=Ada", seconds_on_screen: 4.001, clips: 2 });
    expect(media[1]).toEqual({ name: "ntsc.mov", media_id: "ntsc", seconds_on_screen: 1.001, clips: 1 });
  });
});
