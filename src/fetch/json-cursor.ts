import { FacecutError } from "../errors.js";
import { shown, unsigned } from "../text.js";

/** What `JSON.parse` makes of `{…}`: nothing is known of its values. */
export interface JsonObject {
  readonly [key: string]: unknown;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// RFC 8259 section 6; JavaScript's own Number() would also take "", " 1", "0x10" and "Infinity".
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Reads unknown JSON with checks: stands on one object at a time, goes down into objects and lists, and knows
 * the way it came. The way is written out only for a message, so that reading millions of values stays cheap.
 * Every method throws `bad-reply`, with file, JSON path, the value found and what was expected.
 */
export class JsonCursor {
  readonly #file: string;
  readonly #way: (string | number)[] = [];
  #at: JsonObject;

  /** `file` is for messages only. */
  constructor(file: string, value: unknown) {
    this.#file = file;
    if (!isJsonObject(value)) throw this.#badReply("$", value, "an object");
    this.#at = value;
  }

  /** The object the cursor stands on. */
  get value(): JsonObject {
    return this.#at;
  }

  /** Where the cursor stands: `$.MediaClipList[3]`. */
  get path(): string {
    return `$${this.#way.map(pathStep).join("")}`;
  }

  /** True when there is a value; null counts as none. */
  has(key: string): boolean {
    return Object.hasOwn(this.#at, key) && this.#at[key] !== null;
  }

  /** A finite number, given as such or as the text of one; undefined when there is none. */
  number(key: string): number | undefined {
    const value = this.#at[key];
    if (value === undefined || value === null) return undefined;
    const number = typeof value === "string" && jsonNumber.test(value) ? Number(value) : value;
    if (typeof number !== "number" || !Number.isFinite(number)) throw this.refuse(key, "a number");
    return number === 0 ? 0 : number;
  }

  requireNumber(key: string): number {
    const number = this.number(key);
    if (number === undefined) throw this.refuse(key, "a number");
    return number;
  }

  /** A whole number from 0 up, given as such or as text; undefined when there is none. */
  count(key: string): number | undefined {
    const number = this.number(key);
    if (number !== undefined && !(Number.isSafeInteger(number) && number >= 0))
      throw this.refuse(key, "a whole number from 0 up");
    return number;
  }

  /** A text; numbers and booleans become one, blank text counts as none. */
  text(key: string): string | undefined {
    const value = this.#at[key];
    if (value === undefined || value === null) return undefined;
    if (typeof value === "object") throw this.refuse(key, "text");
    // Digits of an id beyond 2^53 were lost when the JSON was parsed: another id would come out.
    if (typeof value === "number" && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) {
      throw this.refuse(key, "text in quotes, since so large a number loses digits");
    }
    const text = unsigned(String(value));
    return text.trim() === "" ? undefined : text;
  }

  requireText(key: string): string {
    const text = this.text(key);
    if (text === undefined) throw this.refuse(key, "text");
    return text;
  }

  /** What `read` makes of an object; undefined when there is none. */
  object<T>(key: string, read: (at: JsonCursor) => T): T | undefined {
    const value = this.#at[key];
    if (value === undefined || value === null) return undefined;
    if (!isJsonObject(value)) throw this.refuse(key, "an object");
    const here = this.#at;
    this.#way.push(key);
    this.#at = value;
    const result = read(this);
    this.#way.pop();
    this.#at = here;
    return result;
  }

  /**
   * What `read` makes of each object of a list; undefined when there is no list. A list may be wrapped in an
   * object of one key, as the vendor's older clients expect it: `"MediaClipList": {"MediaClip": [...]}`.
   */
  list<T>(key: string, read: (at: JsonCursor) => T): T[] | undefined {
    const value = this.#at[key];
    if (value === undefined || value === null) return undefined;
    const wrapper = wrapperKey(value);
    const items = wrapper === undefined ? value : (value as JsonObject)[wrapper];
    if (!Array.isArray(items)) throw this.refuse(key, "a list");
    const depth = this.#way.push(key);
    if (wrapper !== undefined) this.#way.push(wrapper);
    const results = this.#each(items, read);
    this.#way.length = depth - 1;
    return results;
  }

  #each<T>(items: readonly unknown[], read: (at: JsonCursor) => T): T[] {
    const here = this.#at;
    const step = this.#way.push(0) - 1;
    const results = items.map((item, i) => {
      this.#way[step] = i;
      if (!isJsonObject(item)) throw this.#badReply(this.path, item, "an object");
      this.#at = item;
      return read(this);
    });
    this.#at = here;
    return results;
  }

  /** The error for the value of `key`: what it is, and what was expected. */
  refuse(key: string, expected: string): FacecutError {
    return this.#badReply(this.path + pathStep(key), this.#at[key], expected);
  }

  #badReply(path: string, found: unknown, expected: string): FacecutError {
    return new FacecutError("bad-reply", {
      what: `Found ${shown(found)} where ${expected} is expected`,
      where: `${this.#file} ${path}`,
      cure: "Put the reply there as the service sent it, or search again",
    });
  }
}

function wrapperKey(value: unknown): string | undefined {
  if (!isJsonObject(value)) return undefined;
  const [key, ...others] = Object.keys(value);
  return key !== undefined && others.length === 0 && Array.isArray(value[key]) ? key : undefined;
}

function pathStep(step: string | number): string {
  if (typeof step === "number") return `[${step}]`;
  return /^\w+$/.test(step) ? `.${step}` : `[${shown(step)}]`;
}
