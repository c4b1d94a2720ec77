import { FacecutError } from "../errors.js";
import type { MediaClip, Occurrence } from "../model/matches.js";
import type { MediaFacts } from "../model/media.js";
import { oneLine } from "../text.js";
import type { Duration } from "../time/duration.js";
import { ceil, type Fraction, floor } from "../time/fraction.js";
import { type FrameRange, frameRange, intersect } from "../time/frame-range.js";
import { frameOfLabel, framesPerDay, type TimecodeLabel } from "../time/timecode.js";
import type { Cast } from "./cast.js";
import { framesOf } from "./lengths.js";
import { addWord, lookUp, type Words } from "./look-up.js";

/** Which occurrences are wanted, as asked; what is absent takes nothing away. Lists hold words of which one must fit. */
export interface FilterWishes {
  /** 0 to 1. An occurrence without a score has the least. */
  readonly minScore?: number;
  /** 0 to 1: part of the picture's height that the face must fill on some track point. Without a box it fills none. */
  readonly minFace?: number;
  readonly categories?: readonly string[];
  readonly expressions?: readonly string[];
  /** Names, EntityIds or aliases. */
  readonly people?: readonly string[];
  /** MediaIds, or file names with or without extension. */
  readonly media?: readonly string[];
  /** From and until this time of each media file: seconds or frames from its first frame, or its own timecode. */
  readonly from?: Duration;
  readonly until?: Duration;
}

/** Why an occurrence is not wanted. */
export type Unwanted =
  | "other-media"
  | "other-person"
  | "other-category"
  | "other-expression"
  | "below-the-minimum-score"
  | "face-too-small"
  | "outside-the-time";

/** What of a media file is wanted. */
export interface MediaFilter {
  /** Why an occurrence on these frames is not wanted; undefined when it is. */
  readonly against: (person: string, clip: MediaClip, occurrence: Occurrence, range: FrameRange) => Unwanted | undefined;
  /** The frames that are wanted, from the file's first. */
  readonly window: FrameRange;
}

/** The wishes, understood. Throws `bad-option` for a person or file that is not in the record, naming the nearest. */
export function occurrenceFilter(
  wishes: FilterWishes,
  cast: Cast,
  facts: readonly MediaFacts[],
): (media: MediaFacts) => MediaFilter {
  const keysOf = (list: readonly string[] | undefined, words: () => Words, noun: string, option: string) =>
    list && new Set(list.flatMap((word) => [...lookUp(word, words(), { noun, option })]));
  const people = keysOf(wishes.people, cast.words, "person", "person");
  const files = keysOf(wishes.media, () => mediaWords(facts), "media file", "media");
  const [categories, expressions] = [wishes.categories, wishes.expressions].map((list) => list && new Set(list.map(folded)));
  const least = wishes.minScore ?? 0;
  return (media) => {
    const window = windowOf(media, wishes);
    const against: MediaFilter["against"] = (person, { score = 0, category = "" }, occurrence, range) => {
      const { expression = "" } = occurrence;
      if (files !== undefined && !files.has(media.mediaId)) return "other-media";
      if (people !== undefined && !people.has(person)) return "other-person";
      if (categories !== undefined && !categories.has(folded(category))) return "other-category";
      if (expressions !== undefined && !expressions.has(folded(expression))) return "other-expression";
      if (score < least) return "below-the-minimum-score";
      if (wishes.minFace !== undefined && faceHeight(occurrence, media) < wishes.minFace) return "face-too-small";
      return intersect(range, window) === undefined ? "outside-the-time" : undefined;
    };
    return { against, window };
  };
}

const usualHeight = 1080;

/** The largest part of the picture's height that the face fills; of media of unknown size, of the usual 1080 lines. */
function faceHeight({ trackData }: Occurrence, { size }: MediaFacts): number {
  let most = 0;
  for (const { box } of trackData) most = Math.max(most, box?.h ?? 0);
  return most / (size?.height ?? usualHeight);
}

/** A word of the service as it is compared. */
export function folded(text: string): string {
  return oneLine(text).toLowerCase();
}

function mediaWords(facts: readonly MediaFacts[]): Words {
  const words = new Map<string, Set<string>>();
  for (const { mediaId, fileName, name } of facts) {
    for (const word of new Set([mediaId, fileName, fileName.replace(/\.[^.]*$/, ""), name])) addWord(words, word, mediaId);
  }
  return words;
}

function windowOf(media: MediaFacts, { from, until }: FilterWishes): FrameRange {
  const start = from === undefined ? 0 : mediaFrame(from, media, "from", floor);
  const end = until === undefined ? Number.POSITIVE_INFINITY : mediaFrame(until, media, "until", ceil);
  return frameRange(Math.max(0, start), end);
}

function mediaFrame(time: Duration, media: MediaFacts, option: string, round: (frames: Fraction) => bigint): number {
  if (time.unit === "frames") return time.frames;
  if (time.unit === "seconds") return framesOf(time.seconds, media.rate, round);
  const frame = frameOfLabel(time.label, media.counting);
  if (frame !== undefined) return labelledFrame(frame, media);
  throw noSuchLabel(time.label, media, option);
}

/** Frames from the file's first to a label; in media that run over midnight small labels are those of the next day. */
function labelledFrame(frame: number, { start, duration = 0, counting }: MediaFacts): number {
  const day = framesPerDay(counting);
  return frame < start && frame + day < start + duration ? frame + day - start : frame - start;
}

function noSuchLabel({ dropFrame }: TimecodeLabel, { fileName, counting }: MediaFacts, option: string): FacecutError {
  const drop = counting.dropped > 0 && !dropFrame ? ", drop-frame" : "";
  return new FacecutError("bad-option", {
    what: `The timecode does not exist in ${fileName} (${counting.nominal} frames a second${drop})`,
    cure: "Write the time in seconds from the first frame (90s), or choose files with --media",
    option,
  });
}
