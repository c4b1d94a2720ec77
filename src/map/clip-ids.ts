import type { MediaFacts } from "../model/media.js";
import { Hash64 } from "./hash.js";
import type { Selection } from "./selections.js";

/** The media and first person of clips: what the names of many of them begin with. */
interface Subject {
  readonly id: string;
  readonly hash: Hash64;
}

function subjectOf({ media, people }: Selection): Subject {
  const hash = new Hash64().with(media.mediaId).with(`\u0000${people[0]?.key ?? ""}`);
  return { id: `subject-${hash.twelveDigits()}`, hash };
}

/**
 * Name for a clip that stays the same from export to export: a hash of media, people and source range, so that it does
 * not change when other clips come and go or it is placed elsewhere.
 */
export function clipId(selection: Selection, { hash }: Subject = subjectOf(selection)): string {
  const { people, range } = selection;
  const ofAll = people.slice(1).reduce((begun, { key }) => begun.with(`\u0000${key}`), hash);
  return `clip-${ofAll.with(`\u0000${range.start}`).with(`\u0000${range.end}`).twelveDigits()}`;
}

/** Ids unique in a plan: a clip that is there twice gets a number behind its name. */
export class ClipIds {
  readonly #given = new Map<string, number>();
  /** By media and key of the person. */
  readonly #subjects = new Map<MediaFacts, Map<string, Subject>>();

  idOf(selection: Selection): string {
    const id = clipId(selection, this.#subjectOf(selection));
    const times = (this.#given.get(id) ?? 0) + 1;
    this.#given.set(id, times);
    return times === 1 ? id : `${id}-${times}`;
  }

  /** Name for the media and first person of a clip: the same under any alias, and when names are kept back. */
  subjectIdOf(selection: Selection): string {
    return this.#subjectOf(selection).id;
  }

  #subjectOf(selection: Selection): Subject {
    const key = selection.people[0]?.key ?? "";
    const ofMedia = this.#subjects.get(selection.media) ?? new Map<string, Subject>();
    const known = ofMedia.get(key);
    if (known !== undefined) return known;
    const subject = subjectOf(selection);
    this.#subjects.set(selection.media, ofMedia.set(key, subject));
    return subject;
  }
}
