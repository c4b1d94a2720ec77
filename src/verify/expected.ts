import type { MediaFacts, Size } from "../model/media.js";
import type { Clip, Colour, Marker, Timeline } from "../model/timeline.js";
import type { Frames } from "../read/frames.js";
import type { Written } from "../read/reading.js";
import { oneLine } from "../text.js";
import type { FrameRate } from "../time/frame-rate.js";
import { timecodeOf } from "../time/timecode.js";
import type { Dialect } from "../write/writer.js";
import { LazyList } from "./lazy-list.js";

/**
 * What a reader must find in a file, worked out from the plan by the rules of its format. Numbers are on the clocks that
 * the readers use; what is absent is not looked at, because the format does not hold it.
 */
export interface ExpectedTimeline {
  readonly name: string;
  readonly rate: FrameRate;
  readonly dropFrame?: boolean;
  /** Frames from midnight. */
  readonly start?: number;
  readonly duration?: number;
  readonly size?: Size;
  /** Values under the format's own names, as it spells them. */
  readonly written?: Written;
  /** In the order of the file. */
  readonly clips: Iterable<ExpectedClip>;
  /** Markers of the timeline itself. */
  readonly markers: Iterable<ExpectedMarker>;
}

export interface ExpectedClip {
  /** How a message names it: its id, file and place. */
  readonly called: string;
  readonly name: string;
  readonly track: number;
  readonly recordIn: number;
  readonly recordOut: number;
  readonly sourceIn: Frames;
  readonly sourceOut?: Frames | undefined;
  readonly sourceRate: FrameRate;
  readonly media: MediaFacts;
  readonly markers: readonly ExpectedMarker[];
  /** Words over a stretch of source time. */
  readonly keywords?: readonly ExpectedKeyword[];
  /** Its sound, where that lies beside the picture: one entry per track. */
  readonly sounds: readonly ExpectedSound[];
}

/** Sound lies where its picture does and shows the same of the media. */
export interface ExpectedSound {
  readonly channels: readonly { readonly stream?: number; readonly channel: number }[];
}

export interface ExpectedKeyword {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export interface ExpectedMarker {
  readonly name: string;
  readonly note: string;
  readonly colour?: string | undefined;
  /** Timeline frame it shows on, as the reader counts clips. */
  readonly record: number;
  /** Frame on the clip's source clock; undefined for a marker of the timeline. */
  readonly source?: number | undefined;
  /** Undefined when it is a point. */
  readonly duration?: number | undefined;
}

/** A media file as the format describes it. */
export interface ExpectedMedia {
  readonly name?: string;
  readonly url?: string;
  readonly otherUrl?: string;
  /** The two as the file spells them to the letter, where another spelling would be another file. */
  readonly paths?: readonly string[];
  readonly rate?: FrameRate;
  readonly start?: number;
  readonly duration?: number;
  readonly dropFrame?: boolean;
  readonly size?: Size;
  readonly scan?: string;
  readonly pixelAspect?: string;
  readonly channels?: number;
  readonly streams?: number;
  readonly sampleRate?: number;
  readonly reel?: string;
  /** Values under the format's own names, as it spells them. */
  readonly written?: Written;
}

/** `clip-89aa9b9c56a7 (take-3.mov at 01:00:07:12)`. */
export function called({ id, media, recordRange }: Clip, { rate }: Timeline): string {
  return `${id} (${media.fileName} at ${timecodeOf(recordRange.start, rate)})`;
}

/** A clip and the number of its track, from 1. */
export interface PlacedClip {
  readonly clip: Clip;
  readonly track: number;
}

/** What is expected of a clip in every format that has tracks: record frames count from the timeline's first. */
export function trackClip({ clip, track }: PlacedClip, timeline: Timeline) {
  return {
    called: called(clip, timeline),
    name: oneLine(clip.name),
    track,
    recordIn: clip.recordRange.start - timeline.start,
    recordOut: clip.recordRange.end - timeline.start,
    media: clip.media,
  };
}

/** The same where source time, too, is on the timeline's grid: from `sourceIn`. */
export function gridClip(placed: PlacedClip, timeline: Timeline, sourceIn: number) {
  const clip = trackClip(placed, timeline);
  const sourceOut = sourceIn + clip.recordOut - clip.recordIn;
  // What is spread comes last, here and wherever there are thousands: after a key of its own V8 gives every object a
  // hidden class of its own, which takes ten times as long.
  return { sourceIn, sourceOut, sourceRate: timeline.rate, ...clip };
}

/** How a format shows markers on the timeline's grid. */
interface GridMarkers {
  /** The timeline's first frame. */
  readonly start: number;
  /** The frame on the clip's source clock at record frame 0; undefined for markers of the timeline. */
  readonly sourceZero?: number;
  readonly sameFrame: Dialect["sameFrame"]["otio"];
  readonly colour: (colour: Colour) => string;
  /** How long a point is; undefined where the format has points. */
  readonly pointLength?: number;
}

/** Markers one by one, as there may be millions of them. */
export function* gridMarkers(markers: Iterable<Marker>, how: GridMarkers): Generator<ExpectedMarker> {
  const { start, sourceZero, sameFrame, colour, pointLength } = how;
  for (const { markers: together, name, note, duration = pointLength } of markersShown(markers, sameFrame)) {
    const [{ person, recordFrame }] = together;
    const source = sourceZero === undefined ? undefined : recordFrame + sourceZero;
    yield { name, note, colour: colour(person.colour), record: recordFrame - start, source, duration };
  }
}

/** The clips of a timeline, track by track, as most formats hold them. */
export function clipsByTrack({ tracks }: Timeline): LazyList<PlacedClip> {
  return new LazyList(() => tracks.entries()).flatMap(([i, { clips }]) =>
    new LazyList(() => clips).map((clip) => ({ clip, track: i + 1 })),
  );
}

/** The clips of a timeline by record start, then track, as lists of events hold them. */
export function placedClips(timeline: Timeline): PlacedClip[] {
  const placed = [...clipsByTrack(timeline)];
  return timeline.tracks.length === 1
    ? placed
    : placed.sort((a, b) => a.clip.recordRange.start - b.clip.recordRange.start || a.track - b.track);
}

/** A marker as a format shows it: one of the plan's, or those of several people on one frame as one. */
export interface MarkerShown {
  readonly markers: readonly [Marker, ...Marker[]];
  readonly name: string;
  readonly note: string;
  /** Of the longest, in timeline and in media frames, when one of them lasts. */
  readonly duration: number | undefined;
  readonly mediaDuration: number | undefined;
}

/** Markers in record order as they stand on a timeline's frames, one by one or joined. */
export function* markersShown(markers: Iterable<Marker>, sameFrame: Dialect["sameFrame"]["otio"]): Generator<MarkerShown> {
  let together: [Marker, ...Marker[]] | undefined;
  for (const marker of markers) {
    if (together !== undefined && sameFrame !== "apart" && together[0].recordFrame === marker.recordFrame) together.push(marker);
    else {
      if (together !== undefined) yield shownOf(together);
      together = [marker];
    }
  }
  if (together !== undefined) yield shownOf(together);
}

function shownOf(together: readonly [Marker, ...Marker[]]): MarkerShown {
  return together.length === 1 ? shownAlone(together[0]) : shownAsOne(together);
}

// Nearly all are alone, and there may be hundreds of thousands.
function shownAlone(marker: Marker): MarkerShown {
  const { person, note, duration, mediaDuration = 1 } = marker;
  return {
    markers: [marker],
    name: oneLine(person.name),
    note: oneLine(note),
    duration,
    mediaDuration: duration === undefined ? undefined : mediaDuration,
  };
}

function shownAsOne(markers: readonly [Marker, ...Marker[]]): MarkerShown {
  const notes = markers.map(({ note }) => oneLine(note)).filter((note) => note !== "");
  const shown = { markers, name: markers.map(({ person }) => oneLine(person.name)).join(" + "), note: notes.join(" | ") };
  const lasts = markers.some(({ duration }) => duration !== undefined);
  const longest = (of: "duration" | "mediaDuration") =>
    lasts ? Math.max(...markers.map((marker) => marker[of] ?? 1)) : undefined;
  return { duration: longest("duration"), mediaDuration: longest("mediaDuration"), ...shown };
}
