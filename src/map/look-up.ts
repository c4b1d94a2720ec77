import { FacecutError } from "../errors.js";
import { count, nearestOf, oneLine, shown } from "../text.js";

/** Who or what a word can mean: keys by the word as it is written. */
export type Words = ReadonlyMap<string, ReadonlySet<string>>;

/** Where a word was typed, for the message when it means nothing. */
export interface WordPlace {
  /** What it should name: `person`. */
  readonly noun: string;
  readonly option: string;
  readonly where?: string;
}

/** Adds a meaning to a word, unless there is nothing to see of it. */
export function addWord(words: Map<string, Set<string>>, word: string, key: string): void {
  const plain = plainWord(word);
  if (plain === "") return;
  const keys = words.get(plain) ?? new Set();
  words.set(plain, keys.add(key));
}

/** A word as it is compared. */
export function plainWord(word: string): string {
  return oneLine(word).normalize("NFC");
}

/**
 * What a word means: as it is written, else whatever its case when only one word is left then. Throws `bad-option`,
 * naming the nearest words.
 */
export function lookUp(word: string, words: Words, place: WordPlace): ReadonlySet<string> {
  const plain = plainWord(word);
  const exact = words.get(plain);
  if (exact !== undefined) return exact;
  const folded = plain.toLowerCase();
  const alike = [...words.keys()].filter((known) => known.toLowerCase() === folded);
  const [only, another] = alike;
  if (only === undefined) throw unknownWord(word, words, place);
  if (another !== undefined) throw severalWords(word, alike, place);
  return words.get(only) as ReadonlySet<string>;
}

const mostNamed = 5;

function unknownWord(word: string, words: Words, { noun, ...place }: WordPlace): FacecutError {
  const near = nearestOf(word, [...words.keys()], mostNamed);
  return new FacecutError("bad-option", {
    what: `There is no ${noun} called ${shown(word)} in the record`,
    cure:
      near.length === 0
        ? `It names no ${noun} at all`
        : `The nearest of ${count(words.size, "name")}: ${near.map(shown).join(", ")}`,
    ...place,
  });
}

function severalWords(word: string, alike: readonly string[], { noun, ...place }: WordPlace): FacecutError {
  return new FacecutError("bad-option", {
    what: `${shown(word)} could be more than one ${noun}: ${alike.map(shown).join(", ")}`,
    cure: "Write it with the same capitals",
    ...place,
  });
}
