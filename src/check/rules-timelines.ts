import { compareFrames, type Frames, minus, plus } from "../read/frames.js";
import type { Reading, ReadMarker, ReadTimeline } from "../read/reading.js";
import { canDrop, countingOf, rateName } from "../time/frame-rate.js";
import { framesPerDay } from "../time/timecode.js";
import { clipsOf, type Item, named, timecodeAt } from "./items.js";
import type { Fault, Rule } from "./rule.js";

/** Rules of markers and of timelines as a whole that hold in several formats. */
export const timelineRules: readonly Rule[] = [
  {
    id: "marker-outside",
    formats: ["otio", "fcpxml", "edl", "fcp7xml"],
    severity: "warning",
    consequence: "Programs do not show the marker, or show it on another clip",
    source: "Final Cut Pro's own exports hold such markers and it does not show them; OpenTimelineIO, Time Coordinates",
    find: markersOutside,
  },
  {
    id: "timeline-marker-outside",
    formats: ["otio", "fcp7xml"],
    severity: "warning",
    consequence: "The marker stands where nothing plays, or is left out",
    source: "Apple, Final Cut Pro XML Interchange Format, marker: a sequence's markers count from its first frame",
    find: timelineMarkersOutside,
  },
  {
    id: "drop-frame-rate",
    formats: ["fcpxml", "edl", "fcp7xml"],
    severity: "error",
    consequence: "Programs count the timecode in different ways: every clip may be elsewhere",
    source: "SMPTE ST 12-1: only 29.97 and 59.94 have drop-frame timecode",
    find: dropFrameRates,
  },
  {
    id: "past-midnight",
    formats: ["otio", "fcpxml", "fcp7xml"],
    severity: "warning",
    consequence: "Timecode begins anew at 24:00:00:00, and programs lose the order of the clips",
    source: "SMPTE ST 12-1: timecode counts one day",
    find: pastMidnight,
  },
  {
    id: "timeline-duration",
    formats: ["fcpxml", "fcp7xml"],
    severity: "warning",
    consequence: "Programs may show an empty end, or cut the last clip",
    source: "Apple, FCPXML Reference, sequence; Final Cut Pro XML Interchange Format, duration",
    find: wrongDurations,
  },
  {
    id: "empty-timeline",
    formats: ["otio", "fcpxml", "fcp7xml"],
    severity: "warning",
    consequence: "There is nothing to import",
    source: "programs import an empty timeline, or say that there is none",
    find: emptyTimelines,
  },
];

function* markersOutside(reading: Reading): Generator<Fault> {
  for (const { item, timeline } of clipsOf(reading)) {
    if (timeline.rate === undefined && reading.format !== "edl") continue;
    if (compareFrames(item.record.end, item.record.start) <= 0) continue;
    for (const marker of item.markers) {
      if (!isOutside(marker, item)) continue;
      yield { place: marker.place, what: `The marker ${named(marker)} is not within its clip ${named(item)}` };
    }
  }
}

function isOutside({ record: frame }: ReadMarker, { record }: Item): boolean {
  return compareFrames(frame, record.start) < 0 || compareFrames(frame, record.end) >= 0;
}

function* timelineMarkersOutside({ timelines }: Reading): Generator<Fault> {
  for (const timeline of timelines) {
    const end = endOf(timeline);
    if (compareFrames(end, 0) === 0) continue;
    for (const marker of timeline.markers) {
      if (compareFrames(marker.record, 0) >= 0 && compareFrames(marker.record, end) < 0) continue;
      yield { place: marker.place, what: `The marker ${named(marker)} is before or after all clips of the timeline` };
    }
  }
}

/** The frame after the last thing on a timeline. */
function endOf({ clips, sounds, gaps }: ReadTimeline): Frames {
  let end: Frames = 0;
  for (const { record } of [...clips, ...sounds, ...gaps]) if (compareFrames(record.end, end) > 0) end = record.end;
  return end;
}

function* dropFrameRates({ timelines, media }: Reading): Generator<Fault> {
  for (const { rate, dropFrame, place, name, written } of [...timelines, ...media]) {
    if (rate === undefined || !dropFrame || canDrop(rate)) continue;
    // In an edit list that says otherwise, the `;` is at fault, by a rule of its own.
    if (written.FCM?.startsWith("NON")) continue;
    yield { place, what: `${named({ name })} is said to count drop-frame, but runs at ${rateName(rate)} frames a second` };
  }
}

function* pastMidnight({ timelines }: Reading): Generator<Fault> {
  for (const timeline of timelines) {
    const { rate, dropFrame, start, place, name } = timeline;
    if (rate === undefined) continue;
    const day = framesPerDay(countingOf(rate, dropFrame === true && canDrop(rate)));
    if (compareFrames(plus(start, endOf(timeline)), day) > 0) yield { place, what: `${named({ name })} goes on past midnight` };
  }
}

function* wrongDurations({ timelines }: Reading): Generator<Fault> {
  for (const timeline of timelines) {
    const { duration, place, name } = timeline;
    const end = endOf(timeline);
    if (duration === undefined || timeline.nested || compareFrames(end, 0) === 0) continue;
    const difference = minus(duration, end);
    if (compareFrames(difference, 0) === 0) continue;
    yield {
      place,
      what: `${named({ name })} is said to end at ${timecodeAt(duration, timeline)}, its last clip ends at ${timecodeAt(end, timeline)}`,
    };
  }
}

function* emptyTimelines({ timelines }: Reading): Generator<Fault> {
  for (const { kind, nested, clips, sounds, place, name } of timelines) {
    if (kind === "cuts" && !nested && clips.length + sounds.length === 0) yield { place, what: `${named({ name })} has no clip` };
  }
}
