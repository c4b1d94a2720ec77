import type { PixelAspect, Scan } from "../model/media.js";
import { type Clip, type Person, type Plan, type PlannedMedia, type Timeline, timelineEnd } from "../model/timeline.js";
import { oneLine } from "../text.js";
import { lengthOf } from "../time/frame-range.js";
import type { FrameRate } from "../time/frame-rate.js";
import { rescaleFloor } from "../time/rescale.js";
import type { Dialect } from "../write/writer.js";
import {
  clipsByTrack,
  type ExpectedClip,
  type ExpectedKeyword,
  type ExpectedMarker,
  type ExpectedMedia,
  type ExpectedTimeline,
  markersShown,
  type PlacedClip,
  trackClip,
} from "./expected.js";

/** FCPXML: one file for all timelines; source time from midnight on the media's own grid; sound lies in its clip. */
export function expectFcpxml({ timelines }: Plan, dialect: Dialect): ExpectedTimeline[] {
  return timelines.map((timeline) => ({
    name: legalName(timeline.name),
    rate: timeline.rate,
    dropFrame: timeline.rate.dropped > 0,
    start: timeline.start,
    duration: timelineEnd(timeline) - timeline.start,
    size: timeline.size,
    clips: clipsByTrack(timeline).map((placed) => clipOf(placed, timeline, dialect)),
    markers: [],
  }));
}

/** Final Cut Pro takes no slash in a name. */
export function legalName(text: string): string {
  return oneLine(text).replace(/[/\\]+/g, "-") || "unnamed";
}

function clipOf(placed: PlacedClip, timeline: Timeline, dialect: Dialect): ExpectedClip {
  const { clip } = placed;
  const { media, sourceRange } = clip;
  return {
    sourceIn: media.start + sourceRange.start,
    sourceRate: media.rate,
    markers: markersOf(clip, timeline.start, dialect),
    keywords: keywordsOf(clip, timeline.rate),
    sounds: [],
    ...trackClip(placed, timeline),
    name: legalName(clip.name),
  };
}

/** Who is seen in the media frames that lie in the clip as long as it is on the timeline. */
function keywordsOf({ media, sourceRange, recordRange, appearances }: Clip, rate: FrameRate): ExpectedKeyword[] {
  const shown = Math.max(1, rescaleFloor(lengthOf(recordRange), rate, media.rate));
  const last = sourceRange.start + shown;
  return appearances
    .map(({ person, range }) => ({
      value: keywordOf(person),
      start: media.start + Math.max(range.start, sourceRange.start),
      end: media.start + Math.min(range.end, last),
    }))
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start);
}

function markersOf({ markers: all, media }: Clip, start: number, { sameFrame }: Dialect): ExpectedMarker[] {
  return Array.from(markersShown(all, sameFrame.fcpxml), ({ markers, name, note, mediaDuration = 1 }) => ({
    name,
    note,
    record: markers[0].recordFrame - start,
    source: media.start + Math.min(...markers.map(({ mediaFrame }) => mediaFrame)),
    duration: mediaDuration,
  }));
}

/** The keyword of a person; a comma would make two of it. */
export function keywordOf({ name }: Person): string {
  return legalName(name.replace(/\s*,\s*/g, " "));
}

export function expectFcpxmlMedia({ media, extent }: PlannedMedia, { fcpxml }: Dialect): ExpectedMedia {
  const { size, audio, reel, otherUrl, scan, pixelAspect } = media;
  return {
    name: legalName(fcpxml.assetNames === "stem" ? stemOf(media.fileName) : media.fileName),
    url: media.url,
    ...(otherUrl === undefined ? {} : { otherUrl }),
    rate: media.rate,
    start: media.start,
    duration: extent,
    ...(size === undefined ? {} : { size }),
    scan: fieldOrders[scan ?? "progressive"],
    pixelAspect: aspectText(pixelAspect),
    channels: audio?.channels ?? 0,
    streams: audio?.streams.length ?? 0,
    ...(audio === undefined ? {} : { sampleRate: audio.sampleRate }),
    ...(reel === undefined ? {} : { reel }),
  };
}

// An empty text: the attribute is not there.
const fieldOrders: Readonly<Record<Scan, string>> = { progressive: "", upper: "upper first", lower: "lower first" };

function aspectText(aspect: PixelAspect | undefined): string {
  return aspect === undefined || aspect.num === aspect.den ? "" : `${aspect.num}:${aspect.den}`;
}

/** A file's name without its extension; `.mov` is all name. */
function stemOf(fileName: string): string {
  const dot = fileName.lastIndexOf(".");
  return dot > 0 ? fileName.slice(0, dot) : fileName;
}
