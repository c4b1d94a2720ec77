import type { Loss } from "./map/appearances.js";
import type { Mapped } from "./map/map-to-timeline.js";
import type { PointCounts } from "./map/markers.js";
import type { MediaFacts } from "./model/media.js";
import type { Clip, PlannedMedia, Timeline } from "./model/timeline.js";
import type { Warning } from "./model/warning.js";
import { oneLine } from "./text.js";
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
  readonly lost: Readonly<
    Record<"cut_to_the_media" | "past_the_media_end" | "too_short_for_a_frame" | "points_in_no_clip", readonly object[]>
  >;
  /** MediaIds of media that were left out, by why. */
  readonly media_left_out: LeftOutMedia;
  readonly formats: Readonly<Partial<Record<FormatId, { readonly leaves_out: readonly string[] }>>>;
  readonly warnings: readonly Warning[];
}

/** MediaIds of media with the face that make no clips. */
export interface LeftOutMedia {
  readonly without_a_rate: readonly string[];
  readonly stills: readonly string[];
}

/** Puts the report together. Everything in it comes from the plan and its accounting; there is no clock in it. */
export function conformReport(
  mapped: Mapped,
  formats: readonly FormatId[],
  files: readonly string[],
  leftOut: LeftOutMedia,
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
    lost: lossReport(mapped),
    media_left_out: leftOut,
    formats: Object.fromEntries(formats.map((id) => [id, { leaves_out: writers[id].leavesOut }])),
    warnings: [...warnings],
  };
}

/** `read` is the sum of the others. */
function occurrenceCounts({ plan, accounting }: Mapped): Record<string, number> {
  const { occurrences, merged, outsideMedia, leftOutMedia, tooShort } = accounting;
  return {
    read: occurrences,
    became_clips: plan.timelines.reduce((sum, timeline) => sum + clipsIn(timeline).length, 0),
    merged_into_another: merged,
    past_the_media_end: outsideMedia.length,
    of_media_left_out: leftOutMedia,
    too_short_for_a_frame: tooShort.length,
  };
}

function clipsIn(timeline: Timeline): Clip[] {
  return timeline.tracks.flatMap((track) => track.clips);
}

/** `read` is the sum of the others. */
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
    in_no_clip: accounting.pointsOutside.length,
    without_a_clip: accounting.pointsWithoutClip,
  };
}

/** What was cut or left out, one by one: media, person, and seconds of the media. */
function lossReport({ accounting }: Mapped): ConformReport["lost"] {
  const { cutToMedia, outsideMedia, tooShort, pointsOutside } = accounting;
  return {
    cut_to_the_media: cutToMedia.map(lossOf),
    past_the_media_end: outsideMedia.map(lossOf),
    too_short_for_a_frame: tooShort.map(({ media, identity, range }) => ({
      ...whose(media, identity.name),
      source_in: range.start,
      source_out: range.end,
    })),
    points_in_no_clip: mostPerPerson(pointsOutside).map(({ media, person, startTime }) => ({
      ...whose(media, person),
      time: startTime,
    })),
  };
}

const mostPointsListed = 100;

/** At most so many points of one person in one media: a track may be long. */
function mostPerPerson(points: readonly Loss[]): Loss[] {
  const listed = new Map<string, number>();
  return points.filter(({ media, person }) => {
    const key = `${media.mediaId} ${person}`;
    listed.set(key, (listed.get(key) ?? 0) + 1);
    return (listed.get(key) as number) <= mostPointsListed;
  });
}

function lossOf({ media, person, startTime, endTime }: Loss): object {
  return { ...whose(media, person), start_time: startTime, end_time: endTime };
}

function whose(media: MediaFacts, person: string): { media_id: string; file: string; person: string } {
  return { media_id: oneLine(media.mediaId), file: media.fileName, person };
}

function timelineReport(timeline: Timeline, { accounting }: Mapped): object {
  return {
    name: timeline.name,
    rate: timeline.rate.id,
    start: timecodeOf(timeline.start, timeline.rate),
    width: timeline.size.width,
    height: timeline.size.height,
    clips: clipsIn(timeline).map((clip) => clipReport(clip, timeline, accounting.points.get(clip.id))),
  };
}

function clipReport(clip: Clip, { rate }: Timeline, counts: PointCounts | undefined): object {
  const { media, sourceRange, recordRange } = clip;
  return {
    id: clip.id,
    name: clip.name,
    media_id: oneLine(media.mediaId),
    people: clip.people.map(({ name }) => name),
    score: clip.score,
    source_in: sourceRange.start,
    source_out: sourceRange.end,
    source_timecode: timecodeOf(media.start + sourceRange.start, media.counting),
    record_in: timecodeOf(recordRange.start, rate),
    record_out: timecodeOf(recordRange.end, rate),
    record_frames: lengthOf(recordRange),
    markers: clip.markers.length,
    points: counts && pointsReport(counts),
  };
}

function pointsReport({ written, sameFrame, thinned, outside }: PointCounts): object {
  return { written, same_frame: sameFrame, thinned, outside_the_clip: outside };
}

function mediaReport({ media, extent, reel }: PlannedMedia): object {
  return {
    media_id: oneLine(media.mediaId),
    file: media.fileName,
    url: media.url,
    rate: rateName(media.rate),
    start_timecode: timecodeOf(media.start, media.counting),
    frames: extent,
    reel,
    sources: media.sources,
  };
}
