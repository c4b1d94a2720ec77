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
export interface Fate extends Trace {
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
  /** What became of each clip's track points. */
  readonly points: ReadonlyMap<string, PointCounts>;
}

/** Says of every occurrence and point of a record what became of it. */
export function account(
  record: FaceRecord,
  facts: ReadonlyMap<string, MediaFacts>,
  traces: readonly Trace[],
  { appearances, strayPoints }: Pick<Shaped, "appearances" | "strayPoints">,
  { clips, dropped, points }: Outcome,
): Accounting {
  const leftOut = record.matches.filter(({ mediaId }) => !facts.has(mediaId)).flatMap(tracesLeftOut);
  const ends = endsOf(appearances, clips, dropped);
  const trackPoints = pointsOf(record.matches);
  const inClips = [...points.values()].reduce(
    (sum, { written, sameFrame, thinned, outside }) => sum + written + sameFrame + thinned + outside,
    0,
  );
  return {
    occurrences: [...traces.map((trace) => fateOf(trace, ends.get(trace))), ...leftOut],
    trackPoints,
    strayPoints,
    pointsWithoutClip: trackPoints - inClips - strayPoints.length,
    points,
  };
}

/** What became of an occurrence that was not stopped at once. */
interface End {
  readonly clip: string | undefined;
  readonly merged: boolean;
  readonly dropped: DropReason | undefined;
}

/** What became of the occurrences of all appearances. */
function endsOf(
  appearances: readonly Appearance[],
  clips: ReadonlyMap<Selection, string>,
  dropped: ReadonlyMap<Selection, DropReason>,
): Map<Trace, End> {
  const [shown, lost] = [showingsOf(clips.keys()), showingsOf(dropped.keys())];
  const begun = new Set<string>();
  const ends = new Map<Trace, End>();
  for (const appearance of appearances) {
    const [inClips, inNone] = [byTime(shown.get(appearance)), byTime(lost.get(appearance))];
    for (const trace of appearance.traces) {
      const clip = clips.get(firstShowing(inClips, trace, range) as Selection);
      const why = clip === undefined ? whyNot(trace, inClips, inNone, dropped) : undefined;
      ends.set(trace, { clip, merged: clip !== undefined && begun.has(clip), dropped: why });
      if (clip !== undefined) begun.add(clip);
    }
  }
  return ends;
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

function fateOf(trace: Trace, end: End | undefined): Fate {
  const { snapped, range, stop } = trace;
  const { clip, merged, dropped } = end ?? { clip: undefined, merged: false, dropped: stop };
  const cut = clip !== undefined && snapped !== undefined && range !== undefined && range.end < snapped.end;
  return { ...trace, clip, merged, cut, dropped };
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
  return matches.reduce(
    (sum, { clips }) =>
      sum + clips.reduce((n, { occurrences }) => n + occurrences.reduce((m, o) => m + o.trackData.length, 0), 0),
    0,
  );
}
