import { compareFrames, type Frames, frameAt, minus, plus, recount } from "../read/frames.js";
import { type Counting, canDrop, countingOf, type FrameRate, rateName, sameRate } from "../time/frame-rate.js";
import { frameOfLabel, framesPerDay, parseTimecode, timecodeOf } from "../time/timecode.js";
import { type Compared, type ComparedClip, countingIn } from "./compared.js";
import { labelAt } from "./items.js";

/**
 * Whether two clips begin on the same frame of their media. Formats count source time on different grids: FCPXML in
 * frames of the media, OTIO and FCP7 XML in frames of the timeline, edit lists in labels.
 */
export function compareSources(there: ComparedClip, here: ComparedClip, a: Compared, b: Compared) {
  const rate = a.timeline.rate ?? b.timeline.rate;
  if (there.source === undefined || here.source === undefined || rate === undefined) return undefined;
  const mediaRate = rateOfMedia(there, here);
  const meanings = (clip: ComparedClip, of: Compared) =>
    of.format === "edl" ? labelMeanings(clip, of, mediaRate) : [plainMeaning(clip)];
  const [ours, theirs] = [meanings(here, b), meanings(there, a)];
  const isOneGrid = mediaRate !== undefined && sameRate(mediaRate, rate);
  const isSame = ours.some((one) => theirs.some((other) => agree(one, other, { rate, isOneGrid })));
  return isSame
    ? undefined
    : { rule: "source-differs", verb: "shows its media from", here: shown(here, b), there: shown(there, a) };
}

interface Meaning {
  readonly frames: Frames;
  readonly rate: FrameRate;
}

function plainMeaning({ source }: ComparedClip): Meaning {
  return source as Meaning;
}

/** What only one of the files knows: edit lists say nothing of their media. */
function rateOfMedia(...clips: readonly ComparedClip[]): FrameRate | undefined {
  return clips.map(({ media }) => media?.rate).find((rate) => rate !== undefined);
}

/**
 * A label of an edit list: real time, or the media's own label in whichever way it counts, when both count equally far;
 * and the same on the next day, since labels begin again at midnight.
 */
function labelMeanings(clip: ComparedClip, { timeline }: Compared, mediaRate: FrameRate | undefined): Meaning[] {
  const { frames, rate } = plainMeaning(clip);
  const counting = countingIn(timeline) ?? countingOf(rate, false);
  const today = [{ frames, rate, day: framesPerDay(counting) }, ...ownMeanings(frameAt(frames), counting, mediaRate)];
  return [...today, ...today.map(({ day, ...meaning }) => ({ ...meaning, frames: plus(meaning.frames, day) }))];
}

function ownMeanings(frame: number, counting: Counting, rate: FrameRate | undefined) {
  if (rate === undefined || rate.nominal !== counting.nominal) return [];
  const label = parseTimecode(timecodeOf(frame, counting));
  const countings = [false, true].filter((drop) => !drop || canDrop(rate)).map((drop) => countingOf(rate, drop));
  return countings.flatMap((own) => {
    const ofLabel = label && frameOfLabel(label, own);
    // A label that one of the countings leaves out is told by its frame number.
    return [frame, ...(ofLabel === undefined ? [] : [ofLabel])].map((frames) => ({ frames, rate, day: framesPerDay(own) }));
  });
}

/** On one grid they are equal; on two, an in-point goes to the next frame of the timeline's. */
function agree(one: Meaning, other: Meaning, { rate, isOneGrid }: { rate: FrameRate; isOneGrid: boolean }): boolean {
  const difference = minus(recount(one.frames, one.rate, rate), recount(other.frames, other.rate, rate));
  if (isOneGrid) return compareFrames(difference, 0) === 0;
  return compareFrames(difference, 1) < 0 && compareFrames(difference, -1) > 0;
}

function shown({ source, media, clip }: ComparedClip, { timeline, format }: Compared): string {
  const { frames, rate } = source as Meaning;
  const label = labelAt(
    frames,
    rate,
    format === "edl" ? timeline.dropFrame : (media?.dropFrame ?? clip.written.tcFormat === "DF"),
  );
  return `${label} (at ${rateName(rate)})`;
}
