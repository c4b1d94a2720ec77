import { describe, expect, it } from "vitest";
import type { Outcome } from "../../src/service/outcome.js";
import { waitAfter } from "../../src/service/retry.js";
import { Secrets } from "../../src/service/secrets.js";
import { type CallEvent, RemoteService, type ServiceOptions } from "../../src/service/service.js";
import { rejection } from "./scripted-server.js";

const good: Outcome = { status: 200, headers: {}, body: { Success: "true" } };
const broken: Outcome = { status: 502, headers: {} };
const throttled = (headers: Outcome["headers"] = {}): Outcome => ({ status: 400, headers, body: { Code: "Throttling.User" } });

/** A service whose client gives these outcomes, on a clock that only sleeping moves. */
function serviceGiving(outcomes: readonly Outcome[], options: Partial<ServiceOptions> = {}) {
  let [now, tries] = [0, 0];
  const sleeps: number[] = [];
  const events: CallEvent[] = [];
  const clock = {
    now: () => now,
    random: () => 0.5,
    sleep: async (milliseconds: number) => {
      sleeps.push(milliseconds);
      now += milliseconds;
    },
  };
  const client = async () => outcomes[tries++] ?? good;
  const all = { endpoint: "h", protocol: "http", timeout: 1_000, retries: 5, concurrency: 1, ...options } as const;
  const service = new RemoteService(client, { ...all, onEvent: (event) => events.push(event) }, new Secrets(), clock);
  return { service, sleeps, events, tries: () => tries };
}

describe("waits between tries", () => {
  it("double from 0.2 s to 5 s and are random between nothing and all of that", () => {
    const most = [1, 2, 3, 4, 5, 6, 7, 20].map((failures) => waitAfter(failures, {}, () => 1));
    expect(most).toEqual([200, 400, 800, 1600, 3200, 5000, 5000, 5000]);
    expect(waitAfter(1, {}, () => 0)).toBe(0);
    expect(waitAfter(3, {}, () => 0.25)).toBe(200);
  });

  it("are what the service asks for, up to a minute", () => {
    expect(waitAfter(1, { retryAfter: 1234 }, () => 0)).toBe(1234);
    expect(waitAfter(4, { retryAfter: 1 }, () => 1)).toBe(1);
    expect(waitAfter(1, { retryAfter: 1e12 }, () => 0)).toBe(60_000);
  });

  it("happen before every further try", async () => {
    const { service, sleeps, events } = serviceGiving([broken, broken, broken]);
    expect(await service.call("GetMediaInfo", {})).toEqual({ Success: "true" });
    expect(sleeps).toEqual([100, 200, 400]);
    expect(events).toEqual(["call", "retry", "retry", "retry", "done"]);
    expect(service.counts()).toEqual({ calls: 1, tries: 4, retries: 3, waitedForRateLimit: 0 });
  });

  it("take x-acs-retry-after as milliseconds, with any throttling code, and count as waiting for the rate limit", async () => {
    const asked = { "x-acs-retry-after": "750" };
    const frequent: Outcome = { status: 403, headers: asked, body: { Code: "RequestsTooFrequent" } };
    const inside: Outcome = { status: 200, headers: asked, body: { Success: "false", Code: "Throttling" } };
    const { service, sleeps, events } = serviceGiving([throttled(asked), frequent, inside, broken]);
    await service.call("GetMediaInfo", {});
    expect(sleeps).toEqual([750, 750, 750, 800]);
    expect(service.counts().waitedForRateLimit).toBe(2250);
    expect(events.filter((event) => event === "wait")).toHaveLength(3);
  });

  it.each(["0", "-5", "soon", ""])("do not heed a retry-after of %j", async (value) => {
    const { service, sleeps } = serviceGiving([throttled({ "x-acs-retry-after": value })]);
    await service.call("GetMediaInfo", {});
    expect(sleeps).toEqual([100]);
  });
});

describe("the number of tries", () => {
  it.each([0, 1, 5])("is at most %i and one", async (retries) => {
    const { service, tries, sleeps } = serviceGiving(Array(20).fill(broken), { retries });
    const error = await rejection(service.call("GetMediaInfo", {}));
    expect({ tries: tries(), sleeps: sleeps.length, code: error.code }).toEqual({
      tries: retries + 1,
      sleeps: retries,
      code: "service-error",
    });
  });

  it("starts anew with every call", async () => {
    const { service, tries } = serviceGiving(Array(4).fill(broken), { retries: 1 });
    await rejection(service.call("GetMediaInfo", {}));
    await rejection(service.call("GetMediaInfo", {}));
    expect(tries()).toBe(4);
    expect(service.counts()).toEqual({ calls: 2, tries: 4, retries: 2, waitedForRateLimit: 0 });
  });
});
