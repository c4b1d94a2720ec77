import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mapToTimeline } from "../../src/map/map-to-timeline.js";
import { parseMatch } from "../../src/map/match-expression.js";
import { clip, defaults, facts, record } from "../support/records.js";
import { sweep } from "../support/sweep.js";
import { allClips, mapAt25, namedLibraries, names, onScreen, seconds, shownFrames } from "./random-libraries.js";

/** An expression as a text and as a rule for one frame, made side by side. */
interface Wish {
  readonly text: string;
  readonly holds: (present: ReadonlySet<string>) => boolean;
  readonly named: readonly string[];
}

const { wish } = fc.letrec<{ wish: Wish; person: Wish }>((tie) => ({
  person: fc.constantFrom(...names).map((name) => ({
    text: `"${name}"`,
    holds: (present) => present.has(name),
    named: [name],
  })),
  wish: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie("person"),
    fc.tuple(fc.constantFrom("not ", "!"), tie("wish")).map(
      ([sign, inner]): Wish => ({
        text: `${sign}(${inner.text})`,
        holds: (present) => !inner.holds(present),
        named: inner.named,
      }),
    ),
    fc.tuple(fc.constantFrom(" and ", "&", " or ", "|"), tie("wish"), tie("wish")).map(
      ([sign, a, b]): Wish => ({
        text: `(${a.text})${sign}(${b.text})`,
        holds: (present) => (/and|&/.test(sign) ? a.holds(present) && b.holds(present) : a.holds(present) || b.holds(present)),
        named: [...a.named, ...b.named],
      }),
    ),
  ),
}));

const matching = (text: string) => ({ match: { text, expression: parseMatch(text) } });

describe("--match", () => {
  it("shows the frames that a look at every single frame finds, in stretches as long as can be", () => {
    let shown = 0;
    fc.assert(
      fc.property(namedLibraries, wish, (library, { text, holds, named }) => {
        const present = onScreen(library);
        const expected = [...present]
          .filter(([, who]) => holds(who) && named.some((name) => who.has(name)))
          .map(([frame]) => frame);
        const clips = allClips(mapAt25(library, matching(text)));
        expect(shownFrames(clips).sort()).toEqual(expected.sort());
        const ends = new Set(clips.map(({ media, sourceRange }) => `${media.mediaId} ${sourceRange.end}`));
        expect(clips.filter(({ media, sourceRange }) => ends.has(`${media.mediaId} ${sourceRange.start}`))).toEqual([]);
        shown += clips.length;
      }),
      { numRuns: sweep(60, 400) },
    );
    expect(shown).toBeGreaterThan(sweep(20, 200));
  });

  it("names namedLibraries who is in a clip, those of the expression first", () => {
    fc.assert(
      fc.property(namedLibraries, wish, (library, { text, named }) => {
        const present = onScreen(library);
        for (const each of allClips(mapAt25(library, matching(text)))) {
          const inIt = new Set(shownFrames([each]).flatMap((frame) => [...(present.get(frame) ?? [])]));
          const people = each.people.map(({ name }) => name);
          expect([...people].sort()).toEqual([...inIt].sort());
          const first = [...new Set(named)].filter((name) => inIt.has(name));
          expect(people.slice(0, first.length)).toEqual(first);
        }
      }),
    );
  });

  it("--match-gap closes gaps that are shorter, and no others", () => {
    fc.assert(
      fc.property(namedLibraries, wish, fc.integer({ min: 0, max: 6 }), (library, { text }, gap) => {
        const plain = allClips(mapAt25(library, matching(text)));
        const closed = allClips(mapAt25(library, { ...matching(text), matchGap: seconds(gap, 25) }));
        const gaps = plain.flatMap(({ media, sourceRange: { end } }, i) => {
          const next = plain[i + 1];
          return next?.media === media ? [{ from: end, length: next.sourceRange.start - end, media }] : [];
        });
        const filled = gaps.filter(({ length }) => length < gap);
        const frames = filled.flatMap(({ from, length, media }) =>
          Array.from({ length }, (_, i) => `${media.mediaId} ${from + i}`),
        );
        expect(shownFrames(closed).sort()).toEqual([...shownFrames(plain), ...frames].sort());
        expect(closed.length).toBe(plain.length - filled.length);
      }),
    );
  });
});

describe("a match expression", () => {
  const named = (text: string): unknown => {
    const bare = (each: ReturnType<typeof parseMatch>): unknown =>
      each.kind === "person" ? each.word : each.kind === "not" ? ["not", bare(each.of)] : [each.kind, ...each.of.map(bare)];
    return bare(parseMatch(text));
  };

  it.each([
    ["Ada", "Ada"],
    ["not Ada and Bob", ["and", ["not", "Ada"], "Bob"]],
    ["Ada or Bob and Cyd", ["or", "Ada", ["and", "Bob", "Cyd"]]],
    ["(Ada or Bob) and not Cyd", ["and", ["or", "Ada", "Bob"], ["not", "Cyd"]]],
    ["Ada&!Bob|Cyd", ["or", ["and", "Ada", ["not", "Bob"]], "Cyd"]],
    ["A && B || C", ["or", ["and", "A", "B"], "C"]],
    ['"Ada Example" AND "not"', ["and", "Ada Example", "not"]],
    ["李雷 and 韩梅梅", ["and", "李雷", "韩梅梅"]],
    ["not not Ada", ["not", ["not", "Ada"]]],
    [" 4400192837461 ", "4400192837461"],
  ])("%s", (text, expected) => {
    expect(named(text)).toEqual(expected);
  });

  it.each([
    ["", 1, /name, but the expression ends/],
    ["Ada and", 8, /name, but the expression ends/],
    ["Ada Bob", 5, /"and" or "or" before "Bob"/],
    ["and Ada", 1, /name, but there is "and"/],
    ["(Ada or Bob", 1, /opened and not closed/],
    ["Ada) or Bob", 4, /closed that was not opened/],
    ["(Ada Bob)", 6, /closing bracket before "Bob"/],
    ['Ada and "Bob', 9, /quote is opened and not closed/],
    ['Ada and ""', 9, /name is empty/],
    ["😀 and and", 7, /name, but there is "and"/],
    [`${"(".repeat(5000)}Ada`, 101, /too deep/],
  ])("%s is refused at its column", (text, column, message) => {
    expect(() => parseMatch(text)).toThrow(message);
    expect(() => parseMatch(text)).toThrow(
      expect.objectContaining({
        code: "bad-option",
        option: "match",
        where: expect.stringMatching(new RegExp(`^column ${column},`)),
      }),
    );
  });

  it("takes a text of any length in one go", () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `p${i}`).join(" or ");
    expect(parseMatch(text)).toMatchObject({ kind: "or", of: { length: 20_000 } });
  });
});

describe("names in an expression", () => {
  const found = record({
    a: [
      clip(undefined, [[1, 3]], { entityId: "4400192837461", labelName: "Ada Example" }),
      clip(undefined, [[2, 4]], { entityId: "7", labelName: "BOB" }),
      clip(undefined, [[2, 4]], { labelName: "bob" }),
    ],
  });
  const clips = (text: string, aliases = new Map<string, string>()) =>
    mapToTimeline(found, facts({ a: {} }), { ...defaults, ...matching(text), aliases }).plan.timelines[0]?.tracks[0]?.clips ?? [];

  it("are label names, EntityIds or aliases, whatever their case when only one can be meant", () => {
    for (const word of ['"Ada Example"', '"ada example"', "4400192837461"]) {
      expect(clips(word).map(({ sourceRange }) => sourceRange)).toEqual([{ start: 25, end: 75 }]);
    }
    expect(clips("star", new Map([["4400192837461", "Star"]]))[0]?.people[0]?.name).toBe("Star");
    expect(clips("bob")[0]?.people[0]?.key).toBe("label:bob");
  });

  it("that nobody has are refused at their column, with the nearest", () => {
    expect(() => clips('bob and not "Ada Exampel"')).toThrow(
      expect.objectContaining({
        code: "bad-option",
        where: expect.stringContaining("column 13"),
        cure: expect.stringContaining('"Ada Example"'),
      }),
    );
    expect(() => clips("Bob")).toThrow(/could be more than one person: "BOB", "bob"/);
  });
});
