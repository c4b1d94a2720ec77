import { given } from "../model/given.js";
import type { Identity } from "../model/people.js";
import { type FrameRange, frameRange } from "../time/frame-range.js";
import { complement, type FrameRanges, intersection, overlapping, unionOf } from "../time/frame-ranges.js";
import type { Appearance } from "./appearances.js";
import type { Lengths } from "./lengths.js";
import { lookUp, type Words } from "./look-up.js";
import { type MatchExpression, placeIn } from "./match-expression.js";
import { groupBy, type Selection } from "./selections.js";

/** A match expression whose names are understood. */
export interface Match {
  /** Where it holds, given where each person is. */
  readonly holds: (on: OnScreen) => FrameRanges;
  /** Keys of the people it names, in its order. */
  readonly named: readonly string[];
}

/** The frames of one media file with a person, by key. */
type OnScreen = (key: string) => FrameRanges;

/** What `--match` asks: an expression, and its text for messages. */
export interface MatchWish {
  readonly text: string;
  readonly expression: MatchExpression;
}

/** Finds the people an expression names. Throws `bad-option` with the column for a name nobody has. */
export function understandMatch({ text, expression }: MatchWish, words: Words): Match {
  const named = new Set<string>();
  const understand = (each: MatchExpression): Match["holds"] => {
    if (each.kind === "person") {
      const keys = lookUp(each.word, words, { noun: "person", option: "match", where: placeIn(text, each.column) });
      for (const key of keys) named.add(key);
      return (on) => anyOf(keys, on);
    }
    if (each.kind === "not") {
      const inner = understand(each.of);
      return (on) => complement(inner(on));
    }
    const parts = each.of.map(understand);
    if (each.kind === "and") return (on) => parts.map((part) => part(on)).reduce(intersection);
    return (on) => unionOf(parts.flatMap((part) => part(on)));
  };
  const holds = understand(expression);
  return { named: [...named], holds };
}

function anyOf(keys: Iterable<string>, on: OnScreen): FrameRange[] {
  return unionOf([...keys].flatMap((key) => on(key)));
}

/**
 * The longest stretches where a match holds and somebody it names is on screen, each with everybody who is in it; those
 * with a gap too short to tell are one.
 */
export function matchingSelections(appearances: readonly Appearance[], match: Match, { matchGap }: Lengths): Selection[] {
  return groupBy(appearances, ({ media }) => media.mediaId).flatMap((ofMedia) => {
    const { media } = ofMedia[0] as Appearance;
    const ranges = new Map(
      groupBy(ofMedia, ({ identity }) => identity.key).map((ofPerson) => [
        (ofPerson[0] as Appearance).identity.key,
        unionOf(ofPerson.map(({ range }) => range)),
      ]),
    );
    const on: OnScreen = (key) => ranges.get(key) ?? [];
    const found = unionOf(intersection(match.holds(on), anyOf(match.named, on)), matchGap(media));
    return withPeople(found, ofMedia, match);
  });
}

/** The stretches as selections: named people first, in the order of the expression, then the others as they come. */
function withPeople(ranges: FrameRanges, appearances: readonly Appearance[], { named }: Match): Selection[] {
  const shown: Appearance[][] = ranges.map(() => []);
  for (const appearance of inOrder(appearances, named)) {
    const { first, end } = overlapping(ranges, appearance.range);
    for (let i = first; i < end; i++) (shown[i] as Appearance[]).push(appearance);
  }
  return ranges.map((range, i) => matchSelection(range, shown[i] as Appearance[], new Set(named)));
}

function inOrder(appearances: readonly Appearance[], named: readonly string[]): Appearance[] {
  const rank = new Map(named.map((key, i) => [key, i]));
  const rankOf = ({ identity }: Appearance) => rank.get(identity.key) ?? named.length;
  return appearances.toSorted((a, b) => rankOf(a) - rankOf(b) || a.range.start - b.range.start);
}

function matchSelection(range: FrameRange, appearances: readonly Appearance[], named: ReadonlySet<string>): Selection {
  const people = new Map<string, Identity>(appearances.map(({ identity }) => [identity.key, identity]));
  const ofNamed = appearances.filter(({ identity }) => named.has(identity.key));
  const score = ofNamed.reduce((best, each) => Math.max(best, each.score ?? -Infinity), -Infinity);
  return {
    media: (appearances[0] as Appearance).media,
    range: frameRange(range.start, range.end),
    whole: range,
    subject: "match",
    people: [...people.values()],
    appearances,
    ...given({
      score: score === -Infinity ? undefined : score,
      expression: ofNamed.find(({ expression }) => expression !== undefined)?.expression,
    }),
  };
}
