import { readAliases } from "./aliases.js";
import { FacecutError } from "./errors.js";
import { type ExportSettings, exportSettings } from "./export-settings.js";
import { readRecord } from "./fetch/read-record.js";
import { formatWarnings } from "./format-warnings.js";
import { type ImportHint, importHints } from "./import-steps.js";
import { type MapOptions, type Mapped, mapToTimeline } from "./map/map-to-timeline.js";
import { planWarnings } from "./map/warnings.js";
import { gatherMediaFacts } from "./media/media-facts.js";
import { readMediaMap } from "./media/media-map.js";
import { mediaWarnings } from "./media/media-warnings.js";
import { findFiles, gatherMedia } from "./media-step.js";
import { given } from "./model/given.js";
import { joinRecords } from "./model/join-records.js";
import type { FaceRecord } from "./model/matches.js";
import type { MediaFacts } from "./model/media.js";
import { isUnknownMedia, toldWarning, type Warning } from "./model/warning.js";
import { type ExportOptions, exportOptions } from "./options.js";
import { type WrittenFile, writeExport } from "./output-files.js";
import type { ConformReport } from "./report/conform-report.js";
import { findReport } from "./report/find-report.js";
import { type OldReport, readReport } from "./report/old-report.js";
import { compareWith, knownIds, onlyNew, type Since } from "./report/since.js";
import { requireNew } from "./report/since-text.js";
import { checkSummary, writeSummary } from "./summary-step.js";
import { blameTemplate, loadTemplate, type Template } from "./templates.js";
import { count, oneLine, safeFileName } from "./text.js";
import { frameRate, type TimelineRate, timelineRates } from "./time/frame-rate.js";

/** What an export did, for the command line to tell. */
export interface ExportResult {
  readonly mapped: Mapped;
  readonly outFolder: string;
  readonly report: ConformReport;
  /** Files written, or that would have been written with `dryRun`. */
  readonly files: readonly WrittenFile[];
  /** What to do with them in the editing program the template is for. */
  readonly imports: readonly ImportHint[];
  /** File names by MediaId, of the record and of the earlier export that was given; empty with `redact`. */
  readonly mediaNames: ReadonlyMap<string, string>;
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
  recordFolders: string | readonly string[],
  options: ExportOptions,
  progress: ExportProgress = untold,
): Promise<ExportResult> {
  const template = await loadTemplate(options.template ?? exportOptions.template.default);
  return exportWith(template, [recordFolders].flat(), options, progress).catch((error: unknown) => {
    throw blameTemplate(noFiles(error), template, options);
  });
}

/** Says of an export without a result that there are no files either. */
function noFiles(error: unknown): unknown {
  if (!(error instanceof FacecutError) || error.code !== "nothing-found") return error;
  const { code, message, where, cure, option } = error;
  return new FacecutError(code, { what: `${message}; no files were written`, ...given({ where, cure, option }) });
}

/**
 * Who is in record folders, and for how long, by the options that select from them, and what to know of the record and its
 * media. Media whose frame rate nobody gives are counted all the same, to the millisecond. Throws as an export would.
 */
export async function listRecords(
  recordFolders: readonly string[],
  options: ExportOptions,
  progress: ExportProgress = untold,
): Promise<{ readonly mapped: Mapped; readonly warnings: readonly Warning[] }> {
  const template = await loadTemplate(exportOptions.template.default);
  const settings = exportSettings(options, template, recordFolders[0] as string);
  await checkSummary(settings);
  const record = joinRecords(await Promise.all(recordFolders.map((folder) => readRecord(folder, settings.shape))));
  const map = options.mediaMap === undefined ? undefined : await readMediaMap(options.mediaMap);
  const mediaRate = settings.mediaRate ?? frameRate(1000, 1);
  const files = await findFiles(record, map, settings, progress);
  const gathered = gatherMediaFacts(record, map, { files, use: settings.use, mediaRate, vfr: "constant" });
  const warnings = [...record.notes, ...mediaWarnings(record, gathered, files)].map((warning) => toldWarning(warning, false));
  warnings.forEach(progress.warn);
  const aliases = settings.aliases === undefined ? undefined : await readAliases(settings.aliases);
  const mapped = mapToTimeline(record, gathered.facts, {
    ...mapOptions(settings, aliases),
    rate: { rate: finest, countingGiven: true },
  });
  await writeSummary(mapped, settings, () => {});
  return { mapped, warnings };
}

// No timeline is written; on the one with the most frames the fewest appearances are too short for one.
const finest = timelineRates.at(-1) as TimelineRate;

/** Reads the options of an export, so that a long search before it does not end in a wrong one. Throws as the export would. */
export async function checkExport(options: ExportOptions): Promise<void> {
  const template = await loadTemplate(options.template ?? exportOptions.template.default);
  try {
    exportSettings(options, template, "hits");
  } catch (error) {
    throw blameTemplate(error, template, options);
  }
  if (options.mediaMap !== undefined) await readMediaMap(options.mediaMap);
  if (options.aliases !== undefined) await readAliases(options.aliases);
}

async function exportWith(
  template: Template,
  recordFolders: readonly string[],
  options: ExportOptions,
  { step, status, warn }: ExportProgress,
): Promise<ExportResult> {
  const warnings: Warning[] = [];
  const settings = exportSettings(options, template, recordFolders[0] as string);
  const tell = (found: readonly Warning[]) => {
    const told = found.map((warning) => toldWarning(warning, settings.shape.redact));
    warnings.push(...told);
    told.forEach(warn);
  };
  await checkSummary(settings);
  const record = joinRecords(await Promise.all(recordFolders.map((folder) => readRecord(folder, settings.shape))));
  step(`read ${count(record.matches.length, "media", "media")} from ${recordFolders.join(", ")}`);
  const map = options.mediaMap === undefined ? undefined : await readMediaMap(options.mediaMap);
  const media = { ...settings, recordFolders };
  const { facts, withoutRate, variableRate, stills } = await gatherMedia(record, map, media, { step, status, warn: tell });
  const { mapped, since, old } = await mapSince(record, facts, settings);
  tell([...planWarnings(mapped), ...formatWarnings(mapped.plan, settings)]);
  if (settings.strictMedia) refuseUnknown(warnings);
  const leftOut = { no_rate: withoutRate, variable_rate: variableRate, still_image: stills };
  const { companions } = template;
  const { report, files } = await writeExport(mapped, { leftOut, warnings, since, companions }, settings, step);
  await writeSummary(mapped, settings, step);
  const imports = importHints(template, files, mapped.plan.timelines);
  const mediaNames = settings.shape.redact ? new Map<string, string>() : namesOf(facts, old);
  return { mapped, outFolder: settings.outFolder, report, files, imports, mediaNames, warnings };
}

/** By the MediaIds of reports. What the record says of a file counts: its name in an earlier export may be another one. */
function namesOf(facts: ReadonlyMap<string, MediaFacts>, old: OldReport | undefined): Map<string, string> {
  const named = [...facts.values()].map(({ mediaId, fileName }) => [oneLine(mediaId), fileName] as const);
  return new Map([...(old?.files ?? []), ...named]);
}

/** Maps, and compares with an earlier export when one is given. */
async function mapSince(
  record: FaceRecord,
  facts: ReadonlyMap<string, MediaFacts>,
  settings: ExportSettings,
): Promise<{ mapped: Mapped; since?: Since; old?: OldReport }> {
  const options = mapOptions(settings, settings.aliases === undefined ? undefined : await readAliases(settings.aliases));
  const { limit: _, ...unlimited } = options;
  const mapped = mapToTimeline(record, facts, settings.onlyNew ? unlimited : options);
  if (settings.since === undefined) return { mapped };
  const old = await readReport(await findReport(settings.since, safeFileName(settings.fileName ?? mapped.plan.name)));
  const since = compareWith(old, mapped.plan);
  if (!settings.onlyNew) return { mapped, since, old };
  requireNew(since, mapped.plan);
  // On the same timeline as all clips; a limit counts what is new.
  const fresh = mapToTimeline(record, facts, { ...options, known: knownIds(since), settings: mapped.settings });
  return { mapped: fresh, since: onlyNew(since, old, fresh.plan), old };
}

function mapOptions(settings: ExportSettings, aliases: MapOptions["aliases"]): MapOptions {
  const { rate, size, startTimecode, name, fallbackName, sort, markers, shape } = settings;
  return { ...shape, startTimecode, fallbackName, sort, markers, ...given({ name, rate, size, aliases }) };
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
