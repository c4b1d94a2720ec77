import { type Clip, clipsOf, type Plan, type Timeline } from "../model/timeline.js";
import { oneLine } from "../text.js";
import { timecodeOf } from "../time/timecode.js";
import type { OldClip, OldReport } from "./old-report.js";

/** How a clip stands to an earlier export: `moved` has another place on the timeline, `retimed` another source range. */
export type Change = "new" | "same" | "moved" | "retimed";

/** The differences from an earlier export; every clip of either is in one list. */
export interface SinceReport {
  /** Name of the earlier export. */
  readonly name: string;
  readonly new: readonly string[];
  readonly same: readonly string[];
  readonly moved: readonly { readonly id: string; readonly record_in_was: string }[];
  readonly retimed: readonly { readonly id: string; readonly was: string }[];
  readonly gone: readonly OldClip[];
}

/** The same, with the change of every clip of the plan by its id. */
export interface Since {
  readonly report: SinceReport;
  readonly changes: ReadonlyMap<string, Change>;
}

/** Compares a plan with an earlier export. Clips that share media, person and some frames are one clip, retimed. */
export function compareWith(old: OldReport, plan: Plan): Since {
  const left = new Map(old.clips.map((clip) => [clip.id, clip]));
  const placed = plan.timelines.flatMap((timeline) => clipsOf(timeline).map((clip) => ({ clip, timeline })));
  const known = placed.map(({ clip, timeline }) => ({ clip, timeline, before: left.get(clip.id) }));
  for (const { clip } of known) left.delete(clip.id);
  const retimed = retimedClips(
    known.filter(({ before }) => before === undefined).map(({ clip }) => clip),
    left,
  );
  const changeOf = ({ clip, timeline, before }: (typeof known)[number]): Change => {
    if (before !== undefined) return isPlacedAt(before, clip, timeline) ? "same" : "moved";
    return retimed.has(clip.id) ? "retimed" : "new";
  };
  const changes = new Map(known.map((each) => [each.clip.id, changeOf(each)]));
  const having = (change: Change) => known.filter(({ clip }) => changes.get(clip.id) === change);
  const report = {
    name: old.name,
    new: having("new").map(({ clip }) => clip.id),
    same: having("same").map(({ clip }) => clip.id),
    moved: having("moved").map(({ clip, before }) => ({ id: clip.id, record_in_was: (before as OldClip).record_in })),
    retimed: [...retimed].map(([id, was]) => ({ id, was })),
    gone: [...left.values()].map(bare),
  };
  return { report, changes };
}

function isPlacedAt(before: OldClip, { recordRange }: Clip, { name, rate }: Timeline): boolean {
  return before.timeline === name && before.record_in === timecodeOf(recordRange.start, rate);
}

/** Which clips were another range of the same show before, by id; those are taken out of `left`. */
function retimedClips(clips: readonly Clip[], left: Map<string, OldClip>): Map<string, string> {
  const shows = new Map<string, OldClip[]>();
  for (const old of left.values()) {
    const show = JSON.stringify([old.media_id, old.people[0]]);
    shows.set(show, [...(shows.get(show) ?? []), old]);
  }
  const retimed = new Map<string, string>();
  for (const { id, media, people, sourceRange } of clips) {
    const same = shows.get(JSON.stringify([oneLine(media.mediaId), people[0]?.name])) ?? [];
    const was = same.find((old) => left.has(old.id) && old.source_in < sourceRange.end && sourceRange.start < old.source_out);
    if (was === undefined) continue;
    retimed.set(id, was.id);
    left.delete(was.id);
  }
  return retimed;
}

function bare({ id, timeline, media_id, people, source_in, source_out, record_in }: OldClip): OldClip {
  return { id, timeline, media_id, people, source_in, source_out, record_in };
}
