import { compareFrames, type Frames, minus, plus, recount } from "../read/frames.js";
import type { Reading, ReadMedia, ReadSource } from "../read/reading.js";
import { type FrameRate, sameRate } from "../time/frame-rate.js";
import { isRetimed, itemsOf, labelAt, mediaById, named } from "./items.js";
import type { Fault } from "./rule.js";

/** Whether clips show only what their media have. */

export function* outsideMedia(reading: Reading): Generator<Fault> {
  const media = mediaById(reading);
  for (const { item } of itemsOf(reading)) {
    // The inside of a composite clip of FCPXML may lie anywhere on the clip's own clock.
    if (reading.format === "fcpxml" && item.written.ref === undefined) continue;
    const file = item.media === undefined ? undefined : media.get(item.media);
    const extent = file && extentOf(file, reading);
    if (file === undefined || extent === undefined || item.source?.rate === undefined) continue;
    const edge = edgeOutside(item.source, item.source.rate, extent, isRetimed(item));
    if (edge) yield { place: item.place, what: `${named(item)} ${edge} of its media ${named(file)}` };
  }
}

interface Extent {
  readonly start: Frames;
  readonly end: Frames;
  readonly rate: FrameRate;
  readonly dropFrame: boolean | undefined;
}

/** Of a file, on the clock its clips count by: FCP7 XML counts from the first frame. */
function extentOf({ rate, start = 0, duration, dropFrame }: ReadMedia, { format }: Reading): Extent | undefined {
  // Stills are said to last no time.
  if (rate === undefined || duration === undefined || compareFrames(duration, 0) <= 0) return undefined;
  const from = format === "fcp7xml" ? 0 : start;
  return { start: from, end: plus(from, duration), rate, dropFrame };
}

/** Which edge lies outside. Where rates differ, less than a frame of the clip's grid may be rounding. */
function edgeOutside({ start, end }: ReadSource, rate: FrameRate, extent: Extent, retimed: boolean): string | undefined {
  const [from, to] = [recount(extent.start, extent.rate, rate), recount(extent.end, extent.rate, rate)];
  const slack = sameRate(rate, extent.rate) && typeof start === "number" && typeof end === "number" ? 0 : 1;
  const isBefore = beyond(minus(from, start), slack);
  if (isBefore)
    return `begins at ${labelAt(recount(start, rate, extent.rate), extent.rate, extent.dropFrame)}, before the first frame`;
  // How much of the media a clip of another speed needs, its range does not say.
  if (retimed || !beyond(minus(end, to), slack)) return undefined;
  return `ends at ${labelAt(recount(end, rate, extent.rate), extent.rate, extent.dropFrame)}, after the last frame`;
}

function beyond(by: Frames, slack: number): boolean {
  return slack === 0 ? compareFrames(by, 0) > 0 : compareFrames(by, slack) >= 0;
}
