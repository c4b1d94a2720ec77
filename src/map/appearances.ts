import { FacecutError } from "../errors.js";
import { given } from "../model/given.js";
import type { BoxPosition, MediaClip, MediaMatches, Occurrence } from "../model/matches.js";
import type { MediaFacts } from "../model/media.js";
import type { Identity } from "../model/people.js";
import { type FrameRange, frameRange, intersect } from "../time/frame-range.js";
import { frameShowingAt, snapRange } from "./snap-to-frames.js";

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
  readonly occurrences: number;
}

/** What became of occurrences and points on the way; every one is counted once. */
export interface Losses {
  /** Occurrences that reached past the media's end and were cut to it. */
  cutToMedia: number;
  /** Occurrences that lay wholly past the media's end and were left out. */
  outsideMedia: number;
  /** Track points in no appearance of their person. */
  pointsOutside: number;
}

interface Stretch {
  range: FrameRange;
  readonly score?: number;
  readonly expression?: string;
  readonly occurrences: number;
}

/** The appearances in one media file, in no particular order. */
export function appearancesIn(
  matches: MediaMatches,
  media: MediaFacts,
  people: ReadonlyMap<MediaClip, Identity>,
  losses: Losses,
): Appearance[] {
  const byPerson = new Map<string, { identity: Identity; clips: MediaClip[] }>();
  for (const clip of matches.clips) {
    const identity = people.get(clip) as Identity;
    const entry = byPerson.get(identity.key) ?? { identity, clips: [] };
    byPerson.set(identity.key, entry);
    entry.clips.push(clip);
  }
  return [...byPerson.values()].flatMap(({ identity, clips }) => appearancesOf(identity, clips, media, losses));
}

function appearancesOf(identity: Identity, clips: readonly MediaClip[], media: MediaFacts, losses: Losses): Appearance[] {
  const stretches = merge(clips.flatMap((clip) => stretchesOf(clip, media, losses)));
  const points = clips.flatMap((clip) => pointsOf(clip, media)).sort((a, b) => a.frame - b.frame);
  const shared = shareOut(points, stretches);
  losses.pointsOutside += points.length - shared.reduce((sum, list) => sum + list.length, 0);
  return stretches.map((stretch, i) => ({ identity, media, ...stretch, points: shared[i] as FacePoint[] }));
}

function stretchesOf(clip: MediaClip, media: MediaFacts, losses: Losses): Stretch[] {
  return clip.occurrences.flatMap((occurrence, i) => {
    const snapped = snapRange(occurrence.startTime, occurrence.endTime, media.rate);
    if (snapped === undefined) throw belowZero(clip, i, Math.min(occurrence.startTime, occurrence.endTime));
    const range = media.duration === undefined ? snapped : intersect(snapped, frameRange(0, media.duration));
    if (range === undefined) losses.outsideMedia++;
    else if (range.end < snapped.end) losses.cutToMedia++;
    return range === undefined ? [] : [{ range, ...known(clip, occurrence), occurrences: 1 }];
  });
}

function pointsOf(clip: MediaClip, media: MediaFacts): FacePoint[] {
  return clip.occurrences.flatMap((occurrence, i) => {
    const facts = known(clip, occurrence);
    return occurrence.trackData.map(({ timestamp, box }) => {
      const frame = frameShowingAt(timestamp, media.rate);
      if (frame === undefined) throw belowZero(clip, i, timestamp);
      return box === undefined ? { frame, timestamp, ...facts } : { frame, timestamp, ...facts, box };
    });
  });
}

function known({ score }: MediaClip, { expression }: Occurrence): { score?: number; expression?: string } {
  return given({ score, expression });
}

function belowZero(clip: MediaClip, occurrence: number, seconds: number): FacecutError {
  return new FacecutError("bad-occurrence", {
    what: `A time of ${seconds} s lies before the start of the media`,
    where: `${clip.place}.OccurrencesInfos[${occurrence}]`,
    cure: "Times count from the first frame of the media; correct or remove the occurrence",
  });
}

/** Stretches in order, those that overlap or touch joined to one with the best score. */
function merge(stretches: readonly Stretch[]): Stretch[] {
  const merged: Stretch[] = [];
  for (const next of [...stretches].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end)) {
    const last = merged.at(-1);
    if (last === undefined || next.range.start > last.range.end) merged.push(next);
    else merged[merged.length - 1] = join(last, next);
  }
  return merged;
}

function join(a: Stretch, b: Stretch): Stretch {
  const score = Math.max(a.score ?? -Infinity, b.score ?? -Infinity);
  const expression = a.expression ?? b.expression;
  return {
    range: frameRange(a.range.start, Math.max(a.range.end, b.range.end)),
    ...given({ score: score === -Infinity ? undefined : score, expression }),
    occurrences: a.occurrences + b.occurrences,
  };
}

/** Gives each point (in frame order) to the stretch that contains its frame, whichever occurrence it came in. */
function shareOut(points: readonly FacePoint[], stretches: readonly Stretch[]): FacePoint[][] {
  const shares: FacePoint[][] = stretches.map(() => []);
  let i = 0;
  for (const point of points) {
    while (i < stretches.length && (stretches[i] as Stretch).range.end <= point.frame) i++;
    const stretch = stretches[i];
    if (stretch !== undefined && stretch.range.start <= point.frame) (shares[i] as FacePoint[]).push(point);
  }
  return shares;
}
