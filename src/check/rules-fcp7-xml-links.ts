import { compareFrames } from "../read/frames.js";
import type { Reading } from "../read/reading.js";
import { linkWatcher } from "./fcp7-xml-links.js";
import { masterWatcher } from "./fcp7-xml-masters.js";
import { type Item, named } from "./items.js";
import type { Fault, Rule } from "./rule.js";
import { pairsOf, slipOf } from "./slips.js";

/** Rules of sound and its picture. */
export const soundRules: readonly Rule[] = [
  {
    id: "dangling-link",
    formats: ["fcp7xml"],
    severity: "error",
    consequence: "Picture and sound are not linked, and drift apart in editing",
    source: "Apple, Final Cut Pro XML Interchange Format, link: linkclipref names a clipitem",
    find: danglingLinks,
  },
  {
    id: "link-index",
    formats: ["fcp7xml"],
    severity: "warning",
    consequence: "Programs that go by the numbers and not by the name link another clip, or none",
    source: "Apple, Final Cut Pro XML Interchange Format, link: trackindex and clipindex count from 1",
    watch: linkWatcher,
  },
  {
    id: "master-clip",
    formats: ["fcp7xml"],
    severity: "warning",
    consequence: "Programs show picture and sound as two items of the project, or make a new one for each clip",
    source: "Apple, Final Cut Pro XML Interchange Format, masterclipid; Premiere's own exports have one for each file",
    watch: masterWatcher,
  },
  // No error: editors slip sound on purpose, to mend what was recorded out of step, and every program imports it so.
  {
    id: "sound-out-of-step",
    formats: ["fcp7xml", "otio"],
    severity: "warning",
    consequence: "Sound and picture do not run together",
    source: "Apple, Final Cut Pro XML Interchange Format, link; Resolve's and Premiere's OTIO exports",
    find: soundsOutOfStep,
  },
  {
    id: "sound-alone",
    formats: ["otio"],
    severity: "warning",
    consequence: "The sound plays without the picture it belongs to",
    source: "Resolve's Link Group ID and Premiere's LinkID are on both parts of a clip",
    find: soundsAlone,
  },
];

function* danglingLinks({ timelines }: Reading): Generator<Fault> {
  for (const { clips, sounds } of timelines) {
    const items: readonly Item[] = [...clips, ...sounds];
    const ids = new Set(items.map(({ id }) => id));
    for (const item of items) {
      const missing = linksOf(item).filter((link) => !ids.has(link));
      for (const link of missing)
        yield { place: item.place, what: `${named(item)} is linked to "${link}", which is nowhere in its sequence` };
    }
  }
}

/** Ids of the clipitems it is linked to, itself among them. */
function linksOf({ written }: Item): string[] {
  return (written.links ?? "").split(", ").flatMap((link) => link.split(" ", 1).filter((id) => id !== ""));
}

function* soundsOutOfStep({ timelines }: Reading): Generator<Fault> {
  for (const timeline of timelines) {
    for (const { sound, picture } of pairsOf(timeline)) {
      if (picture === undefined || timeline.rate === undefined) continue;
      if (compareFrames(slipOf(sound, picture, timeline.rate), 0) === 0) continue;
      yield { place: sound.place, what: `The sound of ${named(picture)} (${picture.place}) is not where its picture is` };
    }
  }
}

/** Links of its own are usual for music; what is linked elsewhere though its picture lies above it is not. */
function* soundsAlone({ timelines }: Reading): Generator<Fault> {
  for (const { clips, sounds } of timelines) {
    const links = new Set(clips.map(({ link }) => link));
    const pictures = new Set(clips.map(placed));
    for (const sound of sounds) {
      if (sound.link === undefined || links.has(sound.link) || !pictures.has(placed(sound))) continue;
      yield { place: sound.place, what: `The sound ${named(sound)} is not linked to its picture` };
    }
  }
}

function placed({ media, record }: Item): string {
  return `${media} ${String(record.start)}`;
}
