import type { FrameRange } from "../time/frame-range.js";
import type { TimelineRate } from "../time/frame-rate.js";
import type { BoxPosition } from "./matches.js";
import type { MediaFacts, Size } from "./media.js";

/**
 * The edit, finished: the contract between mapping and writing. Every number a format needs is here, as whole
 * frames; writers only spell them. Words are OpenTimelineIO's.
 */

/** Colours every format can show; each writer has its own word for them. */
export const colours = ["GREEN", "CYAN", "MAGENTA", "YELLOW", "BLUE", "RED", "WHITE"] as const;
export type Colour = (typeof colours)[number];

/** One person: an EntityId (its LabelName is only a name), else a LabelName, else one unknown face. */
export interface Person {
  /** Unique in a plan: `entity:4400192837461`, `label:Ada`, `unknown:1`. */
  readonly key: string;
  readonly name: string;
  readonly entityId?: string;
  readonly colour: Colour;
}

/** A stretch of media with one person on screen, in media frames from the file's first. */
export interface PersonRange {
  readonly person: Person;
  readonly range: FrameRange;
}

/** One face at one instant. Several track points of one person on one timeline frame are one marker. */
export interface Marker {
  readonly person: Person;
  /** The timeline frame it shows on, on the timeline's clock (start timecode included). */
  readonly recordFrame: number;
  /** The media frame it stands for, from the file's first. */
  readonly mediaFrame: number;
  /** Timeline frames it lasts, and media frames; one, where they are absent. It ends with its clip. */
  readonly duration?: number;
  readonly mediaDuration?: number;
  /** `score 0.99 · Calm · box 517,409 128x168 of 1920x1080`; absent parts left out, perhaps empty. */
  readonly note: string;
  readonly score?: number | undefined;
  readonly expression?: string | undefined;
  readonly box?: BoxPosition | undefined;
}

/**
 * The in-point of a clip on each clock a format counts by. `media` is in media frames; the others are on the
 * timeline's grid, rounded up so that a reader shows exactly the planned media frame.
 */
export interface SourceIn {
  /** Media frames from the file's first. */
  readonly media: number;
  /** Timeline frames from the file's first frame (FCP7 XML). */
  readonly fromFile: number;
  /** Timeline frames from midnight, the media's start included (OTIO). */
  readonly fromMidnight: number;
  /** Frame number, in the timeline's counting, of the label an EDL shows. */
  readonly edl: number;
}

export interface Clip {
  /** Unique and stable in a plan. */
  readonly id: string;
  /** Stands for its media and first person, whatever they are called. */
  readonly subject: string;
  readonly name: string;
  readonly media: MediaFacts;
  /** Who is in it, the one it was cut for first. */
  readonly people: readonly Person[];
  readonly score?: number | undefined;
  readonly expression?: string | undefined;
  /** The part of the media shown, in media frames from the file's first. */
  readonly sourceRange: FrameRange;
  readonly sourceIn: SourceIn;
  /** Where it lies, in timeline frames on the timeline's clock (start timecode included). */
  readonly recordRange: FrameRange;
  /** In record order. */
  readonly markers: readonly Marker[];
  /** The appearances it shows, without handles. */
  readonly appearances: readonly PersonRange[];
}

/** The clip with some of it changed. Its markers may be made when asked for: copying descriptors does not ask. */
export function changedClip(clip: Clip, changes: Partial<Omit<Clip, "markers">>): Clip {
  return Object.assign(Object.defineProperties({} as Clip, Object.getOwnPropertyDescriptors(clip)), changes);
}

/** Clips in record order, not overlapping; holes between them are gaps. */
export interface Track {
  readonly name: string;
  readonly clips: readonly Clip[];
}

export interface Timeline {
  readonly name: string;
  readonly rate: TimelineRate;
  readonly size: Size;
  /** The start timecode as a frame number from midnight. */
  readonly start: number;
  /** Video tracks, lowest first. Sound lies linked beneath each clip whose media has any. */
  readonly tracks: readonly Track[];
}

/** One media file as the plan uses it. */
export interface PlannedMedia {
  readonly media: MediaFacts;
  /** Frames the file has, as far as anybody knows: its length, else the furthest frame a clip needs. */
  readonly extent: number;
  /** Eight characters at most, different for different files. */
  readonly reel: string;
  /** Every appearance shown by a clip of the plan, without handles. */
  readonly appearances: readonly PersonRange[];
}

/** Everything one export writes. */
export interface Plan {
  readonly name: string;
  readonly timelines: readonly Timeline[];
  /** The media the clips use, in the order of their names. */
  readonly media: readonly PlannedMedia[];
  /** In order of first appearance. */
  readonly people: readonly Person[];
}

/** All clips of a timeline, track by track. */
export function clipsOf({ tracks }: Timeline): readonly Clip[] {
  const [only, another] = tracks;
  return only !== undefined && another === undefined ? only.clips : tracks.flatMap(({ clips }) => clips);
}

/** End of the last clip on the timeline's clock; its start when it is empty. */
export function timelineEnd(timeline: Timeline): number {
  return Math.max(timeline.start, ...timeline.tracks.map((track) => track.clips.at(-1)?.recordRange.end ?? 0));
}

/** What follows on a track: a clip, or a gap of so many timeline frames. */
export type TrackItem = { readonly clip: Clip } | { readonly gap: number };

/** The clips of a track in record order, with the holes before and between them as gaps. */
export function* trackItems(clips: readonly Clip[], start: number): Generator<TrackItem> {
  let cursor = start;
  for (const clip of clips) {
    if (clip.recordRange.start > cursor) yield { gap: clip.recordRange.start - cursor };
    yield { clip };
    cursor = clip.recordRange.end;
  }
}

/** The markers of all clips in record order, for formats that hold them on the timeline. */
export function* timelineMarkers(timeline: Timeline): Generator<Marker> {
  const clips = clipsOf(timeline);
  if (timeline.tracks.length === 1) for (const clip of clips) yield* clip.markers;
  else yield* clips.flatMap((clip) => clip.markers).sort((a, b) => a.recordFrame - b.recordFrame);
}

export function markerCount(timeline: Timeline): number {
  return clipsOf(timeline).reduce((sum, clip) => sum + clip.markers.length, 0);
}
