import type { Clip, Colour, Marker, Plan, Timeline } from "../model/timeline.js";
import { oneLine } from "../text.js";
import { framesPerDay } from "../time/timecode.js";
import type { Dialect } from "../write/writer.js";
import { called, type ExpectedClip, type ExpectedMarker, type ExpectedTimeline, placedClips } from "./expected.js";
import { LazyList } from "./lazy-list.js";

/**
 * The edit lists of a plan, in the order of their files: every clip is an event, or two when its source range goes over
 * midnight, where labels begin again. Record frames count from midnight; a reel stands for the media.
 */
export function expectEdl({ timelines }: Plan, { edl }: Dialect): ExpectedTimeline[] {
  return timelines
    .filter((timeline) => isOneAfterTheOther(timeline) && (edl.mixedRates === "real_time" || isOfOneCounting(timeline)))
    .flatMap((timeline) => listsOf(timeline, edl));
}

const mostEvents: Readonly<Record<Dialect["edl"]["form"], number>> = { cmx3600: 999, file_32: 999_999 };

/** Lists of one timeline follow one another, the record clock running on; an only one has no number. */
function listsOf(timeline: Timeline, edl: Dialect["edl"]): ExpectedTimeline[] {
  const name = oneLine(timeline.name);
  const events = placedClips(timeline).flatMap(({ clip }) => eventsOf(clip, timeline));
  const most = mostEvents[edl.form];
  if (events.length <= most) return [listOf(name, events, timeline, edl)];
  return Array.from({ length: Math.ceil(events.length / most) }, (_, part) => {
    const number = String(part + 1).padStart(3, "0");
    return listOf(`${name} ${number}`, events.slice(part * most, (part + 1) * most), timeline, edl);
  });
}

function listOf(name: string, events: readonly Event[], timeline: Timeline, edl: Dialect["edl"]): ExpectedTimeline {
  const { rate } = timeline;
  const dropFrame = rate.dropped > 0;
  return {
    name,
    rate,
    dropFrame,
    written: { FCM: dropFrame ? "DROP FRAME" : "NON-DROP FRAME" },
    clips: new LazyList(() => events).map((event) => expectEvent(event, timeline, edl)),
    markers: [],
  };
}

/** A list has one track of events. */
function isOneAfterTheOther(timeline: Timeline): boolean {
  let free = timeline.start;
  return placedClips(timeline).every(({ clip: { recordRange } }) => {
    const follows = recordRange.start >= free;
    free = recordRange.end;
    return follows;
  });
}

/** Conforming goes by label: it needs media that count as many frames a second as the list. */
function isOfOneCounting({ tracks, rate }: Timeline): boolean {
  return tracks.flatMap(({ clips }) => clips).every(({ media }) => media.rate.nominal === rate.nominal);
}

interface Event {
  readonly clip: Clip;
  readonly recordIn: number;
  readonly recordOut: number;
  readonly sourceIn: number;
}

function eventsOf(clip: Clip, { rate }: Timeline): Event[] {
  const { start, end } = clip.recordRange;
  const day = framesPerDay(rate);
  const sourceIn = clip.sourceIn.edl % day;
  const midnight = start + day - sourceIn;
  if (end <= midnight) return [{ clip, recordIn: start, recordOut: end, sourceIn }];
  return [
    { clip, recordIn: start, recordOut: midnight, sourceIn },
    { clip, recordIn: midnight, recordOut: end, sourceIn: 0 },
  ];
}

/** Lists have no tracks: all their events are on the first. */
function expectEvent(event: Event, timeline: Timeline, edl: Dialect["edl"]): ExpectedClip {
  const { clip, recordIn, recordOut, sourceIn } = event;
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
    markers: edl.locators ? locatorsOf(event, edl) : [],
    sounds: [],
  };
}

function locatorsOf({ clip, recordIn, recordOut }: Event, edl: Dialect["edl"]): ExpectedMarker[] {
  const locators: ExpectedMarker[] = [];
  for (const marker of clip.markers)
    if (recordIn <= marker.recordFrame && marker.recordFrame < recordOut) locators.push(locatorOf(marker, edl));
  return locators;
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
