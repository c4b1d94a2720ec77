import { createHash } from "node:crypto";
import type { Fault, Faults } from "./faults.js";
import type { Call } from "./gate.js";
import type { Motion } from "./paging.js";

/**
 * Decides which request is struck by what: by the number of the request and the seed, hence the same on every run of
 * the same requests. A fault with `every` goes before those with `share`.
 */
export class Trouble {
  readonly #seed: number;
  readonly #requestFaults: readonly Fault[];
  readonly #motions: readonly Fault[];
  readonly #counts = new Map<Fault, number>();
  #requests = 0;

  constructor({ seed = 1, faults }: Faults) {
    this.#seed = seed;
    this.#requestFaults = faults.filter(({ kind }) => kind !== "moved-totals");
    this.#motions = faults.filter(({ kind }) => kind === "moved-totals");
  }

  /** What strikes this request; undefined when it is answered well. Counts the request. */
  next(call: Call): Fault | undefined {
    const draw = this.#draw(`request ${++this.#requests}`);
    const meant = this.#requestFaults.filter((fault) => isMeant(fault, call));
    const counted = meant.filter((fault) => this.#isItsTurn(fault));
    return counted[0] ?? drawn(meant, draw);
  }

  /** How the listing of this call moves; undefined when it stands still. The same for all its pages, at any time. */
  motion(call: Call): Motion | undefined {
    const listing = `${call.action} ${call.parameters.text("MediaId") ?? ""}`;
    const meant = this.#motions.filter((fault) => isMeant(fault, call));
    const isStruck = meant.some(({ share = 1 }) => this.#draw(`listing ${listing}`) < share);
    if (!isStruck) return undefined;
    const sign = this.#draw(`sign ${listing}`) < 0.5 ? -1 : 1;
    return { repeated: 1 + Math.floor(3 * this.#draw(`repeated ${listing}`)), step: sign };
  }

  #isItsTurn(fault: Fault): boolean {
    if (fault.share !== undefined) return false;
    const count = (this.#counts.get(fault) ?? 0) + 1;
    this.#counts.set(fault, count);
    return count % (fault.every ?? 1) === 0;
  }

  /** From 0 up to 1, always the same for the same text. */
  #draw(what: string): number {
    return createHash("sha256").update(`${this.#seed} ${what}`).digest().readUIntBE(0, 6) / 2 ** 48;
  }
}

function isMeant({ action, mediaId }: Fault, call: Call): boolean {
  return (action ?? call.action) === call.action && (mediaId === undefined || mediaId === call.parameters.text("MediaId"));
}

/** One draw for all shares, each with its own part of the way from 0 to 1. */
function drawn(faults: readonly Fault[], draw: number): Fault | undefined {
  let upTo = 0;
  return faults.find(({ share = 0 }) => {
    upTo += share;
    return draw < upTo;
  });
}
