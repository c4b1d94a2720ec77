import { given } from "../model/given.js";
import type { JsonObject, Outcome } from "./outcome.js";

/** A try that gave no good answer. */
export interface Failure {
  /** The service's code, Node's code when no whole answer came, or one of `ownCodes`. */
  readonly code: string;
  /** Another try may succeed. */
  readonly retry: boolean;
  /** The service asks to be asked more slowly. */
  readonly throttled: boolean;
  /** HTTP status; absent when no answer came. */
  readonly status?: number;
  /** The service's own words, as they came: not for showing. */
  readonly message?: string;
  readonly requestId?: string;
  /** Milliseconds the service asks to wait. */
  readonly retryAfter?: number;
  /** The service's clock, milliseconds since 1970. */
  readonly serverTime?: number;
}

/** Codes for what the service has no code for. */
export const ownCodes = { notJson: "NotJson", redirect: "Redirect", noCode: "NoCode", tooLong: "AnswerTooLong" } as const;

// RequestsTooFrequent comes with HTTP 403 (the vendor's page "Error codes" of Intelligent Media Services).
const throttlingCode = /^(Throttling|RequestsTooFrequent)/i;
/** RFC 6585: too many requests. */
const tooMany = 429;
/** The request did not arrive in time (RFC 9110, 15.5.9). */
const timedOut = 408;
/** Worth another try whatever the HTTP status says. The vendor spells the second in two ways. */
const passingCode = /^(InternalError|ServiceUnavailable|SignatureNonceUsed)$/i;
/** The connection was dropped or silent. A host that refuses, or is not there, will not be there in a second either. */
const passingNetworkErrors = new Set([
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EAI_AGAIN",
  "ERR_STREAM_PREMATURE_CLOSE",
  "HPE_INVALID_EOF_STATE",
]);

/** What is wrong with an outcome; undefined when it is a good answer. */
export function classify(outcome: Outcome): Failure | undefined {
  const { status, body, networkError } = outcome;
  if (networkError !== undefined || status === undefined) return networkFailure(networkError ?? "unknown");
  if (status >= 300 && status < 400) return { ...facts(outcome), code: ownCodes.redirect, retry: false, throttled: false };
  if (body === undefined) return { ...facts(outcome), code: ownCodes.notJson, retry: true, throttled: false };
  if (status >= 200 && status < 300 && !isErrorBody(body)) return undefined;
  return refusal(outcome, status, body);
}

function networkFailure(code: string): Failure {
  return { code, retry: passingNetworkErrors.has(code), throttled: false };
}

function refusal(outcome: Outcome, status: number, body: JsonObject): Failure {
  const code = textOf(body, "Code", "code") ?? ownCodes.noCode;
  const throttled = throttlingCode.test(code) || status === tooMany;
  const retry = throttled || status >= 500 || status === timedOut || passingCode.test(code);
  return { ...facts(outcome), code, retry, throttled };
}

/** Success and Code are texts (`"true"`, `"200"`), and some operations have neither in a good answer. */
function isErrorBody(body: JsonObject): boolean {
  const success = textOf(body, "Success", "success")?.toLowerCase();
  const code = textOf(body, "Code", "code");
  // A gateway that throttles may put its code into an answer that was a good one.
  if (throttlingCode.test(code ?? "")) return true;
  return success === undefined ? code !== undefined && code !== "200" : success === "false";
}

function facts({ status, headers, body = {} }: Outcome) {
  const header = (name: string) => (typeof headers[name] === "string" ? headers[name] : undefined);
  const retryAfter = Number(header("x-acs-retry-after"));
  const serverTime = Date.parse(header("date") ?? "");
  return given({
    status,
    message: textOf(body, "Message", "message"),
    requestId: textOf(body, "RequestId", "requestId") ?? header("x-acs-request-id"),
    retryAfter: retryAfter > 0 ? retryAfter : undefined,
    serverTime: Number.isNaN(serverTime) ? undefined : serverTime,
  });
}

/** The first of the fields that holds something; the vendor's own client takes both spellings in error bodies. */
function textOf(body: JsonObject, ...fields: readonly string[]): string | undefined {
  const value = fields.map((field) => body[field]).find((found) => found !== undefined && found !== null && found !== "");
  return value === undefined || typeof value === "object" ? undefined : String(value);
}
