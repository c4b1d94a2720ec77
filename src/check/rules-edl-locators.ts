import { frameAt } from "../read/frames.js";
import type { Reading, ReadMarker, ReadTimeline } from "../read/reading.js";
import { named, timecodeAt } from "./items.js";
import type { Fault, Rule } from "./rule.js";

/** Rules of the markers in edit lists: locators in lists of cuts, events in lists of markers. */
export const locatorRules: readonly Rule[] = [
  {
    id: "locator-colour",
    formats: ["edl"],
    severity: "warning",
    consequence: "Programs take another colour, or leave the marker out",
    source: "OpenTimelineIO's CMX 3600 adapter: other words become red, a locator without one is dropped",
    find: unknownColours,
  },
  {
    id: "duplicate-locator",
    formats: ["edl"],
    severity: "warning",
    consequence: "The marker comes in twice, or one of the two is lost",
    source: "OpenTimelineIO's CMX 3600 adapter makes a marker of every locator",
    find: locatorsTwice,
  },
  {
    id: "same-frame-markers",
    formats: ["edl"],
    severity: "warning",
    consequence: "Resolve keeps one of the markers only",
    source: "Resolve, Timeline Markers from EDL: a frame has one marker",
    find: markersOnOneFrame,
  },
];

// OpenTimelineIO's words, and those that Media Composer has besides them.
const locatorColours = new Set(
  "pink red orange yellow green cyan blue purple magenta black white forest denim violet grey gold".split(" "),
);
const markerColours = new Set(
  "blue cyan green yellow red pink purple fuchsia rose lavender sky mint lemon sand cocoa cream".split(" "),
);

function* unknownColours({ timelines }: Reading): Generator<Fault> {
  for (const timeline of timelines) {
    for (const { colour, place } of markersOf(timeline)) {
      if (isColour(colour, timeline)) continue;
      yield { place, what: colour === undefined ? "The marker has no colour" : `There is no colour "${colour.slice(0, 40)}"` };
    }
  }
}

function isColour(colour = "", { kind }: ReadTimeline): boolean {
  const word = colour.toLowerCase();
  return kind === "cuts" ? locatorColours.has(word) : markerColours.has(word.replace(/^resolvecolor/, ""));
}

function markersOf({ markers, clips }: ReadTimeline): ReadMarker[] {
  return [...markers, ...clips.flatMap((clip) => clip.markers)];
}

function* locatorsTwice({ timelines }: Reading): Generator<Fault> {
  for (const timeline of timelines.filter(({ kind }) => kind === "cuts")) {
    const seen = new Set<string>();
    for (const marker of markersOf(timeline)) {
      const key = `${frameAt(marker.record)} ${marker.colour?.toLowerCase()} ${marker.name}`;
      if (seen.has(key))
        yield {
          place: marker.place,
          what: `The marker ${named(marker)} at ${timecodeAt(marker.record, timeline)} is there twice`,
        };
      seen.add(key);
    }
  }
}

function* markersOnOneFrame({ timelines }: Reading): Generator<Fault> {
  for (const timeline of timelines.filter(({ kind }) => kind === "markers")) {
    const seen = new Set<number>();
    for (const { record, place } of timeline.markers) {
      const frame = frameAt(record);
      if (seen.has(frame)) yield { place, what: `There is another marker at ${timecodeAt(frame, timeline)}` };
      seen.add(frame);
    }
  }
}
