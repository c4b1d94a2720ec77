import type { Clip, Marker, Plan, PlannedMedia, Timeline } from "../model/timeline.js";
import { timelineMarkers } from "../model/timeline.js";
import { oneLine } from "../text.js";
import { lengthOf } from "../time/frame-range.js";
import type { Dialect } from "../write/writer.js";
import {
  called,
  type ExpectedClip,
  type ExpectedMarker,
  type ExpectedMedia,
  type ExpectedSound,
  type ExpectedTimeline,
  placedClips,
} from "./expected.js";

/** OTIO: a file per timeline; source time from midnight on the timeline's grid. */
export function expectOtio({ timelines }: Plan, { markerPlace }: Dialect): ExpectedTimeline[] {
  return timelines.map((timeline) => {
    const onTimeline = markerPlace.otio === "timeline";
    return {
      name: oneLine(timeline.name),
      rate: timeline.rate,
      start: timeline.start,
      clips: placedClips(timeline).map(({ clip, track }) => clipOf(clip, track, timeline, !onTimeline)),
      markers: onTimeline ? timelineMarkers(timeline).map((marker) => markerOf(marker, timeline.start)) : [],
    };
  });
}

function clipOf(clip: Clip, track: number, timeline: Timeline, withMarkers: boolean): ExpectedClip {
  const { recordRange, sourceIn, media } = clip;
  const shift = sourceIn.fromMidnight - recordRange.start;
  return {
    called: called(clip, timeline),
    name: oneLine(clip.name),
    track,
    recordIn: recordRange.start - timeline.start,
    recordOut: recordRange.end - timeline.start,
    sourceIn: sourceIn.fromMidnight,
    sourceOut: sourceIn.fromMidnight + lengthOf(recordRange),
    sourceRate: timeline.rate,
    media,
    markers: withMarkers
      ? clip.markers.map((marker) => ({ ...markerOf(marker, timeline.start), source: marker.recordFrame + shift }))
      : [],
    sounds: soundsOf(clip),
  };
}

/** One sound for each stream, with its channels counted from 0. */
function soundsOf({ media: { audio } }: Clip): ExpectedSound[] {
  return (audio?.streams ?? []).map((count, stream) => ({
    channels: Array.from({ length: count }, (_, channel) => ({ stream, channel })),
  }));
}

function markerOf({ person, note, recordFrame }: Marker, start: number): ExpectedMarker {
  return { name: oneLine(person.name), note: oneLine(note), colour: person.colour, record: recordFrame - start, duration: 1 };
}

export function expectOtioMedia({ media, extent, reel }: PlannedMedia): ExpectedMedia {
  return {
    name: media.fileName,
    url: media.url,
    ...(media.otherUrl === undefined ? {} : { otherUrl: media.otherUrl }),
    rate: media.rate,
    start: media.start,
    duration: extent,
    ...(media.reel === undefined ? {} : { reel }),
  };
}
