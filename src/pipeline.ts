import { type ExportSettings, exportSettings } from "./export-settings.js";
import { readRecord } from "./fetch/read-record.js";
import { type MapOptions, type Mapped, mapToTimeline } from "./map/map-to-timeline.js";
import { edlWarnings, fcp7Warnings, fcpxmlWarnings, planWarnings } from "./map/warnings.js";
import { gatherMediaFacts } from "./media/media-facts.js";
import { readMediaMap } from "./media/media-map.js";
import { given } from "./model/given.js";
import type { FaceRecord } from "./model/matches.js";
import type { Plan } from "./model/timeline.js";
import type { Warning } from "./model/warning.js";
import { type ExportOptions, exportOptions } from "./options.js";
import { writeExport } from "./output-files.js";
import type { ConformReport } from "./report.js";
import { blameTemplate, loadTemplate, type Template } from "./templates.js";
import { count, shortened } from "./text.js";
import type { FormatId } from "./write/writer.js";

/** What an export did, for the command line to tell. */
export interface ExportResult {
  readonly mapped: Mapped;
  readonly outFolder: string;
  readonly report: ConformReport;
  /** Files written, or that would have been written with `dryRun`. */
  readonly files: readonly { readonly name: string; readonly label: string }[];
  readonly warnings: readonly Warning[];
}

/** Told while an export runs. */
export interface ExportProgress {
  /** A step has ended. */
  readonly step: (line: string) => void;
  /** Something an editor should know, as soon as it is known: also when nothing can be written afterwards. */
  readonly warn: (warning: Warning) => void;
}

const untold: ExportProgress = { step: () => {}, warn: () => {} };

/**
 * The main job: a record folder becomes timelines. Reads the record, gathers media facts, maps, writes, in this
 * order; nothing is written before all of it is known to be right. Throws FacecutError.
 */
export async function exportRecord(
  recordFolder: string,
  options: ExportOptions,
  progress: ExportProgress = untold,
): Promise<ExportResult> {
  const template = await loadTemplate(options.template ?? exportOptions.template.default);
  return exportWith(template, recordFolder, options, progress).catch((error: unknown) => {
    throw blameTemplate(error, template, options);
  });
}

/** Reads the options of an export, so that a long search before it does not end in a wrong one. Throws as the export would. */
export async function checkExport(options: ExportOptions): Promise<void> {
  const template = await loadTemplate(options.template ?? exportOptions.template.default);
  try {
    exportSettings(options, template, "hits");
  } catch (error) {
    throw blameTemplate(error, template, options);
  }
  if (options.mediaMap !== undefined) await readMediaMap(options.mediaMap);
}

async function exportWith(
  template: Template,
  recordFolder: string,
  options: ExportOptions,
  { step, warn }: ExportProgress,
): Promise<ExportResult> {
  const warnings: Warning[] = [];
  const tell = (found: readonly Warning[]) => {
    warnings.push(...found);
    found.forEach(warn);
  };
  const settings = exportSettings(options, template, recordFolder);
  const record = await readRecord(recordFolder);
  step(`read ${count(record.matches.length, "media", "media")} from ${recordFolder}`);
  tell(record.notes.map((what) => ({ code: "record", what })));
  const map = options.mediaMap === undefined ? undefined : await readMediaMap(options.mediaMap);
  const { facts, withoutRate, stills, unusedRows } = gatherMediaFacts(record, map, settings);
  tell(unusedRowWarnings(unusedRows, record));
  tell(leftOutWarnings(record, { withoutRate, stills }));
  const mapped = mapToTimeline(record, facts, mapOptions(settings));
  tell([...planWarnings(mapped), ...formatWarnings(mapped, settings)]);
  const leftOut = { without_a_rate: withoutRate, stills };
  const { report, files } = await writeExport(mapped, leftOut, warnings, settings, step);
  return { mapped, outFolder: settings.outFolder, report, files, warnings };
}

/** What an editor should know because a format is among the files. */
function formatWarnings({ plan }: Mapped, { formats }: ExportSettings): Warning[] {
  const warningsOf: Readonly<Record<FormatId, (plan: Plan) => Warning[]>> = {
    otio: () => [],
    fcpxml: fcpxmlWarnings,
    edl: edlWarnings,
    fcp7xml: fcp7Warnings,
  };
  return formats.flatMap((id) => warningsOf[id](plan));
}

function mapOptions({ rate, size, startTimecode, name, fallbackName, sort, markers }: ExportSettings): MapOptions {
  return { startTimecode, fallbackName, sort, markers, ...given({ name, rate, size }) };
}

function leftOutWarnings(
  record: FaceRecord,
  { withoutRate, stills }: { withoutRate: readonly string[]; stills: readonly string[] },
): Warning[] {
  return [
    ...leftOutWarning(
      record,
      withoutRate,
      "no-rate",
      "their frame rate is not known",
      "Give it with --media-rate, or in the column rate of --media-map",
    ),
    ...leftOutWarning(record, stills, "still-image", "they are still images, which make no clips"),
  ];
}

const mostNamed = 5;

function naming(names: readonly string[]): string {
  return `${names
    .slice(0, mostNamed)
    .map((name) => shortened(name, 80))
    .join(", ")}${names.length > mostNamed ? " …" : ""}`;
}

function unusedRowWarnings(rows: readonly string[], record: FaceRecord): Warning[] {
  if (rows.length === 0) return [];
  const what = `${count(rows.length, "row")} of the media map for none of the media found: ${naming(rows)}`;
  const nameless = record.mediaInfos.size === 0 ? "; without BatchGetMediaInfos in the record only MediaIds are known" : "";
  return [{ code: "unused-row", what, cure: `If one should be, write it as the record has it, capitals included${nameless}` }];
}

function leftOutWarning(record: FaceRecord, mediaIds: readonly string[], code: string, why: string, cure?: string): Warning[] {
  if (mediaIds.length === 0) return [];
  const left = new Set(mediaIds);
  const clips = record.matches.filter(({ mediaId }) => left.has(mediaId)).flatMap((media) => media.clips);
  const occurrences = clips.reduce((sum, clip) => sum + clip.occurrences.length, 0);
  const what = `${count(occurrences, "occurrence")} of ${count(mediaIds.length, "media", "media")} left out, because ${why}: ${naming(mediaIds)}`;
  return [{ code, what, ...given({ cure }) }];
}
