import type { MediaClip, MediaMatches } from "../model/matches.js";
import { type Identity, identifyPeople, personKey } from "../model/people.js";
import { oneLine } from "../text.js";
import { addWord, plainWord, type Words } from "./look-up.js";

/** Names to write instead of those of the record, by EntityId or name. */
export type Aliases = ReadonlyMap<string, string>;

/** The people of a record. */
export interface Cast {
  /** Who each element of MediaClipList shows. */
  readonly identities: ReadonlyMap<MediaClip, Identity>;
  /** Keys of people by every word they can be called: names, EntityIds, aliases. Put together when first asked for. */
  readonly words: () => Words;
  /** Aliases for nobody in the record. */
  readonly unusedAliases: readonly string[];
}

/** Says who is in a record, under which names. Numbers unknown faces in the order of the matches. */
export function castOf(matches: readonly MediaMatches[], aliases: Aliases = new Map()): Cast {
  const found = identifyPeople(matches);
  let known: Map<string, Set<string>> | undefined;
  const words = () => {
    known ??= wordsOf(found);
    return known;
  };
  if (aliases.size === 0) return { identities: found, words, unusedAliases: [] };
  const { names, unused } = aliasNames(aliases, words());
  for (const [key, name] of names) addWord(words(), name, key);
  return { identities: renamed(found, names), words, unusedAliases: unused };
}

function wordsOf(identities: ReadonlyMap<MediaClip, Identity>): Map<string, Set<string>> {
  const words = new Map<string, Set<string>>();
  for (const [clip, { key, name }] of identities) {
    const called = personKey(clip) === undefined ? [name] : [clip.labelName, clip.entityId];
    for (const word of called) if (word !== undefined) addWord(words, word, key);
  }
  return words;
}

/** One object per person, as before. */
function renamed(identities: ReadonlyMap<MediaClip, Identity>, names: ReadonlyMap<string, string>): Map<MediaClip, Identity> {
  const people = new Map([...identities.values()].map((identity) => [identity.key, identity]));
  for (const [key, name] of names) people.set(key, { ...(people.get(key) as Identity), name });
  return new Map([...identities].map(([clip, { key }]) => [clip, people.get(key) as Identity]));
}

/** The new name of each person. An EntityId says more than a name does, so it comes last and wins. */
function aliasNames(aliases: Aliases, words: Words): { names: Map<string, string>; unused: string[] } {
  const rows = [...aliases].map(([who, name]) => ({ who, name, keys: words.get(plainWord(who)) ?? new Set<string>() }));
  const byEntity = ({ who, keys }: (typeof rows)[number]) => Number(keys.has(`entity:${who}`));
  const names = new Map<string, string>();
  for (const { name, keys } of rows.toSorted((a, b) => byEntity(a) - byEntity(b)))
    for (const key of keys) names.set(key, oneLine(name));
  return { names, unused: rows.filter(({ keys }) => keys.size === 0).map(({ who }) => who) };
}
