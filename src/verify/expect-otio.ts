import { type Clip, type Colour, type Plan, type PlannedMedia, type Timeline, timelineMarkers } from "../model/timeline.js";
import { oneLine } from "../text.js";
import type { Dialect } from "../write/writer.js";
import {
  clipsByTrack,
  type ExpectedClip,
  type ExpectedMedia,
  type ExpectedSound,
  type ExpectedTimeline,
  gridClip,
  gridMarkers,
  type PlacedClip,
} from "./expected.js";
import { LazyList } from "./lazy-list.js";

/** OTIO: a file per timeline; source time from midnight on the timeline's grid. */
export function expectOtio({ timelines }: Plan, dialect: Dialect): ExpectedTimeline[] {
  return timelines.map((timeline) => {
    const onTimeline = dialect.markerPlace.otio === "timeline";
    return {
      name: oneLine(timeline.name),
      rate: timeline.rate,
      start: timeline.start,
      clips: clipsByTrack(timeline).map((placed) => clipOf(placed, timeline, dialect)),
      markers: new LazyList(() => (onTimeline ? gridMarkers(timelineMarkers(timeline), shownBy(dialect, timeline)) : [])),
    };
  });
}

function clipOf(placed: PlacedClip, timeline: Timeline, dialect: Dialect): ExpectedClip {
  const { clip } = placed;
  const sourceIn = clip.sourceIn.fromMidnight;
  const sourceZero = sourceIn - clip.recordRange.start;
  const onClip = dialect.markerPlace.otio === "clip";
  return {
    markers: onClip ? [...gridMarkers(clip.markers, { sourceZero, ...shownBy(dialect, timeline) })] : [],
    sounds: soundsOf(clip, dialect),
    ...gridClip(placed, timeline, sourceIn),
  };
}

/** One sound for each stream, with its channels counted from 0 where they are said at all. */
function soundsOf({ media: { audio } }: Clip, { otio }: Dialect): ExpectedSound[] {
  return (audio?.streams ?? []).map((count, stream) => ({
    channels: otio.links === "ids" ? [] : Array.from({ length: count }, (_, channel) => ({ stream, channel })),
  }));
}

// Markers of OTIO have a range, and points have none.
function shownBy({ sameFrame }: Dialect, { start }: Timeline) {
  return { start, sameFrame: sameFrame.otio, colour: (name: Colour) => name, pointLength: 1 };
}

export function expectOtioMedia({ media, extent, reel }: PlannedMedia, { otio }: Dialect): ExpectedMedia {
  const urls = media.otherUrl === undefined ? [media.url] : [media.url, media.otherUrl];
  return {
    name: media.fileName,
    ...(otio.paths === "plain" ? { paths: urls.map(osPath) } : { url: media.url }),
    ...(otio.paths === "plain" || media.otherUrl === undefined ? {} : { otherUrl: media.otherUrl }),
    rate: media.rate,
    start: media.start,
    duration: extent,
    ...(media.reel === undefined ? {} : { reel }),
  };
}

/** A media URL as a path of the operating system it is on; what is no local file stays a URL. */
function osPath(url: string): string {
  if (/^(?!file:)[a-z][a-z0-9+.-]*:/i.test(url)) return url;
  const bytes = url.replace(/^file:\/\/(?:localhost(?=\/))?/i, "");
  const path = bytes.split("/").map(unescaped).join("/");
  const isWindows = /^\/[a-z]:\//i.test(path) || (url !== bytes && !path.startsWith("/"));
  return isWindows ? `${path.startsWith("/") ? "" : "\\\\"}${path.replace(/^\//, "")}`.replaceAll("/", "\\") : path;
}

function unescaped(segment: string): string {
  return /%(?![0-9a-f]{2})/i.test(segment) ? segment : decodeURIComponent(segment);
}
