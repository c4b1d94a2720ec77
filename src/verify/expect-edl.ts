import type { Clip, Marker, Plan, Timeline } from "../model/timeline.js";
import { oneLine } from "../text.js";
import { framesPerDay } from "../time/timecode.js";
import { called, type ExpectedClip, type ExpectedMarker, type ExpectedTimeline, placedClips } from "./expected.js";

/**
 * Edit lists: every clip is an event, or two when its source range goes over midnight, where labels begin again. Record
 * frames count from midnight; a reel stands for the media.
 */
export function expectEdl({ timelines }: Plan): ExpectedTimeline[] {
  return timelines.map((timeline) => ({
    name: oneLine(timeline.name),
    rate: timeline.rate,
    dropFrame: timeline.rate.dropped > 0,
    written: { FCM: timeline.rate.dropped > 0 ? "DROP FRAME" : "NON-DROP FRAME" },
    // Lists have no tracks: all their events are on the first.
    clips: placedClips(timeline).flatMap(({ clip }) => eventsOf(clip, timeline)),
    markers: [],
  }));
}

function eventsOf(clip: Clip, timeline: Timeline): ExpectedClip[] {
  const { start, end } = clip.recordRange;
  const day = framesPerDay(timeline.rate);
  const sourceIn = clip.sourceIn.edl % day;
  const midnight = start + day - sourceIn;
  if (end <= midnight) return [eventOf(clip, timeline, start, end, sourceIn)];
  return [eventOf(clip, timeline, start, midnight, sourceIn), eventOf(clip, timeline, midnight, end, 0)];
}

function eventOf(clip: Clip, timeline: Timeline, recordIn: number, recordOut: number, sourceIn: number): ExpectedClip {
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
    markers: inside.map(locatorOf),
    sounds: [],
  };
}

function locatorOf({ person, note, recordFrame }: Marker): ExpectedMarker {
  const text = oneLine(note === "" ? person.name : `${person.name} · ${note}`);
  return { name: text, note: "", colour: person.colour, record: recordFrame };
}
