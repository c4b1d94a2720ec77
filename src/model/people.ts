import { oneLine } from "../text.js";
import type { MediaClip, MediaMatches } from "./matches.js";

/** Who a person is, before colours are given out. */
export interface Identity {
  readonly key: string;
  readonly name: string;
  readonly entityId?: string;
}

/**
 * Says who each element of MediaClipList is: a person is an EntityId and its LabelName only its name; without
 * an EntityId the LabelName; without both one unknown face per element, numbered in the order given.
 */
export function identifyPeople(matches: readonly MediaMatches[]): ReadonlyMap<MediaClip, Identity> {
  const identities = new Map<string, Identity>();
  const keys = new Map<MediaClip, string>();
  let unknown = 0;
  for (const { clips } of matches) {
    for (const clip of clips) {
      const key = personKey(clip) ?? `unknown:${++unknown}`;
      const known = identities.get(key);
      if (known === undefined || known.name === known.entityId) identities.set(key, identityOf(key, clip, unknown));
      keys.set(clip, key);
    }
  }
  // A name may come only with a later element: everybody gets the one found last.
  return new Map(Array.from(keys, ([clip, key]) => [clip, identities.get(key) as Identity]));
}

/** Whom an element belongs to; undefined for a face nobody knows. */
export function personKey({ entityId, labelName }: MediaClip): string | undefined {
  if (entityId !== undefined) return `entity:${entityId}`;
  return labelName === undefined ? undefined : `label:${labelName}`;
}

function identityOf(key: string, { entityId, labelName }: MediaClip, unknown: number): Identity {
  const name = oneLine(labelName ?? "") || oneLine(entityId ?? "") || `unknown ${unknown}`;
  return entityId === undefined ? { key, name } : { key, name, entityId: oneLine(entityId) };
}
