import { ServiceError } from "./service-error.js";

/** Business parameters of a call. What is missing or wrong is refused as the gateway does: `Missing…`, `Invalid…`. */
export class Parameters {
  readonly #values: ReadonlyMap<string, string>;

  constructor(pairs: readonly (readonly [name: string, value: string])[]) {
    this.#values = new Map(pairs);
    if (this.#values.size < pairs.length) throw new ServiceError("InvalidParameter", { message: "A parameter is given twice." });
  }

  /** The text of a parameter; an empty one counts as absent. */
  text(name: string): string | undefined {
    return this.#values.get(name) || undefined;
  }

  required(name: string): string {
    const text = this.text(name);
    if (text === undefined) throw new ServiceError(`Missing${name}`, { message: `${name} is mandatory for this action.` });
    return text;
  }

  wholeNumber(name: string, range: { readonly usual: number; readonly min: number; readonly max: number }): number {
    const text = this.text(name) ?? String(range.usual);
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= range.min && number <= range.max)) throw invalid(name);
    return number;
  }

  /** Refuses a word that the documentation does not list; case does not count. */
  checkWord(name: string, words: readonly string[]): void {
    const text = this.text(name);
    if (text !== undefined && !words.includes(text.toLowerCase())) throw invalid(name);
  }

  /** Refuses a text that is not a JSON object. */
  checkJson(name: string): void {
    const text = this.text(name);
    if (text !== undefined && !isJsonObject(text)) throw invalid(name);
  }
}

function invalid(name: string): ServiceError {
  return new ServiceError(`Invalid${name}`, { message: `The specified ${name} is not valid.` });
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
