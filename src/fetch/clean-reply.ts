import { unsigned } from "../text.js";

/**
 * A reply as it may be kept: the query of every signed URL in it is cut off, in texts, in JSON written as text and in
 * keys, because it lets anybody read the media. Everything else stays the same JSON value.
 */
export function cleanReply(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanReply);
  if (typeof value !== "object" || value === null) return value;
  // defineProperty, because a key called __proto__ must stay a key.
  const cleaned = {};
  for (const [key, member] of Object.entries(value)) {
    Object.defineProperty(cleaned, cleanText(key), {
      value: cleanReply(member),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return cleaned;
}

function cleanText(text: string): string {
  return cleanJsonText(text) ?? (startsAsUrl.test(text) ? cleanUrl(text) : unsigned(text));
}

const startsAsUrl = /^\s*[a-z][a-z0-9+.-]{0,20}:\/\//i;

// A text that is a URL as a whole may hold blanks and quotes in its path: its query goes to the end of the text.
function cleanUrl(url: string): string {
  return unsigned(withoutUser(url.replace(/\?[\s\S]*$/, "")));
}

// Some fields (Snapshots, SpriteImages) are JSON written as text.
function cleanJsonText(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const cleaned = JSON.stringify(cleanReply(value));
    return cleaned === JSON.stringify(value) ? text : cleaned;
  } catch {
    return undefined;
  }
}

/** A URL without its query and without a user and password. */
export function withoutQuery(url: string): string {
  return withoutUser(url.replace(/[?#][\s\S]*$/, ""));
}

function withoutUser(url: string): string {
  return url.replace(/^(\s*[a-z][a-z0-9+.-]{0,20}:\/\/)[^/@]*@/i, "$1");
}
