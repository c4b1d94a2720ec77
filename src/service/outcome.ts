/** A JSON object as the service sent it. */
export type JsonObject = Record<string, unknown>;

/** What came of one try, before anything is decided about it. */
export interface Outcome {
  /** HTTP status; absent when no answer came. */
  readonly status?: number;
  /** HTTP headers of the answer, names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The answer, when it is one whole JSON object. */
  readonly body?: JsonObject;
  /** Why no whole answer came: Node's code, such as `ECONNRESET`. */
  readonly networkError?: string;
}

/** The value when it is a JSON object; undefined for a list, a text, a number, nothing. */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/**
 * The JSON object a text holds; undefined when it holds anything else. Whole numbers from 2^53 up become texts, because
 * they may be ids, and a number of JavaScript would be that of somebody else.
 */
export function parseObject(text: string): JsonObject | undefined {
  try {
    return asObject(JSON.parse(longDigits.test(text) ? withAllDigits(text) : text));
  } catch {
    return undefined;
  }
}

// Digits behind a point may be as many as they like.
const longDigits = /(?<![.\d])\d{16}/;
// Strings whole, so that digits in them do not count; one without an end too, so that nothing is looked at twice.
const token = /"[^"\\]*(?:\\.[^"\\]*)*"?|-?\d[\d.eE+-]*/gs;

function withAllDigits(json: string): string {
  return json.replace(token, (part) => (/^-?\d{16,}$/.test(part) && !Number.isSafeInteger(Number(part)) ? `"${part}"` : part));
}
