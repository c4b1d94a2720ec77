import { FacecutError } from "../errors.js";
import type { MediaFacts, Size } from "../model/media.js";
import { add, compare, type Fraction, fraction, zero } from "../time/fraction.js";
import { type FrameRange, lengthOf } from "../time/frame-range.js";
import {
  compareRates,
  type RateWord,
  rateName,
  sameRate,
  type TimelineRate,
  timelineRateOf,
  timelineRates,
} from "../time/frame-rate.js";
import { parseTimecode, requireFrame } from "../time/timecode.js";

/** What the editor asked of the timeline; what is left out follows from the media. */
export interface TimelineWishes {
  readonly rate?: RateWord;
  readonly size?: Size;
  /** `01:00:00:00`, or `01:00:00;00` for drop-frame. */
  readonly startTimecode: string;
}

export interface TimelineSettings {
  readonly rate: TimelineRate;
  readonly size: Size;
  /** Frame number of the start timecode from midnight. */
  readonly start: number;
  /** True when no media told its size and none was asked for. */
  readonly sizeAssumed: boolean;
}

/** Something that takes time on the timeline. */
export interface Timed {
  readonly media: MediaFacts;
  readonly range: FrameRange;
}

const sizeWhenUnknown: Size = { width: 1920, height: 1080 };

/** Rate, size and start of the timeline: as asked, else those of most clip time. */
export function timelineSettings(clips: readonly Timed[], wishes: TimelineWishes): TimelineSettings {
  const rate = chooseRate(clips, wishes);
  const size = wishes.size ?? chooseSize(clips);
  const start = requireFrame(wishes.startTimecode, rate, { code: "bad-option", option: "startTimecode" });
  return { rate, size: size ?? sizeWhenUnknown, start, sizeAssumed: size === undefined };
}

/** The rate as asked, else that of most clip time; how it counts is left open. Throws `no-timeline-rate`. */
export function speedOf(clips: readonly Timed[], { rate }: TimelineWishes): TimelineRate {
  const speed = rate?.rate ?? mostClipTime(clips, rateOf, (a, b) => compareRates(a, b));
  if (speed === undefined) throw noTimelineRate(clips);
  return speed;
}

function chooseRate(clips: readonly Timed[], wishes: TimelineWishes): TimelineRate {
  const { rate, startTimecode } = wishes;
  const speed = speedOf(clips, wishes);
  const dropAsked = parseTimecode(startTimecode)?.dropFrame ?? false;
  const chosen = rate?.countingGiven
    ? rate.rate
    : (timelineRateOf(speed, dropAsked || allDropFrame(clips, speed)) as TimelineRate);
  if (dropAsked && chosen.dropped === 0) throw notDropFrame(startTimecode, chosen);
  return chosen;
}

/** 29.97 and 59.94 count drop-frame when all media of that rate do. */
function allDropFrame(clips: readonly Timed[], rate: TimelineRate): boolean {
  const same = clips.filter(({ media }) => sameRate(media.rate, rate));
  return same.length > 0 && same.every(({ media }) => media.counting.dropped > 0);
}

function rateOf(media: MediaFacts): { key: string; value: TimelineRate } | undefined {
  const row = timelineRateOf(media.rate, false);
  return row && { key: row.id, value: row };
}

function chooseSize(clips: readonly Timed[]): Size | undefined {
  const sizeOf = (media: MediaFacts) => {
    const size = squareSize(media);
    return size && { key: `${size.width}x${size.height}`, value: size };
  };
  return mostClipTime(clips, sizeOf, (a, b) => a.width * a.height - b.width * b.height);
}

/** The size with square pixels, which timelines have: media of 1440x1080 with pixels of 4:3 are shown at 1920x1080. */
export function squareSize({ size, pixelAspect: { num, den } = { num: 1, den: 1 } }: MediaFacts): Size | undefined {
  if (size === undefined || num === den) return size;
  // Even, as codecs want it; up or down, whichever is nearer.
  const width = 2 * Math.max(1, Math.floor((size.width * num + den) / (2 * den)));
  return { width, height: size.height };
}

/** The property that most clip time has; of two with the same time the larger. */
function mostClipTime<T>(
  clips: readonly Timed[],
  propertyOf: (media: MediaFacts) => { key: string; value: T } | undefined,
  compareValues: (a: T, b: T) => number,
): T | undefined {
  const totals = new Map<string, { value: T; time: Fraction }>();
  for (const [media, frames] of framesPerMedia(clips)) {
    const property = propertyOf(media);
    if (property === undefined) continue;
    const time = fraction(BigInt(frames) * BigInt(media.rate.den), media.rate.num);
    totals.set(property.key, { value: property.value, time: add(totals.get(property.key)?.time ?? zero, time) });
  }
  return [...totals.values()].sort((a, b) => compare(b.time, a.time) || compareValues(b.value, a.value))[0]?.value;
}

function framesPerMedia(clips: readonly Timed[]): Map<MediaFacts, number> {
  const frames = new Map<MediaFacts, number>();
  for (const { media, range } of clips) frames.set(media, (frames.get(media) ?? 0) + lengthOf(range));
  return frames;
}

function noTimelineRate(clips: readonly Timed[]): FacecutError {
  const rates = [...new Set(clips.map(({ media }) => rateName(media.rate)))].join(", ");
  return new FacecutError("no-timeline-rate", {
    what: `No timeline can run at the rate of these media (${rates} frames a second)`,
    cure: `Choose one with --rate: ${timelineRates.map((row) => row.id).join(", ")}`,
    option: "rate",
  });
}

function notDropFrame(timecode: string, rate: TimelineRate): FacecutError {
  return new FacecutError("bad-option", {
    what: `The start timecode ${timecode} is drop-frame, but the timeline counts ${rate.id} without drop-frame`,
    cure: "Write it with : before the frames, or choose --rate 29.97df or 59.94df",
    option: "startTimecode",
  });
}
