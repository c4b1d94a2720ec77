import { FacecutError } from "../errors.js";
import { given } from "../model/given.js";
import type { MediaFacts } from "../model/media.js";
import type { Marker, Person } from "../model/timeline.js";
import { type Duration, secondsOf } from "../time/duration.js";
import { add, compare, type Fraction, fraction, parseDecimal } from "../time/fraction.js";
import { contains, type FrameRange } from "../time/frame-range.js";
import type { TimelineRate } from "../time/frame-rate.js";
import { rescaleFloor } from "../time/rescale.js";
import type { Appearance, FacePoint } from "./appearances.js";

/** Which track points become markers (`--markers`). */
export type MarkerChoice = "none" | "appearance" | "all" | { readonly spacing: Duration };

/** The same, with a spacing in exact seconds. */
export type MarkerRule = "none" | "appearance" | "all" | Fraction;

/** The choice on a timeline of this rate. Throws `bad-option` when its timecode does not exist there. */
export function markerRule(choice: MarkerChoice, rate: TimelineRate): MarkerRule {
  if (typeof choice === "string") return choice;
  const seconds = secondsOf(choice.spacing, rate);
  if (seconds !== undefined) return seconds;
  throw new FacecutError("bad-option", {
    what: `The spacing of the markers is a timecode that does not exist at ${rate.id}`,
    cure: "Write it in seconds (2s), or as a timecode of the timeline",
    option: "markers",
  });
}

/** What became of the track points of one clip; `written + sameFrame + thinned + outside` is all of them. */
export interface PointCounts {
  readonly written: number;
  /** On a timeline frame where the person already has a marker. */
  readonly sameFrame: number;
  /** Not asked for by `--markers`. */
  readonly thinned: number;
  /** Outside the clip after it was trimmed. */
  readonly outside: number;
  /** The times of the first of those, in seconds from the start of the media. */
  readonly outsideTimes: readonly number[];
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
  rule: MarkerRule,
): MarkedClip {
  const candidates = appearance.points.map((point) => ({
    point,
    recordFrame: recordFrameOf(point.frame, appearance.media, place, rate),
  }));
  const inside = candidates.filter(
    ({ point, recordFrame }) => contains(place.source, point.frame) && contains(place.record, recordFrame),
  );
  const chosen = choose(inside, rule);
  const seen = new Set<number>();
  const kept = chosen.filter(({ recordFrame }) => !seen.has(recordFrame) && seen.add(recordFrame));
  const markers = kept.map(({ point, recordFrame }) => markerOf(person, appearance.media, point, recordFrame));
  const counts = {
    written: kept.length,
    sameFrame: chosen.length - kept.length,
    thinned: inside.length - chosen.length,
    outside: candidates.length - inside.length,
    outsideTimes: outsideTimes(candidates, inside),
  };
  const bare = markers.length === 0 && rule === "appearance";
  return { markers: bare ? [onFirstFrame(appearance, person, place)] : markers, counts };
}

const mostOutsideTimes = 100;

function outsideTimes(candidates: readonly Candidate[], inside: readonly Candidate[]): number[] {
  if (inside.length === candidates.length) return [];
  const within = new Set(inside);
  const outside = candidates.filter((candidate) => !within.has(candidate));
  return outside.slice(0, mostOutsideTimes).map(({ point }) => point.timestamp);
}

/** The timeline frame a media frame of the clip shows on. */
function recordFrameOf(frame: number, media: MediaFacts, place: ClipPlace, rate: TimelineRate): number {
  return place.record.start + rescaleFloor(frame - place.source.start, media.rate, rate);
}

interface Candidate {
  readonly point: FacePoint;
  readonly recordFrame: number;
}

function choose(candidates: readonly Candidate[], rule: MarkerRule): readonly Candidate[] {
  if (rule === "all") return candidates;
  if (rule === "none") return [];
  return rule === "appearance" ? candidates.slice(0, 1) : spaced(candidates, rule);
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
  if (expression !== undefined) parts.push(expression);
  if (box !== undefined) parts.push(`box ${box.x},${box.y} ${box.w}x${box.h}${size ? ` of ${size.width}x${size.height}` : ""}`);
  return parts.join(" · ");
}
