import { FacecutError } from "../errors.js";
import type { Plan } from "../model/timeline.js";
import { count } from "../text.js";
import type { Dialect, FormatId } from "../write/writer.js";
import { type Difference, differenceText } from "./difference.js";
import { verifyFormat, type WrittenFile } from "./verify.js";

/** Reads files back, a format after the other, and throws `verification-failed` when one does not hold the plan. */
export function verifyFiles(plan: Plan, dialect: Dialect, files: readonly (WrittenFile & { readonly format: FormatId })[]): void {
  for (const format of new Set(files.map((file) => file.format))) {
    const ofFormat = files.filter((file) => file.format === format);
    const differences = verify(format, plan, dialect, ofFormat);
    const [first] = differences;
    if (first !== undefined) throw failed(first, differences);
  }
}

function verify(format: FormatId, plan: Plan, dialect: Dialect, files: readonly WrittenFile[]): Difference[] {
  try {
    return verifyFormat(format, plan, dialect, files);
  } catch (error) {
    if (!(error instanceof FacecutError) || error.code !== "bad-timeline") throw error;
    const [file] = files as [WrittenFile];
    return [{ file: file.name, of: error.where ?? file.name, what: "text", expected: "readable", found: error.message }];
  }
}

const mostTold = 5;

function failed(first: Difference, all: readonly Difference[]): FacecutError {
  const told = all.slice(0, mostTold).map(differenceText).join("; ");
  const more = all.length > mostTold ? `; and ${all.length - mostTold} more` : "";
  return new FacecutError("verification-failed", {
    what: `The written file does not hold the plan, in ${count(all.length, "place")}: ${told}${more}`,
    where: first.file,
    cure: "No file was kept. This is a fault in facecut: please report it with the record folder; --no-verify writes all the same",
  });
}
