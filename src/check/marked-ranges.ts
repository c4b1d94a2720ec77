import { compareFrames, type Frames, minus, plus, recount } from "../read/frames.js";
import type { FrameSpan, Reading, ReadKeyword, ReadMarker, ReadMedia, ReadSource, Written } from "../read/reading.js";
import type { FrameRate } from "../time/frame-rate.js";
import { isNearFrame, isRetimed, mediaById, named } from "./items.js";

/** A marker or keyword that has a length. */
export interface Marked {
  /** As a message begins: `The keyword "Ada"`. */
  readonly what: string;
  readonly place: string;
  readonly length: Frames;
  /** The clock its times are on, and the timeline's, where these are two. */
  readonly clocks: Clocks | undefined;
  /** It ends with its media, which may be between two frames. */
  readonly isToEnd: boolean;
}

/** A keyword with its range. */
export interface PlacedKeyword extends Marked {
  readonly span: FrameSpan;
  /** Where there are frames, on the same clock; undefined when nobody can tell. */
  readonly extent: FrameSpan | undefined;
}

interface Clocks {
  readonly own: FrameRate;
  readonly timeline: FrameRate;
}

/** Markers and keywords of all clips and timelines. */
export function* markedOf(reading: Reading): Generator<Marked> {
  for (const { markers, clips, rate } of reading.timelines) {
    yield* markers.flatMap((marker) => markerOf(marker, undefined));
    for (const clip of clips) yield* clip.markers.flatMap((marker) => markerOf(marker, clocksOf(clip.source, rate)));
  }
  yield* keywordsOf(reading);
}

/** Keywords of clips on timelines, then of those in the browser. */
export function* keywordsOf(reading: Reading): Generator<PlacedKeyword> {
  const media = mediaById(reading);
  for (const { clips, rate } of reading.timelines) {
    for (const clip of clips) {
      const extent = isOnMediaClock(clip) ? extentOf(media.get(clip.media ?? "")) : undefined;
      yield* clip.keywords.flatMap((keyword) => keywordOf(keyword, clocksOf(clip.source, rate), extent));
    }
  }
  for (const clip of reading.browserClips)
    yield* clip.keywords.flatMap((keyword) => keywordOf(keyword, undefined, isOnMediaClock(clip) ? clip.source : undefined));
}

/** Whether a time lies between two frames, of its own clock and of the timeline's. */
export function isBetweenFrames(time: Frames, clocks: Clocks | undefined): boolean {
  return !isNearFrame(time) && (clocks === undefined || !isNearFrame(recount(time, clocks.own, clocks.timeline)));
}

function clocksOf(source: ReadSource | undefined, timeline: FrameRate | undefined): Clocks | undefined {
  return source?.rate && timeline && { own: source.rate, timeline };
}

function markerOf(marker: ReadMarker, clocks: Clocks | undefined): Marked[] {
  const { duration: length, place } = marker;
  return length === undefined ? [] : [{ what: `The marker ${named(marker)}`, place, length, clocks, isToEnd: false }];
}

function keywordOf(
  { value, source: span, place }: ReadKeyword,
  clocks: Clocks | undefined,
  extent: FrameSpan | undefined,
): PlacedKeyword[] {
  if (span === undefined) return [];
  const length = minus(span.end, span.start);
  const isToEnd = extent !== undefined && compareFrames(span.end, extent.end) === 0;
  return [{ what: `The keyword ${named({ name: value })}`, place, length, clocks, isToEnd, span, extent }];
}

/** Composite clips have clocks of their own, and those of another speed too. */
function isOnMediaClock(clip: { readonly written: Written }): boolean {
  return clip.written.ref !== undefined && !isRetimed(clip);
}

function extentOf(media: ReadMedia | undefined): FrameSpan | undefined {
  const { start = 0, duration } = media ?? {};
  // Stills are said to last no time.
  return duration !== undefined && compareFrames(duration, 0) > 0 ? { start, end: plus(start, duration) } : undefined;
}
