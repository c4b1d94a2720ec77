import { FacecutError } from "../errors.js";
import type { MediaClip, MediaMatches, Occurrence, PointList, TrackPoint } from "../model/matches.js";
import type { MediaFacts } from "../model/media.js";
import type { Identity } from "../model/people.js";
import { compareCodePoints, oneLine } from "../text.js";
import { type FrameRange, frameRange, intersect, lengthOf } from "../time/frame-range.js";
import { frameShowingAt, snapRange } from "../time/snap-to-frames.js";
import { framesPerDay } from "../time/timecode.js";
import type { MediaFilter, Unwanted } from "./filter.js";

/** What is known of every face of an occurrence. */
export interface Known {
  readonly score?: number | undefined;
  readonly expression?: string | undefined;
}

/** The track points of one occurrence, and what is known of all of them. */
interface FaceTrack extends Known {
  readonly points: PointList;
}

/** A track point on its media frame. There may be millions, so it holds no more than where to find the rest. */
export interface FacePoint {
  /** Media frame from the file's first: the one showing at that instant. */
  readonly frame: number;
  readonly track: FaceTrack;
  /** Its number in the track. */
  readonly index: number;
}

/** A face point as the service gave it. */
export function trackPointOf({ track, index }: FacePoint): TrackPoint {
  return track.points.at(index) as TrackPoint;
}

/** Why an occurrence went no further than reading. */
export type Stop = "impossible" | "past-the-media-end" | Unwanted;

/** One occurrence as it was read, on its way to a clip. */
export interface Trace {
  readonly mediaId: string;
  readonly person: string;
  /** Key of the person. */
  readonly key: string;
  readonly expression?: string | undefined;
  /** File and JSON path it was read at. */
  readonly place: string;
  /** Seconds from the start of the media, as the service gave them. */
  readonly startTime: number;
  readonly endTime: number;
  /** Media frames it snapped to; absent for media that were left out, and for times that cannot be. */
  readonly snapped?: FrameRange | undefined;
  /** What is left of them inside the media; absent when nothing is. */
  readonly range?: FrameRange | undefined;
  /** Why it makes no clip, when that is known at once. */
  readonly stop?: Stop | undefined;
}

/** An occurrence that is wanted, on its frames. */
export interface Stretch extends Known {
  readonly range: FrameRange;
  readonly traces: readonly Trace[];
}

/** All that is wanted of one person in one media file: stretches by time, points by frame. */
export interface FoundPerson {
  readonly identity: Identity;
  readonly media: MediaFacts;
  readonly stretches: readonly Stretch[];
  readonly points: readonly FacePoint[];
  /** The frames that are wanted. */
  readonly window: FrameRange;
}

/** How the occurrences of one media file are read. */
export interface Reading {
  readonly media: MediaFacts;
  readonly people: ReadonlyMap<MediaClip, Identity>;
  readonly filter: MediaFilter;
  /** Leave out what cannot be, instead of refusing it. */
  readonly skipBad: boolean;
  /** Keep stretches of different expression apart. */
  readonly byExpression: boolean;
  /** Filled with every occurrence that was read. */
  readonly traces: Trace[];
}

/** Reads the occurrences of one media file. Throws `bad-occurrence` for a time that cannot be. */
export function readOccurrences({ clips }: MediaMatches, reading: Reading): FoundPerson[] {
  const found = new Map<string, { identity: Identity; stretches: Stretch[]; points: FacePoint[] }>();
  for (const clip of clips) {
    const identity = reading.people.get(clip) as Identity;
    for (const [i, occurrence] of clip.occurrences.entries()) {
      const facts = known(clip, occurrence);
      const trace = traceOf(clip, i, identity, facts, reading);
      reading.traces.push(trace);
      if (trace.stop !== undefined) continue;
      const key = reading.byExpression ? JSON.stringify([identity.key, occurrence.expression]) : identity.key;
      const entry = found.get(key) ?? { identity, stretches: [], points: [] };
      found.set(key, entry);
      entry.stretches.push({ range: trace.range as FrameRange, ...facts, traces: [trace] });
      addPoints(entry.points, clip, i, facts, reading);
    }
  }
  const { media, filter } = reading;
  return [...found.values()].map(({ identity, stretches, points }) => ({
    identity,
    media,
    window: filter.window,
    stretches: stretches.sort(compareStretches),
    points: points.sort(comparePoints),
  }));
}

function traceOf(clip: MediaClip, i: number, identity: Identity, { expression }: Known, reading: Reading): Trace {
  const occurrence = clip.occurrences[i] as Occurrence;
  const { startTime, endTime } = occurrence;
  const { media, filter } = reading;
  const place = `${clip.place}.OccurrencesInfos[${i}]`;
  const read = { mediaId: media.mediaId, person: identity.name, key: identity.key, place, startTime, endTime, expression };
  const snapped = snapOccurrence(occurrence, media, place);
  if (snapped instanceof FacecutError) {
    if (!reading.skipBad) throw snapped;
    return { ...read, snapped: undefined, range: undefined, stop: "impossible" };
  }
  const unwanted = filter.against(identity.key, clip, occurrence, snapped);
  const range = media.duration === undefined ? snapped : intersect(snapped, frameRange(0, media.duration));
  const stop: Stop | undefined = unwanted ?? (range === undefined ? "past-the-media-end" : undefined);
  return { ...read, snapped, range, stop };
}

/** The frames of an occurrence, or why it can have none. */
function snapOccurrence({ startTime, endTime }: Occurrence, media: MediaFacts, place: string): FrameRange | FacecutError {
  if (endTime < startTime) return endsBeforeStart(startTime, endTime, place);
  const snapped = snapRange(startTime, endTime, media.rate);
  if (snapped === undefined) return belowZero(place, startTime);
  const range = media.duration === undefined ? snapped : intersect(snapped, frameRange(0, media.duration));
  return range === undefined || isPossible(range, media) ? snapped : tooLong(place, endTime);
}

function addPoints(to: FacePoint[], clip: MediaClip, i: number, { score, expression }: Known, { media, skipBad }: Reading): void {
  const points = (clip.occurrences[i] as Occurrence).trackData;
  const track = { points, score, expression };
  let index = 0;
  for (const { timestamp } of points) {
    const frame = frameShowingAt(timestamp, media.rate);
    if (frame !== undefined) to.push({ frame, track, index });
    else if (!skipBad) throw belowZero(`${clip.place}.OccurrencesInfos[${i}].TrackData[${index}]`, timestamp);
    index++;
  }
}

function known({ score }: MediaClip, { expression }: Occurrence): Known {
  return { score, expression: expression === undefined ? undefined : oneLine(expression) };
}

function compareStretches(a: Stretch, b: Stretch): number {
  const byTime = a.range.start - b.range.start || a.range.end - b.range.end;
  return byTime || (b.score ?? -1) - (a.score ?? -1) || compareCodePoints(a.expression ?? "", b.expression ?? "");
}

// The service gives no order; what is left equal here is the same point twice.
function comparePoints(a: FacePoint, b: FacePoint): number {
  return a.frame - b.frame || trackPointOf(a).timestamp - trackPointOf(b).timestamp || compareContents(a, b);
}

function compareContents(a: FacePoint, b: FacePoint): number {
  return (b.track.score ?? -1) - (a.track.score ?? -1) || compareCodePoints(contentOf(a), contentOf(b));
}

function contentOf(point: FacePoint): string {
  const { expression } = point.track;
  const { box } = trackPointOf(point);
  return JSON.stringify([expression, box?.x, box?.y, box?.w, box?.h]);
}

// A clip of a day or more is no clip, and its frames would soon be beyond counting.
function isPossible(range: FrameRange, media: MediaFacts): boolean {
  return (
    Number.isSafeInteger(range.end) &&
    lengthOf(range) < framesPerDay(media.counting) &&
    range.start < daysOfMedia * framesPerDay(media.counting)
  );
}

const daysOfMedia = 100;

function endsBeforeStart(startTime: number, endTime: number, where: string): FacecutError {
  return new FacecutError("bad-occurrence", {
    what: `EndTime ${endTime} lies before StartTime ${startTime}`,
    where,
    cure: "Correct the times, or leave impossible occurrences out with --skip-bad",
  });
}

function tooLong(where: string, endTime: number): FacecutError {
  return new FacecutError("bad-occurrence", {
    what: `An occurrence up to ${endTime} s is longer, or later, than any media`,
    where,
    cure: "Correct its times, or give the length of the media in the column duration of --media-map; or leave it out with --skip-bad",
  });
}

function belowZero(where: string, seconds: number): FacecutError {
  return new FacecutError("bad-occurrence", {
    what: `A time of ${seconds} s lies before the start of the media`,
    where,
    cure: "Times count from the first frame of the media; correct or remove it, or leave it out with --skip-bad",
  });
}
