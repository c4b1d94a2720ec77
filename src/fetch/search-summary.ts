import type { MediaClip } from "../model/matches.js";
import { personKey } from "../model/people.js";
import { add, compare, type Fraction, fraction, parseDecimal, zero } from "../time/fraction.js";

/** One person of a search: how often and for how long on screen, in all assets together. */
export interface PersonSummary {
  readonly name: string;
  readonly appearances: number;
  /** Exact seconds; occurrences that overlap or touch in one asset count once. */
  readonly seconds: Fraction;
}

/** Adds up what a search found, an asset at a time, so that no asset has to stay in memory. */
export class SearchSummary {
  readonly #people = new Map<string, { name: string; appearances: number; seconds: Fraction }>();
  assets = 0;

  add(clips: readonly MediaClip[]): void {
    this.assets++;
    const stretches = new Map<string, { name: string; times: Stretch[] }>();
    for (const clip of clips) {
      const key = personKey(clip) ?? "unknown";
      const entry = stretches.get(key) ?? { name: "", times: [] };
      stretches.set(key, {
        name: entry.name || clip.labelName || clip.entityId || "unknown",
        times: [...entry.times, ...timesOf(clip)],
      });
    }
    for (const [key, { name, times }] of stretches) this.#count(key, name, union(times));
  }

  #count(key: string, name: string, times: readonly Stretch[]): void {
    const person = this.#people.get(key) ?? { name, appearances: 0, seconds: zero };
    const seconds = times.reduce((sum, { start, end }) => add(sum, subtract(end, start)), person.seconds);
    this.#people.set(key, { name: person.name, appearances: person.appearances + times.length, seconds });
  }

  /** Longest on screen first. */
  people(): readonly PersonSummary[] {
    return [...this.#people.values()].sort((a, b) => compare(b.seconds, a.seconds) || (a.name < b.name ? -1 : 1));
  }
}

interface Stretch {
  readonly start: Fraction;
  readonly end: Fraction;
}

function timesOf(clip: MediaClip): Stretch[] {
  return clip.occurrences.map(({ startTime, endTime }) => ({ start: decimal(startTime), end: decimal(endTime) }));
}

function decimal(seconds: number): Fraction {
  return parseDecimal(String(seconds)) as Fraction;
}

function subtract(a: Fraction, b: Fraction): Fraction {
  return add(a, fraction(-b.num, b.den));
}

function union(times: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const next of [...times].sort((a, b) => compare(a.start, b.start))) {
    const last = joined.at(-1);
    if (last === undefined || compare(next.start, last.end) > 0) joined.push(next);
    else if (compare(next.end, last.end) > 0) joined[joined.length - 1] = { start: last.start, end: next.end };
  }
  return joined;
}
