import { compareFrames, type Frames, minus, recount } from "../read/frames.js";
import type { Reading } from "../read/reading.js";
import { sameRate } from "../time/frame-rate.js";
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
