import { hash64 } from "../text.js";
import type { Selection } from "./selections.js";

/**
 * Name for a clip that stays the same from export to export: a hash of media, people and source range, so that it does
 * not change when other clips come and go or it is placed elsewhere.
 */
export function clipId({ media, people, range }: Selection): string {
  const parts = [media.mediaId, ...people.map(({ key }) => key), range.start, range.end];
  return `clip-${hash64(parts.join("\u0000")).slice(0, 12)}`;
}

/** Name for the media and first person of a clip: the same under any alias, and when names are kept back. */
export function subjectId({ media, people }: Selection): string {
  return `subject-${hash64([media.mediaId, people[0]?.key ?? ""].join("\u0000")).slice(0, 12)}`;
}

/** Ids unique in a plan: a clip that is there twice gets a number behind its name. */
export class ClipIds {
  readonly #given = new Map<string, number>();

  idOf(selection: Selection): string {
    const id = clipId(selection);
    const times = (this.#given.get(id) ?? 0) + 1;
    this.#given.set(id, times);
    return times === 1 ? id : `${id}-${times}`;
  }
}
