import type { Scan } from "../model/media.js";
import {
  type Clip,
  type Colour,
  type Marker,
  type Plan,
  type PlannedMedia,
  type Timeline,
  timelineEnd,
  timelineMarkers,
} from "../model/timeline.js";
import { oneLine } from "../text.js";
import { lengthOf } from "../time/frame-range.js";
import { type FrameRate, frameRate, isWholeOrNtsc } from "../time/frame-rate.js";
import { rescaleCeil } from "../time/rescale.js";
import { framesPerDay } from "../time/timecode.js";
import type { Dialect } from "../write/writer.js";
import {
  called,
  type ExpectedClip,
  type ExpectedMarker,
  type ExpectedMedia,
  type ExpectedTimeline,
  placedClips,
} from "./expected.js";

/** FCP7 XML: one file for all timelines; source time from the file's first frame on the timeline's grid. */
export function expectFcp7Xml({ timelines }: Plan, { markerPlace }: Dialect): ExpectedTimeline[] {
  const onTimeline = markerPlace.fcp7xml === "timeline";
  return timelines.map((timeline) => ({
    name: oneLine(timeline.name),
    rate: timeline.rate,
    dropFrame: timeline.rate.dropped > 0,
    start: timeline.start,
    duration: timelineEnd(timeline) - timeline.start,
    size: timeline.size,
    written: rates(timeline.rate, ["", "timecode/", "media/video/format/samplecharacteristics/"]),
    clips: placedClips(timeline).map(({ clip, track }) => clipOf(clip, track, timeline, !onTimeline)),
    markers: onTimeline ? timelineMarkers(timeline).map((marker) => markerOf(marker, timeline.start)) : [],
  }));
}

function clipOf(clip: Clip, track: number, timeline: Timeline, withMarkers: boolean): ExpectedClip {
  const { media, recordRange, sourceIn } = clip;
  const shift = sourceIn.fromFile - recordRange.start;
  return {
    called: called(clip, timeline),
    name: oneLine(clip.name),
    track,
    recordIn: recordRange.start - timeline.start,
    recordOut: recordRange.end - timeline.start,
    sourceIn: sourceIn.fromFile,
    sourceOut: sourceIn.fromFile + lengthOf(recordRange),
    sourceRate: timeline.rate,
    media,
    markers: withMarkers
      ? clip.markers.map((marker) => ({ ...markerOf(marker, timeline.start), source: marker.recordFrame + shift }))
      : [],
    // A clipitem for each channel, counted over all streams from 1.
    sounds: Array.from({ length: media.audio?.channels ?? 0 }, (_, i) => ({ channels: [{ channel: i + 1 }] })),
  };
}

/** A rate is spelled anew wherever something is counted. */
function rates({ nominal, den }: FrameRate, places: readonly string[]): Record<string, string> {
  const spelled = places.map((place) => [
    [`${place}rate/timebase`, String(nominal)],
    [`${place}rate/ntsc`, den === 1 ? "FALSE" : "TRUE"],
  ]);
  return Object.fromEntries(spelled.flat());
}

/** Premiere's numbers for its marker colours (OpenTimelineIO wiki, "Editorial File Format Notes"). */
const colours: Readonly<Record<Colour, string>> = {
  GREEN: "4281828977",
  CYAN: "4292277273",
  MAGENTA: "4289825711",
  YELLOW: "4281049552",
  BLUE: "4294741314",
  RED: "4281740498",
  WHITE: "4294967295",
};

function markerOf({ person, note, recordFrame }: Marker, start: number): ExpectedMarker {
  return { name: oneLine(person.name), note: oneLine(note), colour: colours[person.colour], record: recordFrame - start };
}

const fields: Readonly<Record<Scan, string>> = { progressive: "none", upper: "upper", lower: "lower" };

export function expectFcp7Media({ media, extent }: PlannedMedia): ExpectedMedia {
  const { rate, counting, start, size, audio, reel, scan } = media;
  // A timebase is whole: other rates are declared as the nearest one.
  const declared = isWholeOrNtsc(rate) ? rate : frameRate(rate.nominal, 1);
  return {
    name: oneLine(media.fileName),
    url: media.url,
    rate: declared,
    start: rescaleCeil(start, rate, declared) % framesPerDay(counting),
    duration: rescaleCeil(extent, rate, declared),
    dropFrame: counting.dropped > 0,
    ...(size === undefined ? {} : { size }),
    scan: fields[scan ?? "progressive"],
    written: rates(declared, ["", "timecode/", "media/video/samplecharacteristics/"]),
    channels: audio?.channels ?? 0,
    streams: audio?.streams.length ?? 0,
    ...(audio === undefined ? {} : { sampleRate: audio.sampleRate }),
    ...(reel === undefined ? {} : { reel }),
  };
}
