/** Rules for text that comes from outside and goes into files, file names and messages. */

// Line breaks and other separators become a space; other control characters, bidi embeddings, overrides and isolates,
// lone surrogates and noncharacters go: every text in a file stands on one line, and XML 1.0 forbids most of these even
// as references. Joiners and plain direction marks stay: names in many scripts need them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const separators = /[\u000A-\u000D\u001C-\u001E\u0085\u2028\u2029]+/gu;
const removed =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
  /[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]|\p{Surrogate}/gu;

// All that the two above could touch, and more: nearly no text has any of it, and one plain class tells several times faster.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const suspect = /[\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069\uD800-\uDFFF\uFFFE\uFFFF]/;

/** One line of text: separators become one space, control and bidi characters and lone surrogates go. */
export function oneLine(text: string): string {
  const line = trimmed(text);
  return suspect.test(line) ? line.replace(separators, " ").replace(removed, "").trim() : line;
}

// Nearly no text has blanks at its ends, which two characters tell faster than trimming. Asking for them also makes V8 put a
// text of several parts together, as expressions need it.
function trimmed(text: string): string {
  return isPlain(text.charCodeAt(0)) && isPlain(text.charCodeAt(text.length - 1)) ? text : text.trim();
}

/** An ASCII character other than blanks and controls. */
function isPlain(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}

// Windows refuses these names whatever the extension; they are refused nowhere else, so avoiding them costs nothing.
const reservedOnWindows = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$/i;
// 255 bytes is the limit of the common file systems; the rest is kept for extensions such as `.resolve-markers.edl`.
const longestFileName = 200;

/** A name every file system takes, without an extension: no separators or reserved characters, never empty. */
export function safeFileName(text: string): string {
  const cleaned = oneLine(text.normalize("NFC"))
    .replace(/[/\\:*?"<>|]+/g, "-")
    .replace(/^[. ]+|[. ]+$/g, "");
  const short = cutToBytes(cleaned, longestFileName).replace(/[. ]+$/, "");
  if (short === "") return "facecut";
  return reservedOnWindows.test(short) ? `_${short}` : short;
}

function cutToBytes(text: string, bytes: number): string {
  const encoder = new TextEncoder();
  let length = 0;
  let kept = "";
  for (const character of text) {
    length += encoder.encode(character).length;
    if (length > bytes) break;
    kept += character;
  }
  return kept;
}

/** Orders names as people do: NFC, runs of digits compare as numbers, everything else character by character. */
export function compareNames(a: string, b: string): number {
  const [left, right] = [nameParts(a), nameParts(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = compareParts(left[i] as string, right[i] as string);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** Orders texts by Unicode code point (JavaScript's `<` goes by UTF-16 unit, which puts emoji before U+FFxx). */
export function compareCodePoints(a: string, b: string): number {
  const right = b[Symbol.iterator]();
  for (const character of a) {
    const other = right.next();
    if (other.done) return 1;
    const order = (character.codePointAt(0) as number) - (other.value.codePointAt(0) as number);
    if (order !== 0) return order;
  }
  return right.next().done ? 0 : -1;
}

/** Runs of digits, and single characters between them. */
function nameParts(name: string): string[] {
  return name.normalize("NFC").match(/[0-9]+|[^0-9]/gu) ?? [];
}

function compareParts(a: string, b: string): number {
  if (!/^[0-9]/.test(a) || !/^[0-9]/.test(b)) return compareCodePoints(a, b);
  const [x, y] = [a.replace(/^0+/, ""), b.replace(/^0+/, "")];
  return x.length - y.length || compareCodePoints(x, y);
}

/** `1 clip`, `2 clips`: a count with its noun. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : plural}`;
}

// What signs a URL at Alibaba Cloud (OSS, CDN, STS), its `=` plain, percent-encoded or escaped as in JSON. Every repetition
// is bounded, so that no text, however long, takes more than one pass.
const signing = /(?:signature|ossaccesskeyid|security-token|securitytoken|expires|auth_key|x-oss-[a-z-]{1,40})(?:=|%3d|\\u003d)/i;
const encodedQuery = /%3f|\\u003f/i;

/**
 * Text from outside without the query of a signed URL, also where its `?` is encoded: whoever has it can read the media.
 * What is cut goes from the query's start to the next white space.
 */
export function unsigned(text: string): string {
  let kept = "";
  let rest = text;
  for (let match = signing.exec(rest); match !== null; match = signing.exec(rest)) {
    const before = rest.slice(0, match.index);
    const word = before.slice(lastWordStart(before));
    kept += before.slice(0, before.length - word.length + startOfQuery(word));
    rest = rest.slice(match.index).replace(/^\S+/, "");
  }
  return kept + rest;
}

/** A plain `?` begins a query; an encoded one does where there is no plain one, and else belongs to a file's name. */
function startOfQuery(word: string): number {
  const plain = word.indexOf("?");
  return plain >= 0 ? plain : (encodedQuery.exec(word)?.index ?? word.length);
}

function lastWordStart(text: string): number {
  let start = text.length;
  while (start > 0 && !/\s/.test(text[start - 1] as string)) start--;
  return start;
}

const longestShown = 60;

/** A value as a message may show it: short, one line, without secrets. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  return typeof value === "string" ? `"${withBlanks(value, shortened(value, longestShown))}"` : String(value ?? "nothing");
}

/** A blank at either end may be what is wrong with a value. */
function withBlanks(text: string, core: string): string {
  const [before, after] = [/^\s/, /\s$/].map((blank) => (blank.test(text) ? " " : ""));
  return core === "" ? String(before) : `${before}${core}${after}`;
}

/** Text from outside as a message may show it: one line, without secrets, at most `longest` characters. */
export function shortened(text: string, longest: number): string {
  const characters = [...oneLine(unsigned(withoutSecrets(text.slice(0, 4 * longest))))];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : characters.join("");
}

// The query of a URL may be a signature; LTAI and STS. begin Alibaba Cloud's key ids, which some of its
// error messages repeat.
function withoutSecrets(text: string): string {
  return text.replace(/(:\/\/[^\s?"']*)\?[^\s"']*/g, "$1?…").replace(/(LTAI|STS\.)[0-9A-Za-z]{6,}/g, "$1…");
}

/** The word of `words` nearest to a mistyped one; undefined when none is near enough to be meant. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  const begun = words.filter((candidate) => typed.length >= 3 && candidate.toLowerCase().startsWith(typed));
  if (begun.length === 1) return begun[0];
  const byDistance = words.map((candidate) => ({ candidate, distance: editDistance(typed, candidate.toLowerCase()) }));
  const best = byDistance.sort((a, b) => a.distance - b.distance)[0];
  return best !== undefined && best.distance <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : undefined;
}

/** The words nearest to a mistyped one, nearest first, however far they are; at most `most`. */
export function nearestOf(word: string, words: readonly string[], most: number): string[] {
  const typed = word.toLowerCase();
  const byDistance = words.map((candidate) => ({ candidate, distance: editDistance(typed, candidate.toLowerCase()) }));
  return byDistance
    .sort((a, b) => a.distance - b.distance || compareCodePoints(a.candidate, b.candidate))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** Letters to insert, delete, replace or swap with their neighbour (optimal string alignment), row by row. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? (before[j - 2] as number) + 1 : replaced;
      next.push(Math.min(replaced, swapped, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    [before, row] = [row, next];
  }
  return row[b.length] as number;
}

/** UTF-8 bytes as text, without a byte order mark; undefined when they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
