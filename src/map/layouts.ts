import type { MediaFacts, Size } from "../model/media.js";
import { ceil } from "../time/fraction.js";
import { type FrameRange, frameRange } from "../time/frame-range.js";
import { type TimelineRate, timelineRateOf } from "../time/frame-rate.js";
import { rescaleCeil } from "../time/rescale.js";
import { framesPerDay } from "../time/timecode.js";
import { framesOf, type LengthWishes, requireSeconds } from "./lengths.js";
import { type SortKey, sorted } from "./order.js";
import { type GridPlace, type InRow, placeOnGrid, recordRanges } from "./place-clips.js";
import { groupBy, parted, type Selection } from "./selections.js";
import { squareSize, type TimelineSettings, type TimelineWishes } from "./timeline-settings.js";

/** Words `--layout` takes. */
export const layoutKinds = ["stringout", "per-person", "per-media", "per-expression", "tracks", "source", "log"] as const;
export type LayoutKind = (typeof layoutKinds)[number];

/** How clips are to be laid out. */
export interface LayoutWishes extends Pick<LengthWishes, "groupGap">, TimelineWishes {
  readonly layout?: LayoutKind;
  readonly sort: SortKey;
  /** At most so many clips on a timeline. */
  readonly limit?: number;
}

/** A selection and its place on a timeline. */
export interface Placed {
  readonly selection: Selection;
  readonly place: GridPlace;
  /** On the timeline's clock, start timecode included. */
  readonly record: FrameRange;
}

/** One timeline on its way. */
export interface Reel {
  /** The first of what it shows, which tells whom or what it is about. */
  readonly lead: Selection;
  /** Timelines of one subject count from 1: one ends before midnight. */
  readonly part: number;
  readonly rate: TimelineRate;
  readonly size: Size;
  readonly start: number;
  readonly clips: readonly Placed[];
  /** A track per person instead of one. */
  readonly trackPerPerson: boolean;
}

/** Why a selection is on no timeline. */
export type LayoutDrop = "too-short-for-a-frame" | "over-the-limit" | "no-room-before-midnight";

export interface LaidOut {
  readonly reels: readonly Reel[];
  readonly dropped: readonly (readonly [Selection, LayoutDrop])[];
}

type Drop = (selection: Selection, why: LayoutDrop) => void;

/** Puts the selections on timelines, in the order asked for. Throws `bad-option` where there is no room before midnight. */
export function layOut(selections: readonly Selection[], wishes: LayoutWishes, settings: TimelineSettings): LaidOut {
  const { layout = "stringout", sort } = wishes;
  const dropped: [Selection, LayoutDrop][] = [];
  const drop: Drop = (selection, why) => dropped.push([selection, why]);
  const groups = groupBy(sorted(selections, sort), subjectOf(layout));
  const lay = layout === "source" ? sourceReel : rowReels;
  const reels = groups.flatMap((group) => lay(group, wishes, settings, drop));
  return { reels: reels.filter(({ clips }) => clips.length > 0), dropped };
}

function subjectOf(layout: LayoutKind): (selection: Selection) => string {
  if (layout === "per-person") return ({ people }) => people[0]?.key ?? "";
  if (layout === "per-media" || layout === "source") return ({ media }) => media.mediaId;
  if (layout === "per-expression") return ({ expression }) => expression ?? "";
  return () => "";
}

type OnGrid = Omit<Placed, "record">;

/** Those that have a frame on the timeline's grid, as many as are wanted. */
function onGrid(selections: readonly Selection[], rate: TimelineRate, limit: number | undefined, drop: Drop): OnGrid[] {
  const placed: OnGrid[] = [];
  for (const selection of selections) {
    const place = placeOnGrid(selection.range, selection.media, rate);
    if (place === undefined) drop(selection, "too-short-for-a-frame");
    else placed.push({ selection, place });
  }
  const most = limit ?? placed.length;
  for (const { selection } of placed.splice(most)) drop(selection, "over-the-limit");
  return placed;
}

/** Clips back to back, on as many timelines as they need. */
function rowReels(
  group: readonly Selection[],
  wishes: LayoutWishes,
  { rate, size, start }: TimelineSettings,
  drop: Drop,
): Reel[] {
  const clips = onGrid(group, rate, wishes.limit, drop);
  const gap = wishes.groupGap === undefined ? 0 : framesOf(requireSeconds(wishes.groupGap, rate, "groupGap"), rate, ceil);
  const row = clips.map(({ selection, place }, i): InRow => {
    const before = clips[i - 1]?.selection;
    return { length: place.length, gap: before === undefined || belongTogether(before, selection) ? 0 : gap };
  });
  let next = 0;
  return recordRanges(row, start, rate).map((ranges, i) => ({
    lead: group[0] as Selection,
    part: i + 1,
    rate,
    size,
    start,
    clips: ranges.map((record) => {
      const { selection, place } = clips[next++] as OnGrid;
      return { selection, place, record };
    }),
    trackPerPerson: wishes.layout === "tracks",
  }));
}

function belongTogether(a: Selection, b: Selection): boolean {
  return a.media === b.media && a.people[0]?.key === b.people[0]?.key;
}

/** The media's own timeline: its rate, its start timecode, each clip where it happens. */
function sourceReel(group: readonly Selection[], wishes: LayoutWishes, settings: TimelineSettings, drop: Drop): Reel[] {
  const [{ media }] = group as [Selection];
  const rate = ownRate(media, wishes, settings);
  const clips = atTheirTimes(onGrid(group, rate, wishes.limit, drop), drop);
  const [base, end] = [rescaleCeil(media.start, media.rate, rate), Math.max(...clips.map(({ record }) => record.end))];
  // Labels begin again at midnight, timelines cannot: such media count from zero.
  const shift = end >= framesPerDay(rate) ? base : 0;
  const [inTime, tooLate] = parted(clips, ({ record }) => record.end - shift < framesPerDay(rate));
  for (const { selection } of tooLate) drop(selection, "no-room-before-midnight");
  return [
    {
      lead: group[0] as Selection,
      part: 1,
      rate,
      size: wishes.size ?? squareSize(media) ?? settings.size,
      start: base - shift,
      clips: inTime.map((clip) => ({ ...clip, record: frameRange(clip.record.start - shift, clip.record.end - shift) })),
      trackPerPerson: true,
    },
  ];
}

function ownRate({ rate, counting }: MediaFacts, wishes: LayoutWishes, settings: TimelineSettings): TimelineRate {
  return (wishes.rate === undefined ? timelineRateOf(rate, counting.dropped > 0) : undefined) ?? settings.rate;
}

/** By time. At another rate than the media's a clip may reach into the next of its track, and ends with it. */
function atTheirTimes(clips: readonly OnGrid[], drop: Drop): Placed[] {
  const placed = groupBy(clips, ({ selection }) => selection.people[0]?.key ?? "").flatMap((track) => {
    const inOrder = track.toSorted((a, b) => a.place.sourceIn.fromMidnight - b.place.sourceIn.fromMidnight);
    return inOrder.map(({ selection, place }, i): Placed => {
      const start = place.sourceIn.fromMidnight;
      const next = inOrder[i + 1]?.place.sourceIn.fromMidnight ?? Number.POSITIVE_INFINITY;
      const length = Math.min(place.length, next - start);
      return { selection, place: { ...place, length }, record: frameRange(start, start + length) };
    });
  });
  const [shown, hidden] = parted(placed, ({ place }) => place.length > 0);
  for (const { selection } of hidden) drop(selection, "too-short-for-a-frame");
  return shown.sort((a, b) => a.record.start - b.record.start);
}
