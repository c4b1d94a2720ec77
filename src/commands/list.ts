import { exitStatus, FacecutError } from "../errors.js";
import { summaryOf } from "../map/summary.js";
import type { CommonOptions, ListOptions } from "../options.js";
import { listRecords } from "../pipeline.js";
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
  const summary = summaryOf(await listRecords(folders, options));
  streams.out(options.json ? `${JSON.stringify(summaryRows(summary))}\n` : summaryText(summary));
  return exitStatus.done;
}
