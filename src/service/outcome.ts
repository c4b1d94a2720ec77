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

/** The JSON object a text holds; undefined when it holds anything else. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}
