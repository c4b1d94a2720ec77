import { FacecutError } from "../errors.js";
import type { FaceRecord, MediaMatches } from "../model/matches.js";
import type { MediaFacts } from "../model/media.js";
import { count } from "../text.js";
import type { DropReason, Fate } from "./accounting.js";
import type { FilterWishes } from "./filter.js";
import { unheardWords } from "./unheard-words.js";

/** What an editor asked for that takes occurrences away, by what is said of them. */
const askedFor: Readonly<Partial<Record<DropReason, string>>> = {
  "other-media": "of other media (--media)",
  "other-person": "of other people (--person)",
  "other-category": "of another category (--category)",
  "other-expression": "of another expression (--expression)",
  "below-the-minimum-score": "below the score (--min-score)",
  "face-too-small": "of smaller faces (--min-face)",
  "outside-the-time": "outside the time (--from, --until)",
  "no-match": "where --match does not hold",
  "shorter-than-the-minimum": "too short (--min-length)",
  impossible: "that cannot be (--skip-bad)",
};

/** Why there is no clip, as the error that says so. */
export function nothingLeft(
  record: FaceRecord,
  facts: ReadonlyMap<string, MediaFacts>,
  fates: readonly Fate[],
  knownClips: number,
  filter: FilterWishes = {},
): FacecutError {
  const withFace = mediaWithFace(record);
  if (withFace.length === 0) {
    return nothing(
      "The search found no face: there is no occurrence in the record",
      "Search again with another image or library",
    );
  }
  if (withFace.every((media) => isStill(media, record)))
    return nothing("The face was found in still images only, which make no clips", "Search videos");
  const unknown = noRateKnown(record, facts);
  if (unknown !== undefined) return unknown;
  if (knownClips > 0) return nothingNew(knownClips);
  return nothingAskedFor(fates, unheardWords(filter, record), facts, filter) ?? nothingShown(fates);
}

/** None of the clips is wanted, because the earlier export has them all. */
function nothingNew(clips: number): FacecutError {
  const every = clips === 1 ? "The only clip is" : `All of the ${clips} clips are`;
  return nothing(`Nothing is new: ${every} in the earlier export`, "Leave --only-new out to write them again");
}

function nothingAskedFor(
  fates: readonly Fate[],
  unheard: readonly string[],
  facts: ReadonlyMap<string, MediaFacts>,
  filter: FilterWishes,
): FacecutError | undefined {
  const taken = Object.entries(askedFor).map(([reason, what]) => ({ n: howMany(fates, reason as DropReason), what }));
  const told = taken.filter(({ n }) => n > 0).map(({ n, what }) => `${n} ${what}`);
  if (told.length === 0) return undefined;
  return nothing(
    `Nothing is left of ${count(fates.length, "occurrence")}: ${told.join(", ")}`,
    [...unheard, ...unknownStarts(facts, filter)].join("; ") || "Ask for less; facecut list says what there is",
  );
}

/** A timecode means nothing in media that are only assumed to begin at 00:00:00:00. */
function unknownStarts(facts: ReadonlyMap<string, MediaFacts>, { from, until }: FilterWishes): string[] {
  const isTimecode = [from, until].some((time) => time?.unit === "timecode");
  const assumed = [...facts.values()].filter(({ sources }) => sources.start === "assumed").length;
  if (!isTimecode || assumed === 0) return [];
  const which = count(assumed, "file");
  return [
    `The start timecode of ${which} is not known, taken as 00:00:00:00: give the folder with --media-dir or the column start_timecode of --media-map, or write --from and --until in seconds (90s)`,
  ];
}

function nothingShown(fates: readonly Fate[]): FacecutError {
  const past = count(howMany(fates, "past-the-media-end"), "occurrence");
  return nothing(
    `No occurrence can be shown: ${past} past the end of the media, the others in media left out or with less than a frame left`,
    "Check that the media map and the record belong together",
  );
}

function howMany(fates: readonly Fate[], reason: DropReason): number {
  return fates.filter(({ dropped }) => dropped === reason).length;
}

function nothing(what: string, cure: string): FacecutError {
  return new FacecutError("nothing-found", { what, cure });
}

function mediaWithFace({ matches }: FaceRecord): readonly MediaMatches[] {
  return matches.filter(({ clips }) => clips.some((clip) => clip.occurrences.length > 0));
}

function isStill({ mediaId }: MediaMatches, { mediaInfos }: FaceRecord): boolean {
  return mediaInfos.get(mediaId)?.mediaType === "image";
}

/** The error that says that of no video with the face a rate is known; undefined when one is, and when there is no video. */
export function noRateKnown(record: FaceRecord, facts: ReadonlyMap<string, MediaFacts>): FacecutError | undefined {
  const videos = mediaWithFace(record).filter((media) => !isStill(media, record));
  if (videos.length === 0 || videos.some(({ mediaId }) => facts.has(mediaId))) return undefined;
  const which = videos.length === 1 ? "the only video" : `any of the ${videos.length} videos`;
  const of = `frame rate is not known for ${which} with the face`;
  return record.unfinished ? unfinishedSearch(`the ${of}`) : rateToGive(`The ${of}`);
}

// What the media are is asked last, so a search that was interrupted has told no rate.
function unfinishedSearch(what: string): FacecutError {
  return new FacecutError("no-rate", {
    what: `The search behind this record did not finish: ${what}`,
    cure: "Run the search again with --resume; or give the rate with --media-rate",
  });
}

function rateToGive(what: string): FacecutError {
  return new FacecutError("no-rate", {
    what,
    cure: "Give it with --media-rate, or per file in the column rate of --media-map",
    option: "mediaRate",
  });
}
