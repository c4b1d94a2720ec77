import { FacecutError } from "../errors.js";
import type { BoxPosition } from "../model/matches.js";
import type { MediaFacts } from "../model/media.js";
import type { Marker, Person } from "../model/timeline.js";
import { type Duration, secondsOf } from "../time/duration.js";
import { add, compare, type Fraction, fraction, parseDecimal } from "../time/fraction.js";
import { contains, type FrameRange } from "../time/frame-range.js";
import type { TimelineRate } from "../time/frame-rate.js";
import { rescaleCeil, rescaleFloor } from "../time/rescale.js";
import type { FacePoints, FaceTrack, Known } from "./face-points.js";
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
export interface MarkedPerson extends Known {
  readonly person: Person;
  readonly points: FacePoints;
}

/** What becomes of the points of one person in a clip; each that becomes a marker is told of by its index, in record order. */
export function countPoints(
  points: FacePoints,
  clip: MarkedClip,
  rule: MarkerRule,
  onMarker?: (index: number, recordFrame: number) => void,
): PointCounts {
  let [written, sameFrame, thinned, outside] = [0, 0, 0, 0];
  let last = Number.NaN;
  const outsideTimes: number[] = [];
  const isChosen = chooser(rule, points);
  for (let i = 0; i < points.length; i++) {
    const frame = points.frameAt(i);
    const recordFrame = recordFrameOf(frame, clip);
    if (!contains(clip.source, frame) || !contains(clip.record, recordFrame)) {
      if (outside++ < mostOutsideTimes) outsideTimes.push(points.at(i).timestamp);
    } else if (!isChosen(i)) thinned++;
    else if (recordFrame === last) sameFrame++;
    else {
      written++;
      last = recordFrame;
      onMarker?.(i, recordFrame);
    }
  }
  return { written, sameFrame, thinned, outside, outsideTimes };
}

/** The markers of one person in a clip, in record order. */
export function markersOf(marked: MarkedPerson, clip: MarkedClip, rule: MarkerRule): Marker[] {
  const { person, points } = marked;
  const markers: Marker[] = [];
  let track: FaceTrack | undefined;
  let make: MarkerMaker;
  countPoints(points, clip, rule, (i, recordFrame) => {
    if (points.trackAt(i) !== track) {
      track = points.trackAt(i);
      make = markerMaker(person, clip, track);
    }
    markers.push(make(points.frameAt(i), recordFrame, points.at(i).box));
  });
  // A person without a usable track point is told of on the clip's first frame.
  if (markers.length === 0 && rule === "appearance")
    markers.push(markerMaker(person, clip, marked)(clip.source.start, clip.record.start));
  return markers;
}

/** A marker as long as a stretch of the clip; undefined when no timeline frame of it shows. */
export function spanMarker(person: Person, span: Span, clip: MarkedClip): Marker | undefined {
  const { start, end } = span.range;
  const { media, source, record, rate } = clip;
  const first = recordFrameOf(start, clip);
  const last = Math.min(record.end, record.start + rescaleCeil(end - source.start, media.rate, rate));
  if (first >= last) return undefined;
  return { ...markerMaker(person, clip, span)(start, first), duration: last - first, mediaDuration: end - start };
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

/** Whether the point of an index is asked for, the points of a clip asked about in frame order. */
type Chooser = (index: number) => boolean;

function chooser(rule: MarkerRule, points: FacePoints): Chooser {
  if (rule === "all") return () => true;
  if (rule === "none") return () => false;
  if (rule === "appearance") return onlyFirst();
  return "moves" in rule ? moved(rule.moves, points) : spaced(rule.seconds, points);
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
function moved(part: number, points: FacePoints): Chooser {
  const isFirst = onlyFirst();
  let last: BoxPosition | undefined;
  return (index) => {
    const { box } = points.at(index);
    const begins = isFirst(index);
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

function spaced(spacing: Fraction, points: FacePoints): Chooser {
  let next: Fraction | undefined;
  return (index) => {
    const time = parseDecimal(String(points.at(index).timestamp)) as Fraction;
    if (next !== undefined && compare(add(time, noise), next) < 0) return false;
    next = add(time, spacing);
    return true;
  };
}

type MarkerMaker = (mediaFrame: number, recordFrame: number, box?: BoxPosition) => Marker;

/** Makes the markers of one track in a clip: what their notes share is put together once. */
function markerMaker(person: Person, { media: { size }, face }: MarkedClip, known: Known): MarkerMaker {
  const { score, expression } = face({ score: known.score, expression: known.expression });
  const words = joined(score === undefined ? undefined : `score ${score.toFixed(2)}`, expression);
  const beforeBox = joined(words, "box ");
  const behindBox = size ? ` of ${size.width}x${size.height}` : "";
  return (mediaFrame, recordFrame, told) => {
    const { box } = face({ box: told });
    const note = box === undefined ? (words ?? "") : `${beforeBox}${box.x},${box.y} ${box.w}x${box.h}${behindBox}`;
    return { person, recordFrame, mediaFrame, note, score, expression, box };
  };
}

/** Parts of a note, absent ones left out. */
function joined(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || b === undefined ? (a ?? b) : `${a} · ${b}`;
}
