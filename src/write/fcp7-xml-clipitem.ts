import type { MediaFacts } from "../model/media.js";
import type { Clip, Timeline } from "../model/timeline.js";
import { lengthOf } from "../time/frame-range.js";
import { rescaleFloor } from "../time/rescale.js";
import { rate } from "./fcp7-xml-characteristics.js";
import type { Files } from "./fcp7-xml-file.js";
import { labelOf, type MarkerWriter } from "./fcp7-xml-marker.js";
import { element, textElement } from "./xml.js";

/** What the clipitems of one timeline have in common. */
export interface SequenceContext {
  readonly timeline: Timeline;
  readonly files: Files;
  /** Whether markers sit in the clips; else they are the sequence's. */
  readonly clipMarkers: boolean;
}

/** A clip and where its clipitems are: one for the picture, one for each channel of sound. All indexes count from 1. */
export interface PlacedClip {
  readonly clip: Clip;
  /** Unique in the document; its picture's id, from which its sounds' ids come. */
  readonly id: string;
  readonly video: TrackPlace;
  /** By channel. */
  readonly audio: readonly TrackPlace[];
}

/** Which track of its kind, and which clip on it. */
interface TrackPlace {
  readonly track: number;
  readonly clip: number;
}

export function videoClipitem(depth: number, placed: PlacedClip, context: SequenceContext, markers: MarkerWriter): string {
  const { clip, id } = placed;
  const [person] = clip.people;
  const children = [
    commonLines(depth + 1, clip, context),
    context.clipMarkers ? clipMarkers(clip, markers) : "",
    placed.audio.length > 0 ? links(depth + 1, placed) : "",
    person ? element(depth + 1, "labels", {}, textElement(depth + 2, "label2", labelOf(person))) : "",
  ];
  return element(depth, "clipitem", { id }, children.join(""));
}

/**
 * One channel of a clip's sound, counted from 1 over all streams of the file: a source track of Final Cut Pro 7 is a
 * single channel, whichever stream it lies in.
 */
export function audioClipitem(depth: number, placed: PlacedClip, channel: number, context: SequenceContext): string {
  const source = textElement(depth + 2, "mediatype", "audio") + textElement(depth + 2, "trackindex", channel);
  const children = [
    commonLines(depth + 1, placed.clip, context),
    element(depth + 1, "sourcetrack", {}, source),
    links(depth + 1, placed),
  ];
  return element(depth, "clipitem", { id: soundId(placed, channel) }, children.join(""));
}

function soundId({ id }: PlacedClip, channel: number): string {
  return `${id}-a${channel}`;
}

/**
 * Everything on the sequence's grid, whatever the file's rate, as Premiere itself writes it: `in` and `out` count
 * from the file's first frame and leave its timecode out.
 */
function commonLines(depth: number, clip: Clip, { timeline, files }: SequenceContext): string {
  const { media, name, sourceIn, recordRange } = clip;
  return [
    textElement(depth, "masterclipid", files.masterClipId(media)),
    textElement(depth, "name", name),
    textElement(depth, "enabled", "TRUE"),
    textElement(depth, "duration", rescaleFloor(files.extentOf(media), media.rate, timeline.rate)),
    rate(depth, timeline.rate),
    textElement(depth, "start", recordRange.start - timeline.start),
    textElement(depth, "end", recordRange.end - timeline.start),
    textElement(depth, "in", sourceIn.fromFile),
    textElement(depth, "out", sourceIn.fromFile + lengthOf(recordRange)),
    files.element(depth, media),
  ].join("");
}

/** Clip markers count as `in` does. */
function clipMarkers({ markers, sourceIn, recordRange }: Clip, writer: MarkerWriter): string {
  const shift = sourceIn.fromFile - recordRange.start;
  return markers.map((marker) => writer.element(marker, marker.recordFrame + shift)).join("");
}

/** Every clipitem of a clip names all of them, itself included. */
function links(depth: number, placed: PlacedClip): string {
  const sounds = placed.audio.map((place, index) => link(depth, soundId(placed, index + 1), "audio", place));
  return link(depth, placed.id, "video", placed.video) + sounds.join("");
}

function link(depth: number, id: string, mediaType: "video" | "audio", place: TrackPlace): string {
  const lines = [
    textElement(depth + 1, "linkclipref", id),
    textElement(depth + 1, "mediatype", mediaType),
    textElement(depth + 1, "trackindex", place.track),
    textElement(depth + 1, "clipindex", place.clip),
    mediaType === "audio" ? textElement(depth + 1, "groupindex", 1) : "",
  ];
  return element(depth, "link", {}, lines.join(""));
}

/** Channels of sound that a clip of this media brings. */
export function channelsOf({ audio }: MediaFacts): number {
  return audio?.channels ?? 0;
}
