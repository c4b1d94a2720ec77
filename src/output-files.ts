import { join } from "node:path";
import { readOtioz } from "./check/otioz.js";
import { FacecutError } from "./errors.js";
import type { ExportSettings } from "./export-settings.js";
import { bundledTimeline } from "./files/bundle.js";
import { readChunks, removeFiles, takenNames, writeFiles } from "./files.js";
import type { Mapped } from "./map/map-to-timeline.js";
import { timelineFileNames } from "./map/timeline-names.js";
import type { Plan } from "./model/timeline.js";
import { previousExport, reportName } from "./previous-export.js";
import { decodeText } from "./read/decode.js";
import { type ConformReport, conformReport, type ReportParts, reportText } from "./report/conform-report.js";
import { count, safeFileName } from "./text.js";
import { verifyFiles } from "./verify/verify-files.js";
import { type Companion, type CompanionId, companions } from "./write/companions.js";
import { formats as allFormats } from "./write/formats.js";
import { loadWriters } from "./write/load-writers.js";
import type { FormatId, OutputFile, Writer } from "./write/writer.js";

/** A file of an export: its name in the output folder, what it is, and which format or companion; none of a report. */
export interface WrittenFile {
  readonly name: string;
  readonly label: string;
  readonly kind?: FormatId | CompanionId;
}

/** What an export wrote, or would have written with `dryRun`. */
export interface WrittenExport {
  readonly report: ConformReport;
  readonly files: readonly WrittenFile[];
}

/** What goes into the files besides the plan. */
export interface ExportParts extends Pick<ReportParts, "leftOut" | "warnings" | "since"> {
  readonly companions: readonly CompanionId[];
}

/**
 * Writes the timelines in every format asked for, the template's companions, and the conform report. Throws
 * `output-exists`, `cannot-write`, or `nothing-found` when the template leaves everything out.
 */
export async function writeExport(
  mapped: Mapped,
  { companions: companionIds, ...parts }: ExportParts,
  settings: ExportSettings,
  step: (line: string) => void,
): Promise<WrittenExport> {
  const { formats, dialect } = settings;
  const names = fileNames(mapped.plan, settings.fileName);
  const outputs = await outputsOf(mapped.plan, names, settings, companionIds);
  if (outputs.length === 0) throw nothingToWrite(formats.map((id) => allFormats[id].label).join(", "));
  const timelineFiles = outputs.map(({ file }) => file.name);
  const report = conformReport(mapped, { ...parts, formats, files: timelineFiles });
  const reportFile = { name: reportName(names.plan), chunks: reportText(report) };
  const all = [...outputs, { file: reportFile, label: "conform report" }];
  const files = all.map(({ file }) => file);
  const check = (texts: readonly Iterable<string>[]) => {
    const written = outputs.map(({ file, kind }, i) => ({ kind, name: file.name, chunks: texts[i] as Iterable<string> }));
    if (settings.verify) verifyFiles(mapped.plan, dialect, written);
  };
  const stale = await staleFiles(files, names, { ...settings, companions: companionIds });
  if (settings.dryRun) rehearse(files, settings.verify ? check : undefined);
  else {
    await writeFiles(settings.outFolder, files, async (paths) =>
      check(await Promise.all(paths.map((path, i) => readBack(path, files[i] as OutputFile)))),
    );
    await removeFiles(settings.outFolder, stale);
    step(`wrote ${count(files.length, "file")} to ${settings.outFolder}${settings.verify ? " and read them back" : ""}`);
  }
  return { report, files: all.map(({ file, ...rest }) => ({ name: file.name, ...rest })) };
}

/** The text of a file as it was written, of a bundle that of its timeline. */
async function readBack(path: string, { bundle }: OutputFile): Promise<Iterable<string>> {
  if (bundle?.kind === "zip") return decodeText(await readOtioz(path), path);
  return readChunks(bundle === undefined ? path : join(path, bundledTimeline));
}

interface Output {
  readonly file: OutputFile;
  readonly kind: FormatId | CompanionId;
  readonly label: string;
}

async function outputsOf(
  plan: Plan,
  names: FileNames,
  { formats, dialect }: ExportSettings,
  companionIds: readonly CompanionId[],
): Promise<Output[]> {
  const writers = await loadWriters(formats);
  const timelines = formats.map((kind, i) => ({ kind, ...(writers[i] as Writer) }));
  const others = companionIds.map((kind) => ({ kind, ...(companions[kind] as Companion) }));
  return [...timelines, ...others].flatMap(({ kind, label, inOneFile, write }) =>
    write(plan, inOneFile ? [names.plan] : names.timelines, dialect).map((file) => ({ file, kind, label })),
  );
}

/** File names without extension: of what holds the whole plan, and of each timeline. */
interface FileNames {
  readonly plan: string;
  readonly timelines: readonly string[];
}

/** The name after `-o`, else the plan's, made safe, and that with what tells each timeline from the others. */
function fileNames(plan: Plan, fileName: string = plan.name): FileNames {
  const base = safeFileName(fileName);
  return { plan: base, timelines: timelineFileNames(base, plan.name, plan.timelines) };
}

/** A dry run makes every text, so that whatever would fail does. */
function rehearse(files: readonly OutputFile[], check: ((texts: readonly Iterable<string>[]) => void) | undefined): void {
  if (check !== undefined) check(files.map(({ chunks }) => chunks));
  else for (const { chunks } of files) for (const _ of chunks);
}

/** The files of an earlier export that these would not replace. Throws `output-exists` when there is any file, unless forced. */
async function staleFiles(
  files: readonly OutputFile[],
  fileNames: FileNames,
  { outFolder, formats, companions, force }: ExportSettings & Pick<ExportParts, "companions">,
): Promise<string[]> {
  const names = files.map((file) => file.name);
  const taken = await takenNames(outFolder, files);
  const previous = await previousExport(outFolder, [fileNames.plan, ...fileNames.timelines], { formats, companions });
  const stale = previous.files.filter((name) => !names.includes(name));
  // A report belongs to the last export of its name: alone, from an export in other formats, it stands in nobody's way.
  const inTheWay = [...taken.filter((name) => name !== previous.report), ...stale];
  if (inTheWay.length > 0 && !force) throw outputExists(outFolder, inTheWay);
  return stale;
}

function nothingToWrite(labels: string): FacecutError {
  return new FacecutError("nothing-found", {
    what: `Nothing is left to write: the template leaves out what was asked for (${labels}), as the warnings say`,
    cure: "Choose another --format or --rate, or another template",
  });
}

const mostNamed = 4;

function outputExists(folder: string, names: readonly string[]): FacecutError {
  const named = `${names.slice(0, mostNamed).join(", ")}${names.length > mostNamed ? " …" : ""}`;
  return new FacecutError("output-exists", {
    what: `${count(names.length, "output file")} ${names.length === 1 ? "exists" : "exist"} already: ${named}`,
    where: folder,
    cure: "Give another folder with -o, or --force to replace them",
  });
}
