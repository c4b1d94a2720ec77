import type { Disclosure } from "../map/disclosure.js";
import type { Mapped } from "../map/map-to-timeline.js";
import { summaryOf } from "../map/summary.js";
import { given } from "../model/given.js";
import { clipsOf, type Timeline, timelineEnd } from "../model/timeline.js";
import type { Warning } from "../model/warning.js";
import { timecodeOf } from "../time/timecode.js";
import { formats as allFormats } from "../write/formats.js";
import type { FormatId } from "../write/writer.js";
import { clipRow } from "./clip-rows.js";
import { mediaRow } from "./media-rows.js";
import { type LeftOutMedia, occurrenceRow } from "./occurrence-rows.js";
import type { OldClip } from "./old-report.js";
import type { Since, SinceReport } from "./since.js";
import { summaryRows } from "./summary-text.js";
import { type Totals, totalsOf } from "./totals.js";

/**
 * The conform report: what became of every occurrence and track point, where each fact came from, and what a format
 * could not carry. Plain JSON, keys in snake case, described in docs/report.md; `version` changes when a key changes its
 * meaning. Lists are there also when they are empty.
 */
export interface ConformReport {
  readonly version: 1;
  readonly name: string;
  readonly files: readonly string[];
  readonly totals: Totals;
  /** How long everybody is on screen, and in how many clips. */
  readonly summary: ReturnType<typeof summaryRows>;
  readonly timelines: readonly object[];
  readonly people: readonly object[];
  readonly clips: readonly object[];
  readonly media: readonly object[];
  readonly media_left_out: LeftOutMedia;
  /** Every occurrence that was read, once. */
  readonly occurrences: readonly object[];
  /** Track points in no appearance of their person; at most 100 of one person in one media file. */
  readonly stray_points: readonly object[];
  readonly formats: Readonly<Partial<Record<FormatId, { readonly leaves_out: readonly string[] }>>>;
  /** Against an earlier export, when one was given. */
  readonly since?: SinceReport;
  readonly warnings: readonly Warning[];
}

/** What a report is made of besides the plan. */
export interface ReportParts {
  readonly formats: readonly FormatId[];
  readonly files: readonly string[];
  readonly leftOut: LeftOutMedia;
  /** As they may be told. */
  readonly warnings: readonly Warning[];
  readonly since?: Since | undefined;
}

/** Puts the report together. Everything in it comes from the plan and its accounting; there is no clock in it. */
export function conformReport(mapped: Mapped, { formats, files, warnings, since, ...parts }: ReportParts): ConformReport {
  const { plan, accounting, disclosure } = mapped;
  const leftOut = toldOf(parts.leftOut, disclosure);
  const { occurrences, points } = accounting;
  const mediaOf = new Map(plan.media.map(({ media }) => [media.mediaId, media]));
  return {
    version: 1,
    name: plan.name,
    files,
    totals: totalsOf(mapped, leftOut),
    summary: summaryRows(summaryOf(mapped)),
    timelines: plan.timelines.map(timelineRow),
    people: plan.people.map(({ name, entityId, colour }) => ({ name, entity_id: entityId ?? null, colour })),
    // The long lists are made when asked for: of a large search they would take more memory than all the rest.
    get clips() {
      return plan.timelines.flatMap((timeline) =>
        clipsOf(timeline).map((clip) => clipRow(clip, timeline, points.get(clip.id), since?.changes.get(clip.id))),
      );
    },
    media: plan.media.map(mediaRow),
    media_left_out: leftOut,
    get occurrences() {
      return occurrences.map((fate) => occurrenceRow(fate, mediaOf.get(fate.mediaId), leftOut));
    },
    stray_points: strayPoints(mapped),
    formats: Object.fromEntries(formats.map((id) => [id, { leaves_out: allFormats[id].leavesOut }])),
    ...(since === undefined ? {} : { since: disclosure.redacted ? withoutNames(since.report) : since.report }),
    warnings: [...warnings],
  };
}

/** MediaIds of media left out, as far as they may be told. */
function toldOf(leftOut: LeftOutMedia, { mediaId }: Disclosure): LeftOutMedia {
  const { no_rate, variable_rate, still_image } = leftOut;
  return { no_rate: no_rate.map(mediaId), variable_rate: variable_rate.map(mediaId), still_image: still_image.map(mediaId) };
}

/** An earlier report may name what this one keeps back. */
function withoutNames(report: SinceReport): SinceReport {
  const nameless = (clip: OldClip) => ({ ...clip, timeline: "", media_id: "", people: [] });
  const { gone, known } = report;
  return { ...report, name: "", gone: gone.map(nameless), ...given({ known: known?.map(nameless) }) };
}

function timelineRow(timeline: Timeline): object {
  const { name, rate, start, size } = timeline;
  const clips = clipsOf(timeline);
  const end = timecodeOf(timelineEnd(timeline), rate);
  return { name, rate: rate.id, start: timecodeOf(start, rate), end, ...size, clips: clips.length };
}

const mostPointsListed = 100;

function strayPoints({ accounting: { strayPoints: all } }: Mapped): object[] {
  const listed = new Map<string, number>();
  const rows: object[] = [];
  for (const { media, person, timestamp } of all) {
    const key = `${media.mediaId} ${person}`;
    const times = (listed.get(key) ?? 0) + 1;
    listed.set(key, times);
    if (times <= mostPointsListed) rows.push({ media_id: media.mediaId, file: media.fileName, person, time: timestamp });
  }
  return rows;
}

/** The report as text, in pieces: a line for each row of its lists, so that it can be searched and compared line by line. */
export function* reportText(report: ConformReport): Generator<string> {
  let before = "{\n";
  for (const key of Object.keys(report) as (keyof ConformReport)[]) {
    yield `${before}  ${JSON.stringify(key)}: `;
    yield* valueText(report[key]);
    before = ",\n";
  }
  yield "\n}\n";
}

function* valueText(value: unknown): Generator<string> {
  if (!Array.isArray(value) || value.length === 0 || typeof value[0] !== "object") {
    yield JSON.stringify(value);
    return;
  }
  for (const [i, row] of value.entries()) yield `${i === 0 ? "[" : ","}\n    ${JSON.stringify(row)}`;
  yield "\n  ]";
}
