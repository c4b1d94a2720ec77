import { clipsOf as allClips, type Clip, type Plan, type PlannedMedia, type Timeline } from "../model/timeline.js";
import type { Warning } from "../model/warning.js";
import { count, shown } from "../text.js";
import { isWholeOrNtsc, timelineRateOf, timelineRates } from "../time/frame-rate.js";
import { framesPerDay } from "../time/timecode.js";
import type { DropReason } from "./accounting.js";
import { factWarnings } from "./fact-warnings.js";
import type { Mapped } from "./map-to-timeline.js";
import { hasNoLabel, sameNominal } from "./place-clips.js";

/** What an editor should know of a finished plan, whatever is written. */
export function planWarnings(mapped: Mapped): Warning[] {
  return [...factWarnings(clipsOf(mapped.plan), mapped.settings), ...lost(mapped), ...unused(mapped)];
}

/** What was asked for and is not in the record. */
function unused({ unusedAliases }: Mapped): Warning[] {
  const n = unusedAliases.length;
  const named = unusedAliases.slice(0, mostNamed).map(shown).join(", ");
  const plain = `${count(n, "alias", "aliases")} for nobody in the record`;
  const what = `${plain}: ${named}${n > mostNamed ? ` and ${n - mostNamed} more` : ""}`;
  const cure = "Write the EntityId or the name as the record has it; facecut list --json shows both";
  return n === 0 ? [] : [{ code: "unused-alias", what, plain, cure }];
}

const mostNamed = 3;

/** What was cut, left out, or shown twice. */
function lost({ plan, accounting: { occurrences, strayPoints } }: Mapped): Warning[] {
  const dropped = (reason: DropReason) => occurrences.filter((fate) => fate.dropped === reason).length;
  const cut = occurrences.filter((fate) => fate.cut).length;
  const outside = dropped("past-the-media-end");
  const tooShort = dropped("too-short-for-a-frame");
  const impossible = dropped("impossible");
  const beyond = dropped("no-room-before-midnight");
  const repeated = plan.timelines.reduce((sum, timeline) => sum + repeatedFrames(allClips(timeline)), 0);
  return warnings(
    [
      cut,
      "cut-to-media",
      `${count(cut, "occurrence")} reached past the end of the media and ended with it`,
      "If a file is longer than the service says, give it with --media-dir, or its length in the column duration of --media-map",
    ],
    [
      outside,
      "outside-media",
      `${count(outside, "occurrence")} past the end of the media left out`,
      "Check that the media map and the record belong together",
    ],
    [tooShort, "too-short", `${count(tooShort, "occurrence")} left out: no whole timeline frame is left before the media's end`],
    [
      impossible,
      "impossible",
      `${count(impossible, "occurrence")} with times that cannot be left out; the report lists them`,
      "Correct the record to have them",
    ],
    [
      beyond,
      "after-midnight",
      `${count(beyond, "occurrence")} left out: the media's own timeline is over at midnight`,
      "To have them, take another --layout",
    ],
    [strayPoints.length, "points-outside", `${count(strayPoints.length, "track point")} in no clip of the person: not written`],
    [
      repeated,
      "repeated-frames",
      `${count(repeated, "clip")} with source frames that another clip shows too, as when two people share a shot`,
      "To have each shot once, say whom it may show: --match 'A or B'",
    ],
  );
}

/** What an editor should know when edit lists are among the files. */
export function edlWarnings(plan: Plan): Warning[] {
  const overlapping = overlappingTimecode(plan);
  const mixed = countClips(plan, (clip, { rate }) => !sameNominal(clip.media.rate, rate));
  const noLabel = countClips(plan, (clip, { rate }) => hasNoLabel(clip.sourceIn.media, clip.media, rate));
  return warnings(
    [
      overlapping,
      "same-timecode",
      `${count(overlapping, "clip")} of media whose timecodes overlap those of other media: programs conform an EDL by timecode`,
      "Import another format; or fill the column reel of --media-map with the reels the media carry, and conform by timecode and reel",
    ],
    [
      mixed,
      "edl-mixed-rates",
      `${count(mixed, "clip")} of media that count other frames than the EDL: their source columns give real time in the list's counting`,
      "An EDL has one frame rate; prefer another format for mixed rates",
    ],
    [
      noLabel,
      "edl-label",
      `${count(noLabel, "clip")} of media whose in-label the EDL's drop-frame counting leaves out: written by frame count, so the label is another one than the media's`,
      "Prefer a non-drop timeline (--rate 29.97ndf), or another format",
    ],
  );
}

/** What an editor should know when FCPXML is among the files. */
export function fcpxmlWarnings(plan: Plan): Warning[] {
  // `conform-rate` has words for the rates of timelines and no others, so media without one run at another rate than theirs.
  const wordless = countClips(plan, ({ media }) => timelineRateOf(media.rate, false) === undefined);
  const words = [...new Set(timelineRates.map(({ conformRate }) => conformRate))].join(", ");
  return warnings([
    wordless,
    "fcpxml-rate",
    `${count(wordless, "clip")} of media whose frame rate FCPXML has no word for: the program may not play them in real time`,
    `Check their speed after the import, convert these media to one of ${words}, or use another format`,
  ]);
}

/** What an editor should know when Final Cut Pro 7 XML is among the files. */
export function fcp7Warnings(plan: Plan): Warning[] {
  // The format has a whole timebase, and a flag for the NTSC rates beside it: 12.5 cannot be spelled.
  const odd = countClips(plan, ({ media }) => !isWholeOrNtsc(media.rate));
  return warnings([
    odd,
    "fcp7-rate",
    `${count(odd, "clip")} of media whose frame rate Final Cut Pro 7 XML cannot spell: their files carry the nearest whole rate`,
    "Prefer another format for these media",
  ]);
}

type Row = readonly [count: number, code: string, what: string, cure?: string];

function warnings(...rows: readonly Row[]): Warning[] {
  return rows.flatMap(([n, code, what, cure]) => (n === 0 ? [] : [{ code, what, ...(cure === undefined ? {} : { cure }) }]));
}

function countClips(plan: Plan, matches: (clip: Clip, timeline: Timeline) => boolean): number {
  return plan.timelines.reduce(
    (sum, timeline) => sum + timeline.tracks.flatMap((track) => track.clips.filter((clip) => matches(clip, timeline))).length,
    0,
  );
}

function clipsOf(plan: Plan): Clip[] {
  return plan.timelines.flatMap((timeline) => allClips(timeline));
}

/** Clips that begin inside another clip's source range. */
function repeatedFrames(clips: readonly Clip[]): number {
  const ends = new Map<Clip["media"], number>();
  let repeated = 0;
  for (const clip of [...clips].sort((a, b) => a.sourceRange.start - b.sourceRange.start)) {
    const end = ends.get(clip.media) ?? 0;
    if (clip.sourceRange.start < end) repeated++;
    ends.set(clip.media, Math.max(end, clip.sourceRange.end));
  }
  return repeated;
}

/** A timecode as a share of its day, so that labels of different rates compare: exact integers, `frame / day`. */
interface DayShare {
  readonly frame: number;
  readonly day: number;
}

function compareShares(a: DayShare, b: DayShare): number {
  return a.frame * b.day - b.frame * a.day;
}

/** The timecode of one media file, or a part of it, within a day. */
interface TimecodeRange {
  readonly media: Clip["media"];
  readonly start: DayShare;
  readonly end: DayShare;
}

/** One range, or two for media that run over midnight, where the labels begin again. */
function timecodeRanges({ media, extent }: PlannedMedia): TimecodeRange[] {
  const day = framesPerDay(media.counting);
  const range = (start: number, end: number) => ({ media, start: { frame: start, day }, end: { frame: end, day } });
  const start = media.start % day;
  const end = start + Math.min(extent, day);
  return end <= day ? [range(start, end)] : [range(start, day), range(0, end - day)];
}

/** Clips of media whose timecodes, by label, lie in another media's range too. */
function overlappingTimecode(plan: Plan): number {
  const ranges = plan.media.flatMap(timecodeRanges);
  const [first, ...rest] = ranges.sort((a, b) => compareShares(a.start, b.start));
  const overlapping = new Set<Clip["media"]>();
  let furthest = first;
  for (const range of rest) {
    if (furthest !== undefined && compareShares(range.start, furthest.end) < 0) overlapping.add(range.media).add(furthest.media);
    if (furthest === undefined || compareShares(range.end, furthest.end) > 0) furthest = range;
  }
  return clipsOf(plan).filter((clip) => overlapping.has(clip.media)).length;
}
