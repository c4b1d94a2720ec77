import { checkFiles } from "../check/check-files.js";
import { checkJson, checkText } from "../check-messages.js";
import { exitStatus, FacecutError } from "../errors.js";
import type { CheckOptions, CommonOptions } from "../options.js";
import type { Streams } from "../streams.js";
import { requireTimelineRate } from "../time/frame-rate.js";

/** `facecut check FILE|FOLDER…`: what is wrong in timelines, whoever wrote them. Exit status 5 when there is an error. */
export async function runCheck(
  files: readonly string[],
  options: CheckOptions & CommonOptions,
  streams: Streams,
): Promise<number> {
  if (files.length === 0)
    throw new FacecutError("usage", { what: "No file is given", cure: "Write: facecut check FILE…, or a folder of them" });
  const rate = options.rate === undefined ? undefined : requireTimelineRate(options.rate, "rate").rate;
  const checked = await checkFiles(files, rate === undefined ? {} : { rate });
  streams.out(options.json ? checkJson(checked) : checkText(checked));
  return checked.findings.some(({ severity }) => severity === "error") ? exitStatus.verification : exitStatus.done;
}
