import { expect, it } from "vitest";
import { Tally } from "../../src/service/tally.js";

it("waits that overlap count once, those under way up to now", async () => {
  let now = 0;
  const ends: (() => void)[] = [];
  const tally = new Tally(undefined, () => now);
  const begin = () => tally.duringWait(() => new Promise((end) => ends.push(end)));
  const waited = () => tally.counts().waitedForRateLimit;
  const first = begin();
  now = 100;
  const second = begin();
  expect(waited()).toBe(100);
  now = 250;
  ends[0]?.();
  await first;
  now = 300;
  ends[1]?.();
  await second;
  now = 1_000;
  expect(waited()).toBe(300);
  const third = begin();
  now = 1_010;
  ends[2]?.();
  await third;
  expect(waited()).toBe(310);
});

it("events come as things happen", () => {
  const events: string[] = [];
  const tally = new Tally(
    (event) => events.push(event),
    () => 0,
  );
  for (const step of ["call", "try", "wait", "retry", "try", "done"] as const) tally[step]();
  expect(events).toEqual(["call", "wait", "retry", "done"]);
  expect(tally.counts()).toEqual({ calls: 1, tries: 2, retries: 1, waitedForRateLimit: 0 });
});
