import type { FrameRate } from "../time/frame-rate.js";
import type { ReadClip, ReadMarker, ReadTimeline } from "./reading.js";

/** What a reader is told about a file. */
export interface ReadOptions {
  /** The file's name, for messages. */
  readonly file: string;
  /** The rate and counting of an EDL, which does not say its own. */
  readonly rate?: (FrameRate & { readonly dropped: number }) | undefined;
  /** Sees every element of an XML file as it opens, for rules about structure. */
  readonly onElement?: ((element: OpenElement) => void) | undefined;
  /** Sees every element of a Final Cut Pro 7 XML file as it closes, which says nearly all in texts. */
  readonly onClosed?: ((element: ClosedElement) => void) | undefined;
  /** Sees the schema of every object of an OTIO file that lies on a timeline, and of what it refers to. */
  readonly onSchema?: ((schema: string, place: string) => void) | undefined;
  /**
   * Takes clips, markers and timelines as they are read; the reading then has none, and needs little memory. Of how a clip
   * is written readers keep no more than its links and whether it is enabled, where they spare much.
   */
  readonly sink?: ReadingSink | undefined;
}

/** An element of an XML file whose content is still to come. */
export interface OpenElement {
  readonly name: string;
  readonly line: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly parent: OpenElement | undefined;
}

/** An element that is complete: with its text, when it holds nothing else, and those of its children that are kept. */
export interface ClosedElement extends OpenElement {
  readonly text: string;
  readonly children: readonly ClosedElement[];
}

/** Takes what there is most of in a file. `timeline` is the number of its timeline, from 0. */
export interface ReadingSink {
  /** A clip that is complete, with its markers and keywords, in the order of the file. */
  readonly clip: (clip: ReadClip, timeline: number) => void;
  /** A marker of the timeline itself. */
  readonly marker: (marker: ReadMarker, timeline: number) => void;
  /** A timeline that is complete, but for what was taken before. */
  readonly timeline: (timeline: ReadTimeline, number: number) => void;
}

const nothing: readonly never[] = [];

/** The clip as it is kept: without what the sink has taken. */
export function keptOf(clip: ReadClip, timeline: number, sink: ReadingSink | undefined): ReadClip {
  if (sink === undefined) return clip;
  sink.clip(clip, timeline);
  return { ...clip, markers: nothing, keywords: nothing };
}

/** The timeline as it is kept: without clips, when the sink has taken it. */
export function keptTimeline(timeline: ReadTimeline, number: number, sink: ReadingSink | undefined): ReadTimeline {
  if (sink === undefined) return timeline;
  sink.timeline(timeline, number);
  return { ...timeline, clips: nothing, sounds: nothing, gaps: nothing };
}

/** The markers as they are kept: none that the sink has taken. */
export function keptMarkers(
  markers: readonly ReadMarker[],
  timeline: number,
  sink: ReadingSink | undefined,
): readonly ReadMarker[] {
  if (sink === undefined) return markers;
  for (const marker of markers) sink.marker(marker, timeline);
  return nothing;
}
