import { compareFrames, type Frames, minus, recount } from "../read/frames.js";
import type { Reading, ReadMedia } from "../read/reading.js";
import { type FrameRate, sameRate } from "../time/frame-rate.js";
import { isRetimed, itemsOf, type Placed } from "./items.js";

/** Clips whose source and record ranges are not equally long though nothing says that the speed changes, and by how much. */
export function* differentLengths(reading: Reading): Generator<Placed & { readonly frames: Frames }> {
  for (const placed of itemsOf(reading)) {
    const { item, timeline } = placed;
    const { source, record, written } = item;
    if (source === undefined || timeline.rate === undefined || isRetimed(item)) continue;
    // That a range has no length is another rule's.
    if (compareFrames(record.end, record.start) <= 0 || compareFrames(source.end, source.start) <= 0) continue;
    if (written.start === "-1" || written.end === "-1") continue;
    const rate = source.rate ?? timeline.rate;
    const length = minus(source.end, source.start);
    const shown = sameRate(rate, timeline.rate) ? length : recount(length, rate, timeline.rate);
    const frames = minus(shown, minus(record.end, record.start));
    if (compareFrames(frames, 0) !== 0) yield { ...placed, frames };
  }
}

export interface Length {
  readonly frames: Frames;
  readonly rate: FrameRate;
}

/** How long media are, where the file says it. */
export function lengthOf({ duration: frames, rate }: ReadMedia): Length | undefined {
  return frames !== undefined && rate !== undefined ? { frames, rate } : undefined;
}

/** At two rates a length is whole frames of one only: less than a frame is no difference. */
export function isSameLength(a: Length, b: Length): boolean {
  const difference = minus(recount(a.frames, a.rate, b.rate), b.frames);
  if (sameRate(a.rate, b.rate)) return compareFrames(difference, 0) === 0;
  return compareFrames(difference, 1) < 0 && compareFrames(difference, -1) > 0;
}
