import pLimit from "p-limit";
import pThrottle from "p-throttle";

export interface LimitOptions {
  /** Tries under way at once. */
  readonly concurrency: number;
  /** Tries that may start in any one second; below 1, one try in 1/qps seconds. */
  readonly qps?: number | undefined;
  /** A try has to wait for its turn under `qps`. */
  readonly onDelay: () => void;
  /** Runs around the wait for the turn. */
  readonly during: (turn: () => Promise<void>) => Promise<void>;
}

/** Starts a try when the limits allow it. */
export type Limiter = <T>(start: () => Promise<T>) => Promise<T>;

/**
 * Milliseconds added to every second of `qps`: a try starts a little before its request is signed and on the wire, and
 * not always by the same amount.
 */
const slack = 100;

/** A limiter for a whole run. A try takes its place first and its turn then, so that it starts right after its turn. */
export function openLimits({ concurrency, qps, onDelay, during }: LimitOptions): Limiter {
  const place = pLimit(concurrency);
  if (qps === undefined) return place;
  const turn = throttle(qps, onDelay);
  return (start) =>
    place(async () => {
      await during(turn);
      return await start();
    });
}

// With weights p-throttle looks again when a turn has come: a timer that fires late (or, by a fraction of a
// millisecond, early) would otherwise let the next try follow too soon.
function throttle(qps: number, onDelay: () => void): () => Promise<void> {
  const limit = Math.max(1, Math.floor(qps));
  const interval = Math.max(1_000, 1_000 / qps) + slack;
  return pThrottle({ limit, interval, strict: true, weight: () => 1, onDelay })(async () => {});
}
