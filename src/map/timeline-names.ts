import { safeFileName } from "../text.js";
import type { Disclosure } from "./disclosure.js";
import type { LayoutKind, Reel } from "./layouts.js";
import type { Selection } from "./selections.js";

/** Names of the timelines of a plan: the plan's, with whom or what each is about where there are several; no two alike. */
export function timelineNames(
  planName: string,
  reels: readonly Pick<Reel, "lead" | "part">[],
  layout: LayoutKind | undefined,
  disclosure: Disclosure,
): string[] {
  const several = reels.filter(({ part }) => part === 1).length > 1;
  return distinct(
    reels.map(({ lead, part }) => {
      const name = several ? `${planName} - ${subjectOf(lead, layout, disclosure)}` : planName;
      return part === 1 ? name : `${name}-${part}`;
    }),
  );
}

function subjectOf({ people, media, expression }: Selection, layout: LayoutKind | undefined, disclosure: Disclosure): string {
  if (layout === "per-person") return people[0] === undefined ? "" : disclosure.person(people[0]).name;
  return layout === "per-expression" ? (expression ?? "no expression") : disclosure.media(media).name;
}

/**
 * Names of the timelines' files, without extension: `base` in the place of the plan's name, safe for every file system,
 * and different also where capitals make no difference.
 */
export function timelineFileNames(base: string, planName: string, timelines: readonly { readonly name: string }[]): string[] {
  return distinct(
    timelines.map(({ name }) => safeFileName(`${base}${name.startsWith(planName) ? name.slice(planName.length) : ` - ${name}`}`)),
  );
}

/** The names, with a number behind those that came before. */
function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let n = 2; taken.has(free.normalize("NFC").toLowerCase()); n++) free = `${name} (${n})`;
    taken.add(free.normalize("NFC").toLowerCase());
    return free;
  });
}
