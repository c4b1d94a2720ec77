import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { onTestFinished, vi } from "vitest";
import { openService, type Service, type ServiceOptions } from "../../src/service/service.js";

/** One request as the server saw it. */
export interface Seen {
  /** Milliseconds when it arrived. */
  readonly at: number;
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly socket: Socket;
}

/** What the server does with a request; the number of the request counts from 1. */
export type Step = (response: ServerResponse, request: IncomingMessage, number: number) => void;

export interface ScriptedServer {
  readonly endpoint: string;
  readonly seen: readonly Seen[];
}

/** A server on 127.0.0.1 that does one step per request, and the last one again and again. */
export async function scriptedServer(...steps: readonly Step[]): Promise<ScriptedServer> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const { method = "", url = "", socket } = request;
    seen.push({ at: performance.now(), method, url, headers: request.headers as Record<string, string>, socket });
    (steps[seen.length - 1] ?? (steps.at(-1) as Step))(response, request, seen.length);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { endpoint: `127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

/** Answers with a JSON value. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Step {
  return text(JSON.stringify(value), status, { "content-type": "application/json;charset=utf-8", ...headers });
}

/** Answers with any body. */
export function text(body: string | Buffer, status = 200, headers: Record<string, string> = {}): Step {
  return (response) => response.writeHead(status, headers).end(body);
}

/** Begins an answer that never ends, as fast as it is taken. */
export function endless(status = 200): Step {
  const piece = Buffer.alloc(1 << 20, "x");
  return (response) => {
    response.writeHead(status, { "content-type": "application/json" }).write('{"a":"');
    const more = () => {
      while (!response.destroyed && response.write(piece)) {}
    };
    response.on("drain", more);
    more();
  };
}

/** An error as the service words it. */
export function refusal(code: string, status: number, headers: Record<string, string> = {}): Step {
  return json({ RequestId: "REQ-1", HostId: "h", Code: code, Message: `Words about ${code}.` }, status, headers);
}

export const good = json({ RequestId: "REQ-0", Success: "true", Code: "200", MediaInfoList: [], Total: 0 });

/** Takes the request and never answers. */
export const silence: Step = () => {};

export const keys = { id: "LTAI5tEXAMPLEexample1234", secret: "SecretEXAMPLEsecret0123456789x" };

/** Environment of a person with these keys and nothing else; no provider asks a host outside this machine. */
export function useKeys(id: string | undefined = keys.id, secret: string | undefined = keys.secret, token?: string): void {
  const settings = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: id,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret,
    ALIBABA_CLOUD_SECURITY_TOKEN: token,
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true",
    ALIBABA_CLOUD_CREDENTIALS_URI: "http://127.0.0.1:1/",
    ALIBABA_CLOUD_CREDENTIALS_FILE: undefined,
    ALIBABA_CLOUD_PROFILE: undefined,
    ALIBABA_CLOUD_ROLE_ARN: undefined,
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
}

/** A service that calls the server with environment keys. */
export async function serviceAt(endpoint: string, options: Partial<ServiceOptions> = {}): Promise<Service> {
  if (process.env.ALIBABA_CLOUD_ECS_METADATA_DISABLED === undefined) useKeys();
  return openService({ endpoint, protocol: "http", timeout: 5_000, retries: 1, concurrency: 4, ...options });
}

/** Everything of an error that anybody may ever see. */
export function wholeText(error: unknown): string {
  const { message, where, cure, stack, cause } = error as Error & { where?: string; cure?: string };
  return [message, where, cure, stack, String(cause), JSON.stringify(error)].join("\n");
}

/** What the promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<Error & { code: string; where: string; cure: string }> {
  try {
    await promise;
  } catch (error) {
    return error as Error & { code: string; where: string; cure: string };
  }
  throw new Error("it should have failed");
}
