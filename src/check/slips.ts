import { compareFrames, type Frames, minus, recount } from "../read/frames.js";
import type { ReadClip, ReadSound, ReadTimeline } from "../read/reading.js";
import type { FrameRate } from "../time/frame-rate.js";

/** Sound against the picture it is linked to. */
export interface Pair {
  readonly sound: ReadSound;
  readonly picture: ReadClip | undefined;
}

/** Sounds that are linked to something, with their picture. */
export function* pairsOf({ clips, sounds }: ReadTimeline): Generator<Pair> {
  const pictures = new Map(clips.map((clip) => [clip.link ?? clip.id, clip]));
  for (const sound of sounds) if (sound.link !== undefined) yield { sound, picture: pictures.get(sound.link) };
}

/**
 * By how many timeline frames a sound comes earlier than the picture it was taken with: 0 when they run together, and
 * where nobody can tell. A sound may begin before its picture or end after it (split edits).
 */
export function slipOf(sound: ReadSound, picture: ReadClip, rate: FrameRate): Frames {
  const [heard, seen] = [sound.source, picture.source];
  if (heard?.rate === undefined || seen?.rate === undefined || sound.media !== picture.media) return 0;
  const shift = minus(sound.record.start, picture.record.start);
  return minus(minus(recount(heard.start, heard.rate, rate), recount(seen.start, seen.rate, rate)), shift);
}

/** The slips of a timeline's pictures: of each the first of its sounds that is not in step. */
export function slipsOf(timeline: ReadTimeline): ReadonlyMap<ReadClip, Frames> {
  const slips = new Map<ReadClip, Frames>();
  if (timeline.rate === undefined) return slips;
  for (const { sound, picture } of pairsOf(timeline)) {
    if (picture === undefined || slips.has(picture)) continue;
    const slip = slipOf(sound, picture, timeline.rate);
    if (compareFrames(slip, 0) !== 0) slips.set(picture, slip);
  }
  return slips;
}
