/** Shorter values are no secrets, and taking them out would garble every message. */
const shortest = 4;
/** Values of a signed query that are longer may be a signature, a key id or a token; shorter ones are dates and flags. */
const shortestQueryValue = 8;

/** Names whose value is secret wherever it stands, as in a query (`=`, perhaps escaped) or a header (`:`). */
const secretFields =
  /\b(Signature|(?:OSS)?AccessKeyId|AccessKeySecret|(?:x-(?:acs|oss)-)?security-?token|x-oss-(?:signature|credential)|Credential|Authorization)(["']?(?:=|%3D|%253D|:)\s*["']?)[^&\s,"']+/gi;

/** What may never be shown: the keys in use and the signed queries of the URLs sent. Takes them out of any text. */
export class Secrets {
  readonly #known = new Set<string>();

  add(...values: readonly (string | undefined)[]): void {
    for (const value of values) if (value !== undefined && value.length >= shortest) this.#known.add(value);
  }

  /** The query of a URL, its single values, and a password in it. */
  addSecretsOf(url: string): void {
    if (!URL.canParse(url)) return;
    const { search, searchParams, username, password } = new URL(url);
    this.add(search.slice(1), username, password);
    for (const part of search.slice(1).split("&")) this.#addQueryValue(part.slice(part.indexOf("=") + 1));
    for (const value of searchParams.values()) this.#addQueryValue(value);
  }

  #addQueryValue(value: string): void {
    if (value.length >= shortestQueryValue) this.add(value);
  }

  /** The text with every secret replaced by `…`, however often it is escaped. */
  redact(text: string): string {
    const longestFirst = [...this.#known].sort((a, b) => b.length - a.length);
    const shown = longestFirst.reduce((left, secret) => left.replace(anyForm(secret), "…"), text);
    return shown.replace(secretFields, "$1$2…");
  }
}

/**
 * A text in any case, each of its bytes plain or percent-escaped any number of times, because the service repeats parts
 * of the signed text in its messages ("server string to sign is: …"). A `+` may have been read as a blank.
 */
function anyForm(text: string): RegExp {
  return new RegExp([...text].map(anyFormOf).join(""), "gi");
}

function anyFormOf(character: string): string {
  if (character === "+" || character === " ") return `(?:[+ ]|${escapedBytes("+")}|${escapedBytes(" ")})`;
  return `(?:${character.replace(/[\\^$.*+?()[\]{}|]/, "\\$&")}|${escapedBytes(character)})`;
}

function escapedBytes(character: string): string {
  return [...new TextEncoder().encode(character)].map((byte) => `%(?:25)*${byte.toString(16).padStart(2, "0")}`).join("");
}
