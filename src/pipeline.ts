import { FacecutError } from "./errors.js";
import { type ExportSettings, exportSettings } from "./export-settings.js";
import { readRecord } from "./fetch/read-record.js";
import { existingFiles, removeFiles, writeFiles } from "./files.js";
import { type MapOptions, type Mapped, mapToTimeline } from "./map/map-to-timeline.js";
import { edlWarnings, fcp7Warnings, planWarnings } from "./map/warnings.js";
import { gatherMediaFacts } from "./media/media-facts.js";
import { readMediaMap } from "./media/media-map.js";
import { given } from "./model/given.js";
import type { FaceRecord } from "./model/matches.js";
import type { Warning } from "./model/warning.js";
import type { ExportOptions } from "./options.js";
import { previousFiles } from "./previous-export.js";
import { type ConformReport, conformReport } from "./report.js";
import { loadTemplate } from "./templates.js";
import { count, safeFileName } from "./text.js";
import type { OutputFile } from "./write/writer.js";
import { writers } from "./write/writers.js";

/** What an export did, for the command line to tell. */
export interface ExportResult {
  readonly mapped: Mapped;
  readonly outFolder: string;
  readonly report: ConformReport;
  /** Files written, or that would have been written with `dryRun`. */
  readonly files: readonly { readonly name: string; readonly label: string }[];
  readonly warnings: readonly Warning[];
}

/** Called with one line as each step ends. */
export type Progress = (step: string) => void;

/**
 * The main job: a record folder becomes timelines. Reads the record, gathers media facts, maps, writes, in this
 * order; nothing is written before all of it is known to be right. Throws FacecutError.
 */
export async function exportRecord(
  recordFolder: string,
  given: ExportOptions,
  progress: Progress = () => {},
): Promise<ExportResult> {
  const settings = exportSettings(given, await loadTemplate(given.template ?? "generic"), recordFolder);
  const record = await readRecord(recordFolder);
  progress(`read ${count(record.matches.length, "media", "media")} from ${recordFolder}`);
  const map = given.mediaMap === undefined ? undefined : await readMediaMap(given.mediaMap);
  const { facts, withoutRate } = gatherMediaFacts(record, map, settings);
  const mapped = mapToTimeline(record, facts, mapOptions(settings));
  const warnings = [
    ...record.notes.map((what) => ({ code: "record", what })),
    ...leftOut(record, withoutRate),
    ...planWarnings(mapped),
    ...(settings.formats.includes("edl") ? edlWarnings(mapped.plan) : []),
    ...(settings.formats.includes("fcp7xml") ? fcp7Warnings(mapped.plan) : []),
  ];
  const outputs = outputFiles(mapped, settings);
  const report = conformReport(
    mapped,
    settings.formats,
    outputs.map(({ file }) => file.name),
    warnings,
  );
  const result = {
    mapped,
    outFolder: settings.outFolder,
    report,
    files: [
      ...outputs.map(({ file, label }) => ({ name: file.name, label })),
      { name: reportName(mapped), label: "conform report" },
    ],
    warnings,
  };
  const reportFile = { name: reportName(mapped), chunks: [`${JSON.stringify(report, null, 2)}\n`] };
  await write([...outputs.map(({ file }) => file), reportFile], settings, given, reportFile.name, progress);
  return result;
}

function mapOptions({ rate, size, startTimecode, name, fallbackName, sort, markers }: ExportSettings): MapOptions {
  return { startTimecode, fallbackName, sort, markers, ...given({ name, rate, size }) };
}

function leftOut(record: FaceRecord, withoutRate: readonly string[]): Warning[] {
  if (withoutRate.length === 0) return [];
  const missing = new Set(withoutRate);
  const clips = record.matches.filter(({ mediaId }) => missing.has(mediaId)).flatMap((media) => media.clips);
  const occurrences = clips.reduce((sum, clip) => sum + clip.occurrences.length, 0);
  return [
    {
      code: "no-rate",
      what: `${count(occurrences, "occurrence")} of ${count(withoutRate.length, "media", "media")} left out, because their frame rate is not known: ${withoutRate.slice(0, 5).join(", ")}${withoutRate.length > 5 ? " …" : ""}`,
      cure: "Give it with --media-rate, or in the column rate of --media-map",
    },
  ];
}

/** File names without extension: the plan's name, made safe; `-2`, `-3` … for further timelines. */
function baseNames({ plan }: Mapped): string[] {
  const base = safeFileName(plan.name);
  return plan.timelines.map((_, i) => (i === 0 ? base : `${base}-${i + 1}`));
}

function reportName(mapped: Mapped): string {
  return `${baseNames(mapped)[0]}.report.json`;
}

function outputFiles(mapped: Mapped, { formats, dialect }: ExportSettings): { file: OutputFile; label: string }[] {
  const names = baseNames(mapped);
  return formats.flatMap((id) =>
    writers[id].write(mapped.plan, names, dialect).map((file) => ({ file, label: writers[id].label })),
  );
}

async function write(
  files: readonly OutputFile[],
  { outFolder }: ExportSettings,
  given: ExportOptions,
  reportFile: string,
  progress: Progress,
): Promise<void> {
  if (given.dryRun) return exhaust(files);
  const names = files.map((file) => file.name);
  const existing = await existingFiles(outFolder, names);
  if (existing.length > 0 && !given.force) throw outputExists(outFolder, existing);
  const stale = (await previousFiles(outFolder, reportFile)).filter((name) => !names.includes(name));
  await writeFiles(outFolder, files);
  await removeFiles(outFolder, stale);
  progress(`wrote ${count(names.length, "file")} to ${outFolder}`);
}

/** A dry run makes every text, so that whatever would fail does. */
function exhaust(files: readonly OutputFile[]): void {
  for (const { chunks } of files) for (const _ of chunks);
}

function outputExists(folder: string, names: readonly string[]): FacecutError {
  return new FacecutError("output-exists", {
    what: `${count(names.length, "output file")} ${names.length === 1 ? "exists" : "exist"} already: ${names.slice(0, 4).join(", ")}${names.length > 4 ? " …" : ""}`,
    where: folder,
    cure: "Give another folder with -o, or --force to replace them",
    option: "force",
  });
}
