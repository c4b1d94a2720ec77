import type { Counting, FrameRate } from "../time/frame-rate.js";

/** Where a fact about media came from, strongest first. */
export type FactSource = "media map" | "service" | "option" | "assumed";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Sound of a media file: all its streams together. */
export interface AudioFacts {
  readonly channels: number;
  /** Hertz. */
  readonly sampleRate: number;
}

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
  /** Where the file is: a URL, percent-encoded, without a query. A relative one when nothing is known. */
  readonly url: string;
  readonly rate: FrameRate;
  /** How the media's own timecode counts. */
  readonly counting: Counting;
  /** The embedded start timecode as a frame number from midnight; 0 when there is none or it is not known. */
  readonly start: number;
  /** Length in frames, when known. */
  readonly duration?: number;
  readonly size?: Size;
  readonly audio?: AudioFacts;
  /** Tape or camera-roll name from the media map. */
  readonly reel?: string;
  /** Where each fact came from. */
  readonly sources: Readonly<Record<"rate" | "start" | "duration" | "size" | "audio" | "url", FactSource>>;
}
