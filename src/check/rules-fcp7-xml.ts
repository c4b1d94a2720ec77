import { compareFrames, frameAt } from "../read/frames.js";
import type { Reading } from "../read/reading.js";
import { valueWatcher } from "./fcp7-xml-values.js";
import { type Item, isRetimed, itemsOf, mediaById, named, timecodeAt } from "./items.js";
import { differentLengths, isSameLength, lengthOf } from "./lengths.js";
import type { Fault, Rule } from "./rule.js";
import { soundRules } from "./rules-fcp7-xml-links.js";
import { timecodeRules } from "./rules-fcp7-xml-timecode.js";
import { outsideMedia } from "./rules-media.js";

const apple = "Apple, Final Cut Pro XML Interchange Format";

/** Rules of Final Cut Pro 7 XML: what is described, and what is missing. */
export const fcp7XmlRules: readonly Rule[] = [
  {
    id: "source-outside-media",
    formats: ["fcp7xml"],
    severity: "error",
    consequence: "Programs leave the clip out, shorten it, or show black",
    source: `${apple}, clipitem: in and out count within the file`,
    find: outsideMedia,
  },
  {
    id: "length-mismatch",
    formats: ["fcp7xml"],
    severity: "error",
    consequence: "Programs change the clip's speed, or cut it at another frame",
    source: `${apple}, clipitem: out - in is end - start at normal speed`,
    find: (reading) => lengthMismatches(reading, (frames) => frames > 1),
  },
  {
    id: "length-off-by-one",
    formats: ["fcp7xml"],
    severity: "warning",
    consequence: "Programs may end the clip one frame earlier or later",
    source: "Premiere's own exports are sometimes so; OpenTimelineIO's adapter goes by start and end",
    find: (reading) => lengthMismatches(reading, (frames) => frames <= 1),
  },
  {
    id: "duplicate-id",
    formats: ["fcp7xml"],
    severity: "error",
    consequence: "Links and references go to one of the two only",
    source: `${apple}, ids: an id names one element`,
    find: duplicateIds,
  },
  {
    id: "file-described-twice",
    formats: ["fcp7xml"],
    severity: "error",
    consequence: "Resolve leaves clips out without a word",
    source: "barefootford/buttercut, issue 44; Apple: the first file of an id is full, later ones only name it",
    find: filesDescribedTwice,
  },
  {
    id: "dangling-reference",
    formats: ["fcp7xml"],
    severity: "error",
    consequence: "The clip comes in offline, or not at all",
    source: `${apple}, file: an id without a body refers to one described before`,
    find: danglingFiles,
  },
  {
    id: "no-path",
    formats: ["fcp7xml"],
    severity: "error",
    consequence: "The clips of this file come in offline",
    source: `${apple}, pathurl`,
    find: ({ media }) =>
      media
        .filter(({ files, written }) => files.length === 0 && written.mediaSource === undefined)
        .map(({ place, name }) => ({ place, what: `The file ${named({ name })} has no pathurl` })),
  },
  {
    id: "no-rate",
    formats: ["fcp7xml"],
    severity: "error",
    consequence: "Programs take another rate, and every cut of it is elsewhere",
    source: `${apple}, rate`,
    find: withoutRate,
  },
  {
    id: "no-duration",
    formats: ["fcp7xml"],
    severity: "warning",
    consequence: "Programs take the file for one without frames",
    source: "OpenTimelineIO's FCP 7 adapter: available range of length 0",
    find: ({ media }) =>
      media
        .filter(({ duration, written }) => duration === undefined && written.mediaSource === undefined)
        .map(({ place, name }) => ({ place, what: `The file ${named({ name })} has no duration` })),
  },
  {
    id: "no-size",
    formats: ["fcp7xml"],
    severity: "error",
    consequence: "Resolve shows nothing, without a message; Premiere makes a sequence of 720x480",
    source: "OpenTimelineIO issue 839: samplecharacteristics of the sequence's format",
    find: ({ timelines }) =>
      timelines
        .filter(({ size, clips }) => size === undefined && clips.length > 0)
        .map(({ place, name }) => ({ place, what: `The sequence ${named({ name })} has no format with width and height` })),
  },
  {
    id: "name-without-extension",
    formats: ["fcp7xml"],
    severity: "warning",
    consequence: "Resolve relinks by the exact file name, and does not find the file",
    source: "palmier-io/palmier-pro, issue 247",
    find: ({ media }) =>
      media
        .filter(({ name, files }) => files.length > 0 && !/\.[^.\s]+$/.test(name))
        .map(({ place, name }) => ({ place, what: `The file's name ${named({ name })} has no extension` })),
  },
  {
    id: "clip-duration",
    formats: ["fcp7xml"],
    severity: "warning",
    consequence: "Programs that go by it stop trimming too early or too late, or cut the clip short",
    source: `${apple}, clipitem: duration is that of the whole file; Premiere's own exports`,
    find: clipDurations,
  },
  {
    id: "wrong-value",
    formats: ["fcp7xml"],
    severity: "error",
    consequence: "Programs refuse the file, or take the value for another",
    source: `${apple}, ntsc, enabled, mediatype: the words there are`,
    watch: valueWatcher,
  },
  ...timecodeRules,
  ...soundRules,
];

function* lengthMismatches(reading: Reading, isMeant: (frames: number) => boolean): Generator<Fault> {
  for (const { item, timeline, frames } of differentLengths(reading)) {
    const size = Math.abs(frameAt(frames));
    if (!isMeant(size)) continue;
    const [kind, at] = [compareFrames(frames, 0) > 0 ? "more" : "fewer", timecodeAt(item.record.start, timeline)];
    yield {
      place: item.place,
      what: `${named(item)} at ${at} has ${size} ${kind} frames from in to out than from start to end`,
    };
  }
}

function* duplicateIds(reading: Reading): Generator<Fault> {
  const seen = new Map<string, string>();
  const things = [...[...itemsOf(reading)].map(({ item }) => item), ...reading.timelines];
  for (const { id, place } of things) {
    if (id === undefined) continue;
    const before = seen.get(id);
    if (before !== undefined) yield { place, what: `The id "${id}" is taken already (${before})` };
    else seen.set(id, place);
  }
}

function* filesDescribedTwice({ media }: Reading): Generator<Fault> {
  const seen = new Map<string, string>();
  for (const { id, place } of media) {
    const before = seen.get(id);
    if (before !== undefined) yield { place, what: `The file "${id}" is described again (first: ${before})` };
    else seen.set(id, place);
  }
}

function* danglingFiles(reading: Reading): Generator<Fault> {
  // A nested sequence without an id is known by its place.
  const sequences = reading.timelines.map(({ id, place }) => id ?? place);
  const known = new Set<string | undefined>([...mediaById(reading).keys(), ...sequences]);
  for (const { item } of itemsOf(reading)) {
    if (item.media === undefined && needsFile(item)) yield { place: item.place, what: `${named(item)} has no file` };
    else if (item.media !== undefined && !known.has(item.media))
      yield { place: item.place, what: `${named(item)} refers to the file "${item.media}", which is nowhere described` };
  }
}

/** Generators make their pictures, multiclips hold their files inside. */
function needsFile(item: Item): boolean {
  const isClip = !("kind" in item) || item.kind === "clipitem";
  return isClip && !Object.keys(item.written).some((key) => key.startsWith("multiclip"));
}

function* withoutRate({ media, timelines }: Reading): Generator<Fault> {
  for (const { rate, place, name } of timelines) {
    if (rate === undefined) yield { place, what: `The sequence ${named({ name })} has no rate` };
  }
  for (const { rate, place, name, written } of media) {
    if (rate === undefined && written.mediaSource === undefined) yield { place, what: `The file ${named({ name })} has no rate` };
  }
}

function* clipDurations(reading: Reading): Generator<Fault> {
  const files = mediaById(reading);
  for (const { item } of itemsOf(reading)) {
    const { source, place, written } = item;
    const [frames, file] = [Number(written.duration ?? Number.NaN), files.get(item.media ?? "")];
    if (!Number.isSafeInteger(frames) || source?.rate === undefined || isRetimed(item)) continue;
    // Stills are said to last no time.
    const whole = file?.duration !== undefined && compareFrames(file.duration, 0) > 0 ? lengthOf(file) : undefined;
    if (whole !== undefined && !isSameLength(whole, { frames, rate: source.rate }))
      yield { place, what: `The duration of ${named(item)} is ${frames} frames, not that of its whole file` };
    else if (whole === undefined && compareFrames(source.end, frames) > 0)
      yield { place, what: `The out of ${named(item)} is after its duration of ${frames} frames` };
  }
}
