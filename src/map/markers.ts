import { FacecutError } from "../errors.js";
import { given } from "../model/given.js";
import type { BoxPosition } from "../model/matches.js";
import type { MediaFacts } from "../model/media.js";
import type { Marker, Person } from "../model/timeline.js";
import { type Duration, secondsOf } from "../time/duration.js";
import { add, compare, type Fraction, fraction, parseDecimal } from "../time/fraction.js";
import { contains, type FrameRange } from "../time/frame-range.js";
import type { TimelineRate } from "../time/frame-rate.js";
import { rescaleCeil, rescaleFloor } from "../time/rescale.js";
import type { FacePoint } from "./occurrences.js";
import type { Span } from "./selections.js";

/** Which track points become markers (`--markers`); with `moves`, those where the face has moved by that part of its size. */
export type MarkerChoice = "none" | "appearance" | "all" | { readonly spacing: Duration } | { readonly moves: number };

/** The same, with a spacing in exact seconds. */
export type MarkerRule = "none" | "appearance" | "all" | { readonly seconds: Fraction } | { readonly moves: number };

/** The choice on a timeline of this rate. Throws `bad-option` when its timecode does not exist there. */
export function markerRule(choice: MarkerChoice, rate: TimelineRate): MarkerRule {
  if (typeof choice === "string" || "moves" in choice) return choice;
  const seconds = secondsOf(choice.spacing, rate);
  if (seconds !== undefined) return { seconds };
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

/** A person in a clip, and all their track points that belong to it, in frame order. */
export interface MarkedPerson {
  readonly person: Person;
  readonly points: readonly FacePoint[];
  readonly score?: number;
  readonly expression?: string;
}

/** The markers of one person in a clip, in record order. */
export function markersOf(
  marked: MarkedPerson,
  media: MediaFacts,
  place: ClipPlace,
  rate: TimelineRate,
  rule: MarkerRule,
): MarkedClip {
  const { person, points } = marked;
  const candidates = points.map((point) => ({ point, recordFrame: recordFrameOf(point.frame, media, place, rate) }));
  const inside = candidates.filter(
    ({ point, recordFrame }) => contains(place.source, point.frame) && contains(place.record, recordFrame),
  );
  const chosen = choose(inside, rule);
  const seen = new Set<number>();
  const kept = chosen.filter(({ recordFrame }) => !seen.has(recordFrame) && seen.add(recordFrame));
  const markers = kept.map(({ point, recordFrame }) => markerOf(person, media, point, recordFrame));
  const counts = {
    written: kept.length,
    sameFrame: chosen.length - kept.length,
    thinned: inside.length - chosen.length,
    outside: candidates.length - inside.length,
    outsideTimes: outsideTimes(candidates, inside),
  };
  const bare = markers.length === 0 && rule === "appearance";
  return { markers: bare ? [onFirstFrame(marked, media, place)] : markers, counts };
}

/** A marker as long as a stretch of the clip; undefined when no timeline frame of it shows. */
export function spanMarker(
  person: Person,
  span: Span,
  media: MediaFacts,
  place: ClipPlace,
  rate: TimelineRate,
): Marker | undefined {
  const { start, end } = span.range;
  const first = recordFrameOf(start, media, place, rate);
  const last = Math.min(place.record.end, place.record.start + rescaleCeil(end - place.source.start, media.rate, rate));
  if (first >= last) return undefined;
  const { score, expression } = span;
  const point = { frame: start, timestamp: 0, ...given({ score, expression }) };
  return { ...markerOf(person, media, point, first), duration: last - first, mediaDuration: end - start };
}

/** Counts of several people together. */
export function addCounts(all: readonly PointCounts[]): PointCounts {
  const sum = (key: "written" | "sameFrame" | "thinned" | "outside") => all.reduce((total, counts) => total + counts[key], 0);
  return {
    written: sum("written"),
    sameFrame: sum("sameFrame"),
    thinned: sum("thinned"),
    outside: sum("outside"),
    outsideTimes: all.flatMap(({ outsideTimes }) => outsideTimes).slice(0, mostOutsideTimes),
  };
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
  if (rule === "appearance") return candidates.slice(0, 1);
  return "moves" in rule ? moved(candidates, rule.moves) : spaced(candidates, rule.seconds);
}

/** The first, and each whose box has moved, grown or shrunk since the last one by more than that part of its size. */
function moved(candidates: readonly Candidate[], part: number): Candidate[] {
  let last: BoxPosition | undefined;
  return candidates.filter(({ point: { box } }, i) => {
    const marked = box === undefined ? i === 0 : last === undefined || hasMoved(last, box, part);
    if (marked) last = box ?? last;
    return marked;
  });
}

function hasMoved(from: BoxPosition, to: BoxPosition, part: number): boolean {
  const [acrossX, acrossY] = [2 * (to.x - from.x) + to.w - from.w, 2 * (to.y - from.y) + to.h - from.h];
  const wide = [acrossX / 2, to.w - from.w].some((change) => Math.abs(change) > part * from.w);
  return wide || [acrossY / 2, to.h - from.h].some((change) => Math.abs(change) > part * from.h);
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

/** A person without a usable track point is told of on the clip's first frame. */
function onFirstFrame({ person, score, expression }: MarkedPerson, media: MediaFacts, place: ClipPlace): Marker {
  const known = { frame: place.source.start, timestamp: 0, ...given({ score, expression }) };
  return markerOf(person, media, known, place.record.start);
}

/** `score 0.99 · Calm · box 517,409 128x168 of 1920x1080`, absent parts left out. */
function noteOf({ score, expression, box }: Pick<FacePoint, "score" | "expression" | "box">, { size }: MediaFacts): string {
  const parts: string[] = [];
  if (score !== undefined) parts.push(`score ${score.toFixed(2)}`);
  if (expression !== undefined) parts.push(expression);
  if (box !== undefined) parts.push(`box ${box.x},${box.y} ${box.w}x${box.h}${size ? ` of ${size.width}x${size.height}` : ""}`);
  return parts.join(" · ");
}
