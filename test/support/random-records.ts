import type { MapOptions } from "../../src/map/map-to-timeline.js";
import { given } from "../../src/model/given.js";
import type { FaceRecord, MediaClip, MediaMatches, Occurrence } from "../../src/model/matches.js";
import { type MediaFacts, mediaUses, type PixelAspect, type Scan } from "../../src/model/media.js";
import { canDrop, countingOf, type FrameRate, frameRate, timelineRates } from "../../src/time/frame-rate.js";
import { framesPerDay, timecodeOf } from "../../src/time/timecode.js";
import { factsFrom, sound } from "./plans.js";

/** What one export starts from: a record, the facts of its media, and options. */
export interface RandomRecord {
  readonly record: FaceRecord;
  readonly facts: ReadonlyMap<string, MediaFacts>;
  readonly options: MapOptions;
}

/**
 * The rates media may have: every one of a timeline, and some that no timeline has. None that FCP7 XML cannot
 * spell: it knows whole rates and whole rates times 1000/1001, so not 12.5.
 */
export const mediaRates: readonly FrameRate[] = [
  ...timelineRates.filter(({ dropped }) => dropped === 0).map(({ num, den }) => frameRate(num, den)),
  frameRate(15, 1),
  frameRate(100, 1),
  frameRate(120000, 1001),
];

/**
 * A record that could have been: one to four media of any rates on a timeline of any rate, all with at least one
 * appearance that fits. The same seed gives the same record. Consecutive seeds go through all pairs of rates.
 */
export function randomRecord(seed: number): RandomRecord {
  const dice = diceOf(seed);
  const rate = timelineRates[seed % timelineRates.length] as (typeof timelineRates)[number];
  const firstMediaRate = mediaRates[Math.floor(seed / timelineRates.length) % mediaRates.length] as FrameRate;
  const media = Array.from({ length: dice.between(1, 4) }, (_, i) =>
    randomMedia(dice, i, i === 0 ? firstMediaRate : dice.of(mediaRates)),
  );
  return {
    record: { matches: media.map((one) => randomMatches(dice, one)), mediaInfos: new Map(), notes: [] },
    facts: new Map(media.map((one) => [one.mediaId, one])),
    options: {
      rate: { rate, countingGiven: true },
      startTimecode: timecodeOf(dice.between(0, framesPerDay(rate) - 3600 * rate.nominal), rate),
      fallbackName: `random ${seed}`,
      sort: "media",
      markers: dice.of(["all", "all", "appearance", "none"] as const),
    },
  };
}

interface Dice {
  /** A whole number from `low` up to and including `high`. */
  readonly between: (low: number, high: number) => number;
  readonly of: <T>(items: readonly T[]) => T;
}

/** A small seeded generator (mulberry32). */
function diceOf(seed: number): Dice {
  let state = (seed * 2654435761) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return { between, of: (items) => items[between(0, items.length - 1)] as (typeof items)[number] };
}

/** Up to three hours of media, starting anywhere in the day; one in ten runs over midnight or has no known length. */
function randomMedia(dice: Dice, index: number, rate: FrameRate): MediaFacts {
  const counting = countingOf(rate, canDrop(rate) && dice.of([true, false]));
  const length = dice.between(3 * rate.nominal, 3 * 3600 * rate.nominal);
  const day = framesPerDay(counting);
  const start = dice.of([0, day - 2 * rate.nominal, ...Array.from({ length: 8 }, () => dice.between(0, day - 1))]);
  const streams = dice.of(streamLayouts);
  const fileName = `media-${index + 1}.mov`;
  return {
    mediaId: `${index}`.repeat(32),
    fileName,
    name: fileName,
    url: `https://example-bucket.oss-cn-shanghai.aliyuncs.com/random/${fileName}`,
    rate,
    counting,
    start,
    ...(dice.between(1, 10) > 1 ? { duration: length } : {}),
    ...(dice.between(1, 10) > 1
      ? {
          size: dice.of([
            { width: 1920, height: 1080 },
            { width: 1080, height: 1920 },
          ]),
        }
      : {}),
    ...(streams.length > 0 ? { audio: sound(...streams) } : {}),
    ...randomFile(dice, index),
    sources: { ...factsFrom("service"), start: "media map" },
  };
}

/** Sounds as cameras and recorders store them, and none. */
const streamLayouts: readonly (readonly number[])[] = [[], [1], [2], [1, 1], [6], [2, 6], [1, 1, 1, 1, 1, 1, 1, 1]];
const scans: readonly (Scan | undefined)[] = [undefined, "progressive", "upper", "lower"];
const pixelAspects: readonly (PixelAspect | undefined)[] = [
  undefined,
  { num: 1, den: 1 },
  { num: 4, den: 3 },
  { num: 64, den: 45 },
  { num: 2, den: 1 },
];

/** Which file is shown, where the other one is, and what else a media map or a probe may tell of it. */
function randomFile(dice: Dice, index: number) {
  return {
    use: dice.of(mediaUses),
    ...given({
      otherUrl: dice.of([undefined, `file:///media/other%20${index}.mp4`]),
      scan: dice.of(scans),
      pixelAspect: dice.of(pixelAspects),
      reel: dice.of([undefined, `Tape ${index}`, `A00${index}_a_name_longer_than_eight`, `卷${index}`]),
    }),
  };
}

const people = ["Ada Example", "Ben Sample", "李雷"];

function randomMatches(dice: Dice, media: MediaFacts): MediaMatches {
  const clips = Array.from({ length: dice.between(1, 3) }, (_, i) => randomClip(dice, media, i));
  return { mediaId: media.mediaId, clips, duplicates: 0 };
}

function randomClip(dice: Dice, media: MediaFacts, index: number): MediaClip {
  const who = dice.between(0, people.length - 1);
  return {
    score: dice.between(500, 1000) / 1000,
    entityId: `44001928374${who}`,
    labelName: people[who] as string,
    occurrences: Array.from({ length: dice.between(1, 3) }, () => randomOccurrence(dice, media)),
    place: `page-0001.json $.MediaClipList[${index}]`,
  };
}

/** Times are single-precision floats, as the service's are; in-points lie on frame edges, beside them or anywhere. */
function randomOccurrence(dice: Dice, media: MediaFacts): Occurrence {
  const { num, den, nominal } = media.rate;
  const seconds = (frames: number) => Math.fround((frames * den) / num);
  const frames = media.duration ?? 3600 * nominal;
  // Some begin with the file, so that those that start right before midnight are cut across it, and some on a full
  // minute, the label that drop-frame counting leaves out.
  const minute = (60 * nominal - (media.start % (60 * nominal))) % (60 * nominal);
  const starts = [dice.between(0, 2 * nominal), dice.between(0, frames - nominal), dice.between(0, frames - nominal), minute];
  const from = Math.min(dice.of(starts), frames - nominal);
  const to = Math.min(frames, from + dice.of([1, dice.between(1, nominal), dice.between(1, 20 * nominal)]));
  const shift = dice.of([0, 0, 0.3, 0.5]);
  const points = Array.from({ length: dice.between(0, 4) }, () => seconds(dice.between(from, Math.max(from, to - 1))));
  const box = { x: dice.between(-20, 1900), y: dice.between(-20, 1000), w: 120, h: 150 };
  return {
    startTime: seconds(from + (from + shift < to ? shift : 0)),
    endTime: seconds(to),
    expression: "Calm",
    trackData: points.map((timestamp) => ({ timestamp, box })),
  };
}
