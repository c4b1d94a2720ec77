import { exitStatus, FacecutError } from "../errors.js";
import { summaryOf } from "../map/summary.js";
import { warningText } from "../messages.js";
import type { Warning } from "../model/warning.js";
import type { CommonOptions, ListOptions } from "../options.js";
import { listRecords } from "../pipeline.js";
import { progressLine } from "../progress.js";
import { summaryRows, summaryText } from "../report/summary-text.js";
import type { Streams } from "../streams.js";

/** `facecut list FOLDER…`: who is in there, and for how long. */
export async function runList(
  folders: readonly string[],
  options: ListOptions & CommonOptions,
  streams: Streams,
): Promise<number> {
  if (folders.length === 0)
    throw new FacecutError("usage", { what: "No record folder is given", cure: "Write: facecut list FOLDER" });
  const progress = progressLine(streams, options.quiet ?? false);
  const warn = (warning: Warning) => (options.quiet ? undefined : streams.err(warningText(warning)));
  const { mapped, warnings } = await listRecords(folders, options, { ...progress, warn });
  const summary = summaryOf(mapped);
  streams.out(options.json ? `${JSON.stringify({ ...summaryRows(summary), warnings })}\n` : summaryText(summary));
  return exitStatus.done;
}
