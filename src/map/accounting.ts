import { FacecutError } from "../errors.js";
import type { FaceRecord } from "../model/matches.js";
import type { MediaFacts } from "../model/media.js";
import { count } from "../text.js";
import type { Appearance, Losses } from "./appearances.js";
import type { PointCounts } from "./markers.js";

/** What became of everything that was read, in counts that add up. */
export interface Accounting extends Losses {
  readonly occurrences: number;
  /** Occurrences of media left out: their frame rate is not known, or they are stills. */
  readonly leftOutMedia: number;
  /** Occurrences that joined another one of the same person. */
  readonly merged: number;
  /** Appearances for which no whole timeline frame was left before the media's end. */
  readonly tooShort: readonly Appearance[];
  readonly trackPoints: number;
  /** Points of media left out, and of appearances too short for a clip. */
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
  tooShort: readonly Appearance[],
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
    leftOutMedia: all.filter(({ mediaId }) => !facts.has(mediaId)).length,
    merged: appearances.reduce((sum, appearance) => sum + appearance.occurrences - 1, 0),
    tooShort,
    trackPoints,
    pointsWithoutClip: trackPoints - inClips - losses.pointsOutside.length,
    points,
  };
}

/** Why there is no clip, as the error that says so. */
export function nothingFound(record: FaceRecord, facts: ReadonlyMap<string, MediaFacts>, losses: Losses): FacecutError {
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
  const past = count(losses.outsideMedia.length, "occurrence");
  return nothing(
    `No occurrence can be shown: ${past} past the end of the media, the others in media left out or with less than a frame left`,
    "Check that the media map and the record belong together",
  );
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
