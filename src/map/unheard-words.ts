import type { FaceRecord } from "../model/matches.js";
import { nearestOf, shown } from "../text.js";
import { type FilterWishes, folded } from "./filter.js";

const mostNamed = 5;

/** What was asked for by a word of the service that nothing in the record has, each with the nearest words it does have. */
export function unheardWords({ expressions = [], categories = [] }: FilterWishes, { matches }: FaceRecord): string[] {
  const clips = matches.flatMap((found) => found.clips);
  const known = {
    expression: clips.flatMap(({ occurrences }) => occurrences.map(({ expression }) => expression)),
    category: clips.map(({ category }) => category),
  };
  return [...unheard("expression", expressions, known.expression), ...unheard("category", categories, known.category)];
}

function unheard(noun: string, asked: readonly string[], found: readonly (string | undefined)[]): string[] {
  const words = new Map(found.flatMap((word) => (word === undefined || folded(word) === "" ? [] : [[folded(word), word]])));
  return asked.flatMap((word) => (words.has(folded(word)) ? [] : [insteadOf(word, noun, [...words.values()])]));
}

function insteadOf(word: string, noun: string, words: readonly string[]): string {
  if (words.length === 0) return `The record names no ${noun} at all`;
  const near = nearestOf(word, words, mostNamed).map(shown).join(", ");
  return `There is no ${noun} ${shown(word)} in the record; the nearest of ${words.length}: ${near}`;
}
