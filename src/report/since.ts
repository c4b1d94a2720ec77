import { given } from "../model/given.js";
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
  /** Clips of earlier exports that are left out because they are not new. */
  readonly known?: readonly OldClip[];
}

/** The same, with the change of every clip of the plan by its id. */
export interface Since {
  readonly report: SinceReport;
  readonly changes: ReadonlyMap<string, Change>;
}

/** Compares a plan with an earlier export. Clips that share media, person and some frames are one clip, retimed. */
export function compareWith(old: OldReport, plan: Plan): Since {
  const left = new Map(allClips(old).map((clip) => [clip.id, clip]));
  const placed = plan.timelines.flatMap((timeline) => clipsOf(timeline).map((clip) => ({ clip, timeline })));
  const known = placed.map(({ clip, timeline }) => ({ clip, timeline, before: left.get(clip.id) }));
  const wasAt = placing(old, known);
  for (const { clip } of known) left.delete(clip.id);
  const retimed = retimedClips(
    known.filter(({ before }) => before === undefined).map(({ clip }) => clip),
    left,
  );
  const changeOf = ({ clip, timeline, before }: Compared): Change => {
    if (before !== undefined) return wasAt({ clip, timeline, before }) ? "same" : "moved";
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

/** The same for an export of the new clips alone, `plan`: its report keeps what is known, for the next one to compare with. */
export function onlyNew({ report }: Since, old: OldReport, plan: Plan): Since {
  const ids = plan.timelines.flatMap(clipsOf).map(({ id }) => id);
  const known = allClips(old).map((clip) => ({ ...bare(clip), ...given({ subject: clip.subject }) }));
  return { report: { ...report, new: ids, known }, changes: new Map(ids.map((id) => [id, "new"])) };
}

/** Ids of the clips that an earlier export has, perhaps with another range. */
export function knownIds({ changes }: Since): Set<string> {
  return new Set([...changes].filter(([, change]) => change !== "new").map(([id]) => id));
}

interface Compared {
  readonly clip: Clip;
  readonly timeline: Timeline;
  readonly before: OldClip | undefined;
}

/**
 * Tells whether a clip was at its place before. Of timelines their position counts, among those with clips of both
 * exports: they may be called otherwise, and new ones may come between. What lies in a still earlier export has no place.
 */
function placing(old: OldReport, all: readonly Compared[]): (compared: Compared & { before: OldClip }) => boolean {
  const still = new Set(all.flatMap(({ before }) => before ?? []));
  const positionWas = positions(old.clips.filter((clip) => still.has(clip)).map((clip) => clip.timeline));
  const elsewhere = new Set(old.known);
  const here = all.filter(({ before }) => before !== undefined && !elsewhere.has(before));
  const position = positions(here.map(({ timeline }) => timeline.name));
  return ({ clip: { recordRange }, timeline, before }) =>
    elsewhere.has(before) ||
    (positionWas.get(before.timeline) === position.get(timeline.name) &&
      before.record_in === timecodeOf(recordRange.start, timeline.rate));
}

/** Each name's place among them, in the order of their first mention. */
function positions(names: readonly string[]): Map<string, number> {
  return new Map([...new Set(names)].map((name, i) => [name, i]));
}

/** Which clips were another range of the same subject before, by id; those are taken out of `left`. */
function retimedClips(clips: readonly Clip[], left: Map<string, OldClip>): Map<string, string> {
  const bySubject = groupsOf(left.values());
  const retimed = new Map<string, string>();
  for (const { id, subject, media, people, sourceRange } of clips) {
    const named = namesOf(oneLine(media.mediaId), people[0]?.name);
    const same = [subject, named].flatMap((key) => bySubject.get(key) ?? []);
    const was = same.find((old) => left.has(old.id) && old.source_in < sourceRange.end && sourceRange.start < old.source_out);
    if (was === undefined) continue;
    retimed.set(id, was.id);
    left.delete(was.id);
  }
  return retimed;
}

/** Clips by subject; by the names of it, where a report does not tell it. */
function groupsOf(clips: Iterable<OldClip>): Map<string, OldClip[]> {
  const groups = new Map<string, OldClip[]>();
  for (const clip of clips) {
    const key = clip.subject ?? namesOf(clip.media_id, clip.people[0]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [clip]);
    else group.push(clip);
  }
  return groups;
}

function namesOf(mediaId: string, person: string | undefined): string {
  return JSON.stringify([mediaId, person]);
}

/** Also those that only still earlier exports have. */
function allClips({ clips, known = [] }: OldReport): OldClip[] {
  return [...known, ...clips];
}

function bare({ id, timeline, media_id, people, source_in, source_out, record_in }: OldClip): OldClip {
  return { id, timeline, media_id, people, source_in, source_out, record_in };
}
