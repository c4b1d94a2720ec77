import { compareFrames, minus, recount } from "../read/frames.js";
import type { ReadClip, Reading, ReadSound, ReadTimeline } from "../read/reading.js";
import type { FrameRate } from "../time/frame-rate.js";
import { type Item, itemsOf, named } from "./items.js";
import type { Fault, Rule } from "./rule.js";

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

function* danglingLinks(reading: Reading): Generator<Fault> {
  const ids = new Set([...itemsOf(reading)].map(({ item }) => item.id));
  for (const { item } of itemsOf(reading)) {
    for (const link of linksOf(item)) {
      if (!ids.has(link)) yield { place: item.place, what: `${named(item)} is linked to "${link}", which is nowhere` };
    }
  }
}

/** Ids of the clipitems it is linked to, itself among them. */
function linksOf({ written }: Item): string[] {
  return (written.links ?? "").split(", ").flatMap((link) => link.split(" ", 1).filter((id) => id !== ""));
}

interface Pair {
  readonly sound: ReadSound;
  readonly picture: ReadClip | undefined;
  readonly timeline: ReadTimeline;
}

/** Sounds that are linked to something, with their picture. */
function* pairs({ timelines }: Reading): Generator<Pair> {
  for (const timeline of timelines) {
    const pictures = new Map(timeline.clips.map((clip) => [clip.link ?? clip.id, clip]));
    for (const sound of timeline.sounds) {
      if (sound.link !== undefined) yield { sound, picture: pictures.get(sound.link), timeline };
    }
  }
}

function* soundsOutOfStep(reading: Reading): Generator<Fault> {
  for (const { sound, picture, timeline } of pairs(reading)) {
    if (picture === undefined || timeline.rate === undefined || isInStep(sound, picture, timeline.rate)) continue;
    yield { place: sound.place, what: `The sound of ${named(picture)} (${picture.place}) is not where its picture is` };
  }
}

/** A sound may begin earlier or end later than its picture (split edits), but not against it. */
function isInStep(sound: ReadSound, picture: ReadClip, rate: FrameRate): boolean {
  const [heard, seen] = [sound.source, picture.source];
  if (heard?.rate === undefined || seen?.rate === undefined || sound.media !== picture.media) return true;
  const shift = minus(sound.record.start, picture.record.start);
  const ofSource = minus(recount(heard.start, heard.rate, rate), recount(seen.start, seen.rate, rate));
  return compareFrames(shift, ofSource) === 0;
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
