import type { PointCounts } from "../map/markers.js";
import type { Clip, Timeline } from "../model/timeline.js";
import { oneLine } from "../text.js";
import { lengthOf } from "../time/frame-range.js";
import { timecodeOf } from "../time/timecode.js";
import type { Change } from "./since.js";

/** One clip: what it shows, where it lies, and what became of the track points in it. */
export function clipRow(clip: Clip, { name, rate }: Timeline, counts: PointCounts | undefined, change?: Change): object {
  const { media, sourceRange, recordRange } = clip;
  return {
    id: clip.id,
    subject: clip.subject,
    timeline: name,
    name: clip.name,
    media_id: oneLine(media.mediaId),
    people: clip.people.map((person) => person.name),
    score: clip.score ?? null,
    expression: clip.expression ?? null,
    source_in: sourceRange.start,
    source_out: sourceRange.end,
    source_timecode: timecodeOf(media.start + sourceRange.start, media.counting),
    record_in: timecodeOf(recordRange.start, rate),
    record_out: timecodeOf(recordRange.end, rate),
    record_frames: lengthOf(recordRange),
    markers: clip.markers.length,
    points: pointsRow(counts),
    ...(change === undefined ? {} : { change }),
  };
}

function pointsRow(counts: PointCounts | undefined): object {
  const { written = 0, sameFrame = 0, thinned = 0, outside = 0, outsideTimes = [] } = counts ?? {};
  return {
    became_markers: written,
    on_the_frame_of_another: sameFrame,
    thinned,
    outside_the_clip: outside,
    outside_times: outsideTimes,
  };
}
