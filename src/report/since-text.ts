import { FacecutError } from "../errors.js";
import { type Clip, clipsOf, type Plan } from "../model/timeline.js";
import { shortened } from "../text.js";
import { timecodeOf } from "../time/timecode.js";
import type { OldClip } from "./old-report.js";
import type { Since, SinceReport } from "./since.js";

/** Clips of one kind that a message names; the report lists them all. */
const mostNamed = 3;
const longestName = 80;

/** File names of media by MediaId, where they may be told: also of media that are not in the plan. */
type FileNames = ReadonlyMap<string, string>;

/** What changed against an earlier export: counts, then the clips that are not the same, a line each and a few of each kind. */
export function sinceText(since: SinceReport, plan: Plan, files: FileNames): string[] {
  const kinds = ["new", "same", "moved", "retimed", "gone"] as const;
  // Clips that are known are left out: only the new ones are written.
  const aside = (kind: (typeof kinds)[number]) =>
    since.known !== undefined && kind !== "new" && kind !== "gone" && since[kind].length > 0 ? " (not written)" : "";
  const counts = kinds.map((kind) => `${since[kind].length} ${kind}${aside(kind)}`);
  return [
    // With --redact the earlier export's name is kept back.
    `  since ${since.name || "the earlier export"}: ${counts.join(", ")}`,
    ...Object.entries(changedClips(since, plan, files)).flatMap(([kind, clips]) =>
      named(clips).map((clip) => `    ${kind.padEnd(widest)}  ${clip}`),
    ),
  ];
}

const widest = "retimed".length;

/** The first few names, then how many more there are. */
function named(names: readonly string[]): string[] {
  const more = names.length - mostNamed;
  return [...names.slice(0, mostNamed), ...(more > 0 ? [`and ${more} more`] : [])];
}

/** The clips of a report's lists as a message names them: those of the plan by what they show, others by where they were. */
function changedClips(
  { new: fresh, moved, retimed, gone, known = [] }: SinceReport,
  plan: Plan,
  files: FileNames,
): Readonly<Record<string, readonly string[]>> {
  const clips = new Map(plan.timelines.flatMap(clipsOf).map((clip) => [clip.id, clip]));
  const before = new Map(known.map((clip) => [clip.id, clip]));
  const clipName = (id: string, was = id): string => {
    const [clip, old] = [clips.get(id), before.get(was)];
    return clip !== undefined ? nameOf(clip) : old !== undefined ? oldName(old, files) : id;
  };
  return {
    new: fresh.map((id) => clipName(id)),
    moved: moved.map(({ id }) => clipName(id)),
    retimed: retimed.map(({ id, was }) => clipName(id, was)),
    gone: gone.map((clip) => oldName(clip, files)),
  };
}

/** `Ada Example in interview-a.mp4 at 10:00:01:00`: who, the file, and its timecode at the clip's first frame. */
function nameOf({ people, media, sourceRange }: Clip): string {
  const who = people.map(({ name }) => name).join(" and ");
  return `${placed(who, media.fileName)} at ${timecodeOf(media.start + sourceRange.start, media.counting)}`;
}

/** The same of an earlier export's clip, with its place on that timeline; names may be kept back. */
function oldName({ people, media_id, record_in }: OldClip, files: FileNames): string {
  return `${placed(people.map(String).join(" and "), files.get(media_id) ?? media_id)}, was at ${shortened(record_in, longestName)}`;
}

function placed(who: string, file: string): string {
  return file === "" ? "a clip" : `${shortened(who, longestName)} in ${shortened(file, longestName)}`;
}

/** Throws `nothing-found` when no clip of the plan is new but some are retimed: whoever asks for new ones alone may mean those. */
export function requireNew({ report, changes }: Since, plan: Plan): void {
  const clips = plan.timelines.flatMap(clipsOf).filter(({ id }) => changes.get(id) === "retimed");
  if (report.new.length > 0 || clips.length === 0) return;
  throw new FacecutError("nothing-found", {
    what: `Nothing is new: 0 new, ${clips.length} retimed (not written): ${named(clips.map(nameOf)).join("; ")}`,
    cure: "Leave --only-new out to write them, and all others with them",
    option: "onlyNew",
  });
}
