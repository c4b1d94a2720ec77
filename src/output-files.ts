import { FacecutError } from "./errors.js";
import type { ExportSettings } from "./export-settings.js";
import { readChunks, removeFiles, takenNames, writeFiles } from "./files.js";
import type { Mapped } from "./map/map-to-timeline.js";
import type { Plan } from "./model/timeline.js";
import { previousExport, reportName } from "./previous-export.js";
import { type ConformReport, conformReport, type ReportParts, reportText } from "./report/conform-report.js";
import { count, safeFileName } from "./text.js";
import { verifyFiles } from "./verify/verify-files.js";
import type { OutputFile } from "./write/writer.js";
import { writers } from "./write/writers.js";

/** What an export wrote, or would have written with `dryRun`. */
export interface WrittenExport {
  readonly report: ConformReport;
  readonly files: readonly { readonly name: string; readonly label: string }[];
}

/** Writes the timelines in every format asked for, and the conform report. Throws `output-exists` or `cannot-write`. */
export async function writeExport(
  mapped: Mapped,
  parts: Pick<ReportParts, "leftOut" | "warnings" | "since">,
  settings: ExportSettings,
  step: (line: string) => void,
): Promise<WrittenExport> {
  const { formats, dialect } = settings;
  const names = baseNames(mapped.plan, settings.fileName);
  const outputs = formats.flatMap((format) =>
    writers[format].write(mapped.plan, names, dialect).map((file) => ({ file, format, label: writers[format].label })),
  );
  const fileNames = outputs.map(({ file }) => file.name);
  const report = conformReport(mapped, { ...parts, formats, files: fileNames });
  const reportFile = { name: reportName(names[0] as string), chunks: [reportText(report)] };
  const all = [...outputs, { file: reportFile, label: "conform report" }];
  const files = all.map(({ file }) => file);
  const check = (texts: readonly Iterable<string>[]) => {
    const written = outputs.map(({ file, format }, i) => ({ format, name: file.name, chunks: texts[i] as Iterable<string> }));
    if (settings.verify) verifyFiles(mapped.plan, dialect, written);
  };
  if (settings.dryRun) rehearse(files, settings.verify ? check : undefined);
  else {
    await replace(files, names, settings, (paths) => check(paths.map(readChunks)));
    step(`wrote ${count(files.length, "file")} to ${settings.outFolder}${settings.verify ? " and read them back" : ""}`);
  }
  return { report, files: all.map(({ file, label }) => ({ name: file.name, label })) };
}

/** File names without extension: the name after `-o`, else the plan's, made safe; `-2`, `-3` … for further timelines. */
function baseNames(plan: Plan, fileName: string = plan.name): string[] {
  const base = safeFileName(fileName);
  return plan.timelines.map((_, i) => (i === 0 ? base : `${base}-${i + 1}`));
}

/** A dry run makes every text, so that whatever would fail does. */
function rehearse(files: readonly OutputFile[], check: ((texts: readonly Iterable<string>[]) => void) | undefined): void {
  if (check !== undefined) check(files.map(({ chunks }) => chunks));
  else for (const { chunks } of files) for (const _ of chunks);
}

/** Writes the files in the place of what an earlier export left, which only `force` allows when there is anything. */
async function replace(
  files: readonly OutputFile[],
  baseNames: readonly string[],
  { outFolder, formats, force }: ExportSettings,
  check: (paths: readonly string[]) => void,
): Promise<void> {
  const names = files.map((file) => file.name);
  const taken = await takenNames(outFolder, names);
  const previous = await previousExport(outFolder, baseNames, formats);
  const stale = previous.files.filter((name) => !names.includes(name));
  // A report belongs to the last export of its name: alone, from an export in other formats, it stands in nobody's way.
  const inTheWay = [...taken.filter((name) => name !== previous.report), ...stale];
  if (inTheWay.length > 0 && !force) throw outputExists(outFolder, inTheWay);
  await writeFiles(outFolder, files, check);
  await removeFiles(outFolder, stale);
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
