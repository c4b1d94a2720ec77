import { FacecutError } from "../errors.js";
import type { MediaFacts } from "../model/media.js";
import { type Duration, secondsOf } from "../time/duration.js";
import { ceil, compare, type Fraction, floor, fraction, multiply, zero } from "../time/fraction.js";
import type { FrameRate, TimelineRate } from "../time/frame-rate.js";

/** Lengths of time that shape a cut, as typed. */
export interface LengthWishes {
  /** Appearances of one person no further apart than this are one. */
  readonly mergeGap?: Duration;
  /** Results of `match` closer than this are one. */
  readonly matchGap?: Duration;
  readonly minLength?: Duration;
  readonly maxLength?: Duration;
  readonly handles?: Handles;
  /** Empty time between clips of different media or people. */
  readonly groupGap?: Duration;
}

/** What is shown before and after, and what becomes of two clips whose handles meet. */
export interface Handles {
  readonly head: Duration;
  readonly tail: Duration;
  readonly meet: HandlesMeet;
}

/** Words `--handles-meet` takes: one clip, or two that part what lies between them. */
export const handlesMeetings = ["join", "touch"] as const;
export type HandlesMeet = (typeof handlesMeetings)[number];

/** The same in whole frames of the media they are asked about; never rounded twice. */
export interface Lengths {
  readonly mergeGap: (media: MediaFacts) => number;
  readonly matchGap: (media: MediaFacts) => number;
  /** The fewest frames a clip may have. */
  readonly least: (media: MediaFacts) => number;
  /** The most. */
  readonly most: (media: MediaFacts) => number;
  readonly head: (media: MediaFacts) => number;
  readonly tail: (media: MediaFacts) => number;
}

const optionKeys = ["mergeGap", "matchGap", "minLength", "maxLength", "groupGap"] as const;

/** True when a length counts timeline frames or timecode, so that it needs the timeline's rate. */
export function needsRate(wishes: LengthWishes): boolean {
  const { handles } = wishes;
  const all = [...optionKeys.map((key) => wishes[key]), handles?.head, handles?.tail];
  return all.some((duration) => duration !== undefined && duration.unit !== "seconds");
}

/** The lengths on a timeline of this rate. Throws `bad-option` for a timecode that does not exist there, or min over max. */
export function lengthsAt(wishes: LengthWishes, rate: TimelineRate): Lengths {
  const { handles } = wishes;
  const seconds = (key: (typeof optionKeys)[number], value = wishes[key]) =>
    value === undefined ? undefined : requireSeconds(value, rate, key);
  const [least, most] = [seconds("minLength"), seconds("maxLength")];
  refuseMinOverMax(least, most);
  const handle = (duration: Duration | undefined) =>
    frames(duration === undefined ? zero : requireSeconds(duration, rate, "handles"), ceil);
  const matchGap = frames(seconds("matchGap") ?? zero, ceil);
  return {
    mergeGap: frames(seconds("mergeGap") ?? zero, floor),
    // Shorter than the gap asked for: one frame less than would fill it.
    matchGap: (media) => Math.max(0, matchGap(media) - 1),
    least: frames(least ?? zero, ceil),
    most: most === undefined ? () => Number.POSITIVE_INFINITY : atLeastOne(frames(most, floor)),
    head: handle(handles?.head),
    tail: handle(handles?.tail),
  };
}

function refuseMinOverMax(least: Fraction | undefined, most: Fraction | undefined): void {
  if (least === undefined || most === undefined || compare(least, most) <= 0) return;
  throw new FacecutError("bad-option", {
    what: "The shortest length (--min-length) is longer than the longest (--max-length)",
    cure: "No clip can be both; change one of them",
    option: "minLength",
  });
}

/** Refuses a shortest length over the longest as soon as that is certain: both in seconds, or both in frames. */
export function refuseImpossibleLengths({ minLength, maxLength }: LengthWishes, rate: TimelineRate): void {
  if (minLength === undefined || maxLength?.unit !== minLength.unit || minLength.unit === "timecode") return;
  refuseMinOverMax(secondsOf(minLength, rate), secondsOf(maxLength, rate));
}

/** A length in seconds. Throws `bad-option` for a timecode that does not exist at this rate. */
export function requireSeconds(duration: Duration, rate: TimelineRate, option: string): Fraction {
  const seconds = secondsOf(duration, rate);
  if (seconds !== undefined) return seconds;
  throw new FacecutError("bad-option", {
    what: `The length is a timecode that does not exist at ${rate.id}`,
    cure: "Write it in seconds (2s), or as a timecode of the timeline",
    option,
  });
}

/** So many seconds in frames at a rate. */
export function framesOf(seconds: Fraction, { num, den }: FrameRate, round: (frames: Fraction) => bigint): number {
  return Number(round(multiply(seconds, fraction(num, den))));
}

/** Worked out once per media file: there are many clips of each. */
function frames(seconds: Fraction, round: (frames: Fraction) => bigint): (media: MediaFacts) => number {
  const known = new Map<MediaFacts, number>();
  return (media) => {
    const found = known.get(media) ?? framesOf(seconds, media.rate, round);
    known.set(media, found);
    return found;
  };
}

function atLeastOne(count: (media: MediaFacts) => number): (media: MediaFacts) => number {
  return (media) => Math.max(1, count(media));
}
