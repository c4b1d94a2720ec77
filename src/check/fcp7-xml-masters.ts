import type { Reading } from "../read/reading.js";
import { type Item, itemsOf, mediaById, named } from "./items.js";
import type { Fault, Watcher } from "./rule.js";
import { pairsOf } from "./slips.js";

/** Whether clipitems name the master clip of their file. */
export function masterWatcher(): Watcher {
  const masters = new Set<string>();
  return {
    element: ({ name, attributes }) => {
      if (name === "clip" && attributes.id !== undefined) masters.add(attributes.id);
    },
    faults: function* (reading) {
      yield* differentMasters(reading);
      // Most files hold sequences alone, and their master clips are names only.
      if (masters.size > 0) yield* missingMasters(reading, masters);
    },
  };
}

function masterOf({ written }: Item): string | undefined {
  return written.masterclipid;
}

function* differentMasters({ timelines }: Reading): Generator<Fault> {
  for (const { sound, picture } of timelines.flatMap((timeline) => [...pairsOf(timeline)])) {
    if (picture === undefined || sound.media !== picture.media) continue;
    const [heard, seen] = [masterOf(sound), masterOf(picture)];
    if (heard === undefined || seen === undefined || heard === seen) continue;
    const what = `The sound of ${named(picture)} has the master clip "${heard}", its picture (${picture.place}) "${seen}"`;
    yield { place: sound.place, what };
  }
}

function* missingMasters(reading: Reading, masters: ReadonlySet<string>): Generator<Fault> {
  const files = mediaById(reading);
  for (const { item } of itemsOf(reading)) {
    const master = masterOf(item);
    if (master === undefined || masters.has(master) || !files.has(item.media ?? "")) continue;
    yield { place: item.place, what: `${named(item)} has the master clip "${master}", which is nowhere in the file` };
  }
}
