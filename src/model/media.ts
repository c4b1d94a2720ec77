import type { Counting, FrameRate } from "../time/frame-rate.js";

/** Where a fact about media came from, strongest first. */
export type FactSource = "media map" | "media folder" | "probe" | "service" | "proxy probe" | "option" | "assumed";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Order of fields: `progressive` has none, `upper` shows the upper field first, `lower` the lower. */
export type Scan = "progressive" | "upper" | "lower";

/** Width to height of one pixel as displayed, in lowest terms. */
export interface PixelAspect {
  readonly num: number;
  readonly den: number;
}

/** Sound of a media file: all its streams together. */
export interface AudioFacts {
  readonly channels: number;
  /** Hertz; of the first stream. */
  readonly sampleRate: number;
  /** Channels of each stream, in the file's order: `[1, 1]` is two mono tracks, `[2]` a stereo one. */
  readonly streams: readonly number[];
}

/** Which of its files a media asset is shown by. */
export const mediaUses = ["original", "proxy"] as const;
export type MediaUse = (typeof mediaUses)[number];

/**
 * What must be known of one media file to place clips of it. Frame numbers are the media's own;
 * `start` counts from midnight, everything else from the file's first frame.
 */
export interface MediaFacts {
  readonly mediaId: string;
  /** File name with extension, as editing programs relink on it. */
  readonly fileName: string;
  /** The name to show, when the media map gives one; else the file name. */
  readonly name: string;
  /** Where the file is that clips point to: a URL, percent-encoded, without a query. A relative one when nothing is known. */
  readonly url: string;
  /** Which file that is. */
  readonly use: MediaUse;
  /** Where the other one is, when both are known. */
  readonly otherUrl?: string;
  readonly rate: FrameRate;
  /** How the media's own timecode counts. */
  readonly counting: Counting;
  /** The embedded start timecode as a frame number from midnight; 0 when there is none or it is not known. */
  readonly start: number;
  /** Length in frames, when known. */
  readonly duration?: number;
  /** Displayed size in pixels: turned as players turn it, not stretched by `pixelAspect`. */
  readonly size?: Size;
  /** Absent when not known; programs then take square ones. */
  readonly pixelAspect?: PixelAspect;
  /** Absent when not known; programs then take it as progressive. */
  readonly scan?: Scan;
  readonly audio?: AudioFacts;
  /** Tape or camera-roll name from the media map. */
  readonly reel?: string;
  /** Where each fact came from. */
  readonly sources: Readonly<Record<MediaFactName, FactSource>>;
  /** What an editor should check; empty or absent when all is well. */
  readonly doubts?: readonly MediaDoubt[];
}

export type MediaFactName = "rate" | "start" | "duration" | "size" | "pixelAspect" | "scan" | "audio" | "url";

/** Something about one media file that an editor should check, though clips of it are placed. */
export interface MediaDoubt {
  readonly code: DoubtCode;
  /** The file and what is odd about it: `a.mov: 25 (media map), 50 (probe)`. */
  readonly detail: string;
}

export type DoubtCode =
  | "missing-file"
  | "unseen-file"
  | "unreadable-file"
  | "other-extension"
  | "shared-file"
  | "no-proxy"
  | "variable-rate"
  | "rate-differs"
  | "start-differs"
  | "unusable-timecode"
  | "length-differs"
  | "size-differs"
  | "pixel-aspect-differs"
  | "scan-differs"
  | "sound-differs";
