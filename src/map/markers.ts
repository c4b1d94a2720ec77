import { given } from "../model/given.js";
import type { MediaFacts } from "../model/media.js";
import type { Marker, Person } from "../model/timeline.js";
import { oneLine } from "../text.js";
import { type Duration, secondsOf } from "../time/duration.js";
import { add, compare, type Fraction, fraction, parseDecimal } from "../time/fraction.js";
import { contains, type FrameRange } from "../time/frame-range.js";
import type { TimelineRate } from "../time/frame-rate.js";
import { rescaleFloor } from "../time/rescale.js";
import type { Appearance, FacePoint } from "./appearances.js";

/** Which track points become markers (`--markers`). */
export type MarkerChoice = "none" | "appearance" | "all" | { readonly spacing: Duration };

/** What became of the track points of one clip; `written + sameFrame + thinned + outside` is all of them. */
export interface PointCounts {
  readonly written: number;
  /** On a timeline frame where the person already has a marker. */
  readonly sameFrame: number;
  /** Not asked for by `--markers`. */
  readonly thinned: number;
  /** Outside the clip after it was trimmed. */
  readonly outside: number;
}

export interface MarkedClip {
  readonly markers: readonly Marker[];
  readonly counts: PointCounts;
}

/** Where a clip lies: its source range in media frames, its record range in timeline frames. */
export interface ClipPlace {
  readonly source: FrameRange;
  readonly record: FrameRange;
}

/** The markers of one clip, one person's points at a time, in record order. */
export function markersOf(
  appearance: Appearance,
  person: Person,
  place: ClipPlace,
  rate: TimelineRate,
  choice: MarkerChoice,
): MarkedClip {
  const candidates = appearance.points.map((point) => ({
    point,
    recordFrame: recordFrameOf(point.frame, appearance.media, place, rate),
  }));
  const inside = candidates.filter(
    ({ point, recordFrame }) => contains(place.source, point.frame) && contains(place.record, recordFrame),
  );
  const chosen = choose(inside, choice, rate);
  const seen = new Set<number>();
  const kept = chosen.filter(({ recordFrame }) => !seen.has(recordFrame) && seen.add(recordFrame));
  const markers = kept.map(({ point, recordFrame }) => markerOf(person, appearance.media, point, recordFrame));
  const counts = {
    written: kept.length,
    sameFrame: chosen.length - kept.length,
    thinned: inside.length - chosen.length,
    outside: candidates.length - inside.length,
  };
  const bare = markers.length === 0 && choice === "appearance";
  return { markers: bare ? [onFirstFrame(appearance, person, place)] : markers, counts };
}

/** The timeline frame a media frame of the clip shows on. */
function recordFrameOf(frame: number, media: MediaFacts, place: ClipPlace, rate: TimelineRate): number {
  return place.record.start + rescaleFloor(frame - place.source.start, media.rate, rate);
}

interface Candidate {
  readonly point: FacePoint;
  readonly recordFrame: number;
}

function choose(candidates: readonly Candidate[], choice: MarkerChoice, rate: TimelineRate): readonly Candidate[] {
  if (choice === "all") return candidates;
  if (choice === "none") return [];
  if (choice === "appearance") return candidates.slice(0, 1);
  return spaced(candidates, secondsOf(choice.spacing, rate) as Fraction);
}

// Points a second apart come as 48.999687 and 49.999685: the service's single-precision noise is no closeness.
const noise = fraction(1, 1000);

function spaced(candidates: readonly Candidate[], spacing: Fraction): Candidate[] {
  let next: Fraction | undefined;
  return candidates.filter(({ point }) => {
    const time = parseDecimal(String(point.timestamp)) as Fraction;
    if (next !== undefined && compare(add(time, noise), next) < 0) return false;
    next = add(time, spacing);
    return true;
  });
}

function markerOf(person: Person, media: MediaFacts, point: FacePoint, recordFrame: number): Marker {
  const { frame, score, expression, box } = point;
  return { person, recordFrame, mediaFrame: frame, note: noteOf(point, media), ...given({ score, expression, box }) };
}

/** A clip without a usable track point says who it shows on its first frame. */
function onFirstFrame(appearance: Appearance, person: Person, place: ClipPlace): Marker {
  const { score, expression } = appearance;
  const known = { frame: place.source.start, timestamp: 0, ...given({ score, expression }) };
  return markerOf(person, appearance.media, known, place.record.start);
}

/** `score 0.99 · Calm · box 517,409 128x168 of 1920x1080`, absent parts left out. */
function noteOf({ score, expression, box }: Pick<FacePoint, "score" | "expression" | "box">, { size }: MediaFacts): string {
  const parts: string[] = [];
  if (score !== undefined) parts.push(`score ${score.toFixed(2)}`);
  if (expression !== undefined) parts.push(oneLine(expression));
  if (box !== undefined) parts.push(`box ${box.x},${box.y} ${box.w}x${box.h}${size ? ` of ${size.width}x${size.height}` : ""}`);
  return parts.join(" · ");
}
