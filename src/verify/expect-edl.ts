import type { Clip, Colour, Marker, Plan, Timeline } from "../model/timeline.js";
import { oneLine } from "../text.js";
import { framesPerDay } from "../time/timecode.js";
import type { Dialect } from "../write/writer.js";
import { called, type ExpectedClip, type ExpectedMarker, type ExpectedTimeline, placedClips } from "./expected.js";
import { LazyList } from "./lazy-list.js";

/**
 * Edit lists: every clip is an event, or two when its source range goes over midnight, where labels begin again. Record
 * frames count from midnight; a reel stands for the media.
 */
export function expectEdl({ timelines }: Plan, { edl }: Dialect): ExpectedTimeline[] {
  return timelines
    .filter((timeline) => isOneAfterTheOther(timeline) && (edl.mixedRates === "real_time" || isOfOneCounting(timeline)))
    .map((timeline) => ({
      name: oneLine(timeline.name),
      rate: timeline.rate,
      dropFrame: timeline.rate.dropped > 0,
      written: { FCM: timeline.rate.dropped > 0 ? "DROP FRAME" : "NON-DROP FRAME" },
      // Lists have no tracks: all their events are on the first.
      clips: new LazyList(() => placedClips(timeline)).flatMap(({ clip }) => eventsOf(clip, timeline, edl)),
      markers: [],
    }));
}

/** A list has one track of events. */
function isOneAfterTheOther(timeline: Timeline): boolean {
  const ranges = placedClips(timeline).map(({ clip }) => clip.recordRange);
  return ranges.slice(1).every(({ start }, i) => start >= (ranges[i]?.end ?? 0));
}

/** Conforming goes by label: it needs media that count as many frames a second as the list. */
function isOfOneCounting({ tracks, rate }: Timeline): boolean {
  return tracks.flatMap(({ clips }) => clips).every(({ media }) => media.rate.nominal === rate.nominal);
}

function eventsOf(clip: Clip, timeline: Timeline, edl: Dialect["edl"]): ExpectedClip[] {
  const eventOf = (recordIn: number, recordOut: number, sourceIn: number) =>
    expectEvent(clip, timeline, { recordIn, recordOut, sourceIn, edl });
  const { start, end } = clip.recordRange;
  const day = framesPerDay(timeline.rate);
  const sourceIn = clip.sourceIn.edl % day;
  const midnight = start + day - sourceIn;
  if (end <= midnight) return [eventOf(start, end, sourceIn)];
  return [eventOf(start, midnight, sourceIn), eventOf(midnight, end, 0)];
}

interface EventPlace {
  readonly recordIn: number;
  readonly recordOut: number;
  readonly sourceIn: number;
  readonly edl: Dialect["edl"];
}

function expectEvent(clip: Clip, timeline: Timeline, { recordIn, recordOut, sourceIn, edl }: EventPlace): ExpectedClip {
  const inside = clip.markers.filter(({ recordFrame }) => recordIn <= recordFrame && recordFrame < recordOut);
  return {
    called: called(clip, timeline),
    name: oneLine(clip.media.fileName),
    track: 1,
    recordIn,
    recordOut,
    sourceIn,
    sourceOut: sourceIn + recordOut - recordIn,
    sourceRate: timeline.rate,
    media: clip.media,
    markers: edl.locators ? inside.map((marker) => locatorOf(marker, edl)) : [],
    sounds: [],
  };
}

/** Avid's wide form has colours in title case. */
const wideColours: Readonly<Record<Colour, string>> = {
  GREEN: "Green",
  CYAN: "Cyan",
  MAGENTA: "Magenta",
  YELLOW: "Yellow",
  BLUE: "Blue",
  RED: "Red",
  WHITE: "White",
};

function locatorOf({ person, note, recordFrame }: Marker, { form }: Dialect["edl"]): ExpectedMarker {
  const text = oneLine(note === "" ? person.name : `${person.name} · ${note}`);
  const colour = form === "file_32" ? wideColours[person.colour] : person.colour;
  return { name: text, note: "", colour, record: recordFrame };
}
