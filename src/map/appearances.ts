import { FacecutError } from "../errors.js";
import { given } from "../model/given.js";
import type { BoxPosition, MediaClip, MediaMatches, Occurrence } from "../model/matches.js";
import type { MediaFacts } from "../model/media.js";
import type { Identity } from "../model/people.js";
import { compareCodePoints, oneLine } from "../text.js";
import { type FrameRange, frameRange, intersect, lengthOf } from "../time/frame-range.js";
import { frameShowingAt, snapRange } from "../time/snap-to-frames.js";
import { framesPerDay } from "../time/timecode.js";

/** A track point on its media frame, with what is known of it. */
export interface FacePoint {
  /** Media frame from the file's first: the one showing at that instant. */
  readonly frame: number;
  /** Seconds from the start of the media, as the service gave it. */
  readonly timestamp: number;
  readonly score?: number;
  readonly expression?: string;
  readonly box?: BoxPosition;
}

/** One occurrence as it was read, on its way to a clip. */
export interface Trace {
  readonly mediaId: string;
  readonly person: string;
  /** File and JSON path it was read at. */
  readonly place: string;
  /** Seconds from the start of the media, as the service gave them. */
  readonly startTime: number;
  readonly endTime: number;
  /** Media frames it snapped to; absent for media that were left out. */
  readonly snapped?: FrameRange;
  /** What is left of them inside the media; absent when nothing is. */
  readonly range?: FrameRange;
}

/** One person on screen in one media file for one stretch: occurrences that overlap or touch are one. */
export interface Appearance {
  readonly identity: Identity;
  readonly media: MediaFacts;
  /** Media frames from the file's first. */
  readonly range: FrameRange;
  /** The best score of its occurrences. */
  readonly score?: number;
  /** The first expression among its occurrences. */
  readonly expression?: string;
  /** In frame order. */
  readonly points: readonly FacePoint[];
  /** The occurrences it is made of, the first one first. */
  readonly traces: readonly Trace[];
}

/** A track point in no appearance of its person. */
export interface StrayPoint {
  readonly media: MediaFacts;
  readonly person: string;
  /** Seconds from the start of the media. */
  readonly timestamp: number;
}

/** Filled on the way: every occurrence that was read, and the points that belong to none. */
export interface Findings {
  readonly traces: Trace[];
  readonly strayPoints: StrayPoint[];
}

interface Stretch {
  readonly range: FrameRange;
  readonly score?: number;
  readonly expression?: string;
  readonly traces: readonly Trace[];
}

/** The appearances in one media file, in no particular order. */
export function appearancesIn(
  matches: MediaMatches,
  media: MediaFacts,
  people: ReadonlyMap<MediaClip, Identity>,
  findings: Findings,
): Appearance[] {
  const byPerson = new Map<string, { identity: Identity; clips: MediaClip[] }>();
  for (const clip of matches.clips) {
    const identity = people.get(clip) as Identity;
    const entry = byPerson.get(identity.key) ?? { identity, clips: [] };
    byPerson.set(identity.key, entry);
    entry.clips.push(clip);
  }
  return [...byPerson.values()].flatMap(({ identity, clips }) => appearancesOf(identity, clips, media, findings));
}

function appearancesOf(identity: Identity, clips: readonly MediaClip[], media: MediaFacts, findings: Findings): Appearance[] {
  const stretches = merge(clips.flatMap((clip) => stretchesOf(clip, identity, media, findings)));
  const points = clips.flatMap((clip) => pointsOf(clip, media)).sort(comparePoints);
  const { shares: shared, left } = shareOut(points, stretches);
  for (const { timestamp } of left) findings.strayPoints.push({ media, person: identity.name, timestamp });
  return stretches.map((stretch, i) => ({ identity, media, ...stretch, points: shared[i] as FacePoint[] }));
}

function stretchesOf(clip: MediaClip, identity: Identity, media: MediaFacts, { traces }: Findings): Stretch[] {
  return clip.occurrences.flatMap((occurrence, i) => {
    const { startTime, endTime } = occurrence;
    const snapped = snapRange(startTime, endTime, media.rate);
    if (snapped === undefined) throw belowZero(clip.place, `OccurrencesInfos[${i}]`, startTime);
    const range = media.duration === undefined ? snapped : intersect(snapped, frameRange(0, media.duration));
    if (range !== undefined && !isPossible(range, media)) throw tooLong(clip.place, i, endTime);
    const place = `${clip.place}.OccurrencesInfos[${i}]`;
    const read = { mediaId: media.mediaId, person: identity.name, place, startTime, endTime };
    const trace = given({ ...read, snapped, range });
    traces.push(trace);
    return range === undefined ? [] : [{ range, ...known(clip, occurrence), traces: [trace] }];
  });
}

function pointsOf(clip: MediaClip, media: MediaFacts): FacePoint[] {
  return clip.occurrences.flatMap((occurrence, i) => {
    const facts = known(clip, occurrence);
    return occurrence.trackData.map(({ timestamp, box }, j) => {
      const frame = frameShowingAt(timestamp, media.rate);
      if (frame === undefined) throw belowZero(clip.place, `OccurrencesInfos[${i}].TrackData[${j}]`, timestamp);
      return box === undefined ? { frame, timestamp, ...facts } : { frame, timestamp, ...facts, box };
    });
  });
}

function known({ score }: MediaClip, { expression }: Occurrence): { score?: number; expression?: string } {
  return given({ score, expression: expression === undefined ? undefined : oneLine(expression) });
}

// The service gives no order; what is left equal here is the same point twice.
function comparePoints(a: FacePoint, b: FacePoint): number {
  return a.frame - b.frame || a.timestamp - b.timestamp || compareContents(a, b);
}

function compareContents(a: FacePoint, b: FacePoint): number {
  return (b.score ?? -1) - (a.score ?? -1) || compareCodePoints(contentOf(a), contentOf(b));
}

function contentOf({ expression, box }: FacePoint): string {
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

function tooLong(place: string, occurrence: number, endTime: number): FacecutError {
  return new FacecutError("bad-occurrence", {
    what: `An occurrence up to ${endTime} s is longer, or later, than any media`,
    where: `${place}.OccurrencesInfos[${occurrence}]`,
    cure: "Correct its times, or give the length of the media in the column duration of --media-map",
  });
}

function belowZero(place: string, path: string, seconds: number): FacecutError {
  return new FacecutError("bad-occurrence", {
    what: `A time of ${seconds} s lies before the start of the media`,
    where: `${place}.${path}`,
    cure: "Times count from the first frame of the media; correct or remove it",
  });
}

/** Stretches in order, those that overlap or touch joined to one with the best score. */
function merge(stretches: readonly Stretch[]): Stretch[] {
  const merged: Stretch[] = [];
  for (const next of [...stretches].sort(compareStretches)) {
    const last = merged.at(-1);
    if (last === undefined || next.range.start > last.range.end) merged.push(next);
    else merged[merged.length - 1] = join(last, next);
  }
  return merged;
}

function compareStretches(a: Stretch, b: Stretch): number {
  const byTime = a.range.start - b.range.start || a.range.end - b.range.end;
  return byTime || (b.score ?? -1) - (a.score ?? -1) || compareCodePoints(a.expression ?? "", b.expression ?? "");
}

function join(a: Stretch, b: Stretch): Stretch {
  const score = Math.max(a.score ?? -Infinity, b.score ?? -Infinity);
  const expression = a.expression ?? b.expression;
  return {
    range: frameRange(a.range.start, Math.max(a.range.end, b.range.end)),
    ...given({ score: score === -Infinity ? undefined : score, expression }),
    traces: [...a.traces, ...b.traces],
  };
}

/** Gives each point (in frame order) to the stretch that contains its frame, whichever occurrence it came in. */
function shareOut(points: readonly FacePoint[], stretches: readonly Stretch[]): { shares: FacePoint[][]; left: FacePoint[] } {
  const shares: FacePoint[][] = stretches.map(() => []);
  const left: FacePoint[] = [];
  let i = 0;
  for (const point of points) {
    while (i < stretches.length && (stretches[i] as Stretch).range.end <= point.frame) i++;
    const inside = i < stretches.length && (stretches[i] as Stretch).range.start <= point.frame;
    (inside ? (shares[i] as FacePoint[]) : left).push(point);
  }
  return { shares, left };
}
