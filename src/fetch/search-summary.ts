import type { MediaClip } from "../model/matches.js";
import { personKey } from "../model/people.js";
import { add, compare, type Fraction, fraction, parseDecimal, zero } from "../time/fraction.js";
import type { JsonObject } from "./json-cursor.js";
import { parseClips } from "./parse-clips.js";

/** One person of a search: how often and for how long on screen, in all assets together. */
export interface PersonSummary {
  readonly name: string;
  readonly appearances: number;
  /** Exact seconds; occurrences that overlap or touch in one asset count once. */
  readonly seconds: Fraction;
}

/** Adds up what a search found, a page at a time, so that no asset has to stay in memory. */
export class SearchSummary {
  readonly #people = new Map<string, { name: string; appearances: number; seconds: Fraction }>();

  /** Takes the pages of one asset; `end` counts what they show. */
  asset(): { add: (reply: JsonObject) => void; end: () => void } {
    const found = new Map<string, { name: string; times: [number, number][] }>();
    return {
      add: (reply) => {
        for (const clip of readableClips(reply)) addTimes(found, clip);
      },
      end: () => {
        for (const [key, { name, times }] of found) this.#count(key, name, union(times));
      },
    };
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

/** The clips of a page; none when something in it is wrong, which reading the record tells. */
function readableClips(reply: JsonObject): readonly MediaClip[] {
  try {
    return parseClips({ path: "", name: "" }, reply).clips.map(({ clip }) => clip);
  } catch {
    return [];
  }
}

function addTimes(found: Map<string, { name: string; times: [number, number][] }>, clip: MediaClip): void {
  const key = personKey(clip) ?? "unknown";
  const entry = found.get(key) ?? { name: clip.labelName ?? clip.entityId ?? "unknown", times: [] };
  found.set(key, entry);
  for (const { startTime, endTime } of clip.occurrences) entry.times.push([startTime, endTime]);
}

interface Stretch {
  readonly start: Fraction;
  readonly end: Fraction;
}

function decimal(seconds: number): Fraction {
  return parseDecimal(String(seconds)) as Fraction;
}

function subtract(a: Fraction, b: Fraction): Fraction {
  return add(a, fraction(-b.num, b.den));
}

function union(times: readonly [number, number][]): Stretch[] {
  const joined: Stretch[] = [];
  const stretches = times.map(([start, end]) => ({ start: decimal(start), end: decimal(end) }));
  for (const next of stretches.sort((a, b) => compare(a.start, b.start))) {
    const last = joined.at(-1);
    if (last === undefined || compare(next.start, last.end) > 0) joined.push(next);
    else if (compare(next.end, last.end) > 0) joined[joined.length - 1] = { start: last.start, end: next.end };
  }
  return joined;
}
