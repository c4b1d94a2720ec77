import { setTimeout as wait } from "node:timers/promises";
import type { Fault, FaultKind } from "./faults.js";
import { objectText } from "./json-texts.js";
import { errorBody, ServiceError } from "./service-error.js";

/** What goes back to the client. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The connection breaks: before anything is sent, or in the middle of the body. */
  readonly breaks?: "before" | "within";
  /** For the log: the code of an error, or what went wrong. */
  readonly note?: string;
}

/** What answers have in common. */
export interface Asked {
  readonly requestId: string;
  readonly hostId: string;
  readonly action: string;
}

export function goodAnswer(members: Readonly<Record<string, string>>, { requestId }: Asked): Answer {
  return json(200, objectText([["RequestId", JSON.stringify(requestId)], ...Object.entries(members)]), requestId);
}

export function errorAnswer(error: ServiceError, { requestId, hostId, action }: Asked): Answer {
  return { ...json(error.status, errorBody(error, requestId, hostId, action), requestId), note: error.code };
}

function json(status: number, body: string, requestId: string): Answer {
  const headers = { "content-type": "application/json;charset=utf-8", "x-acs-request-id": requestId };
  return { status, headers, body };
}

type Strike = (fault: Fault, asked: Asked, answer: () => Promise<Answer>, gone: AbortSignal) => Answer | Promise<Answer>;

const badGateway =
  "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body>\r\n</html>\r\n";

const strikes: Readonly<Record<Exclude<FaultKind, "moved-totals">, Strike>> = {
  throttling: ({ retryAfter }, asked) => {
    const answer = errorAnswer(new ServiceError("Throttling.User"), asked);
    if (retryAfter === undefined) return answer;
    return { ...answer, headers: { ...answer.headers, "x-acs-retry-after": String(retryAfter) } };
  },
  "too-frequent": (_fault, asked) => errorAnswer(new ServiceError("RequestsTooFrequent"), asked),
  "success-false": ({ code = "Throttling.User", message }, asked) => {
    const error = new ServiceError(code, { message });
    const members = { Success: '"false"', Code: JSON.stringify(code), Message: JSON.stringify(error.message) };
    return goodAnswer(members, asked);
  },
  "server-error": ({ status = 500 }, asked) =>
    errorAnswer(new ServiceError(status === 503 ? "ServiceUnavailable" : "InternalError", { status }), asked),
  error: ({ code = "InternalError", status, message }, asked) => errorAnswer(new ServiceError(code, { status, message }), asked),
  "html-502": () => ({ status: 502, headers: { "content-type": "text/html" }, body: badGateway }),
  drop: () => ({ status: 0, headers: {}, body: "", breaks: "before" }),
  "cut-off": async (_fault, _asked, answer) => ({ ...(await answer()), breaks: "within" }),
  late: async ({ seconds = 10 }, _asked, answer, gone) => {
    await wait(1000 * seconds, undefined, { signal: gone });
    return answer();
  },
};

/** The answer to a request that a fault strikes. Rejects when `gone` says that nobody waits for a late one. */
export async function struckAnswer(
  fault: Fault,
  asked: Asked,
  answer: () => Promise<Answer>,
  gone: AbortSignal,
): Promise<Answer> {
  if (fault.kind === "moved-totals") return answer();
  const struck = await strikes[fault.kind](fault, asked, answer, gone);
  return { ...struck, note: fault.kind };
}
