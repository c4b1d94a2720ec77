import type { MediaFacts } from "../model/media.js";
import { hash32 } from "./hash.js";

/**
 * Reel names for edit lists: 1 to 8 of `A-Z 0-9 _`, the same for the same file in every export, different for
 * different files. CMX 3600 knows no longer ones, and lists conform by timecode and reel alone. A reel the media map
 * gives is taken as it is; a name that would be cut becomes four of its characters and four of a hash, so that the
 * reel does not hang on which other files there are.
 */
export function reelNames(media: readonly MediaFacts[]): ReadonlyMap<MediaFacts, string> {
  const wanted = media.map((facts) => ({ facts, reel: givenReel(facts) ?? plainReel(facts) }));
  const uses = new Map<string, number>();
  for (const { reel } of wanted) if (reel !== undefined) uses.set(reel, (uses.get(reel) ?? 0) + 1);
  const taken = new Set(uses.keys());
  return new Map(
    wanted.map(({ facts, reel }) => {
      const stays = reel !== undefined && (facts.reel !== undefined || uses.get(reel) === 1);
      return [facts, stays ? reel : hashedReel(facts, taken)];
    }),
  );
}

const longest = 8;
// CMX 3600 gives these a meaning of their own: auxiliary source, black, colour bars, no channels.
const reserved = new Set(["", "AX", "BL", "BLACK", "BARS", "NONE"]);

function givenReel({ reel }: MediaFacts): string | undefined {
  const plain = reel === undefined ? "" : letters(reel).slice(0, longest);
  return reserved.has(plain) ? undefined : plain;
}

/** The file's own name, when nothing but its case, blanks and hyphens is lost; a camera's reel and clip number. */
function plainReel({ fileName }: MediaFacts): string | undefined {
  const stem = fileName.replace(/\.[^.]*$/, "").toUpperCase();
  // ARRI and RED name files A001C002_…: that beginning is made to be unique.
  const [, camera, clip] = /^([A-Z]\d{3})_?(C\d{3})_/.exec(stem) ?? [];
  if (camera !== undefined) return `${camera}${clip}`;
  const plain = letters(stem);
  const whole = plain === stem.replace(/[ -]/g, "") && plain.length <= longest;
  return whole && !reserved.has(plain) ? plain : undefined;
}

function letters(text: string): string {
  return text
    .normalize("NFKD")
    .toUpperCase()
    .replace(/[^A-Z0-9_]/g, "");
}

function hashedReel({ fileName, mediaId }: MediaFacts, taken: Set<string>): string {
  const start = letters(fileName.replace(/\.[^.]*$/, ""))
    .slice(0, 4)
    .padEnd(4, "R");
  for (let salt = 0; ; salt++) {
    const hash = hash32(`${mediaId}${salt > 0 ? ` ${salt}` : ""}`);
    const candidate = `${start}${hash.toString(36).toUpperCase().padStart(4, "0").slice(-4)}`;
    if (taken.has(candidate)) continue;
    taken.add(candidate);
    return candidate;
  }
}
