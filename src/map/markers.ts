import { FacecutError } from "../errors.js";
import type { BoxPosition } from "../model/matches.js";
import type { MediaFacts } from "../model/media.js";
import type { Marker, Person } from "../model/timeline.js";
import { type Duration, secondsOf } from "../time/duration.js";
import { add, compare, type Fraction, fraction, parseDecimal } from "../time/fraction.js";
import { contains, type FrameRange } from "../time/frame-range.js";
import type { TimelineRate } from "../time/frame-rate.js";
import { rescaleCeil, rescaleFloor } from "../time/rescale.js";
import { type FacePoint, type Known, trackPointOf } from "./occurrences.js";
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

/** A clip as its markers see it. */
export interface MarkedClip {
  readonly media: MediaFacts;
  /** Media frames from the file's first. */
  readonly source: FrameRange;
  /** Timeline frames, start timecode included. */
  readonly record: FrameRange;
  readonly rate: TimelineRate;
  /** What of a face may be told. */
  readonly face: <T extends object>(known: T) => T;
}

/** A person in a clip, and all their track points that belong to it, in frame order. */
export interface MarkedPerson {
  readonly person: Person;
  readonly points: readonly FacePoint[];
  readonly known: Known;
}

/** What becomes of the points of one person in a clip; each that becomes a marker is told of, in record order. */
export function countPoints(
  points: readonly FacePoint[],
  clip: MarkedClip,
  rule: MarkerRule,
  onMarker?: (point: FacePoint, recordFrame: number) => void,
): PointCounts {
  let [written, sameFrame, thinned, outside] = [0, 0, 0, 0];
  let last = Number.NaN;
  const outsideTimes: number[] = [];
  const isChosen = chooser(rule);
  for (const each of points) {
    const recordFrame = recordFrameOf(each.frame, clip);
    if (!contains(clip.source, each.frame) || !contains(clip.record, recordFrame)) {
      if (outside++ < mostOutsideTimes) outsideTimes.push(trackPointOf(each).timestamp);
    } else if (!isChosen(each)) thinned++;
    else if (recordFrame === last) sameFrame++;
    else {
      written++;
      last = recordFrame;
      onMarker?.(each, recordFrame);
    }
  }
  return { written, sameFrame, thinned, outside, outsideTimes };
}

/** The markers of one person in a clip, in record order. */
export function markersOf({ person, points, known }: MarkedPerson, clip: MarkedClip, rule: MarkerRule): Marker[] {
  const markers: Marker[] = [];
  countPoints(points, clip, rule, (each, recordFrame) => {
    markers.push(markerOf(person, clip, each.frame, recordFrame, each.track, trackPointOf(each).box));
  });
  // A person without a usable track point is told of on the clip's first frame.
  if (markers.length === 0 && rule === "appearance")
    markers.push(markerOf(person, clip, clip.source.start, clip.record.start, known));
  return markers;
}

/** A marker as long as a stretch of the clip; undefined when no timeline frame of it shows. */
export function spanMarker(person: Person, { range: { start, end }, ...known }: Span, clip: MarkedClip): Marker | undefined {
  const { media, source, record, rate } = clip;
  const first = recordFrameOf(start, clip);
  const last = Math.min(record.end, record.start + rescaleCeil(end - source.start, media.rate, rate));
  if (first >= last) return undefined;
  return { ...markerOf(person, clip, start, first, known), duration: last - first, mediaDuration: end - start };
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

/** The timeline frame a media frame of the clip shows on. */
function recordFrameOf(frame: number, { media, source, record, rate }: MarkedClip): number {
  return record.start + rescaleFloor(frame - source.start, media.rate, rate);
}

/** Whether a point is asked for, the points of a clip asked about in frame order. */
type Chooser = (point: FacePoint) => boolean;

function chooser(rule: MarkerRule): Chooser {
  if (rule === "all") return () => true;
  if (rule === "none") return () => false;
  if (rule === "appearance") return onlyFirst();
  return "moves" in rule ? moved(rule.moves) : spaced(rule.seconds);
}

function onlyFirst(): Chooser {
  let asked = false;
  return () => {
    if (asked) return false;
    asked = true;
    return true;
  };
}

/** The first, and each whose box has moved, grown or shrunk since the last one by more than that part of its size. */
function moved(part: number): Chooser {
  const isFirst = onlyFirst();
  let last: BoxPosition | undefined;
  return (each) => {
    const { box } = trackPointOf(each);
    const begins = isFirst(each);
    const marked = box === undefined ? begins : last === undefined || hasMoved(last, box, part);
    if (marked) last = box ?? last;
    return marked;
  };
}

function hasMoved(from: BoxPosition, to: BoxPosition, part: number): boolean {
  const [acrossX, acrossY] = [2 * (to.x - from.x) + to.w - from.w, 2 * (to.y - from.y) + to.h - from.h];
  const wide = [acrossX / 2, to.w - from.w].some((change) => Math.abs(change) > part * from.w);
  return wide || [acrossY / 2, to.h - from.h].some((change) => Math.abs(change) > part * from.h);
}

// Points a second apart come as 48.999687 and 49.999685: the service's single-precision noise is no closeness.
const noise = fraction(1, 1000);

function spaced(spacing: Fraction): Chooser {
  let next: Fraction | undefined;
  return (point) => {
    const time = parseDecimal(String(trackPointOf(point).timestamp)) as Fraction;
    if (next !== undefined && compare(add(time, noise), next) < 0) return false;
    next = add(time, spacing);
    return true;
  };
}

function markerOf(
  person: Person,
  { media, face }: MarkedClip,
  mediaFrame: number,
  recordFrame: number,
  { score, expression }: Known,
  box?: BoxPosition,
): Marker {
  const known = face({ score, expression, box });
  const note = noteOf(known, media);
  return { person, recordFrame, mediaFrame, note, score: known.score, expression: known.expression, box: known.box };
}

/** `score 0.99 · Calm · box 517,409 128x168 of 1920x1080`, absent parts left out. */
function noteOf({ score, expression, box }: Pick<Marker, "score" | "expression" | "box">, { size }: MediaFacts): string {
  const parts: string[] = [];
  if (score !== undefined) parts.push(`score ${score.toFixed(2)}`);
  if (expression !== undefined) parts.push(expression);
  if (box !== undefined) parts.push(`box ${box.x},${box.y} ${box.w}x${box.h}${size ? ` of ${size.width}x${size.height}` : ""}`);
  return parts.join(" · ");
}
