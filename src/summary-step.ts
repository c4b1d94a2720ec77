import { basename, dirname } from "node:path";
import { FacecutError } from "./errors.js";
import type { ExportSettings } from "./export-settings.js";
import { isThere, writeFiles } from "./files.js";
import type { Mapped } from "./map/map-to-timeline.js";
import { summaryOf } from "./map/summary.js";
import { summaryCsv } from "./report/summary-text.js";

/** Refuses a summary that would replace a file unasked, before anything is written. Throws `output-exists`. */
export async function checkSummary({ summary: path, force }: ExportSettings): Promise<void> {
  if (path === undefined || force || !(await isThere(path))) return;
  throw new FacecutError("output-exists", {
    what: "The summary exists already",
    where: path,
    cure: "Give another name, or --force to replace it",
    option: "summary",
  });
}

/** Writes who and what is on screen for how long, when that is asked for. Throws `cannot-write`. */
export async function writeSummary(
  mapped: Mapped,
  { summary: path, dryRun }: ExportSettings,
  step: (line: string) => void,
): Promise<void> {
  if (path === undefined || dryRun) return;
  await writeFiles(dirname(path), [{ name: basename(path), chunks: [summaryCsv(summaryOf(mapped))] }]).catch((error: unknown) => {
    if (!(error instanceof FacecutError)) throw error;
    const cure = "Give another path with --summary; the timelines are written";
    throw new FacecutError(error.code, { what: error.message, where: path, cure, option: "summary" });
  });
  step(`wrote the summary ${path}`);
}
