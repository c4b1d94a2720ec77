import { oneOf, type Random } from "./fuzzing.js";

/** Changes of good inputs: what hands, transfers and other programs do to files, and what an attacker would. */

/** Texts at the edges of what readers take. */
export const oddTexts: readonly string[] = [
  ...["", " ", "0", "-0", "-1", "1.5", "00", "1e308", "1e999", "-1e-320", "0x10", "Infinity", "NaN", "1_0", "٣", "９"],
  ...["9007199254740993", "99999999999999999999", "7".repeat(200), "0.1".repeat(40), "1/0s", "0/1s", "-1/25s", "1001/0"],
  ...["00:00:00:00", "00:01:00;00", "23:59:59:29", "24:00:00:00", "99:99:99:99", "01:00:00.00", "1:0:0:0", "0.5s", "12f"],
  ...["null", "true", "undefined", "__proto__", "constructor", "toString", "hasOwnProperty"],
  ...[
    "\0",
    "\n",
    "\r\n",
    "\t",
    "\u001b[2J",
    "\u2028",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\ufffe",
    "\ud800",
    "\udc00",
    "e\u0301",
    "😀",
  ],
  ...["=cmd|' /C calc'!A0", "@SUM(1)", "'", '"', '""', "<", "&", "&amp;", "&#0;", "]]>", "<!--", "<![CDATA[", "%00", "%", "\\"],
  ...["../../x", "/etc/passwd", "C:\\x", "\\\\server\\share", "file:///x", "https://h/a?Signature=x", "//", "*", "."],
  ...[
    "(",
    ")",
    "and",
    "not",
    "!",
    "|",
    "{",
    "}",
    "[",
    "]",
    ",",
    ";",
    ":",
    "29.97",
    "29.97df",
    "24000/1001",
    "16:9",
    "5.1",
    "1+1",
  ],
  ...["x".repeat(300), "王".repeat(100), "a ".repeat(2000)],
];

const oddValues: readonly unknown[] = [
  ...[null, true, false, 0, -0, -1, 0.1, 1e-7, 1.0000001, 1e21, 1e308, 5e-324, 2 ** 31, 2 ** 53, 2 ** 53 + 2, -(2 ** 53)],
  ...[[], {}, [[]], [null], [{}], { a: [] }, [1, 2], JSON.parse('{"__proto__":{"x":1}}')],
];

/** A text with one to four changes. `others` are texts to take parts from. */
export function mutatedText(text: string, random: Random, others: readonly string[] = [text]): string {
  let result = text;
  for (let n = random(4); n >= 0; n--) result = oneOf(random, textChanges)(result, random, oneOf(random, others));
  return result;
}

type TextChange = (text: string, random: Random, other: string) => string;

const put = (text: string, from: number, length: number, instead: string) =>
  text.slice(0, from) + instead + text.slice(from + length);

const textChanges: readonly TextChange[] = [
  (text, random) => put(text, random(text.length + 1), random(5), oneOf(random, oddTexts)),
  (text, random) => put(text, random(text.length + 1), random(60), ""),
  (text, random) => putFor(/-?\d+(?:[.:;/]\d+)*/g, text, random),
  (text, random) => putFor(/-?\d+(?:[.:;/]\d+)*/g, text, random),
  (text, random) => putFor(/[\w\u0080-\uffff-]+/g, text, random),
  (text, random) => putFor(/"[^"\n]*"/g, text, random),
  (text, random) => (random(6) === 0 ? text.slice(0, random(text.length + 1)) : text),
  (text, random) => repeated(text, random),
  (text, random, other) => put(text, random(text.length + 1), random(40), part(other, random)),
  (text, random) => put(text, random(text.length + 1), 1, String.fromCharCode(random(random(2) === 0 ? 128 : 65536))),
  (text, random) => swappedLines(text, random),
];

/** Something odd in place of one of the matches of a pattern. */
function putFor(pattern: RegExp, text: string, random: Random): string {
  pattern.lastIndex = random(text.length + 1);
  const match = pattern.exec(text);
  return match === null ? text : put(text, match.index, match[0].length, oneOf(random, oddTexts));
}

function part(text: string, random: Random): string {
  const from = random(text.length + 1);
  return text.slice(from, from + random(200));
}

function repeated(text: string, random: Random): string {
  return put(text, random(text.length + 1), 0, part(text, random).repeat(1 + random(random(10) === 0 ? 400 : 3)));
}

function swappedLines(text: string, random: Random): string {
  const lines = text.split("\n");
  const [a, b] = [random(lines.length), random(lines.length)];
  [lines[a], lines[b]] = [lines[b] as string, lines[a] as string];
  return lines.join("\n");
}

/** The bytes of a text, now and then in another encoding or with wrong bytes in them. */
export function mutatedBytes(text: string, random: Random): Uint8Array {
  const kind = random(12);
  const bytes =
    kind === 0 ? Buffer.from(`\ufeff${text}`, "utf16le") : kind === 1 ? Buffer.from(text, "latin1") : Buffer.from(text, "utf8");
  for (let n = kind < 6 ? random(4) : 0; n > 0 && bytes.length > 0; n--) bytes[random(bytes.length)] = random(256);
  return kind === 2 ? bytes.subarray(0, random(bytes.length + 1)) : bytes;
}

/** A JSON value with one to four changes in it. */
export function mutatedJson(value: unknown, random: Random): unknown {
  const root = { value: structuredClone(value) };
  for (let n = random(4); n >= 0; n--) changeSomewhere(root, random);
  return root.value ?? null;
}

type Container = Record<string, unknown>;

/** Goes down at random, and changes a member where it stops. */
function changeSomewhere(root: Container, random: Random): void {
  let at: Container = root;
  for (;;) {
    const keys = Object.keys(at);
    const key = keys[random(Math.max(1, keys.length))] ?? "value";
    const member = at[key];
    const isContainer = typeof member === "object" && member !== null && Object.keys(member).length > 0;
    if (!isContainer || random(9) === 0) {
      change(at, key, random);
      return;
    }
    at = member as Container;
  }
}

function change(at: Container, key: string, random: Random): void {
  if (random(3) === 0) oneOf(random, memberChanges)(at, key, random);
  else at[key] = oneOf(random, otherValues)(at[key], random);
}

const otherValues: readonly ((value: unknown, random: Random) => unknown)[] = [
  (_value, random) => structuredClone(oneOf(random, oddValues)),
  (_value, random) => oneOf(random, oddTexts),
  (value) => [value],
  (value) => (typeof value === "string" ? Number(value) : String(value)),
  (value, random) => otherNumber(value, random),
  (value, random) => otherNumber(value, random),
];

function otherNumber(value: unknown, random: Random): unknown {
  const number = Number(value);
  if (Number.isNaN(number)) return `${String(value)}${oneOf(random, oddTexts)}`;
  return oneOf(random, [-number, number + 1, number - 1, number * 1e6, number / 3, number + 1e-7, String(number), `${number} `]);
}

const memberChanges: readonly ((at: Container, key: string, random: Random) => void)[] = [
  (at, key) => remove(at, key),
  (at, key) => repeat(at, key),
  (at, key, random) => define(at, oneOf(random, oddTexts), at[key]),
];

function remove(at: Container, key: string): void {
  if (Array.isArray(at)) at.splice(Number(key), 1);
  else delete at[key];
}

function repeat(at: Container, key: string): void {
  if (Array.isArray(at)) at.push(structuredClone(at[Number(key)]));
  else at[`${key}2`] = at[key];
}

/** Also under a name such as `__proto__`, which stays a name. */
function define(at: Container, key: string, value: unknown): void {
  Object.defineProperty(at, key, { value, enumerable: true, writable: true, configurable: true });
}
