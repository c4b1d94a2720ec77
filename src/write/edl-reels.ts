import type { MediaFacts } from "../model/media.js";
import type { Plan, PlannedMedia } from "../model/timeline.js";
import { oneLine } from "../text.js";
import type { Dialect } from "./dialect.js";

/** The reel that stands for each media file; different for different files, and never with a blank, which ends a column. */
export function edlReels({ media }: Plan, { reel }: Dialect["edl"]): ReadonlyMap<MediaFacts, string> {
  const wished = media.map((planned) => wishes[reel](planned));
  const times = new Map<string, number>();
  for (const name of wished) times.set(name.toUpperCase(), (times.get(name.toUpperCase()) ?? 0) + 1);
  const isTaken = (name: string) => name === "" || reserved.test(name) || (times.get(name.toUpperCase()) as number) > 1;
  return new Map(
    media.map((planned, i) => {
      const name = wished[i] as string;
      return [planned.media, isTaken(name) ? withShort(name, planned, reel) : name];
    }),
  );
}

const longest = 32;
// CMX 3600 gives these a meaning of their own: auxiliary source, black, colour bars.
const reserved = /^(AX|BL|BLACK|BARS|NONE)$/i;

const wishes: Readonly<Record<Dialect["edl"]["reel"], (planned: PlannedMedia) => string>> = {
  short: ({ reel }) => reel,
  long: ({ media, reel }) =>
    (media.reel === undefined ? letters(media.fileName.replace(/\.[^.]*$/, "")) : reel).slice(0, longest),
  file: ({ media }) => oneLine(media.fileName).replace(/\s+/g, ""),
};

/** Two files whose long names agree are told apart by their short reels, which never do. */
function withShort(name: string, { reel }: PlannedMedia, kind: Dialect["edl"]["reel"]): string {
  if (kind === "short" || name === "") return reel;
  return kind === "long" ? `${name.slice(0, longest - reel.length - 1)}_${reel}` : `${name}_${reel}`;
}

// Avid takes letters and digits in tape names; the rest of a name would break the columns of some readers.
function letters(text: string): string {
  return text
    .normalize("NFKD")
    .toUpperCase()
    .replace(/[^A-Z0-9_]/g, "");
}
