import type { FaceRecord } from "../model/matches.js";
import type { MediaFacts } from "../model/media.js";
import type { Identity } from "../model/people.js";
import { compareCodePoints } from "../text.js";
import type { Accounting, Fate } from "./accounting.js";
import { compareMedia } from "./order.js";

/** What files may tell of a record. */
export interface Disclosure {
  readonly person: (identity: Identity) => Identity;
  readonly media: (facts: MediaFacts) => MediaFacts;
  /** What is known of a face. */
  readonly face: <T extends object>(known: T) => T;
  readonly accounting: (accounting: Accounting) => Accounting;
  /** For MediaIds that stand alone. */
  readonly mediaId: (mediaId: string) => string;
  /** True when something is kept back. */
  readonly redacted: boolean;
}

/** Everything. */
export const everything: Disclosure = {
  person: (identity) => identity,
  media: (facts) => facts,
  face: (known) => known,
  accounting: (accounting) => accounting,
  mediaId: (mediaId) => mediaId,
  redacted: false,
};

/**
 * No names, no places, no scores and no boxes: `Person 1` and `redacted-001.mov`, the same ones whatever is selected of a
 * record. People are counted as they come in its media, media by file name.
 */
export function redaction(
  { matches }: FaceRecord,
  facts: ReadonlyMap<string, MediaFacts>,
  identities: Iterable<Identity>,
): Disclosure {
  const inOrder = [...facts.values()].sort(compareMedia).map(({ mediaId }) => mediaId);
  const mediaNumber = numbered([...inOrder, ...matches.map(({ mediaId }) => mediaId).sort(compareCodePoints)]);
  const personNumber = numbered([...identities].map(({ key }) => key));
  const mediaId = (id: string) => `redacted-${String(mediaNumber(id)).padStart(3, "0")}`;
  const person = ({ key }: Pick<Identity, "key">) => ({ key, name: `Person ${personNumber(key)}` });
  const media = new Map([...facts.values()].map((each) => [each, redactedMedia(each, mediaId(each.mediaId))]));
  const mediaOf = (each: MediaFacts) => media.get(each) as MediaFacts;
  return {
    person,
    media: mediaOf,
    face: withoutScore,
    mediaId,
    redacted: true,
    accounting: (accounting) => ({
      ...accounting,
      occurrences: accounting.occurrences.map((fate) => redactedFate(fate, mediaId(fate.mediaId), person(fate).name)),
      strayPoints: accounting.strayPoints.map((point) => ({ ...point, media: mediaOf(point.media), person: person(point).name })),
    }),
  };
}

function numbered(keys: readonly string[]): (key: string) => number {
  const numbers = new Map([...new Set(keys)].map((key, i) => [key, i + 1]));
  return (key) => numbers.get(key) ?? 0;
}

function redactedMedia(media: MediaFacts, mediaId: string): MediaFacts {
  const { otherUrl: _url, reel: _reel, doubts, ...facts } = media;
  const extension = /\.[A-Za-z0-9]{1,5}$/.exec(media.fileName)?.[0] ?? "";
  const fileName = `${mediaId}${extension}`;
  const kept = doubts && { doubts: doubts.map(({ code }) => ({ code, detail: fileName })) };
  return { ...facts, mediaId, fileName, name: fileName, url: fileName, ...kept };
}

function withoutScore<T extends object>(known: T): T {
  const { score: _score, box: _box, ...rest } = known as T & { score?: unknown; box?: unknown };
  return rest as T;
}

/** Where it was read says which media and which folder; the place inside the reply does not. */
function redactedFate(fate: Fate, mediaId: string, person: string): Fate {
  return { ...fate, mediaId, person, place: fate.place.slice(fate.place.lastIndexOf(" $") + 1) };
}
