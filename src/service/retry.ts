import type { Failure } from "./classify.js";
import type { JsonObject } from "./outcome.js";

/** What waits and what varies, replaceable by tests. */
export interface Clock {
  /** Milliseconds; only differences count. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** At least 0, less than 1. */
  readonly random: () => number;
}

/** What one try gave. */
export type Tried = { readonly reply: JsonObject } | { readonly failure: Failure };

const firstWait = 200;
const longestWait = 5_000;
/** A service that asks to wait longer than this, or in another unit, does not hold the run. */
const longestRetryAfter = 60_000;

/** Tries until an answer is good, a failure is not worth another try, or `retries` + 1 tries are used up. */
export async function retrying(
  retries: number,
  attempt: () => Promise<Tried>,
  pause: (failures: number, failure: Failure) => Promise<void>,
): Promise<{ readonly tried: Tried; readonly tries: number }> {
  for (let tries = 1; ; tries++) {
    const tried = await attempt();
    if (!("failure" in tried) || !tried.failure.retry || tries > retries) return { tried, tries };
    await pause(tries, tried.failure);
  }
}

/**
 * Milliseconds to wait after so many failed tries. Full jitter, so that calls that failed together do not come back
 * together: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function waitAfter(failures: number, { retryAfter }: Pick<Failure, "retryAfter">, random: () => number): number {
  // The vendor's core takes x-acs-retry-after as milliseconds; its unit is not documented.
  if (retryAfter !== undefined) return Math.min(retryAfter, longestRetryAfter);
  return random() * Math.min(longestWait, firstWait * 2 ** (failures - 1));
}
