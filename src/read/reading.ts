import type { FrameRate } from "../time/frame-rate.js";
import { compareFrames, type Frames } from "./frames.js";

/**
 * What a timeline file says, in the words of no format: the result of all readers. Nothing is judged here and nothing
 * put right; what a rule may ask for later stands in `written` as the file spells it.
 */

export type ReadingFormat = "otio" | "fcpxml" | "edl" | "fcp7xml";

export interface Reading {
  readonly format: ReadingFormat;
  /** The file's name, for messages. */
  readonly file: string;
  /** The format's version as the file states it. */
  readonly version: string | undefined;
  readonly timelines: readonly ReadTimeline[];
  /** Every description of a media file, in the order found; one `id` described twice is here twice. */
  readonly media: readonly ReadMedia[];
  /** FCPXML: clips of the event's browser, with the keywords people search by. */
  readonly browserClips: readonly ReadBrowserClip[];
  /** What could not be read as meant, though reading went on. */
  readonly problems: readonly ReadProblem[];
}

/** Values under the format's own names (attribute, element path, key or column), as the file spells them. */
export type Written = Readonly<Record<string, string>>;

/** A stretch of time; `end` is the first frame after it. */
export interface FrameSpan {
  readonly start: Frames;
  readonly end: Frames;
}

export interface ReadTimeline {
  readonly id: string | undefined;
  readonly name: string;
  /** What its frames are counted in. Absent when the file does not tell (an EDL read without a rate). */
  readonly rate: FrameRate | undefined;
  /** Absent when the format does not tell (OTIO). */
  readonly dropFrame: boolean | undefined;
  /** Start timecode: frames from midnight. Every other frame of the timeline counts from here. */
  readonly start: Frames;
  /** Length as the file declares it. */
  readonly duration: Frames | undefined;
  readonly size: ReadSize | undefined;
  /** `markers` is a list of markers only, whose events are no cuts (Resolve's "Timeline Markers from EDL"). */
  readonly kind: "cuts" | "markers";
  /** It lies inside a clip of another timeline of the file. */
  readonly nested: boolean;
  /** Picture clips by record start, then track. */
  readonly clips: readonly ReadClip[];
  /** Sound clips by record start, then track; formats in which sound lies in the picture's clip have none. */
  readonly sounds: readonly ReadSound[];
  /** Holes that the file spells out. */
  readonly gaps: readonly ReadGap[];
  /** Markers of the timeline itself; those of clips are in the clips. */
  readonly markers: readonly ReadMarker[];
  readonly place: string;
  readonly written: Written;
}

export interface ReadClip {
  readonly id: string | undefined;
  /** What the file calls the kind of thing: `asset-clip`, `Clip.2`, `clipitem`, `event` … */
  readonly kind: string;
  readonly name: string;
  /** Track of pictures, counted from 1, the lowest. */
  readonly track: number;
  /** In timeline frames from the timeline's first. */
  readonly record: FrameSpan;
  readonly source: ReadSource | undefined;
  /** `id` of its media. */
  readonly media: string | undefined;
  /** What a clip and its sound have in common; compared, never shown. */
  readonly link: string | undefined;
  readonly markers: readonly ReadMarker[];
  readonly keywords: readonly ReadKeyword[];
  /** `line 12`, or a JSON path. */
  readonly place: string;
  readonly written: Written;
}

/**
 * The part of the media a clip shows, in frames of `rate`. They count on the clock the format counts source time by:
 * from midnight, the file's timecode included, in OTIO, FCPXML and EDL; from the file's first frame in FCP7 XML.
 */
export interface ReadSource extends FrameSpan {
  readonly rate: FrameRate | undefined;
}

export interface ReadSound {
  readonly id: string | undefined;
  readonly name: string;
  /** Track of sound, counted from 1. */
  readonly track: number;
  readonly record: FrameSpan;
  readonly source: ReadSource | undefined;
  readonly media: string | undefined;
  readonly link: string | undefined;
  /** Which channels of the media it plays, as far as the file says. */
  readonly channels: readonly ReadChannel[];
  readonly place: string;
  readonly written: Written;
}

/** One channel of a media file; `stream` and `channel` count as the format does. */
export interface ReadChannel {
  readonly stream: number | undefined;
  readonly channel: number | undefined;
}

export interface ReadGap {
  readonly track: number;
  readonly record: FrameSpan;
  readonly place: string;
}

export interface ReadMarker {
  readonly name: string;
  readonly note: string;
  /** As the file spells it: a word, `ResolveColorGreen`, a number. */
  readonly colour: string | undefined;
  /** The timeline frame it stands on, from the timeline's first. */
  readonly record: Frames;
  /** In frames of the clip's `source.rate`, of the timeline's for one of its own; undefined when it is a point. */
  readonly duration: Frames | undefined;
  /** A marker of a clip: where it stands on the clip's source clock, in frames of the clip's `source.rate`. */
  readonly source: Frames | undefined;
  /** `marker`, `chapter-marker`, `LOC` … */
  readonly kind: string;
  readonly place: string;
}

/** Words attached to a stretch of source time, in frames of the source's rate. */
export interface ReadKeyword {
  readonly value: string;
  readonly source: FrameSpan | undefined;
  readonly place: string;
}

export interface ReadBrowserClip {
  readonly name: string;
  readonly media: string | undefined;
  readonly source: ReadSource | undefined;
  readonly keywords: readonly ReadKeyword[];
  readonly place: string;
  readonly written: Written;
}

export interface ReadMedia {
  /** What clips refer to it by. */
  readonly id: string;
  readonly name: string;
  /** Where its files are, the one that clips point to first. */
  readonly files: readonly ReadMediaFile[];
  readonly rate: FrameRate | undefined;
  /** Its start timecode: frames of `rate` from midnight. */
  readonly start: Frames | undefined;
  readonly duration: Frames | undefined;
  readonly dropFrame: boolean | undefined;
  readonly size: ReadSize | undefined;
  /** As the file spells it: `upper first`, `lower`, `none` … */
  readonly scan: string | undefined;
  /** As the file spells it: `square`, `NTSC-601`, `16:15` … */
  readonly pixelAspect: string | undefined;
  readonly audio: ReadAudio | undefined;
  readonly reel: string | undefined;
  readonly place: string;
  readonly written: Written;
}

export interface ReadMediaFile {
  /** `original-media`, `DEFAULT_MEDIA`, `pathurl` … */
  readonly kind: string;
  readonly url: string;
  /** Its own extent, where the format gives one for each file, in frames of `rate`. */
  readonly extent: ReadSource | undefined;
}

export interface ReadAudio {
  /** Channels of each stream; one entry of all channels where the format does not tell them apart. */
  readonly streams: readonly number[];
  /** Number of streams, where the format counts them without their channels. */
  readonly sources: number | undefined;
  readonly channels: number;
  /** Hertz. */
  readonly sampleRate: number | undefined;
}

export interface ReadSize {
  readonly width: number;
  readonly height: number;
}

export interface ReadProblem {
  readonly place: string;
  /** A short stable word, such as `bad-time`. */
  readonly rule: string;
  /** What is wrong: one sentence without a full stop at the end. */
  readonly what: string;
}

/** The order of clips on a timeline: by record start, then track. */
export function byRecord(a: Pick<ReadClip, "record" | "track">, b: Pick<ReadClip, "record" | "track">): number {
  return compareFrames(a.record.start, b.record.start) || a.track - b.track;
}
