import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { FacecutError } from "../errors.js";
import { compareNames, shortened } from "../text.js";

const ending = ".report.json";
const mostNamed = 5;

/**
 * The report that is meant by a path: a file as it is, of a folder its only report, and of several the one of an export of this
 * name. Throws `bad-report` where a folder has none, or several of other names.
 */
export async function findReport(path: string, exportName: string): Promise<string> {
  const names = await readdir(path).catch(() => undefined);
  // Whoever reads it says what is wrong with what is no folder.
  if (names === undefined) return path;
  const reports = names.filter((name) => name.endsWith(ending)).sort(compareNames);
  const [only, another] = reports;
  if (only === undefined) throw notOne(path, "There is no report of an export in the folder", "or a folder that holds one");
  const found = another === undefined ? only : reports.find((name) => name.normalize("NFC") === `${exportName}${ending}`);
  if (found !== undefined) return join(path, found);
  const named = reports.slice(0, mostNamed).map((name) => shortened(name, 80));
  const more = reports.length - named.length;
  throw notOne(
    path,
    `The folder has ${reports.length} reports, none of them ${exportName}${ending}: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
    "or the name of that export with --name",
  );
}

function notOne(where: string, what: string, or: string): FacecutError {
  return new FacecutError("bad-report", {
    what,
    where,
    cure: `Give the .report.json that an earlier export wrote, ${or}`,
    option: "since",
  });
}
