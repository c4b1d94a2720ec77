import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { openLimits } from "../../src/service/limits.js";
import { good, json, refusal, scriptedServer, serviceAt } from "./scripted-server.js";

const busy = (milliseconds: number) => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
};

function limiter(concurrency: number, qps?: number) {
  return openLimits({ concurrency, qps, onDelay: () => {}, during: (turn) => turn() });
}

/** The shortest time in which more than `limit` of the moments lie. */
function tightest(moments: readonly number[], limit: number): number {
  const sorted = [...moments].sort((a, b) => a - b);
  return Math.min(...sorted.slice(limit).map((moment, i) => moment - (sorted[i] as number)));
}

describe("tries in a second", () => {
  it("are never more than allowed, even when timers fire late", async () => {
    const starts: number[] = [];
    const limited = limiter(100, 8);
    const work = Array.from({ length: 28 }, (_, i) =>
      limited(async () => {
        starts.push(performance.now());
        if (i % 3 === 0) busy(35);
      }),
    );
    const disturbing = setInterval(() => busy(150), 400);
    await Promise.all(work);
    clearInterval(disturbing);
    expect(tightest(starts, 8)).toBeGreaterThanOrEqual(1_000);
  });

  it("are never more than allowed at the server, retries included", async () => {
    // The first ten are good: they open the connections, which takes longer than a request on an open one.
    const failing = (_: unknown, i: number) =>
      i > 9 && i % 3 === 0 ? refusal("Throttling", 400, { "x-acs-retry-after": "20" }) : good;
    const server = await scriptedServer(...Array.from({ length: 50 }, failing));
    const service = await serviceAt(server.endpoint, { qps: 10, concurrency: 50, retries: 30 });
    const calls = (count: number) =>
      Promise.all(Array.from({ length: count }, (_, PageNo) => service.call("GetMediaInfo", { PageNo })));
    await calls(10);
    await sleep(1_200);
    await calls(22);
    const moments = server.seen.slice(10).map(({ at }) => at);
    expect(service.counts().tries).toBe(server.seen.length);
    expect(moments.length).toBeGreaterThan(25);
    expect(tightest(moments, 10)).toBeGreaterThanOrEqual(1_000);
    expect(service.counts().waitedForRateLimit).toBeGreaterThan(1_500);
  });

  it.each([
    [0.5, 1, 2_000],
    [0.25, 1, 4_000],
    [1, 1, 1_000],
    [2.5, 2, 1_000],
  ])("at %d a second: %i in %i ms", async (qps, limit, interval) => {
    vi.useFakeTimers();
    const starts: number[] = [];
    const limited = limiter(100, qps);
    const all = Promise.all(Array.from({ length: 7 }, () => limited(async () => starts.push(Date.now()))));
    await vi.advanceTimersByTimeAsync(60_000);
    await all;
    expect(tightest(starts, limit)).toBeGreaterThanOrEqual(interval);
    expect(tightest(starts, limit)).toBeLessThanOrEqual(1.11 * interval);
  });

  it("are not limited when no limit is given", async () => {
    const limited = limiter(1000);
    vi.useFakeTimers();
    const done = await Promise.all(Array.from({ length: 500 }, (_, i) => limited(async () => i)));
    expect(done.length).toBe(500);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("tries at once", () => {
  it("are as many as allowed and never more", async () => {
    let [now, most] = [0, 0];
    const server = await scriptedServer((response, request, number) => {
      most = Math.max(most, ++now);
      setTimeout(() => {
        now--;
        (number % 4 === 0 ? json({ Code: "InternalError" }, 500) : good)(response, request, number);
      }, 20);
    });
    const service = await serviceAt(server.endpoint, { concurrency: 3, retries: 9 });
    await Promise.all(Array.from({ length: 20 }, (_, PageNo) => service.call("GetMediaInfo", { PageNo })));
    expect(most).toBe(3);
    expect(service.counts()).toMatchObject({ calls: 20, tries: server.seen.length });
  });

  it("leave their place to others while they wait for another try", async () => {
    const slower = refusal("Throttling", 400, { "x-acs-retry-after": "400" });
    const server = await scriptedServer(slower, good);
    const service = await serviceAt(server.endpoint, { concurrency: 1 });
    const ended: string[] = [];
    const first = service.call("GetMediaInfo", { MediaId: "first" }).then(() => ended.push("first"));
    const second = service.call("GetMediaInfo", { MediaId: "second" }).then(() => ended.push("second"));
    await Promise.all([first, second]);
    expect(ended).toEqual(["second", "first"]);
    expect(server.seen.map(({ url }) => url.slice("/?MediaId=".length))).toEqual(["first", "second", "first"]);
  });
});
