import type { Reading } from "../read/reading.js";
import type { Finding, Severity } from "./finding.js";

/** What readers could not read as meant, as findings. */

interface ProblemRow {
  readonly severity: Severity;
  readonly consequence: string;
}

const error = (consequence: string): ProblemRow => ({ severity: "error", consequence });

const rows: Readonly<Record<string, ProblemRow>> = {
  "bad-number": error("Programs refuse the file, or take another number"),
  "bad-time": error("Programs refuse the file, or take the time for 0"),
  "bad-rate": error("Programs refuse the file, or take another rate"),
  // SMPTE ST 12-1: the label stands for no frame.
  "no-such-label": error("Programs refuse the event, or place it on different frames"),
  // OpenTimelineIO's CMX 3600 adapter: "Unknown event type".
  "unknown-line": error("Programs refuse the list, or leave the event out"),
  // OpenTimelineIO: "expected type …" or "missing OTIO_SCHEMA".
  "unknown-schema": error("OpenTimelineIO and programs built on it refuse the whole file"),
  "no-event": error("There is nothing to import"),
  // OpenTimelineIO's FCP 7 adapter needs both in and out.
  "no-marker-in": error("Programs refuse the file, or drop the marker"),
  "no-record": error("Programs do not know where the clip lies"),
  "no-range": error("Programs do not know how long the clip is"),
  // That the format lacks its frame duration is a rule of its own.
  "no-rate": error("Programs refuse the timeline"),
};

const otherwise = error("Programs may refuse the file");

export function problemFindings({ problems, file }: Reading, isFoundElsewhere: (rule: string) => boolean): Finding[] {
  return problems
    .filter(({ rule }) => !isFoundElsewhere(rule))
    .map(({ rule, place, what }) => ({ ...(rows[rule] ?? otherwise), rule, file, place, what }));
}
