import { FacecutError } from "../errors.js";
import type { MediaClip, MediaMatches, Occurrence } from "../model/matches.js";
import type { MediaFacts } from "../model/media.js";
import type { Identity } from "../model/people.js";
import { compareCodePoints, oneLine } from "../text.js";
import { type FrameRange, frameRange, intersect, lengthOf } from "../time/frame-range.js";
import { frameShowingAt, snapRange } from "../time/snap-to-frames.js";
import { framesPerDay } from "../time/timecode.js";
import { type FacePoints, type Known, TrackList } from "./face-points.js";
import type { MediaFilter, Unwanted } from "./filter.js";

/** Why an occurrence went no further than reading. */
export type Stop = "impossible" | "past-the-media-end" | Unwanted;

/** One occurrence as it was read, on its way to a clip. */
export interface Trace extends Known {
  /** Counts from 0 in the order of reading. */
  readonly number: number;
  readonly mediaId: string;
  readonly person: string;
  /** Key of the person. */
  readonly key: string;
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

/** An occurrence that is wanted. */
export type Stretch = Trace & { readonly range: FrameRange };

/** All that is wanted of one person in one media file: stretches by time, points by frame. */
export interface FoundPerson {
  readonly identity: Identity;
  readonly media: MediaFacts;
  readonly stretches: readonly Stretch[];
  readonly points: FacePoints;
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

/** What is found of one person, on its way. */
interface Finding {
  readonly identity: Identity;
  readonly stretches: Stretch[];
  /** Their tracks in the list of the media file. */
  readonly tracks: number[];
}

/** Reads the occurrences of one media file. Throws `bad-occurrence` for a time that cannot be. */
export function readOccurrences({ clips }: MediaMatches, reading: Reading): FoundPerson[] {
  const found = new Map<string, Finding>();
  const tracks = new TrackList();
  for (const clip of clips) {
    const identity = reading.people.get(clip) as Identity;
    for (let i = 0; i < clip.occurrences.length; i++) {
      const trace = traceOf(clip, i, identity, reading);
      reading.traces.push(trace);
      if (trace.stop !== undefined) continue;
      const occurrence = clip.occurrences[i] as Occurrence;
      const { stretches, tracks: own } = findingOf(found, identity, occurrence, reading);
      stretches.push(trace as Stretch);
      own.push(addTrack(tracks, clip, i, trace, reading));
    }
  }
  const { media, filter } = reading;
  const points = tracks.pointsOf([...found.values()].map((each) => each.tracks));
  return [...found.values()].map(({ identity, stretches }, i) => ({
    identity,
    media,
    window: filter.window,
    stretches: stretches.sort(compareStretches),
    points: points[i] as FacePoints,
  }));
}

function findingOf(found: Map<string, Finding>, identity: Identity, { expression }: Known, { byExpression }: Reading): Finding {
  const key = byExpression ? JSON.stringify([identity.key, expression]) : identity.key;
  const known = found.get(key);
  if (known !== undefined) return known;
  const finding: Finding = { identity, stretches: [], tracks: [] };
  found.set(key, finding);
  return finding;
}

function traceOf(clip: MediaClip, i: number, { key, name }: Identity, { media, filter, skipBad, traces }: Reading): Trace {
  const occurrence = clip.occurrences[i] as Occurrence;
  const place = placeOf(clip, i);
  const snapped = snapOccurrence(occurrence, media, place);
  const impossible = snapped instanceof FacecutError;
  if (impossible && !skipBad) throw snapped;
  const range = impossible ? undefined : insideMedia(snapped, media);
  const unwanted = impossible ? "impossible" : filter.against(key, clip, occurrence, snapped);
  const { startTime, endTime, expression } = occurrence;
  return {
    number: traces.length,
    mediaId: media.mediaId,
    person: name,
    key,
    place,
    startTime,
    endTime,
    score: clip.score,
    expression: expression === undefined ? undefined : oneLine(expression),
    snapped: impossible ? undefined : snapped,
    range,
    stop: unwanted ?? (range === undefined ? "past-the-media-end" : undefined),
  };
}

function placeOf({ place }: MediaClip, i: number): string {
  return `${place}.OccurrencesInfos[${i}]`;
}

/** The frames of an occurrence, or why it can have none. */
function snapOccurrence({ startTime, endTime }: Occurrence, media: MediaFacts, place: string): FrameRange | FacecutError {
  if (endTime < startTime) return endsBeforeStart(startTime, endTime, place);
  const snapped = snapRange(startTime, endTime, media.rate);
  if (snapped === undefined) return belowZero(place, startTime);
  const range = insideMedia(snapped, media);
  return range === undefined || isPossible(range, media) ? snapped : tooLong(place, endTime);
}

function insideMedia(range: FrameRange, { duration }: MediaFacts): FrameRange | undefined {
  return duration === undefined ? range : intersect(range, frameRange(0, duration));
}

/** Adds an occurrence's track points to those of the media file; returns the number of its track. */
function addTrack(to: TrackList, clip: MediaClip, i: number, { score, expression }: Known, { media, skipBad }: Reading): number {
  const points = (clip.occurrences[i] as Occurrence).trackData;
  return to.add({ points, score, expression }, (timestamp, index) => {
    const frame = frameShowingAt(timestamp, media.rate);
    if (frame !== undefined || skipBad) return frame;
    throw belowZero(`${placeOf(clip, i)}.TrackData[${index}]`, timestamp);
  });
}

function compareStretches(a: Stretch, b: Stretch): number {
  const byTime = a.range.start - b.range.start || a.range.end - b.range.end;
  return byTime || (b.score ?? -1) - (a.score ?? -1) || compareCodePoints(a.expression ?? "", b.expression ?? "");
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
