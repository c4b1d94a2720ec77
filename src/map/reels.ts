import type { MediaFacts } from "../model/media.js";

/**
 * Reel names for edit lists: 1 to 8 of `A-Z 0-9 _`, the same for the same file in every export of a library,
 * different for different files. CMX 3600 knows no longer ones, and lists conform by timecode and reel alone.
 */
export function reelNames(media: readonly MediaFacts[]): ReadonlyMap<MediaFacts, string> {
  const wanted = media.map((facts) => ({ facts, reel: plainReel(facts.reel ?? stem(facts.fileName)) }));
  const uses = new Map<string, number>();
  for (const { reel } of wanted) uses.set(reel, (uses.get(reel) ?? 0) + 1);
  const taken = new Set([...uses].filter(([, n]) => n === 1).map(([reel]) => reel));
  return new Map(wanted.map(({ facts, reel }) => [facts, isGood(reel, uses) ? reel : numbered(reel, facts, taken)]));
}

// CMX 3600 gives these a meaning of their own: auxiliary source, black, colour bars.
const reserved = new Set(["", "AX", "BL", "BLACK", "BARS", "NONE"]);

function isGood(reel: string, uses: ReadonlyMap<string, number>): boolean {
  return uses.get(reel) === 1 && !reserved.has(reel);
}

function stem(fileName: string): string {
  return fileName.replace(/\.[^.]*$/, "");
}

function plainReel(text: string): string {
  return text
    .normalize("NFKD")
    .toUpperCase()
    .replace(/[^A-Z0-9_]/g, "")
    .slice(0, 8);
}

/** Four characters of the name and four of the MediaId's hash, so that the reel does not hang on what else is there. */
function numbered(reel: string, facts: MediaFacts, taken: Set<string>): string {
  for (let salt = 0; ; salt++) {
    const hash = fnv1a(`${facts.mediaId} ${facts.url}${salt > 0 ? ` ${salt}` : ""}`);
    const candidate = `${reel.slice(0, 4).padEnd(4, "R")}${hash.toString(36).toUpperCase().padStart(4, "0").slice(-4)}`;
    if (taken.has(candidate)) continue;
    taken.add(candidate);
    return candidate;
  }
}

/** FNV-1a, 32 bits: a spread of names, not a secret; runs in a browser as well. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
