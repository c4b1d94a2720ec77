import type { FaceRecord, MediaMatches } from "../model/matches.js";
import type { MediaFacts } from "../model/media.js";
import { oneLine } from "../text.js";
import { overlappingItems } from "../time/frame-ranges.js";
import type { Appearance, StrayPoint } from "./appearances.js";
import type { LayoutDrop } from "./layouts.js";
import type { PointCounts } from "./markers.js";
import type { Stop, Trace } from "./occurrences.js";
import { type Selection, showingsOf } from "./selections.js";
import type { ShapeDrop, Shaped } from "./shaping.js";

/** Why an occurrence is in no clip. */
export type DropReason = "media-left-out" | Stop | "no-match" | "after-the-maximum-length" | ShapeDrop | LayoutDrop;

/** What became of one occurrence: the clip it is in, or why it is in none. */
export interface Fate extends Omit<Trace, "number" | "score"> {
  /** The first clip that shows some of it. */
  readonly clip?: string | undefined;
  /** True when another occurrence came first in that clip, and this one joined it. */
  readonly merged: boolean;
  /** True when it reached past the media's end and was cut to it. */
  readonly cut: boolean;
  readonly dropped?: DropReason | undefined;
}

/** What became of everything that was read. */
export interface Accounting {
  /** Every occurrence, once. */
  readonly occurrences: readonly Fate[];
  readonly trackPoints: number;
  /** Track points in no appearance of their person. */
  readonly strayPoints: readonly StrayPoint[];
  /** Points of media left out, of occurrences that were not wanted, and of appearances without a clip. */
  readonly pointsWithoutClip: number;
  /** Points of clips, by clip id. */
  readonly points: ReadonlyMap<string, PointCounts>;
}

/** What came of the selections: the clip each one became, or why it became none. */
export interface Outcome {
  readonly clips: ReadonlyMap<Selection, string>;
  readonly dropped: ReadonlyMap<Selection, DropReason>;
  /** The selections that show each appearance, in clips or not. */
  readonly showings: ReadonlyMap<Appearance, readonly Selection[]>;
  /** What became of each clip's track points. */
  readonly points: ReadonlyMap<string, PointCounts>;
}

/** Says of every occurrence and point of a record what became of it. */
export function account(
  record: FaceRecord,
  facts: ReadonlyMap<string, MediaFacts>,
  traces: readonly Trace[],
  { appearances, strayPoints }: Pick<Shaped, "appearances" | "strayPoints">,
  outcome: Outcome,
): Accounting {
  const { points } = outcome;
  const leftOut = record.matches.filter(({ mediaId }) => !facts.has(mediaId)).flatMap(tracesLeftOut);
  const fates = fatesOf(appearances, traces.length, outcome);
  const trackPoints = pointsOf(record.matches);
  let inClips = 0;
  for (const { written, sameFrame, thinned, outside } of points.values()) inClips += written + sameFrame + thinned + outside;
  return {
    occurrences: [...traces.map((trace) => fates[trace.number] ?? fateOf(trace, undefined, false, trace.stop)), ...leftOut],
    trackPoints,
    strayPoints,
    pointsWithoutClip: trackPoints - inClips - strayPoints.length,
    points,
  };
}

/** What became of the occurrences of all appearances, by their numbers. */
function fatesOf(
  appearances: readonly Appearance[],
  traces: number,
  { clips, dropped, showings }: Outcome,
): readonly (Fate | undefined)[] {
  const lost = showingsOf(dropped.keys());
  const begun = new Set<string>();
  const fates = new Array<Fate | undefined>(traces);
  for (const appearance of appearances) {
    const showing = byTime(showings.get(appearance));
    const inClips = dropped.size === 0 ? showing : showing.filter((selection) => clips.has(selection));
    const inNone = byTime(lost.get(appearance));
    for (const trace of appearance.traces) {
      const clip = clips.get(firstShowing(inClips, trace, range) as Selection);
      const why = clip === undefined ? whyNot(trace, inClips, inNone, dropped) : undefined;
      fates[trace.number] = fateOf(trace, clip, clip !== undefined && begun.has(clip), why);
      if (clip !== undefined) begun.add(clip);
    }
  }
  return fates;
}

function whyNot(
  trace: Trace,
  inClips: readonly Selection[],
  inNone: readonly Selection[],
  dropped: ReadonlyMap<Selection, DropReason>,
): DropReason {
  const lost = firstShowing(inNone, trace, range);
  if (lost !== undefined) return dropped.get(lost) as DropReason;
  const wasLonger = firstShowing(inClips, trace, whole) ?? firstShowing(inNone, trace, whole);
  return wasLonger === undefined ? "no-match" : "after-the-maximum-length";
}

const range = (selection: Selection) => selection.range;
const whole = (selection: Selection) => selection.whole;

/** The selections that show an appearance; those in clips, and those in none for one reason, share no frames. */
function byTime(showing: readonly Selection[] = []): readonly Selection[] {
  return showing.length > 1 ? showing.toSorted((a, b) => a.range.start - b.range.start) : showing;
}

function firstShowing(selections: readonly Selection[], trace: Trace, of: typeof range): Selection | undefined {
  if (trace.range === undefined) return undefined;
  const { first, end } = overlappingItems(selections, trace.range, of);
  return first < end ? selections[first] : undefined;
}

// Written out: there are many, and a spread and four fields more would be three objects each.
function fateOf(trace: Trace, clip: string | undefined, merged: boolean, dropped: DropReason | undefined): Fate {
  const { mediaId, person, key, expression, place, startTime, endTime, snapped, range, stop } = trace;
  const cut = clip !== undefined && snapped !== undefined && range !== undefined && range.end < snapped.end;
  return { mediaId, person, key, expression, place, startTime, endTime, snapped, range, stop, clip, merged, cut, dropped };
}

function tracesLeftOut({ mediaId, clips }: MediaMatches): Fate[] {
  return clips.flatMap(({ place, labelName, entityId, occurrences }) =>
    occurrences.map(({ startTime, endTime }, i) => ({
      mediaId,
      person: oneLine(labelName ?? entityId ?? "unknown"),
      key: "",
      place: `${place}.OccurrencesInfos[${i}]`,
      startTime,
      endTime,
      merged: false,
      cut: false,
      dropped: "media-left-out" as const,
    })),
  );
}

function pointsOf(matches: FaceRecord["matches"]): number {
  let points = 0;
  for (const { clips } of matches)
    for (const { occurrences } of clips) for (const { trackData } of occurrences) points += trackData.length;
  return points;
}
