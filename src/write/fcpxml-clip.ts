import type { Clip, Marker, PersonRange } from "../model/timeline.js";
import { type FrameRange, frameRange, intersect, lengthOf } from "../time/frame-range.js";
import { type FrameRate, sameRate } from "../time/frame-rate.js";
import { rescaleFloor } from "../time/rescale.js";
import { keywordOf, nameOf } from "./fcpxml-names.js";
import type { Asset } from "./fcpxml-resources.js";
import { timeOf } from "./fcpxml-time.js";
import { element, type Verbatim } from "./xml.js";

/**
 * Clips. `offset` and `duration` count on the sequence's grid; `start` and everything inside the clip in source
 * time, the file's own timecode included (Apple, FCPXML reference, "Timing attributes").
 */

/** Where a clip lies in its parent: attributes `offset` and `duration`, and `lane` for a connected clip. */
export interface ClipPlacement {
  readonly lane?: number;
  readonly offset: Verbatim;
  readonly duration: Verbatim;
}

/** A clip of a timeline that runs at `rate`, with its markers and keywords. */
export function assetClip(depth: number, clip: Clip, rate: FrameRate, asset: Asset, place: ClipPlacement): string {
  const attributes = {
    ref: asset.id,
    lane: place.lane,
    offset: place.offset,
    name: nameOf(clip.name),
    start: sourceTime(clip.sourceRange.start, asset),
    duration: place.duration,
    ...mediaAttributes(asset),
  };
  const children = [
    conformRate(depth + 1, rate, asset),
    markers(depth + 1, clip.markers, asset),
    keywords(depth + 1, shown(clip, windowOf(clip, rate)), asset),
  ];
  return element(depth, "asset-clip", attributes, children.join(""));
}

/** The media frames that lie in the clip as long as it is on the timeline: perhaps fewer than its source range has. */
function windowOf({ media, sourceRange: { start }, recordRange }: Clip, rate: FrameRate): FrameRange {
  return frameRange(start, start + Math.max(1, rescaleFloor(lengthOf(recordRange), rate, media.rate)));
}

/** Who is seen in a window on the media. */
function shown({ appearances }: Clip, window: FrameRange): PersonRange[] {
  return appearances.flatMap(({ person, range }) => {
    const inside = intersect(range, window);
    return inside === undefined ? [] : [{ person, range: inside }];
  });
}

/** A whole media file in the browser, with a keyword range per appearance. */
export function browserClip(depth: number, asset: Asset): string {
  const { media, extent, frame } = asset;
  const attributes = {
    ref: asset.id,
    name: nameOf(media.name),
    start: sourceTime(0, asset),
    duration: timeOf(extent, frame),
    ...mediaAttributes(asset),
  };
  return element(depth, "asset-clip", attributes, keywords(depth + 1, asset.appearances, asset));
}

// `format` would default to the parent's, not to the asset's.
function mediaAttributes({ format, media }: Asset) {
  return { format, tcFormat: tcFormatOf(media.counting), audioRole: media.audio && "dialogue" };
}

export function tcFormatOf({ dropped }: { readonly dropped: number }): "DF" | "NDF" {
  return dropped > 0 ? "DF" : "NDF";
}

function sourceTime(mediaFrame: number, { media, frame }: Asset): Verbatim {
  return timeOf(media.start + mediaFrame, frame);
}

// Real time at every pair of rates: what Final Cut Pro chooses by itself plays 24 as 25.
function conformRate(depth: number, rate: FrameRate, { media, conformRate: srcFrameRate }: Asset): string {
  if (srcFrameRate === undefined || sameRate(media.rate, rate)) return "";
  return element(depth, "conform-rate", { scaleEnabled: 0, srcFrameRate });
}

/** What a marker shows: one of the plan's, or several on one frame joined. */
type ShownMarker = Pick<Marker, "recordFrame" | "mediaFrame" | "note"> & { readonly person: { readonly name: string } };

function markers(depth: number, all: readonly Marker[], asset: Asset): string {
  const duration = timeOf(1, asset.frame);
  let text = "";
  for (const { mediaFrame, person, note } of onePerFrame(all)) {
    const start = sourceTime(mediaFrame, asset);
    text += element(depth, "marker", { start, duration, value: person.name, note: note || undefined });
  }
  return text;
}

/** Final Cut Pro's interface shows one marker on a frame, so several people share one. */
function onePerFrame(markers: readonly Marker[]): ShownMarker[] {
  const shown: ShownMarker[] = [];
  for (const marker of markers) {
    const before = shown.at(-1);
    if (before?.recordFrame === marker.recordFrame) shown[shown.length - 1] = joined(before, marker);
    else shown.push(marker);
  }
  return shown;
}

function joined(a: ShownMarker, b: Marker): ShownMarker {
  return {
    recordFrame: a.recordFrame,
    mediaFrame: Math.min(a.mediaFrame, b.mediaFrame),
    person: { name: `${a.person.name} + ${b.person.name}` },
    note: [a.note, b.note].filter((note) => note !== "").join(" | "),
  };
}

function keywords(depth: number, appearances: readonly PersonRange[], asset: Asset): string {
  const sorted = appearances.toSorted((a, b) => a.range.start - b.range.start);
  return sorted.map(({ person, range }) => keyword(depth, { person, range }, asset)).join("");
}

function keyword(depth: number, { person, range }: PersonRange, asset: Asset): string {
  const duration = timeOf(lengthOf(range), asset.frame);
  return element(depth, "keyword", { start: sourceTime(range.start, asset), duration, value: keywordOf(person) });
}
