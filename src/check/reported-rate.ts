import { basename } from "node:path";
import { parseTimelineRate, type TimelineRate } from "../time/frame-rate.js";
import { headOf } from "./other-files.js";

/**
 * The rate of an edit list that an export wrote, from the conform report beside it: `base` is the path of both without their
 * endings. Undefined where there is no such report, it does not list the file, or its timelines have several rates.
 */
export function reportedRate(list: string, base: string): TimelineRate | undefined {
  const head = headOf(`${base}.report.json`) ?? "";
  // A report has a line for each key, and for each timeline.
  const [, files] = /^ {2}"files": (\[.*\]),$/m.exec(head) ?? [];
  const [, timelines = ""] = /^ {2}"timelines": \[\n((?: {4}\{.*\n)+)/m.exec(head) ?? [];
  const rates = [...new Set([...timelines.matchAll(/"rate":"([^"]+)"/g)].map(([, rate]) => rate as string))];
  const [rate] = rates;
  const isListed = files?.includes(latin1(JSON.stringify(basename(list)))) === true;
  return isListed && rate !== undefined && rates.length === 1 ? parseTimelineRate(rate)?.rate : undefined;
}

/** A text as the head of a file gives it: byte by byte. */
function latin1(text: string): string {
  return Buffer.from(text).toString("latin1");
}
