import type { Clock } from "./retry.js";

/** How many calls were made so far. */
export interface CallCounts {
  readonly calls: number;
  /** Requests sent, those of retries included. */
  readonly tries: number;
  readonly retries: number;
  /** Milliseconds in which at least one call waited for `qps`, or because the service had asked for fewer calls. */
  readonly waitedForRateLimit: number;
}

/**
 * `call`: a call was asked for. `retry`: a call is tried again. `wait`: a try waits because of a rate limit. `done`: a
 * call has ended, well or not.
 */
export type CallEvent = "call" | "retry" | "wait" | "done";

/** Counts calls as they happen and tells about them. */
export class Tally {
  readonly #onEvent: (event: CallEvent) => void;
  readonly #now: Clock["now"];
  readonly #counts = { calls: 0, tries: 0, retries: 0 };
  #waiting = 0;
  #waitingSince = 0;
  #waited = 0;

  constructor(onEvent: ((event: CallEvent) => void) | undefined, now: Clock["now"]) {
    this.#onEvent = onEvent ?? (() => {});
    this.#now = now;
  }

  call(): void {
    this.#counts.calls++;
    this.#onEvent("call");
  }

  done(): void {
    this.#onEvent("done");
  }

  try(): void {
    this.#counts.tries++;
  }

  retry(): void {
    this.#counts.retries++;
    this.#onEvent("retry");
  }

  wait(): void {
    this.#onEvent("wait");
  }

  /** Times a wait for a rate limit; waits that overlap count once. */
  async duringWait(wait: () => Promise<void>): Promise<void> {
    if (this.#waiting++ === 0) this.#waitingSince = this.#now();
    try {
      await wait();
    } finally {
      if (--this.#waiting === 0) this.#waited += this.#now() - this.#waitingSince;
    }
  }

  counts(): CallCounts {
    const current = this.#waiting > 0 ? this.#now() - this.#waitingSince : 0;
    return { ...this.#counts, waitedForRateLimit: Math.round(this.#waited + current) };
  }
}
