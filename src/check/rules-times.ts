import { compareFrames, type Frames, recount } from "../read/frames.js";
import { byRecord, type Reading, type ReadTimeline } from "../read/reading.js";
import { type Item, isNearFrame, isRetimed, itemsOf, mediaById, named, timecodeAt } from "./items.js";
import type { Fault, Rule } from "./rule.js";

/** Rules of time that hold in several formats. */
export const timeRules: readonly Rule[] = [
  {
    id: "no-length",
    formats: ["otio", "fcpxml", "edl", "fcp7xml"],
    severity: "error",
    consequence: "Programs refuse the file, or leave the clip out",
    source: "OpenTimelineIO's CMX 3600 adapter refuses an out that is not after its in",
    find: withoutLength,
  },
  {
    id: "before-start",
    formats: ["otio", "fcpxml", "fcp7xml"],
    severity: "error",
    consequence: "Programs refuse the file, or move the clip",
    source: "Apple, FCPXML Reference, Timing attributes: times of a timeline count from its start",
    find: beforeStart,
  },
  {
    id: "off-frame",
    formats: ["fcpxml"],
    severity: "error",
    consequence: 'Final Cut Pro warns "The item is not on an edit frame boundary" and moves the cut',
    source: "Apple, FCPXML Reference, Timing attributes: whole multiples of the timeline's frame duration",
    find: offFrame,
  },
  {
    id: "off-frame",
    formats: ["fcp7xml"],
    severity: "error",
    consequence: "Programs refuse the clip, or cut elsewhere",
    source: "Apple, Final Cut Pro XML Interchange Format, Timing values: whole frames; OpenTimelineIO's adapter refuses others",
    find: offFrame,
  },
  {
    id: "off-frame",
    formats: ["otio"],
    severity: "warning",
    consequence: "Programs round the cut to a frame, each in its own way",
    source: "OpenTimelineIO, Time Coordinates; Resolve and Kdenlive place clips on the timeline's frames",
    find: offFrame,
  },
  {
    id: "source-off-frame",
    formats: ["otio", "fcpxml", "fcp7xml"],
    severity: "warning",
    consequence: "Programs round to a frame, each in its own way: the cut may be one frame off",
    source: "Apple, FCPXML Reference, Timing attributes; OpenTimelineIO, Time Coordinates",
    find: sourceOffFrame,
  },
  {
    id: "marker-off-frame",
    formats: ["otio", "fcpxml", "fcp7xml"],
    severity: "warning",
    consequence: "Programs round to a frame, each in its own way: the marker may be one frame off",
    source: "Apple, FCPXML Reference, Timing attributes; OpenTimelineIO, Time Coordinates",
    find: markersOffFrame,
  },
  {
    id: "record-overlap",
    formats: ["edl"],
    severity: "error",
    consequence: "One of the two clips is lost or cut short",
    source: "OpenTimelineIO's CMX 3600 adapter refuses overlapping record ranges",
    find: overlaps,
  },
  {
    id: "record-overlap",
    formats: ["fcp7xml"],
    severity: "error",
    consequence: "One of the two clips is lost or cut short",
    source: "Apple, Final Cut Pro XML Interchange Format, track: clips of a track follow one another",
    find: overlaps,
  },
  {
    id: "record-overlap",
    formats: ["fcpxml"],
    severity: "warning",
    consequence: "Final Cut Pro moves one of the two to another lane",
    source: "Apple, FCPXML Reference, lane: what overlaps lies in different lanes",
    find: overlaps,
  },
];

const isPositive = (start: Frames, end: Frames) => compareFrames(end, start) > 0;

function* withoutLength(reading: Reading): Generator<Fault> {
  for (const { item, timeline } of itemsOf(reading)) {
    // Without a rate all times of an XML timeline read as 0; that it has none is another rule's.
    if (timeline.rate === undefined && reading.format !== "edl") continue;
    const { record, source, place } = item;
    const wrong = !isPositive(record.start, record.end)
      ? "record range"
      : source !== undefined && !isRetimed(item) && !isPositive(source.start, source.end)
        ? "source range"
        : undefined;
    if (wrong) yield { place, what: `The ${wrong} of ${named(item)} ends where it begins, or before` };
  }
}

function* beforeStart(reading: Reading): Generator<Fault> {
  for (const { item } of itemsOf(reading)) {
    if (compareFrames(item.record.start, 0) < 0)
      yield { place: item.place, what: `${named(item)} begins before the timeline does` };
  }
  for (const { start, place, name } of reading.timelines)
    if (compareFrames(start, 0) < 0) yield { place, what: `${named({ name })} starts before midnight` };
}

function* offFrame(reading: Reading): Generator<Fault> {
  for (const { item, timeline } of itemsOf(reading)) {
    const { start, end } = item.record;
    if (typeof start === "number" && typeof end === "number") continue;
    const edge = typeof start === "number" ? "ends" : "begins";
    yield { place: item.place, what: `${named(item)} ${edge} between two frames, near ${timecodeAt(start, timeline)}` };
  }
}

/** Starts of source ranges; where media run at another rate than the timeline, either grid will do. */
function* sourceOffFrame(reading: Reading): Generator<Fault> {
  const media = mediaById(reading);
  for (const { item, timeline } of itemsOf(reading)) {
    const { source, place } = item;
    // Titles and generators have no frames of their own: Final Cut Pro has theirs begin at one hour, at any rate.
    if (source === undefined || isNearFrame(source.start) || !media.has(item.media ?? "")) continue;
    const isOnTimeline = source.rate && timeline.rate && isNearFrame(recount(source.start, source.rate, timeline.rate));
    if (!isOnTimeline) yield { place, what: `The source of ${named(item)} begins between two frames` };
  }
}

/** A marker of a clip stands on a frame of the media or of the timeline. */
function* markersOffFrame({ timelines }: Reading): Generator<Fault> {
  for (const timeline of timelines) {
    for (const marker of [...timeline.markers, ...timeline.clips.flatMap(({ markers }) => markers)]) {
      const isOnFrame = isNearFrame(marker.record) || (marker.source !== undefined && isNearFrame(marker.source));
      if (!isOnFrame) yield { place: marker.place, what: `The marker ${named(marker)} stands between two frames` };
    }
  }
}

function* overlaps({ timelines }: Reading): Generator<Fault> {
  for (const timeline of timelines) {
    yield* overlapsOf(timeline.clips, timeline);
    yield* overlapsOf(timeline.sounds, timeline);
  }
}

function* overlapsOf(items: readonly Item[], timeline: ReadTimeline): Generator<Fault> {
  const before = new Map<number, Item>();
  for (const item of items.toSorted(byRecord)) {
    const last = before.get(item.track);
    if (last && !mayOverlap(last) && !mayOverlap(item) && compareFrames(item.record.start, last.record.end) < 0) {
      const what = `${named(item)} begins at ${timecodeAt(item.record.start, timeline)}, before ${named(last)} (${last.place}) ends`;
      yield { place: item.place, what };
    }
    if (last === undefined || compareFrames(item.record.end, last.record.end) > 0) before.set(item.track, item);
  }
}

/** Clips at a transition share its frames; a key lies over its background. */
function mayOverlap({ written: { start, end, transition = "C" } }: Item): boolean {
  return start === "-1" || end === "-1" || transition !== "C";
}
