/**
 * A reply as it may be kept: the query of every URL in it is cut off, because it may be a signature that lets anybody
 * read the media. Everything else stays the same JSON value.
 */
export function cleanReply(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanReply);
  if (typeof value !== "object" || value === null) return value;
  // defineProperty, because a key called __proto__ must stay a key.
  const cleaned = {};
  for (const [key, member] of Object.entries(value)) {
    Object.defineProperty(cleaned, key, { value: cleanReply(member), enumerable: true, writable: true, configurable: true });
  }
  return cleaned;
}

// A URL goes on to white space or a quote; inside JSON text that could not be parsed, `&` may stand as \u0026.
const urlQuery = /([a-z][a-z0-9+.-]*:(?:\\?\/){2}[^\s"'<>?]*)\?(?:\\u[0-9a-f]{4}|[^\s"'<>\\])*/gi;

function cleanText(text: string): string {
  if (!text.includes("?")) return text;
  return cleanJsonText(text) ?? text.replace(urlQuery, "$1");
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

/** A URL without its query. */
export function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, "");
}
