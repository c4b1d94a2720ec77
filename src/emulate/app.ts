import type { IncomingMessage, ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { FacecutError } from "../errors.js";
import { canonicalQuery, type SignableRequest, sha256 } from "./acs3.js";
import { type Answer, type Asked, errorAnswer, goodAnswer, struckAnswer } from "./answers.js";
import { type Call, type Gate, header } from "./gate.js";
import { isAction, type Operations } from "./operations.js";
import { ServiceError } from "./service-error.js";
import type { Trouble } from "./trouble.js";

/** What the server gives beside the request: Node's own pair, for the bytes as they came and for broken connections. */
type Environment = { Bindings: { incoming: IncomingMessage; outgoing: ServerResponse } };

const largestBody = 2 ** 20;
const connectionEnds: Answer = { status: 0, headers: {}, body: "", breaks: "before" };

export interface Parts {
  readonly gate: Gate;
  readonly trouble: Trouble;
  readonly operations: Operations;
  /** One line per request: the operation, the status, and what went wrong. Nothing of what the client sent. */
  readonly log: (line: string) => void;
  /** Every request; `call` when it was admitted, `isStruck` when a fault was made for it. */
  readonly count: (call: Call | undefined, isStruck: boolean) => void;
  /** Aborted when the emulator closes. */
  readonly closing: AbortSignal;
}

/** The web application: every request goes through the gate to its operation, past the trouble asked for. */
export function emulatorApp(parts: Parts): Hono<Environment> {
  const app = new Hono<Environment>();
  const tooLarge = (c: Context<Environment>) => respond(c, errorAnswer(new ServiceError("RequestBodyTooLarge"), unread(c)));
  app.use(bodyLimit({ maxSize: largestBody, onError: tooLarge }));
  // What is thrown outside of an answer is a client that went away while its request was read.
  app.onError((_error, c) => respond(c, connectionEnds));
  app.all("*", async (c) => {
    const request = await signable(c);
    const asked = askedBy(request);
    const answer = await answerTo(request, asked, parts, c.req.raw.signal).catch((error: unknown) => failed(error, asked, parts));
    parts.log([asked.action, answer.breaks === "before" ? "" : answer.status, answer.note].filter(Boolean).join(" "));
    return respond(c, answer);
  });
  return app;
}

async function answerTo(request: SignableRequest, asked: Asked, parts: Parts, clientGone: AbortSignal): Promise<Answer> {
  const { gate, trouble, operations, count, closing } = parts;
  let call: Call | undefined;
  let fault: ReturnType<Trouble["next"]>;
  try {
    call = gate.admit(request);
    fault = trouble.next(call);
  } finally {
    count(call, fault !== undefined);
  }
  const { action, parameters } = call;
  const motion = trouble.motion(call);
  const answer = async () => goodAnswer(await operations.answer(action, parameters, motion), asked);
  if (fault === undefined) return answer();
  return struckAnswer(fault, asked, answer, AbortSignal.any([clientGone, closing]));
}

/** A refusal is an answer; a broken record is one too, and told to whoever runs the emulator. */
function failed(error: unknown, asked: Asked, { log }: Parts): Answer {
  if (error instanceof ServiceError) return errorAnswer(error, asked);
  if ((error as Error).name === "AbortError") return { ...connectionEnds, note: "nobody waits any more" };
  if (error instanceof FacecutError) log(`${error.message}: ${error.where}`);
  else log(`fault in the emulator: ${(error as Error).stack}`);
  return errorAnswer(new ServiceError("InternalError"), asked);
}

async function signable(c: Context<Environment>): Promise<SignableRequest> {
  const { incoming } = c.env;
  const [path = "", ...query] = (incoming.url ?? "").split("?");
  const headers = new Map<string, string[]>();
  for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
    const name = (incoming.rawHeaders[i] as string).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), incoming.rawHeaders[i + 1] as string]);
  }
  const body = new Uint8Array(await c.req.arrayBuffer());
  return { method: incoming.method ?? "", path, query: query.join("?"), headers, body };
}

/** The id follows from what was asked, so that the same question gets the same bytes on every run. */
function askedBy(request: SignableRequest): Asked {
  const action = header(request, "x-acs-action") ?? "";
  const hex = sha256(`${action} ${canonicalOr(request.query)}`).toUpperCase();
  const requestId = hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { requestId, hostId: header(request, "host") ?? "", action: isAction(action) ? action : "unknown" };
}

function canonicalOr(query: string): string {
  try {
    return canonicalQuery(query);
  } catch {
    return query;
  }
}

/** For a request whose body was not read. */
function unread(c: Context<Environment>): Asked {
  return { requestId: "00000000-0000-0000-0000-000000000000", hostId: c.env.incoming.headers.host ?? "", action: "unknown" };
}

function respond(c: Context<Environment>, { status, headers, body, breaks }: Answer): Response {
  if (breaks === undefined) return c.body(body, status as ContentfulStatusCode, headers);
  const { outgoing } = c.env;
  if (breaks === "before") outgoing.destroy();
  else {
    const bytes = Buffer.from(body);
    outgoing.writeHead(status, { ...headers, "content-length": bytes.length });
    outgoing.write(bytes.subarray(0, bytes.length / 2), () => outgoing.destroy());
  }
  return RESPONSE_ALREADY_SENT;
}
