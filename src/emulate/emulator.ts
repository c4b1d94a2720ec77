import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { FacecutError } from "../errors.js";
import { emulatorApp } from "./app.js";
import type { Faults } from "./faults.js";
import { type Call, Gate } from "./gate.js";
import { Operations } from "./operations.js";
import { type RecordedSearch, Recording } from "./recording.js";
import { Trouble } from "./trouble.js";

export interface EmulatorOptions {
  /** The record folder that is served. */
  readonly folder: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** An invented key pair: requests must be signed with it. */
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly faults?: Faults;
  /** One line per request; never holds keys, signatures, tokens or queries. */
  readonly log?: (line: string) => void;
  /** A loopback address, 127.0.0.1 when not given. */
  readonly host?: string;
}

interface EmulatorStats {
  readonly requests: number;
  /** Requests whose signature was right, by operation. */
  readonly byAction: Record<string, number>;
  /** Requests that a fault struck. */
  readonly faults: number;
}

export interface Emulator {
  readonly port: number;
  /** Host and port, as `--endpoint` takes them. */
  readonly endpoint: string;
  /** How many media assets SearchMediaByFace finds. */
  readonly mediaCount: number;
  readonly search: RecordedSearch;
  stats(): EmulatorStats;
  /** Ends at once, whatever clients still wait for. */
  close(): Promise<void>;
}

// A client that sends slowly on purpose is cut off soon; one that waits for an answer may wait as long as it likes.
// Idle connections are kept for the 25 s that the gateway announces.
const patience = { headersTimeout: 5_000, requestTimeout: 20_000, connectionsCheckingInterval: 2_000, keepAliveTimeout: 25_000 };

/**
 * Serves a record folder on this machine as Intelligent Media Services would. Throws `no-input` or `not-json` for the
 * folder, `cannot-listen` for the address.
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { folder, port, host = "127.0.0.1", accessKeyId, accessKeySecret, faults = { faults: [] }, log = () => {} } = options;
  if (!isLoopback(host)) throw cannotListen(host, port, "the emulator serves this machine only");
  const recording = await Recording.open(folder);
  const closing = new AbortController();
  const counts = new Counts();
  const app = emulatorApp({
    gate: new Gate({ id: accessKeyId, secret: accessKeySecret }),
    trouble: new Trouble(faults),
    operations: new Operations(recording),
    log,
    count: (call, isStruck) => counts.add(call, isStruck),
    closing: closing.signal,
  });
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false, serverOptions: patience }) as Server;
  const taken = await listen(server, host, port);
  return {
    port: taken,
    endpoint: `${host.includes(":") ? `[${host}]` : host}:${taken}`,
    mediaCount: recording.media.length,
    search: recording.search,
    stats: () => counts.stats(),
    close: () => close(server, closing),
  };
}

class Counts {
  readonly #byAction = new Map<string, number>();
  #requests = 0;
  #faults = 0;

  add(call: Call | undefined, isStruck: boolean): void {
    this.#requests += 1;
    if (isStruck) this.#faults += 1;
    if (call !== undefined) this.#byAction.set(call.action, (this.#byAction.get(call.action) ?? 0) + 1);
  }

  stats(): EmulatorStats {
    return { requests: this.#requests, byAction: Object.fromEntries(this.#byAction), faults: this.#faults };
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(cannotListen(host, port, listenReason(error.code))));
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server, closing: AbortController): Promise<void> {
  closing.abort();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

function listenReason(code = ""): string {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: "another program listens there already",
    EACCES: "permission denied",
    EADDRNOTAVAIL: "this machine has no such address",
  };
  return reasons[code] ?? code;
}

function cannotListen(host: string, port: number, reason: string): FacecutError {
  return new FacecutError("cannot-listen", {
    what: `The emulator cannot listen: ${reason}`,
    where: `${host}:${port}`,
    cure: "Take another port with --port; 0 takes any free one",
  });
}
