import { FacecutError } from "./errors.js";
import { type ExportSettings, exportSettings } from "./export-settings.js";
import { readRecord } from "./fetch/read-record.js";
import { type MapOptions, type Mapped, mapToTimeline } from "./map/map-to-timeline.js";
import { edlWarnings, fcp7Warnings, fcpxmlWarnings, planWarnings } from "./map/warnings.js";
import { readMediaMap } from "./media/media-map.js";
import { gatherMedia } from "./media-step.js";
import { given } from "./model/given.js";
import type { FaceRecord } from "./model/matches.js";
import type { MediaFacts } from "./model/media.js";
import type { Plan } from "./model/timeline.js";
import { isUnknownMedia, type Warning } from "./model/warning.js";
import { type ExportOptions, exportOptions } from "./options.js";
import { writeExport } from "./output-files.js";
import type { ConformReport } from "./report/conform-report.js";
import { readReport } from "./report/old-report.js";
import { compareWith, type Since } from "./report/since.js";
import { blameTemplate, loadTemplate, type Template } from "./templates.js";
import { count } from "./text.js";
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
  /** So many of so many are done. */
  readonly status: (what: string, done: number, total: number) => void;
  /** Something an editor should know, as soon as it is known: also when nothing can be written afterwards. */
  readonly warn: (warning: Warning) => void;
}

const untold: ExportProgress = { step: () => {}, status: () => {}, warn: () => {} };

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
  { step, status, warn }: ExportProgress,
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
  const { facts, withoutRate, variableRate, stills } = await gatherMedia(record, map, settings, { step, status, warn: tell });
  if (facts.size === 0 && variableRate.length > 0) throw onlyVariable(variableRate.length);
  const { mapped, since } = await mapSince(record, facts, settings);
  tell([...planWarnings(mapped), ...formatWarnings(mapped, settings)]);
  if (settings.strictMedia) refuseUnknown(warnings);
  const leftOut = { no_rate: withoutRate, variable_rate: variableRate, still_image: stills };
  const { report, files } = await writeExport(mapped, { leftOut, warnings, since }, settings, step);
  return { mapped, outFolder: settings.outFolder, report, files, warnings };
}

/** Maps, compares with an earlier export when one is given, and maps again when only what is new is wanted. */
async function mapSince(
  record: FaceRecord,
  facts: ReadonlyMap<string, MediaFacts>,
  settings: ExportSettings,
): Promise<{ mapped: Mapped; since?: Since }> {
  const options = mapOptions(settings);
  const old = settings.since === undefined ? undefined : await readReport(settings.since);
  const mapped = mapToTimeline(record, facts, options);
  if (old === undefined) return { mapped };
  const since = compareWith(old, mapped.plan);
  if (!settings.onlyNew) return { mapped, since };
  return { mapped: mapToTimeline(record, facts, { ...options, only: new Set(since.report.new) }), since };
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

function onlyVariable(media: number): FacecutError {
  return new FacecutError("no-rate", {
    what: `All of the ${count(media, "media", "media")} with the face have a variable frame rate`,
    cure: "Convert them to a constant rate, which is exact; or take them as constant with --vfr constant",
    option: "vfr",
  });
}

/** Throws `strict-media` when a warning tells of a media file or fact that is missing or assumed. */
function refuseUnknown(warnings: readonly Warning[]): void {
  const unknown = warnings.filter(isUnknownMedia);
  if (unknown.length === 0) return;
  throw new FacecutError("strict-media", {
    what: `Media files or facts are missing or assumed (${unknown.map(({ code }) => code).join(", ")}); no timelines were written`,
    cure: "Complete the media map (--write-media-map makes one to fill in), or leave --strict-media out",
    option: "strictMedia",
  });
}
