import type { DropReason, Fate } from "../map/accounting.js";
import type { MediaFacts } from "../model/media.js";
import { oneLine } from "../text.js";
import { decimalText } from "../time/fraction.js";
import type { FrameRate } from "../time/frame-rate.js";
import { snapError } from "../time/snap-to-frames.js";

/** MediaIds of media with the face that make no clips, by why. */
export interface LeftOutMedia {
  readonly no_rate: readonly string[];
  readonly variable_rate: readonly string[];
  readonly still_image: readonly string[];
}

/** One occurrence: where it was read, what it says, and what became of it. */
export function occurrenceRow(fate: Fate, media: MediaFacts | undefined, leftOut: LeftOutMedia): object {
  const { mediaId, person, place, startTime, endTime, clip, merged, cut, range, dropped } = fate;
  return {
    media_id: oneLine(mediaId),
    person,
    place,
    start_time: startTime,
    end_time: endTime,
    became: clip === undefined ? "dropped" : merged ? "merged" : "clip",
    clip: clip ?? null,
    because: dropped === undefined ? null : whyDropped(dropped, mediaId, leftOut),
    source_in: range?.start ?? null,
    source_out: range?.end ?? null,
    cut_to_the_media: cut,
    ...(media === undefined ? {} : snapErrors(fate, media.rate)),
  };
}

/** A reason in a report's words; of media left out, why they were. */
export function whyDropped(reason: DropReason, mediaId: string, leftOut: LeftOutMedia): string {
  if (reason !== "media-left-out") return reason;
  const why = Object.entries(leftOut).find(([, mediaIds]) => mediaIds.includes(mediaId))?.[0];
  return (why ?? "no_rate").replaceAll("_", "-");
}

/** How far each edge moved to its frame, before anything was cut: in frames, and in seconds. Positive is later. */
function snapErrors({ snapped, startTime, endTime }: Fate, rate: FrameRate): object {
  if (snapped === undefined) return {};
  const error = (seconds: number, frame: number) => {
    const { frames, seconds: off } = snapError(seconds, frame, rate);
    return { frames: Number(decimalText(frames, 3)), seconds: Number(decimalText(off, 6)) };
  };
  return { in_error: error(startTime, snapped.start), out_error: error(endTime, snapped.end) };
}
