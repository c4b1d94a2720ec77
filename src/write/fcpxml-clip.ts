import type { Clip, Marker, Person, PersonRange } from "../model/timeline.js";
import { type FrameRange, frameRange, intersect, lengthOf } from "../time/frame-range.js";
import { type FrameRate, sameRate } from "../time/frame-rate.js";
import { rescaleFloor } from "../time/rescale.js";
import type { Dialect } from "./dialect.js";
import { keywordOf, nameOf } from "./fcpxml-names.js";
import type { Asset } from "./fcpxml-resources.js";
import { timeOf } from "./fcpxml-time.js";
import { shownMarkers } from "./same-frame.js";
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
export function assetClip(
  depth: number,
  clip: Clip,
  asset: Asset,
  place: ClipPlacement,
  { rate, dialect }: { readonly rate: FrameRate; readonly dialect: Dialect },
): string {
  const { roles } = dialect.fcpxml;
  const attributes = {
    ref: asset.id,
    lane: place.lane,
    offset: place.offset,
    name: nameOf(clip.name),
    start: sourceTime(clip.sourceRange.start, asset),
    duration: place.duration,
    ...mediaAttributes(asset, roles),
    videoRole: roles === "people" ? roleOf(clip.people[0]) : undefined,
  };
  const children = [
    conformRate(depth + 1, rate, asset),
    markers(depth + 1, shownMarkers(clip.markers, dialect.sameFrame.fcpxml), asset),
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
export function browserClip(depth: number, asset: Asset, { roles }: Dialect["fcpxml"]): string {
  const { media, extent, frame } = asset;
  const attributes = {
    ref: asset.id,
    name: nameOf(media.name),
    start: sourceTime(0, asset),
    duration: timeOf(extent, frame),
    ...mediaAttributes(asset, roles),
  };
  return element(depth, "asset-clip", attributes, keywords(depth + 1, asset.appearances, asset));
}

// `format` would default to the parent's, not to the asset's.
function mediaAttributes({ format, media }: Asset, roles: Dialect["fcpxml"]["roles"]) {
  const audioRole = media.audio === undefined || roles === "none" ? undefined : "dialogue";
  return { format, tcFormat: tcFormatOf(media.counting), audioRole };
}

// A full stop parts a role from its subrole.
function roleOf(person: Person | undefined): string | undefined {
  return person && nameOf(person.name.replaceAll(".", " "));
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

function markers(depth: number, all: Iterable<Marker>, asset: Asset): string {
  let text = "";
  for (const { mediaFrame, mediaDuration = 1, person, note } of all) {
    const start = sourceTime(mediaFrame, asset);
    const duration = timeOf(mediaDuration, asset.frame);
    text += element(depth, "marker", { start, duration, value: person.name, note: note || undefined });
  }
  return text;
}

function keywords(depth: number, appearances: readonly PersonRange[], asset: Asset): string {
  const sorted = appearances.toSorted((a, b) => a.range.start - b.range.start);
  return sorted.map(({ person, range }) => keyword(depth, { person, range }, asset)).join("");
}

function keyword(depth: number, { person, range }: PersonRange, asset: Asset): string {
  const duration = timeOf(lengthOf(range), asset.frame);
  return element(depth, "keyword", { start: sourceTime(range.start, asset), duration, value: keywordOf(person) });
}
