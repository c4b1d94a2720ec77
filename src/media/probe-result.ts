import type { AudioFacts, PixelAspect, Scan, Size } from "../model/media.js";
import type { FrameRate } from "../time/frame-rate.js";

/** A clockwise turn in degrees. */
export type QuarterTurns = 0 | 90 | 180 | 270;

/** What a media file says of itself. Fields it says nothing of are absent. */
export interface ProbedMedia {
  readonly kind: "video" | "audio" | "still";
  /** Frames a second; of a variable rate the nominal one. Absent for audio and stills. */
  readonly rate?: FrameRate;
  /** True when the frames do not stand on an even grid. */
  readonly variableRate: boolean;
  /**
   * The embedded start timecode, `HH:MM:SS:FF` or `HH:MM:SS;FF`, counted at `rate`, where that label exists. Of audio
   * (no rate): as embedded.
   */
  readonly startTimecode?: string;
  /** The embedded start timecode as the file has it, where no frame at `rate` has that label. */
  readonly unusableTimecode?: string;
  /** Start of an audio file in samples from midnight (EBU Tech 3285, `TimeReference`). */
  readonly timeReference?: number;
  /** Frames of the picture; of a variable rate what fills the file's length at the nominal one. */
  readonly duration?: number;
  /** Decimal seconds of an audio file. */
  readonly seconds?: string;
  /** Pixels as displayed: turned by `rotation`, not stretched by `pixelAspect`. */
  readonly size?: Size;
  /** How far players turn the stored picture clockwise. */
  readonly rotation: QuarterTurns;
  /** Absent when the file does not say. */
  readonly pixelAspect?: PixelAspect;
  readonly scan?: Scan;
  readonly audio?: AudioFacts;
}

/** Facts, or in one line why there are none ("it is empty"). */
export type ProbeResult = { readonly facts: ProbedMedia } | { readonly failure: string };
