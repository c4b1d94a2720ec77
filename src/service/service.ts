import { setTimeout as sleep } from "node:timers/promises";
import { FacecutError } from "../errors.js";
import { given } from "../model/given.js";
import { classify } from "./classify.js";
import { longestTimer } from "./deadline.js";
import type { IceClient } from "./ice-client.js";
import { type Limiter, openLimits } from "./limits.js";
import type { JsonObject } from "./outcome.js";
import { endsRun, refusalError } from "./refusals.js";
import { type Clock, retrying, type Tried, waitAfter } from "./retry.js";
import { Secrets } from "./secrets.js";
import { type CallCounts, type CallEvent, Tally } from "./tally.js";

export type { CallCounts, CallEvent };

/** The operations of the service that facecut uses. */
export type Action = "SearchMediaByFace" | "SearchMediaClipByFace" | "BatchGetMediaInfos" | "GetMediaInfo";

export interface ServiceOptions {
  /** `host` or `host:port`, without a scheme. */
  readonly endpoint: string;
  readonly protocol: "https" | "http";
  /** Milliseconds for one try. */
  readonly timeout: number;
  /** At most so many further tries a call. */
  readonly retries: number;
  /** Tries under way at once, over the whole run. */
  readonly concurrency: number;
  /** Tries started in any one second, over the whole run, retries included. A fraction above 1 counts as the whole number below it. */
  readonly qps?: number | undefined;
  readonly onEvent?: ((event: CallEvent) => void) | undefined;
}

/** Parameters of a call by the vendor's names; values of undefined are not sent. */
type CallParameters = Readonly<Record<string, string | number | undefined>>;

export interface Service {
  /**
   * One good answer's JSON object, whole and unchanged. Throws `service-error` when this call failed for good, and
   * `no-credentials`, `access-denied` or `unreachable` when every call would: later calls then throw the same at once.
   */
  call(action: Action, parameters: CallParameters): Promise<Record<string, unknown>>;
  counts(): CallCounts;
}

/**
 * Opens the service for one run. Resolves the credentials; throws `no-credentials`, or `bad-option` for an endpoint that
 * is no host. A service that is not called needs no closing: nothing of it keeps the process alive. A program that gives
 * up while calls are under way ends itself (`process.exit`), or waits out their tries and pauses.
 */
export async function openService(options: ServiceOptions): Promise<Service> {
  const timeout = Math.min(options.timeout, longestTimer);
  const secrets = new Secrets();
  refuseBadEndpoint(options.endpoint);
  muteWireDump();
  // The vendor's packages are loaded only by who calls the service.
  const { openIceClient } = await import("./ice-client.js");
  const client = await openIceClient({ ...options, timeout }, secrets);
  return new RemoteService(client, { ...options, timeout }, secrets, realClock);
}

const realClock: Clock = { now: () => performance.now(), sleep: (time) => sleep(time), random: () => Math.random() };

/** A service over any client; for tests, with a clock of their own. */
export class RemoteService implements Service {
  readonly #client: IceClient;
  readonly #options: ServiceOptions;
  readonly #secrets: Secrets;
  readonly #clock: Clock;
  readonly #tally: Tally;
  readonly #limited: Limiter;
  readonly #answered = new Set<Action>();
  #end: FacecutError | undefined;

  constructor(client: IceClient, options: ServiceOptions, secrets: Secrets, clock: Clock) {
    this.#client = client;
    this.#options = options;
    this.#secrets = secrets;
    this.#clock = clock;
    const tally = new Tally(options.onEvent, clock.now);
    this.#tally = tally;
    this.#limited = openLimits({ ...options, onDelay: () => tally.wait(), during: (turn) => tally.duringWait(turn) });
  }

  counts(): CallCounts {
    return this.#tally.counts();
  }

  async call(action: Action, parameters: CallParameters): Promise<JsonObject> {
    for (const value of Object.values(parameters)) if (typeof value === "string") this.#secrets.addSecretsOf(value);
    this.#tally.call();
    try {
      const reply = await this.#answer(action, parameters);
      this.#answered.add(action);
      return reply;
    } catch (error) {
      throw this.#judged(action, error);
    } finally {
      this.#tally.done();
    }
  }

  /** A denial of an action that was answered before concerns one asset; any other one concerns the run. */
  #judged(action: Action, error: unknown): unknown {
    if (!(error instanceof FacecutError) || !endsRun(error)) return error;
    if (error.code === "access-denied" && this.#answered.has(action)) {
      const { message, where, cure } = error;
      return new FacecutError("service-error", { what: message, ...given({ where, cure }) });
    }
    this.#end ??= error;
    return error;
  }

  async #answer(action: Action, parameters: CallParameters): Promise<JsonObject> {
    const attempt = () => this.#limited(() => this.#try(action, parameters));
    const { tried, tries } = await retrying(this.#options.retries, attempt, async (failures, failure) => {
      await this.#pause(waitAfter(failures, failure, this.#clock.random), failure.throttled);
      this.#tally.retry();
    });
    if ("reply" in tried) return tried.reply;
    const { endpoint, timeout } = this.#options;
    throw refusalError(tried.failure, { action, tries, host: endpoint, timeout, time: Date.now() }, this.#secrets);
  }

  async #pause(milliseconds: number, throttled: boolean): Promise<void> {
    const wait = () => this.#clock.sleep(milliseconds);
    if (!throttled) return wait();
    this.#tally.wait();
    await this.#tally.duringWait(wait);
  }

  async #try(action: Action, parameters: CallParameters): Promise<Tried> {
    if (this.#end !== undefined) throw this.#end;
    this.#tally.try();
    const outcome = await this.#client(action, parameters);
    const failure = classify(outcome);
    return failure === undefined ? { reply: outcome.body as JsonObject } : { failure };
  }
}

// A scheme in it would be looked up as a host; a path or a query would end in the signed text.
const hostAndPort = /^([A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?$/;

function refuseBadEndpoint(endpoint: string): void {
  if (hostAndPort.test(endpoint)) return;
  throw new FacecutError("bad-option", {
    what: "The endpoint is not a host",
    option: "endpoint",
    cure: "Write HOST or HOST:PORT, such as ice.cn-shanghai.aliyuncs.com; --protocol says http or https",
  });
}

/** Under the vendor's core, httpx prints whole requests, keys and tokens included, where DEBUG names it (as `*` does). */
function muteWireDump(): void {
  const { DEBUG } = process.env;
  if (DEBUG && !DEBUG.includes("-httpx:*")) process.env.DEBUG = `${DEBUG},-httpx:*`;
}
