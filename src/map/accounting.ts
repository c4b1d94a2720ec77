import { FacecutError } from "../errors.js";
import type { FaceRecord } from "../model/matches.js";
import type { MediaFacts } from "../model/media.js";
import { count } from "../text.js";
import type { Appearance, Losses } from "./appearances.js";
import type { PointCounts } from "./markers.js";

/** What became of everything that was read, in counts that add up. */
export interface Accounting extends Losses {
  readonly occurrences: number;
  /** Occurrences of media whose frame rate is not known. */
  readonly withoutRate: number;
  /** Occurrences that joined another one of the same person. */
  readonly merged: number;
  /** Appearances for which no whole timeline frame was left before the media's end. */
  readonly tooShort: number;
  readonly trackPoints: number;
  /** Points of media without a rate, and of appearances too short for a clip. */
  readonly pointsWithoutClip: number;
  /** Points of clips, by clip id. */
  readonly points: ReadonlyMap<string, PointCounts>;
}

/** Adds up what became of the occurrences and points of a record. */
export function account(
  record: FaceRecord,
  facts: ReadonlyMap<string, MediaFacts>,
  losses: Losses,
  appearances: readonly Appearance[],
  clips: number,
  points: ReadonlyMap<string, PointCounts>,
): Accounting {
  const trackPoints = pointsOf(record.matches);
  const inClips = [...points.values()].reduce(
    (sum, { written, sameFrame, thinned, outside }) => sum + written + sameFrame + thinned + outside,
    0,
  );
  const all = record.matches.flatMap(({ mediaId, clips }) =>
    clips.flatMap((clip) => clip.occurrences.map((o) => ({ mediaId, o }))),
  );
  return {
    ...losses,
    occurrences: all.length,
    withoutRate: all.filter(({ mediaId }) => !facts.has(mediaId)).length,
    merged: appearances.reduce((sum, appearance) => sum + appearance.occurrences - 1, 0),
    tooShort: appearances.length - clips,
    trackPoints,
    pointsWithoutClip: trackPoints - inClips - losses.pointsOutside,
    points,
  };
}

/** Why there is no clip, as the error that says so. */
export function nothingFound(record: FaceRecord, facts: ReadonlyMap<string, MediaFacts>, losses: Losses): FacecutError {
  const occurrences = record.matches.flatMap(({ clips }) => clips.flatMap((clip) => clip.occurrences));
  if (occurrences.length === 0) {
    return new FacecutError("nothing-found", {
      what: "The search found no face: there is no occurrence in the record, so no files were written",
      cure: "Search again with another image or library",
    });
  }
  if (facts.size === 0) {
    return new FacecutError("no-rate", {
      what: `The frame rate is not known for any of the ${count(record.matches.length, "media", "media")} found`,
      cure: "Give it with --media-rate, or per file in the column rate of --media-map",
      option: "mediaRate",
    });
  }
  return new FacecutError("nothing-found", {
    what: `None of the ${count(occurrences.length, "occurrence")} can be shown: ${losses.outsideMedia} lie past the end of their media, the others have no known rate or less than a frame left`,
    cure: "Check that the media map and the record belong together; no files were written",
  });
}

function pointsOf(matches: FaceRecord["matches"]): number {
  return matches.reduce(
    (sum, { clips }) =>
      sum + clips.reduce((n, { occurrences }) => n + occurrences.reduce((m, o) => m + o.trackData.length, 0), 0),
    0,
  );
}
