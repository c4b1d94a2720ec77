import { FacecutError } from "../errors.js";
import type { FaceRecord, MediaMatches } from "../model/matches.js";
import type { MediaFacts } from "../model/media.js";
import { count, oneLine } from "../text.js";
import type { Appearance, Findings, StrayPoint, Trace } from "./appearances.js";
import type { PointCounts } from "./markers.js";

/** Why an occurrence is in no clip. */
export type DropReason = "media-left-out" | "past-the-media-end" | "too-short-for-a-frame" | "not-new";

/** What became of one occurrence: the clip it is in, or why it is in none. */
export interface Fate extends Trace {
  readonly clip?: string;
  /** True when another occurrence of the person came first in that clip, and this one joined it. */
  readonly merged: boolean;
  /** True when it reached past the media's end and was cut to it. */
  readonly cut: boolean;
  readonly dropped?: DropReason;
}

/** What became of everything that was read. */
export interface Accounting {
  /** Every occurrence, once. */
  readonly occurrences: readonly Fate[];
  readonly trackPoints: number;
  /** Track points in no appearance of their person. */
  readonly strayPoints: readonly StrayPoint[];
  /** Points of media left out, and of appearances too short for a clip. */
  readonly pointsWithoutClip: number;
  /** Points of clips, by clip id. */
  readonly points: ReadonlyMap<string, PointCounts>;
}

/** How the clips came to be: which appearance each one shows, and which appearances are in none. */
export interface Outcome {
  readonly clips: ReadonlyMap<Appearance, string>;
  readonly dropped: ReadonlyMap<Appearance, DropReason>;
  /** What became of each clip's track points. */
  readonly points: ReadonlyMap<string, PointCounts>;
}

/** Says of every occurrence and point of a record what became of it. */
export function account(
  record: FaceRecord,
  facts: ReadonlyMap<string, MediaFacts>,
  { traces, strayPoints }: Findings,
  { clips, dropped, points }: Outcome,
): Accounting {
  const leftOut = record.matches.filter(({ mediaId }) => !facts.has(mediaId)).flatMap(tracesLeftOut);
  const ends = new Map([...endsOf(clips, (clip) => ({ clip })), ...endsOf(dropped, (reason) => ({ dropped: reason }))]);
  const trackPoints = pointsOf(record.matches);
  const inClips = [...points.values()].reduce(
    (sum, { written, sameFrame, thinned, outside }) => sum + written + sameFrame + thinned + outside,
    0,
  );
  return {
    occurrences: [...traces, ...leftOut].map((trace) => fateOf(trace, ends.get(trace))),
    trackPoints,
    strayPoints,
    pointsWithoutClip: trackPoints - inClips - strayPoints.length,
    points,
  };
}

type End = { readonly clip?: string; readonly dropped?: DropReason; readonly merged: boolean };

function* endsOf<T>(
  appearances: ReadonlyMap<Appearance, T>,
  end: (value: T) => Pick<End, "clip" | "dropped">,
): Generator<[Trace, End]> {
  for (const [{ traces }, value] of appearances) {
    for (const [i, trace] of traces.entries()) yield [trace, { ...end(value), merged: i > 0 }];
  }
}

function fateOf(trace: Trace, end: End | undefined): Fate {
  const { snapped, range } = trace;
  if (end === undefined) {
    return { ...trace, merged: false, cut: false, dropped: snapped === undefined ? "media-left-out" : "past-the-media-end" };
  }
  return { ...trace, ...end, cut: snapped !== undefined && range !== undefined && range.end < snapped.end };
}

function tracesLeftOut({ mediaId, clips }: MediaMatches): Trace[] {
  return clips.flatMap(({ place, labelName, entityId, occurrences }) =>
    occurrences.map(({ startTime, endTime }, i) => ({
      mediaId,
      person: oneLine(labelName ?? entityId ?? "unknown"),
      place: `${place}.OccurrencesInfos[${i}]`,
      startTime,
      endTime,
    })),
  );
}

/** Why there is no clip, as the error that says so. */
export function nothingFound(record: FaceRecord, facts: ReadonlyMap<string, MediaFacts>, { traces }: Findings): FacecutError {
  const withFace = record.matches.filter(({ clips }) => clips.some((clip) => clip.occurrences.length > 0));
  if (withFace.length === 0) {
    return nothing(
      "The search found no face: there is no occurrence in the record",
      "Search again with another image or library",
    );
  }
  const videos = withFace.filter(({ mediaId }) => record.mediaInfos.get(mediaId)?.mediaType !== "image");
  if (videos.length === 0) return nothing("The face was found in still images only, which make no clips", "Search videos");
  if (!videos.some(({ mediaId }) => facts.has(mediaId))) return noRate(videos.length);
  const past = count(traces.filter(({ range }) => range === undefined).length, "occurrence");
  return nothing(
    `No occurrence can be shown: ${past} past the end of the media, the others in media left out or with less than a frame left`,
    "Check that the media map and the record belong together",
  );
}

/** None of the clips is wanted, because the earlier export has them all. */
export function nothingNew(clips: number): FacecutError {
  const every = clips === 1 ? "The only clip is" : `All of the ${clips} clips are`;
  return nothing(`Nothing is new: ${every} in the earlier export`, "Leave --only-new out to write them again");
}

function nothing(what: string, cure: string): FacecutError {
  return new FacecutError("nothing-found", { what: `${what}; no files were written`, cure });
}

function noRate(media: number): FacecutError {
  return new FacecutError("no-rate", {
    what: `The frame rate is not known for any of the ${count(media, "media", "media")} with the face`,
    cure: "Give it with --media-rate, or per file in the column rate of --media-map",
    option: "mediaRate",
  });
}

function pointsOf(matches: FaceRecord["matches"]): number {
  return matches.reduce(
    (sum, { clips }) =>
      sum + clips.reduce((n, { occurrences }) => n + occurrences.reduce((m, o) => m + o.trackData.length, 0), 0),
    0,
  );
}
