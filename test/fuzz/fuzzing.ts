import { performance } from "node:perf_hooks";
import { expect } from "vitest";
import { FacecutError } from "../../src/errors.js";
import { full } from "../support/sweep.js";

/**
 * Fuzzing that is the same on every run: input number n of a target is made from the target's name and n alone, so that
 * a failure is repeated by its number. A few inputs in `npm test`; many with FACECUT_SWEEP=full; for so many seconds a
 * target with FACECUT_FUZZ_SECONDS; one of them with FACECUT_FUZZ_INPUT (`-t` chooses the target).
 */
const seconds = Number(process.env.FACECUT_FUZZ_SECONDS ?? 0);
const only = process.env.FACECUT_FUZZ_INPUT;

/** What becomes of an input that is not a failure. */
export type Outcome = "read" | "refused";

export interface Target<T> {
  readonly name: string;
  /** Inputs in `npm test`, and with the full sweep. */
  readonly inputs: readonly [few: number, many: number];
  readonly make: (random: Random) => T;
  /** Throws, but for a coded error, when something is wrong. */
  readonly read: (input: T) => Outcome | Promise<Outcome>;
}

// A reader that takes longer for a few kilobytes has a loop in it that grows too fast.
const longest = 10_000;
const mostFailures = 20;

/** Gives the target all its inputs, and throws the failures, each kind once, with number and input. */
export async function fuzz<T>({ name, inputs, make, read }: Target<T>): Promise<void> {
  const counts = { read: 0, refused: 0, failed: 0 };
  const failures = new Map<string, Error>();
  for (const n of numbers(inputs)) {
    const input = make(randomOf(name, n));
    try {
      counts[await outcomeOf(() => read(input))]++;
    } catch (error) {
      counts.failed++;
      failures.set(kindOf(error), new Error(`${name}, input ${n}: ${inputText(input)}`, { cause: error }));
      if (failures.size === mostFailures) break;
    }
  }
  if (full || seconds > 0) console.log(`${name}: ${JSON.stringify(counts)}`);
  if (failures.size === 1) throw [...failures.values()][0];
  if (failures.size > 1) throw new AggregateError(failures.values(), `${name}: ${failures.size} kinds of failures`);
  expect(counts.read + counts.refused).toBeGreaterThan(0);
}

function* numbers([few, many]: readonly [number, number]): Generator<number> {
  if (only !== undefined) {
    yield Number(only);
    return;
  }
  const end = performance.now() + 1000 * seconds;
  const most = full ? many : few;
  for (let n = 0; seconds > 0 ? performance.now() < end : n < most; n++) yield n;
}

async function outcomeOf(read: () => Outcome | Promise<Outcome>): Promise<Outcome> {
  const started = process.cpuUsage().user;
  const outcome = await orRefused(read);
  expect((process.cpuUsage().user - started) / 1000, "milliseconds of the processor for one input").toBeLessThan(longest);
  return outcome;
}

async function orRefused(read: () => Outcome | Promise<Outcome>): Promise<Outcome> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof FacecutError && error.code !== "internal") return "refused";
    throw error;
  }
}

/** Failures at one place of the code are one kind. */
function kindOf(error: unknown): string {
  const { stack = "", message } = error as Error;
  return `${message.replace(/\d+/g, "")} ${stack.split("\n").find((line) => line.includes("/src/")) ?? ""}`.slice(0, 300);
}

function inputText(input: unknown): string {
  const shown = (_key: string, value: unknown) => (value instanceof Uint8Array ? new TextDecoder().decode(value) : value);
  const plain = input instanceof Uint8Array ? new TextDecoder().decode(input) : input;
  return (JSON.stringify(plain, shown) ?? "undefined").slice(0, 4000);
}

/** A whole number from 0 up, below the one given. */
export type Random = (below: number) => number;

/** Park and Miller's generator, begun by FNV-1a of a name and a number. */
export function randomOf(name: string, n: number): Random {
  let state = 0x811c9dc5;
  for (const character of `${name} ${n}`) state = Math.imul(state ^ character.charCodeAt(0), 0x01000193) >>> 0;
  state = (state % 2147483646) + 1;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return state;
  };
  // Neighbouring numbers begin alike; the first steps part them.
  for (let i = 0; i < 4; i++) next();
  return (below) => next() % below;
}

export function oneOf<T>(random: Random, items: readonly T[]): T {
  return items[random(items.length)] as T;
}
