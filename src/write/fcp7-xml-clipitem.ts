import type { Clip, Timeline } from "../model/timeline.js";
import { lengthOf } from "../time/frame-range.js";
import { rescaleFloor } from "../time/rescale.js";
import type { Dialect } from "./dialect.js";
import { rate } from "./fcp7-xml-characteristics.js";
import type { Files } from "./fcp7-xml-file.js";
import { fitScale } from "./fcp7-xml-fit.js";
import { labelOf, type MarkerWriter } from "./fcp7-xml-marker.js";
import type { SoundPlace } from "./fcp7-xml-sound.js";
import { shownMarkers } from "./same-frame.js";
import { element, textElement } from "./xml.js";

/** What the clipitems of one timeline have in common. */
export interface SequenceContext {
  readonly timeline: Timeline;
  readonly files: Files;
  readonly dialect: Dialect;
}

/** A clip and where its clipitems are: one for the picture, one for each channel of sound. All indexes count from 1. */
export interface PlacedClip {
  readonly clip: Clip;
  /** Unique in the document; its picture's id, from which its sounds' ids come. */
  readonly id: string;
  readonly video: TrackPlace;
  /** In the order of their tracks. */
  readonly audio: readonly PlacedSound[];
}

/** One channel of a clip's sound. */
export type PlacedSound = SoundPlace & TrackPlace;

/** Which track of its kind, and which clip on it. */
interface TrackPlace {
  readonly track: number;
  readonly clip: number;
}

export function videoClipitem(depth: number, placed: PlacedClip, context: SequenceContext, markers: MarkerWriter): string {
  const { clip, id } = placed;
  const { markerPlace, sameFrame, fcp7xml } = context.dialect;
  const [person] = clip.people;
  const children = [
    commonLines(depth + 1, clip, context),
    fcp7xml.scaleToFit ? fitScale(depth + 1, clip.media, context.timeline.size) : "",
    markerPlace.fcp7xml === "clip" ? clipMarkers(clip, markers, sameFrame.fcp7xml) : "",
    placed.audio.length > 0 ? links(depth + 1, placed) : "",
    person && fcp7xml.labels ? element(depth + 1, "labels", {}, textElement(depth + 2, "label2", labelOf(person))) : "",
  ];
  return element(depth, "clipitem", { id }, children.join(""));
}

/** One channel of a clip's sound, on the track that is its own. */
export function audioClipitem(depth: number, placed: PlacedClip, sound: PlacedSound, context: SequenceContext): string {
  const source = textElement(depth + 2, "mediatype", "audio") + textElement(depth + 2, "trackindex", sound.source);
  const children = [
    commonLines(depth + 1, placed.clip, context),
    element(depth + 1, "sourcetrack", {}, source),
    links(depth + 1, placed),
  ];
  return element(depth, "clipitem", { id: soundId(placed, sound), ...sound.attributes }, children.join(""));
}

function soundId({ id }: PlacedClip, { channel }: PlacedSound): string {
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
function clipMarkers(clip: Clip, writer: MarkerWriter, sameFrame: Dialect["sameFrame"]["fcp7xml"]): string {
  const shift = clip.sourceIn.fromFile - clip.recordRange.start;
  let text = "";
  for (const marker of shownMarkers(clip.markers, sameFrame)) text += writer.element(marker, marker.recordFrame + shift);
  return text;
}

/** Every clipitem of a clip names all of them, itself included. */
function links(depth: number, placed: PlacedClip): string {
  const sounds = placed.audio.map((sound) => link(depth, soundId(placed, sound), "audio", sound));
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
