import type { Clip, Marker, Plan, PlannedMedia, Timeline } from "../model/timeline.js";
import { timelineMarkers } from "../model/timeline.js";
import { oneLine } from "../text.js";
import type { Dialect } from "../write/writer.js";
import {
  clipsByTrack,
  type ExpectedClip,
  type ExpectedMarker,
  type ExpectedMedia,
  type ExpectedSound,
  type ExpectedTimeline,
  gridClip,
  markersShown,
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
      markers: new LazyList(() => (onTimeline ? markersOf(timelineMarkers(timeline), timeline.start, undefined, dialect) : [])),
    };
  });
}

function clipOf(placed: PlacedClip, timeline: Timeline, dialect: Dialect): ExpectedClip {
  const { clip } = placed;
  const sourceIn = clip.sourceIn.fromMidnight;
  const onClip = dialect.markerPlace.otio === "clip";
  return {
    markers: onClip ? [...markersOf(clip.markers, timeline.start, sourceIn - clip.recordRange.start, dialect)] : [],
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

/** `sourceZero` is the frame on the clip's source clock at record frame 0; undefined for markers of the timeline. */
function* markersOf(
  all: Iterable<Marker>,
  start: number,
  sourceZero: number | undefined,
  { sameFrame }: Dialect,
): Generator<ExpectedMarker> {
  for (const { markers, name, note, duration = 1 } of markersShown(all, sameFrame.otio)) {
    const [{ person, recordFrame }] = markers;
    const source = sourceZero === undefined ? undefined : recordFrame + sourceZero;
    yield { name, note, colour: person.colour, record: recordFrame - start, source, duration };
  }
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
