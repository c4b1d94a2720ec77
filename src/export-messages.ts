import { join } from "node:path";
import { displayWidth, padded } from "./display-width.js";
import type { ImportHint } from "./import-steps.js";
import { markerCount, type Timeline, timelineEnd } from "./model/timeline.js";
import type { ExportResult } from "./pipeline.js";
import type { ConformReport } from "./report/conform-report.js";
import { sinceText } from "./report/since-text.js";
import { count } from "./text.js";
import { canDrop } from "./time/frame-rate.js";
import { timecodeOf } from "./time/timecode.js";

/** What was made: a line per timeline, then the files. */
export function resultText({ mapped, outFolder, report, files, imports, mediaNames }: ExportResult, dryRun: boolean): string {
  const widest = Math.max(...files.map(({ name }) => displayWidth(name)));
  return [
    ...mapped.plan.timelines.map(timelineText),
    ...totalsText(report.totals),
    ...(report.since === undefined ? [] : sinceText(report.since, mapped.plan, mediaNames)),
    dryRun ? `would write to ${outFolder}:` : `wrote to ${outFolder}:`,
    ...files.map(({ name, label }) => `  ${padded(name, widest)}  ${label}`),
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
