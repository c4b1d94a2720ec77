import type { ClosedElement, OpenElement } from "../read/read-options.js";
import type { Reading, ReadingFormat } from "../read/reading.js";
import type { Finding, Severity } from "./finding.js";

/** A place where a rule does not hold. */
export interface Fault {
  readonly place: string;
  readonly what: string;
}

/** Looks at what a file is made of while it is read, where the reading itself would not show the fault. */
export interface Watcher {
  /** Elements of XML as they open. */
  readonly element?: (element: OpenElement) => void;
  /** Elements of Final Cut Pro 7 XML as they close. */
  readonly closed?: (element: ClosedElement) => void;
  /** Schemas of an OTIO file's objects. */
  readonly schema?: (schema: string, place: string) => void;
  readonly faults: (reading: Reading) => Iterable<Fault>;
}

/** One row of the tables of rules. */
export interface Rule {
  /** A short stable word; rows of one rule for several formats share it. */
  readonly id: string;
  readonly formats: readonly ReadingFormat[];
  readonly severity: Severity;
  /** What comes of breaking it. */
  readonly consequence: string;
  /** Where the rule is from: a public page, or what a program does. */
  readonly source: string;
  /** Where a reading breaks it. */
  readonly find?: (reading: Reading) => Iterable<Fault>;
  /** For rules about structure: a new one for each file. */
  readonly watch?: () => Watcher;
}

/** More of one rule in one file would tell nobody more. */
const mostOfARule = 100;

export function findingsOf(
  { id, severity, consequence }: Pick<Rule, "id" | "severity" | "consequence">,
  file: string,
  faults: Iterable<Fault>,
): Finding[] {
  const findings: Finding[] = [];
  let more = 0;
  for (const fault of faults) {
    if (findings.length < mostOfARule) findings.push({ severity, rule: id, file, ...fault, consequence });
    else more++;
  }
  const last = findings.at(-1);
  if (more > 0 && last !== undefined) findings.push({ ...last, what: `There are ${more} more of this kind, from here on` });
  return findings;
}

/** A watcher that judges each element by itself. */
export function watchEach(faultsOf: (element: OpenElement) => Iterable<Fault>): Watcher {
  const faults: Fault[] = [];
  return {
    element: (element) => {
      for (const fault of faultsOf(element)) faults.push(fault);
    },
    faults: () => faults,
  };
}
