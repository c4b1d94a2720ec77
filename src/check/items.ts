import { type Frames, frameAt, plus } from "../read/frames.js";
import type { ReadClip, Reading, ReadMedia, ReadSound, ReadTimeline } from "../read/reading.js";
import { canDrop, countingOf, type FrameRate } from "../time/frame-rate.js";
import { timecodeOf } from "../time/timecode.js";

/** What rules ask of clips, sounds and media. */

export type Item = ReadClip | ReadSound;

export interface Placed {
  readonly item: Item;
  readonly timeline: ReadTimeline;
}

/** Picture clips, then sounds, of all timelines. */
export function* itemsOf(reading: Reading): Generator<Placed> {
  yield* clipsOf(reading);
  yield* soundsOf(reading);
}

export function* clipsOf({ timelines }: Reading): Generator<{ item: ReadClip; timeline: ReadTimeline }> {
  for (const timeline of timelines) for (const item of timeline.clips) yield { item, timeline };
}

function* soundsOf({ timelines }: Reading): Generator<{ item: ReadSound; timeline: ReadTimeline }> {
  for (const timeline of timelines) for (const item of timeline.sounds) yield { item, timeline };
}

/** The media of a file by id; the first description of each. */
export function mediaById({ media }: Reading): ReadonlyMap<string, ReadMedia> {
  return new Map(media.toReversed().map((one) => [one.id, one]));
}

/** Whether something beside its ranges says how fast a clip plays. */
export function isRetimed({ written }: Pick<Item, "written">): boolean {
  const { M2, effects = "", time_scalar: speed } = written;
  if (speed !== undefined) return Number(speed) !== 1;
  if (M2 !== undefined || /time|freeze/i.test(effects)) return true;
  if (written["conform-rate/@srcFrameRate"] !== undefined && written["conform-rate/@scaleEnabled"] !== "0") return true;
  return Object.keys(written).some((key) => key.startsWith("timeMap/"));
}

/** Whether a clip is there, but neither seen nor heard. Edit lists have no word for it. */
export function isDisabled({ written: { enabled = "" } }: Item): boolean {
  return /^(0|false)$/i.test(enabled);
}

/** Words that stand where a reel would, but are none: auxiliary source, black, colour bars. */
export function isNoReel(reel: string): boolean {
  return /^(AX|BL|BLACK|BARS)$/i.test(reel);
}

/** Final Cut Pro rounds source times to the sequence's time scale: within half a percent of a frame. */
export function isNearFrame(frames: Frames): boolean {
  if (typeof frames === "number") return true;
  const rest = ((frames.num % frames.den) + frames.den) % frames.den;
  return 200n * rest <= frames.den || 200n * (frames.den - rest) <= frames.den;
}

/** A clip's name as a message shows it. */
export function named({ name }: { readonly name: string }): string {
  return `"${name.length > 60 ? `${name.slice(0, 60)}…` : name}"`;
}

/** A timeline's frame as timecode; as a number when the timeline has no rate. */
export function timecodeAt(frames: Frames, timeline: ReadTimeline): string {
  return labelAt(plus(timeline.start, frames), timeline.rate, timeline.dropFrame);
}

/** A frame counted from midnight as timecode; as a number when it has none. */
export function labelAt(frames: Frames, rate: FrameRate | undefined, dropFrame: boolean | undefined): string {
  const frame = frameAt(frames);
  const between = typeof frames === "number" ? "" : " and a bit";
  if (rate === undefined || !(frame >= 0 && Number.isSafeInteger(frame))) return `frame ${frame}${between}`;
  return timecodeOf(frame, countingOf(rate, dropFrame === true && canDrop(rate))) + between;
}

/** Things by what they have in common, in the order they come. */
export function groupsOf<T, K>(things: Iterable<T>, keyOf: (thing: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const thing of things) {
    const group = groups.get(keyOf(thing));
    if (group === undefined) groups.set(keyOf(thing), [thing]);
    else group.push(thing);
  }
  return groups;
}

/** The line number of a place such as `line 12`; 0 for other places. */
export function lineOf({ place }: { readonly place: string }): number {
  return Number(/^line (\d+)$/.exec(place)?.[1] ?? 0);
}
