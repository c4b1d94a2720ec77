import type { Mapped } from "./map/map-to-timeline.js";
import type { Clip, PlannedMedia, Timeline } from "./model/timeline.js";
import type { Warning } from "./model/warning.js";
import { lengthOf } from "./time/frame-range.js";
import { rateName } from "./time/frame-rate.js";
import { timecodeOf } from "./time/timecode.js";
import type { FormatId } from "./write/writer.js";
import { writers } from "./write/writers.js";

/**
 * The conform report: what became of every occurrence and track point, where each fact came from, and what a format
 * could not carry. Plain JSON, keys in snake case; `version` changes when a key changes its meaning.
 */
export interface ConformReport {
  readonly version: 1;
  readonly name: string;
  readonly files: readonly string[];
  readonly timelines: readonly object[];
  readonly people: readonly object[];
  readonly media: readonly object[];
  readonly occurrences: Readonly<Record<string, number>>;
  readonly track_points: Readonly<Record<string, number>>;
  readonly formats: Readonly<Partial<Record<FormatId, { readonly leaves_out: readonly string[] }>>>;
  readonly warnings: readonly Warning[];
}

/** Puts the report together. Everything in it comes from the plan and its accounting; there is no clock in it. */
export function conformReport(
  mapped: Mapped,
  formats: readonly FormatId[],
  files: readonly string[],
  warnings: readonly Warning[],
): ConformReport {
  const { plan } = mapped;
  return {
    version: 1,
    name: plan.name,
    files,
    timelines: plan.timelines.map((timeline) => timelineReport(timeline, mapped)),
    people: plan.people.map(({ name, entityId, colour }) => ({ name, entity_id: entityId, colour })),
    media: plan.media.map(mediaReport),
    occurrences: occurrenceCounts(mapped),
    track_points: pointCounts(mapped),
    formats: Object.fromEntries(formats.map((id) => [id, { leaves_out: writers[id].leavesOut }])),
    warnings: [...warnings],
  };
}

/** `read` is the sum of the others. */
function occurrenceCounts({ plan, accounting }: Mapped): Record<string, number> {
  const { occurrences, merged, outsideMedia, withoutRate, tooShort } = accounting;
  const clips = plan.timelines.reduce(
    (sum, timeline) => sum + timeline.tracks.reduce((n, track) => n + track.clips.length, 0),
    0,
  );
  return {
    read: occurrences,
    became_clips: clips,
    merged_into_another: merged,
    past_the_media_end: outsideMedia,
    without_a_rate: withoutRate,
    too_short_for_a_frame: tooShort,
  };
}

function pointCounts({ accounting }: Mapped): Record<string, number> {
  const sum = { written: 0, same_frame: 0, thinned: 0, outside_the_clip: 0 };
  for (const counts of accounting.points.values()) {
    sum.written += counts.written;
    sum.same_frame += counts.sameFrame;
    sum.thinned += counts.thinned;
    sum.outside_the_clip += counts.outside;
  }
  return {
    read: accounting.trackPoints,
    ...sum,
    in_no_clip: accounting.pointsOutside,
    without_a_clip: accounting.pointsWithoutClip,
  };
}

function timelineReport(timeline: Timeline, { accounting }: Mapped): object {
  return {
    name: timeline.name,
    rate: timeline.rate.id,
    start: timecodeOf(timeline.start, timeline.rate),
    width: timeline.size.width,
    height: timeline.size.height,
    clips: timeline.tracks.flatMap((track) =>
      track.clips.map((clip) => clipReport(clip, timeline, accounting.points.get(clip.id))),
    ),
  };
}

function clipReport(clip: Clip, { rate }: Timeline, points: object | undefined): object {
  const { media, sourceRange, recordRange } = clip;
  return {
    id: clip.id,
    name: clip.name,
    media_id: media.mediaId,
    people: clip.people.map(({ name }) => name),
    score: clip.score,
    source_in: sourceRange.start,
    source_out: sourceRange.end,
    source_timecode: timecodeOf(media.start + sourceRange.start, media.counting),
    record_in: timecodeOf(recordRange.start, rate),
    record_out: timecodeOf(recordRange.end, rate),
    record_frames: lengthOf(recordRange),
    markers: clip.markers.length,
    points,
  };
}

function mediaReport({ media, extent, reel }: PlannedMedia): object {
  return {
    media_id: media.mediaId,
    file: media.fileName,
    url: media.url,
    rate: rateName(media.rate),
    start_timecode: timecodeOf(media.start, media.counting),
    frames: extent,
    reel,
    sources: media.sources,
  };
}
