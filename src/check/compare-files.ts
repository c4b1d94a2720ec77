import type { Reading } from "../read/reading.js";
import { compareTimelines } from "./compare-timelines.js";
import { timelinesToCompare } from "./compared.js";
import type { Finding } from "./finding.js";
import { groupsOf } from "./items.js";
import { findingsOf } from "./rule.js";

/** What comes of files of one timeline that differ, by what differs. */
const consequence = "The files are two different cuts: what an editor sees depends on which one is imported";

/** Compares a file with the first of its group; a difference is an error that names clip and both values. */
export function compareReadings(first: Reading, other: Reading): Finding[] {
  const differences = timelinesToCompare(first, other).flatMap(([a, b]) => compareTimelines(a, b));
  return [...groupsOf(differences, ({ rule }) => rule)].flatMap(([id, found]) =>
    findingsOf(
      { id, severity: "error", consequence },
      other.file,
      found.map(({ place, what }) => ({ place, what })),
    ),
  );
}
