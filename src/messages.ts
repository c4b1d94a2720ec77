import { join } from "node:path";
import type { FacecutError } from "./errors.js";
import type { SearchOutcome } from "./fetch/search.js";
import type { PersonSummary } from "./fetch/search-summary.js";
import type { ImportHint } from "./import-steps.js";
import { markerCount, type Timeline, timelineEnd } from "./model/timeline.js";
import type { Warning } from "./model/warning.js";
import { flagName } from "./options.js";
import type { ExportResult } from "./pipeline.js";
import type { ConformReport } from "./report/conform-report.js";
import type { SinceReport } from "./report/since.js";
import type { CallCounts } from "./service/service.js";
import { count, oneLine, shortened, unsigned } from "./text.js";
import { type Fraction, floor, fraction, multiply } from "./time/fraction.js";
import { canDrop } from "./time/frame-rate.js";
import { timecodeOf } from "./time/timecode.js";

/** `facecut: what happened [code]`, then where it is and what to do, one line each. */
export function errorText(error: FacecutError): string {
  const cure = error.cure ?? (error.code === "internal" ? "Run again with --debug and report what it prints" : undefined);
  const where = [error.option === undefined ? undefined : `--${flagName(error.option)}`, error.where].filter(
    (part) => part !== undefined,
  );
  return [
    `facecut: ${line(error.message)} [${error.code}]`,
    ...(where.length === 0 ? [] : [`  where: ${line(where.join(", "))}`]),
    ...(cure === undefined ? [] : [`  do: ${line(cure)}`]),
    "",
  ].join("\n");
}

/** One line, without the query of a signed URL that was typed or came from outside. */
function line(text: string): string {
  return oneLine(unsigned(text));
}

/** The same for a calling program. */
export function errorJson(error: FacecutError): string {
  return `${JSON.stringify({ error: errorObject(error) })}\n`;
}

function errorObject(error: FacecutError): object {
  const { code, option, exitStatus } = error;
  const [message, where, cure] = [error.message, error.where, error.cure].map((text) => text && unsigned(text));
  const flag = option === undefined ? undefined : `--${flagName(option)}`;
  return { code, message, where, option: flag, cure, exit_status: exitStatus };
}

export function warningText({ code, what, cure }: Warning): string {
  return `warning: ${oneLine(what)} [${code}]\n${cure === undefined ? "" : `  do: ${oneLine(cure)}\n`}`;
}

/** What was made: a line per timeline, then the files. */
export function resultText({ mapped, outFolder, report, files, imports }: ExportResult, dryRun: boolean): string {
  const widest = Math.max(...files.map(({ name }) => name.length));
  return [
    ...mapped.plan.timelines.map(timelineText),
    ...totalsText(report.totals),
    ...(report.since === undefined ? [] : [sinceText(report.since)]),
    dryRun ? `would write to ${outFolder}:` : `wrote to ${outFolder}:`,
    ...files.map(({ name, label }) => `  ${name.padEnd(widest)}  ${label}`),
    ...(imports.length === 0 ? [] : ["to import:", ...imports.flatMap(importLines)]),
    "",
  ].join("\n");
}

/** Which file goes into which menu, and what to set first. */
function importLines({ names, menu, first }: ImportHint): string[] {
  const [name, last] = [names[0] as string, names.at(-1) as string];
  const called = names.length < 3 ? names.join(", ") : `${name} to ${last}, ${names.length} files`;
  return [`  ${called}: ${menu}`, ...(first === undefined ? [] : [`    first: ${first}`])];
}

/** What became of all that was read; what there was none of is not told. */
function totalsText({ occurrences, track_points: points }: ConformReport["totals"]): string[] {
  const dropped = Object.entries(occurrences.dropped).map(([reason, n]) => `${n} dropped (${reason.replaceAll("-", " ")})`);
  const told = (...parts: readonly (readonly [n: number, noun: string, plural?: string])[]) =>
    parts.flatMap(([n, noun, plural]) => (n === 0 ? [] : [count(n, noun, plural)]));
  const cut = occurrences.cut_to_the_media === 0 ? "" : ` (${occurrences.cut_to_the_media} cut to the media)`;
  const ofOccurrences = [
    ...told([occurrences.became_clips, `clip${cut}`, `clips${cut}`], [occurrences.merged_into_another, "merged", "merged"]),
    ...dropped,
  ];
  const ofPoints = told(
    [points.became_markers, "marked", "marked"],
    [points.on_the_frame_of_another, "on the frame of another", "on the frame of another"],
    [points.thinned, "not asked for", "not asked for"],
    [points.outside_the_clip, "outside the clips", "outside the clips"],
    [points.in_no_appearance, "in no appearance", "in no appearance"],
    [points.without_a_clip, "of what was dropped", "of what was dropped"],
  );
  return [
    `  occurrences   ${occurrences.read} read: ${ofOccurrences.join(", ")}`,
    ...(points.read === 0 ? [] : [`  track points  ${points.read} read: ${ofPoints.join(", ")}`]),
  ];
}

function sinceText({ name, ...lists }: SinceReport): string {
  const changes = (["new", "same", "moved", "retimed", "gone"] as const).map((change) => `${lists[change].length} ${change}`);
  // With --redact the earlier export's name is kept back.
  return `  since ${name || "the earlier export"}: ${changes.join(", ")}`;
}

function timelineText(timeline: Timeline): string {
  const clips = timeline.tracks.flatMap((track) => track.clips);
  const media = new Set(clips.map((clip) => clip.media)).size;
  const { rate, start, size } = timeline;
  const end = timelineEnd(timeline);
  const counting = rate.dropped > 0 ? " drop-frame" : canDrop(rate) ? " non-drop-frame" : "";
  return [
    `${timeline.name}: ${count(clips.length, "clip")} of ${count(media, "file")}, ${count(markerCount(timeline), "marker")}`,
    `  ${timecodeOf(start, rate)} to ${timecodeOf(end, rate)} at ${rate.id.replace(/n?df$/, "")} fps${counting}, ${size.width}x${size.height}`,
  ].join("\n");
}

/** The same for a calling program, as one JSON object. */
export function resultJson({ mapped, outFolder, report, files, imports }: ExportResult, dryRun: boolean): string {
  const timelines = mapped.plan.timelines.map((timeline) => ({
    name: timeline.name,
    rate: timeline.rate.id,
    start: timecodeOf(timeline.start, timeline.rate),
    end: timecodeOf(timelineEnd(timeline), timeline.rate),
    frames: timelineEnd(timeline) - timeline.start,
    width: timeline.size.width,
    height: timeline.size.height,
    clips: timeline.tracks.reduce((sum, track) => sum + track.clips.length, 0),
    markers: markerCount(timeline),
  }));
  const paths = files.map(({ name, label }) => ({ path: join(outFolder, name), what: label }));
  const steps = imports.map(({ names, ...step }) => ({ paths: names.map((name) => join(outFolder, name)), ...step }));
  // The report's warnings: they name nothing that is to be kept back.
  const { totals, since, warnings } = report;
  return `${JSON.stringify({ dry_run: dryRun, timelines, files: paths, import: steps, totals, since, warnings })}\n`;
}

/** What a search found, for the two texts below. */
export interface SearchTold {
  readonly folder: string;
  readonly outcome: SearchOutcome;
  /** Absent when nothing had to be asked. */
  readonly counts?: CallCounts;
  /** Why it is not a success, when it is none. */
  readonly error?: FacecutError;
}

const mostPeople = 20;
const longestName = 40;

function personText(name: string, { appearances, seconds }: PersonSummary): string {
  return `  ${name}  ${count(appearances, "appearance")}, ${secondsText(seconds)} s`;
}

/** A line of counts, then a line per person: how often and how long on screen. */
export function searchText({ folder, outcome, counts }: SearchTold): string {
  const people = outcome.summary.people();
  const { calls = 0, retries = 0 } = counts ?? {};
  const tried = retries === 0 ? "" : `, ${count(retries, "retry", "retries")}`;
  const names = people.slice(0, mostPeople).map(({ name }) => shortened(name, longestName));
  const widest = Math.max(0, ...names.map((name) => name.length));
  return [
    `${folder}: ${count(outcome.assets, "media asset")}, ${count(appearancesOf(people), "appearance")} of ${count(people.length, "person", "people")}; ${count(calls, "call")}${tried}`,
    ...names.map((name, i) => personText(name.padEnd(widest), people[i] as PersonSummary)),
    ...(people.length > mostPeople ? [`  and ${people.length - mostPeople} more`] : []),
    "",
  ].join("\n");
}

/** The same for a calling program. */
export function searchJson({ folder, outcome, counts, error }: SearchTold): string {
  const people = outcome.summary
    .people()
    .map(({ name, appearances, seconds }) => ({ name, appearances, seconds: Number(secondsText(seconds)) }));
  const { calls = 0, tries = 0, retries = 0 } = counts ?? {};
  const { assets, clips, missing } = outcome;
  return `${JSON.stringify({ folder, complete: missing.length === 0, assets, clips, people, calls, tries, retries, missing, ...(error === undefined ? {} : { error: errorObject(error) }) })}\n`;
}

function appearancesOf(people: readonly PersonSummary[]): number {
  return people.reduce((sum, { appearances }) => sum + appearances, 0);
}

/** Exact seconds to a tenth, cut off: `61.0`. */
function secondsText(seconds: Fraction): string {
  const tenths = floor(multiply(seconds, fraction(10)));
  return `${tenths / 10n}.${tenths % 10n}`;
}
