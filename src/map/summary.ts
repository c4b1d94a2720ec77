import { given } from "../model/given.js";
import type { Clip } from "../model/timeline.js";
import { clipsOf } from "../model/timeline.js";
import { compareNames } from "../text.js";
import { add, compare, type Fraction, fraction, zero } from "../time/fraction.js";
import type { FrameRange } from "../time/frame-range.js";
import { framesIn, intersection, overlapping, unionOf } from "../time/frame-ranges.js";
import type { FrameRate } from "../time/frame-rate.js";
import type { Fate } from "./accounting.js";
import type { Mapped } from "./map-to-timeline.js";

/** Who or what is on screen, for how long. */
export interface SummaryRow {
  readonly name: string;
  /** Of a media file. */
  readonly mediaId?: string;
  /** Of a person who has one. */
  readonly entityId?: string;
  /** Clips that show some of it. */
  readonly clips: number;
  /** Exact seconds of media with a face on screen, handles and gaps apart; frames that several occurrences share count once. */
  readonly seconds: Fraction;
}

/** What the clips of a plan show: a row per person, media file and expression, longest on screen first. */
export interface Summary {
  readonly people: readonly SummaryRow[];
  readonly media: readonly SummaryRow[];
  readonly expressions: readonly SummaryRow[];
}

/** Adds up what is on screen in the clips of a plan. */
export function summaryOf({ plan, accounting }: Pick<Mapped, "plan" | "accounting">): Summary {
  const clips = clipsByPerson(plan.timelines.flatMap(clipsOf));
  const shown = shownParts(accounting.occurrences, clips);
  const names = new Map(plan.people.map(({ key, name, entityId }) => [key, { name, ...given({ entityId }) }]));
  const files = new Map(plan.media.map(({ media }) => [media.mediaId, media.fileName]));
  return {
    people: rowsOf(shown, ({ key }) => [key, names.get(key) as Subject]),
    media: rowsOf(shown, ({ mediaId }) => [mediaId, { name: files.get(mediaId) as string, mediaId }]),
    expressions: rowsOf(shown, ({ expression = "" }) => [expression, { name: expression || "no expression" }]),
  };
}

/** The clips a person has of one media file, by source time, and the frames they show. */
interface PersonClips {
  readonly clips: Clip[];
  readonly ranges: readonly FrameRange[];
}

function clipsByPerson(clips: readonly Clip[]): Map<string, PersonClips> {
  const byPerson = new Map<string, Clip[]>();
  for (const clip of clips) {
    for (const { key } of clip.people) {
      const own = byPerson.get(cellKey(clip.media.mediaId, key));
      if (own === undefined) byPerson.set(cellKey(clip.media.mediaId, key), [clip]);
      else own.push(clip);
    }
  }
  return new Map([...byPerson].map(([key, own]) => [key, { clips: own, ranges: unionOf(own.map((clip) => clip.sourceRange)) }]));
}

function cellKey(mediaId: string, key: string, expression?: string): string {
  return JSON.stringify([mediaId, key, expression]);
}

/** What one person shows of one expression in one media file. */
interface ShownPart {
  readonly mediaId: string;
  readonly key: string;
  readonly expression?: string | undefined;
  readonly rate: FrameRate;
  readonly ranges: readonly FrameRange[];
  readonly clipIds: readonly string[];
}

function shownParts(fates: readonly Fate[], clips: ReadonlyMap<string, PersonClips>): ShownPart[] {
  const cells = new Map<string, { first: Fate; ranges: FrameRange[] }>();
  for (const fate of fates) {
    if (fate.clip === undefined || fate.range === undefined) continue;
    const key = cellKey(fate.mediaId, fate.key, fate.expression);
    const cell = cells.get(key) ?? { first: fate, ranges: [] };
    cells.set(key, cell);
    cell.ranges.push(fate.range);
  }
  return [...cells.values()].map(({ first, ranges }) => {
    const own = clips.get(cellKey(first.mediaId, first.key)) as PersonClips;
    const shown = intersection(unionOf(ranges), own.ranges);
    const within = own.clips.filter(({ sourceRange }) => touches(shown, sourceRange));
    const rate = (own.clips[0] as Clip).media.rate;
    return { ...first, rate, ranges: shown, clipIds: within.map(({ id }) => id) };
  });
}

function touches(ranges: readonly FrameRange[], range: FrameRange): boolean {
  const { first, end } = overlapping(ranges, range);
  return first < end;
}

/** What a row is about. */
type Subject = Pick<SummaryRow, "name" | "mediaId" | "entityId">;

interface Tally {
  readonly subject: Subject;
  readonly clipIds: Set<string>;
  readonly byMedia: Map<string, { readonly rate: FrameRate; readonly ranges: FrameRange[] }>;
}

function rowsOf(
  shown: readonly ShownPart[],
  subjectOf: (part: ShownPart) => readonly [key: string, subject: Subject],
): SummaryRow[] {
  const tallies = new Map<string, Tally>();
  for (const part of shown) {
    const [key, subject] = subjectOf(part);
    const tally = tallies.get(key) ?? { subject, clipIds: new Set(), byMedia: new Map() };
    tallies.set(key, tally);
    for (const id of part.clipIds) tally.clipIds.add(id);
    const own = tally.byMedia.get(part.mediaId) ?? { rate: part.rate, ranges: [] };
    tally.byMedia.set(part.mediaId, own);
    for (const range of part.ranges) own.ranges.push(range);
  }
  const rows = [...tallies.values()].map(({ subject, clipIds, byMedia }) => ({
    ...subject,
    clips: clipIds.size,
    seconds: secondsIn(byMedia),
  }));
  return rows.sort((a, b) => compare(b.seconds, a.seconds) || compareNames(a.name, b.name));
}

function secondsIn(byMedia: Tally["byMedia"]): Fraction {
  return [...byMedia.values()].reduce(
    (sum, { rate, ranges }) => add(sum, fraction(BigInt(framesIn(unionOf(ranges))) * BigInt(rate.den), rate.num)),
    zero,
  );
}
