import { compareFrames, frameAt, minus } from "../read/frames.js";
import type { ReadClip, Reading, ReadTimeline } from "../read/reading.js";
import { clipsOf, groupsOf, type Item, isNoReel, itemsOf, lineOf, named, timecodeAt } from "./items.js";
import { differentLengths } from "./lengths.js";
import type { Fault, Rule } from "./rule.js";
import { locatorRules } from "./rules-edl-locators.js";

/** Rules of CMX 3600 lists and of Resolve's marker lists. */
export const edlRules: readonly Rule[] = [
  {
    id: "length-mismatch",
    formats: ["edl"],
    severity: "error",
    consequence: "Programs refuse the list, or change the speed of the clip",
    source: "OpenTimelineIO's CMX 3600 adapter refuses source and record lengths that differ without an M2 line",
    find: lengthMismatches,
  },
  {
    id: "rate-unknown",
    formats: ["edl"],
    severity: "warning",
    consequence: "Lengths were not compared: give the rate with --rate, or a file of the same name in another format",
    source: "CMX 3600 has no field for the frame rate",
    find: unknownRates,
  },
  {
    id: "fcm-mismatch",
    formats: ["edl"],
    severity: "error",
    consequence: "Programs that go by FCM and those that go by the ; put every clip at different frames",
    source: "SMPTE 258M: FCM says how timecode counts; OpenTimelineIO's adapter goes by ; alone",
    find: fcmMismatches,
  },
  {
    id: "fcm-unspelled",
    formats: ["edl"],
    severity: "warning",
    consequence: "Programs that go by the ; alone read the list as non-drop, seconds off after some minutes",
    source: "OpenTimelineIO's CMX 3600 adapter knows drop-frame by the ; before the frames",
    find: unspelledDropFrame,
  },
  {
    id: "too-many-events",
    formats: ["edl"],
    severity: "warning",
    consequence: "Edit controllers and some programs stop after 999 events; split the list",
    source: "CMX 3600 numbers events with three digits",
    find: tooManyEvents,
  },
  {
    id: "event-number",
    formats: ["edl"],
    severity: "error",
    consequence: "Programs take two events of one number in a row for a transition",
    source: "OpenTimelineIO's CMX 3600 adapter pairs events of one number",
    find: repeatedNumbers,
  },
  {
    id: "record-order",
    formats: ["edl"],
    severity: "warning",
    consequence: "Programs that read the list from the top to the bottom refuse it, or lose clips",
    source: "A-mode lists are in record order; OpenTimelineIO's CMX 3600 adapter refuses others",
    find: wrongOrder,
  },
  {
    id: "reel-collision",
    formats: ["edl"],
    severity: "error",
    consequence: "Resolve finds media by reel and timecode, and takes the wrong file for one of them",
    source: "DaVinci Resolve reference manual, Conforming: reel name and timecode",
    find: reelCollisions,
  },
  {
    id: "reel-blank",
    formats: ["edl"],
    severity: "error",
    consequence: "The columns shift: programs take part of the reel for the channel",
    source: "OpenTimelineIO's CMX 3600 adapter, like most readers, splits events at blanks",
    find: reelsWithBlanks,
  },
  {
    id: "long-event-number",
    formats: ["edl"],
    severity: "warning",
    consequence: "Readers with fixed columns read the reel from the wrong place",
    source: "CMX 3600 has three columns for the number, Avid's wide form six",
    find: longNumbers,
  },
  {
    id: "event-order",
    formats: ["edl"],
    severity: "warning",
    consequence: "Programs and people who go by the numbers put the events in another order",
    source: "CMX 3600 numbers the events of a list one after the other",
    find: numbersOutOfOrder,
  },
  ...locatorRules,
];

function* lengthMismatches(reading: Reading): Generator<Fault> {
  for (const { item, timeline, frames } of differentLengths(reading)) {
    const size = Math.abs(frameAt(frames));
    const kind = compareFrames(frames, 0) > 0 ? "longer" : "shorter";
    const at = timecodeAt(item.record.start, timeline);
    yield { place: item.place, what: `The source of ${named(item)} at ${at} is ${size} frames ${kind} than its record range` };
  }
}

const labelColumns = ["sourceIn", "sourceOut", "recordIn", "recordOut"] as const;

function hasSemicolon({ written }: Item, column: (typeof labelColumns)[number]): boolean {
  return written[column]?.includes(";") === true;
}

function* fcmMismatches(reading: Reading): Generator<Fault> {
  const items = [...itemsOf(reading)];
  const isDropList = items.some(({ item }) => hasSemicolon(item, "recordIn"));
  for (const { item } of items) {
    const { FCM } = item.written;
    const isDrop = FCM === undefined ? isDropList : /^DROP/i.test(FCM);
    const columns = labelColumns.filter((column) => hasSemicolon(item, column) !== isDrop);
    if (columns.length === 0 || (isDrop && !isDropList)) continue;
    const [written, meant] = isDrop ? [":", "drop-frame"] : [";", "non-drop"];
    yield {
      place: item.place,
      what: `The event ${item.written.event} has ${written} in its timecodes, but the list counts ${meant}`,
    };
  }
}

function* unspelledDropFrame(reading: Reading): Generator<Fault> {
  const items = [...itemsOf(reading)];
  if (items.some(({ item }) => hasSemicolon(item, "recordIn"))) return;
  const first = items.find(({ item }) => /^DROP/i.test(item.written.FCM ?? ""));
  if (first) yield { place: first.item.place, what: "FCM says DROP FRAME, but no timecode is written with ;" };
}

function* unknownRates({ timelines }: Reading): Generator<Fault> {
  for (const { rate, kind, place } of timelines) {
    if (rate === undefined && kind === "cuts") yield { place, what: "The list does not say its frame rate" };
  }
}

/** The places of all events, in the order of the file. */
function eventLines({ clips, sounds, gaps, markers, kind }: ReadTimeline): number[] {
  const events = kind === "markers" ? markers : [...clips, ...sounds, ...gaps];
  return [...new Set(events.map(lineOf))].sort((a, b) => a - b);
}

function* tooManyEvents(reading: Reading): Generator<Fault> {
  for (const timeline of reading.timelines) {
    const lines = eventLines(timeline);
    const isWide = timeline.clips[0]?.written.event?.length === 6;
    if (lines.length > 999 && !isWide) yield { place: `line ${lines[999]}`, what: `The list has ${lines.length} events` };
  }
}

function* pairsInFile({ timelines }: Reading): Generator<readonly [ReadClip, ReadClip, ReadTimeline]> {
  for (const timeline of timelines) {
    const clips = timeline.clips.toSorted((a, b) => lineOf(a) - lineOf(b));
    for (const [i, clip] of clips.entries()) if (i > 0) yield [clips[i - 1] as ReadClip, clip, timeline];
  }
}

function* repeatedNumbers(reading: Reading): Generator<Fault> {
  for (const [before, { written, place }] of pairsInFile(reading)) {
    if (before.written.event === written.event && before.written.transition === "C" && written.transition === "C")
      yield { place, what: `The event number ${written.event} is used twice in a row` };
  }
}

/** Sound has lines of its own between those of pictures; black has too, but does not keep its number. */
function* numbersOutOfOrder({ timelines }: Reading): Generator<Fault> {
  for (const { clips, sounds } of timelines) {
    let [before, after] = [0, 0];
    for (const { written, place } of [...clips, ...sounds].sort((a, b) => lineOf(a) - lineOf(b))) {
      [before, after] = [after, Number(written.event)];
      if (after < before) yield { place, what: `The event ${written.event} comes after one with a higher number` };
    }
  }
}

function* wrongOrder(reading: Reading): Generator<Fault> {
  for (const [before, clip, timeline] of pairsInFile(reading)) {
    if (compareFrames(clip.record.start, before.record.start) < 0)
      yield { place: clip.place, what: `The event at ${timecodeAt(clip.record.start, timeline)} stands after a later one` };
  }
}

// Names of clips tell files apart only when they are file names.
const isFileName = (name: string) => /\.[a-z0-9]{2,4}$/i.test(name);

/** Compares each clip with those of its reel that begin before it: the ones of other files that last longest. */
function* reelCollisions(reading: Reading): Generator<Fault> {
  const clips = [...clipsOf(reading)].map(({ item }) => item).filter(({ source, name }) => source && isFileName(name));
  for (const [reel, same] of groupsOf(clips, ({ written }) => written.reel ?? "")) {
    if (!isNoReel(reel)) yield* collisionsOf(reel, same);
  }
}

function* collisionsOf(reel: string, clips: readonly ReadClip[]): Generator<Fault> {
  const sorted = clips.toSorted((a, b) => compareFrames(sourceOf(a).start, sourceOf(b).start));
  const longest = new Map<string, ReadClip>();
  for (const clip of sorted) {
    for (const other of longest.values()) {
      if (other.name === clip.name || compareFrames(sourceOf(clip).start, sourceOf(other).end) >= 0) continue;
      const what = `${named(clip)} and ${named(other)} (${other.place}) share the reel ${reel} and timecode`;
      yield { place: clip.place, what };
    }
    const last = longest.get(clip.name);
    if (!last || compareFrames(minus(sourceOf(clip).end, sourceOf(last).end), 0) > 0) longest.set(clip.name, clip);
  }
}

function sourceOf({ source }: ReadClip) {
  return source ?? { start: 0, end: 0 };
}

function* reelsWithBlanks({ media }: Reading): Generator<Fault> {
  for (const { reel = "", place } of media) if (/\s/.test(reel)) yield { place, what: `The reel "${reel}" has blanks in it` };
}

function* longNumbers(reading: Reading): Generator<Fault> {
  for (const { item } of clipsOf(reading)) {
    const { event = "" } = item.written;
    if (![3, 6].includes(event.length)) yield { place: item.place, what: `The event number ${event} has ${event.length} digits` };
  }
}
