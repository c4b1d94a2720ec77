import { FacecutError } from "../errors.js";
import type { Plan } from "../model/timeline.js";
import { count } from "../text.js";
import { type CompanionId, companionIds } from "../write/companions.js";
import type { Dialect, FormatId } from "../write/writer.js";
import { type Difference, differenceText } from "./difference.js";
import { verifyFormat } from "./verify.js";
import { verifyCompanion } from "./verify-companion.js";
import type { WrittenFile } from "./written-file.js";

/** Reads files back, a format after the other, and throws `verification-failed` when one does not hold the plan. */
export function verifyFiles(plan: Plan, dialect: Dialect, files: readonly (WrittenFile & { readonly kind: FileKind })[]): void {
  for (const kind of new Set(files.map((file) => file.kind))) {
    const ofKind = files.filter((file) => file.kind === kind);
    const differences = verify(kind, plan, dialect, ofKind);
    const [first] = differences;
    if (first !== undefined) throw failed(first, differences);
  }
}

type FileKind = FormatId | CompanionId;

function verify(kind: FileKind, plan: Plan, dialect: Dialect, files: readonly WrittenFile[]): Difference[] {
  try {
    return isCompanion(kind) ? verifyCompanion(kind, plan, files) : verifyFormat(kind, plan, dialect, files);
  } catch (error) {
    if (!(error instanceof FacecutError) || error.code !== "bad-timeline") throw error;
    const [file] = files as [WrittenFile];
    return [{ file: file.name, of: error.where ?? file.name, what: "text", expected: "readable", found: error.message }];
  }
}

function isCompanion(kind: FileKind): kind is CompanionId {
  return companionIds.some((id) => id === kind);
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
