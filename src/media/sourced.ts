import type { DoubtCode, FactSource, MediaDoubt } from "../model/media.js";

/** A fact with where it came from. */
export interface Sourced<T> {
  readonly value: T;
  readonly source: FactSource;
}

/** What each source says of one fact, strongest first; undefined where it says nothing. */
export type Said<T> = readonly (readonly [source: FactSource, value: T | undefined])[];

/** The strongest that says something. */
export function strongest<T>(said: Said<T>): Sourced<T> | undefined {
  for (const [source, value] of said) if (value !== undefined) return { value, source };
  return undefined;
}

/** How values of one fact are compared and shown. */
export interface Comparison<T> {
  readonly code: DoubtCode;
  readonly same: (taken: T, other: T) => boolean;
  readonly show: (value: T) => string;
}

/** The doubt that arises where sources contradict the one that is believed: `a.mov: 25 (media map), 50 (probe)`. */
export function contradiction<T>(fileName: string, said: Said<T>, { code, same, show }: Comparison<T>): MediaDoubt[] {
  const taken = strongest(said);
  if (taken === undefined) return [];
  const others = said.filter(([source, value]) => source !== taken.source && value !== undefined && !same(taken.value, value));
  if (others.length === 0) return [];
  const values = [[taken.source, taken.value] as const, ...others];
  return [{ code, detail: `${fileName}: ${values.map(([source, value]) => `${show(value as T)} (${source})`).join(", ")}` }];
}
