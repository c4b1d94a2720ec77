import { join } from "node:path";
import { exitStatus, FacecutError } from "../errors.js";
import { resultJson, resultText } from "../export-messages.js";
import { outputTarget } from "../export-settings.js";
import { searchText, warningText } from "../messages.js";
import type { Warning } from "../model/warning.js";
import { type CommonOptions, type ExportOptions, flagName, type SearchOptions, searchOptions } from "../options.js";
import { checkExport, exportRecord } from "../pipeline.js";
import { progressLine } from "../progress.js";
import type { Streams } from "../streams.js";

type Options = ExportOptions & SearchOptions & CommonOptions;

/** `facecut export [FOLDER…]`: timelines from a record folder, which is made by a search first when none is given. */
export async function runExport(folders: readonly string[], options: Options, streams: Streams): Promise<number> {
  const records = folders.length === 0 ? [await searchFirst(options, streams)] : withoutSearch(folders, options);
  const progress = progressLine(streams, options.quiet ?? false);
  const warn = (warning: Warning) => (options.quiet ? undefined : streams.err(warningText(warning)));
  const result = await exportRecord(records, options, { ...progress, warn });
  const dryRun = options.dryRun ?? false;
  streams.out(options.json ? resultJson(result, dryRun) : resultText(result, dryRun));
  return exitStatus.done;
}

function withoutSearch(folders: readonly string[], options: Options): readonly string[] {
  const given = Object.keys(searchOptions).find((key) => options[key as keyof SearchOptions] !== undefined);
  if (given === undefined) return folders;
  throw new FacecutError("bad-option", {
    what: `--${flagName(given)} is for a search, but a record folder is given`,
    cure: `Leave the folder ${folders[0]} out to search, or the flag to export the folder`,
    option: given,
  });
}

async function searchFirst(options: Options, streams: Streams): Promise<string> {
  if (options.faceImageUrl === undefined && options.mediaId === undefined) {
    throw new FacecutError("usage", {
      what: "No record folder is given, and nothing to search for",
      cure: "Write: facecut export FOLDER -o OUT, or give --face-image-url",
    });
  }
  if (options.dryRun) {
    throw new FacecutError("bad-option", {
      what: "A search keeps its replies, so it cannot be a dry run",
      cure: "Search first, then export the record with --dry-run",
      option: "dryRun",
    });
  }
  const record = join(outputTarget(options.out ?? ".").folder, "hits");
  await checkExport(options);
  const { searchInto } = await import("./search.js");
  const told = await searchInto(record, options, streams);
  // The result that is printed is the export's; what was found is told beside it.
  if (!options.json && !options.quiet) streams.err(searchText(told, options.redact));
  if (told.error !== undefined) throw told.error;
  return record;
}
