import type { OpenElement } from "../read/read-options.js";
import type { Reading } from "../read/reading.js";
import type { Finding } from "./finding.js";
import { findingsOf, type Rule, type Watcher } from "./rule.js";
import { edlRules } from "./rules-edl.js";
import { fcp7XmlRules } from "./rules-fcp7-xml.js";
import { fcpxmlRules } from "./rules-fcpxml.js";
import { otioRules } from "./rules-otio.js";
import { problemFindings } from "./rules-problems.js";
import { timelineRules } from "./rules-timelines.js";
import { timeRules } from "./rules-times.js";

/** Every rule of every format. */
export const rules: readonly Rule[] = [
  ...timeRules,
  ...timelineRules,
  ...edlRules,
  ...otioRules,
  ...fcp7XmlRules,
  ...fcpxmlRules,
];

/** The rules at work on one file: they see its elements while it is read, and judge the reading. */
export class Inspection {
  readonly #watchers = new Map<Rule, Watcher>(rules.flatMap((rule) => (rule.watch ? [[rule, rule.watch()] as const] : [])));

  /** Give it to the reader as `onElement`. */
  readonly element = (element: OpenElement): void => {
    const format = rootOf(element).name === "fcpxml" ? "fcpxml" : "fcp7xml";
    for (const [{ formats }, watcher] of this.#watchers) if (formats.includes(format)) watcher.element(element);
  };

  /** What is wrong: first what could not be read, then rule by rule. */
  findings(reading: Reading): Finding[] {
    const found = rules
      .filter(({ formats }) => formats.includes(reading.format))
      .flatMap((rule) => findingsOf(rule, reading.file, this.#watchers.get(rule)?.faults(reading) ?? rule.find?.(reading) ?? []));
    const broken = new Set(found.map(({ rule }) => rule));
    return [...problemFindings(reading, (rule) => broken.has(rule) || broken.has(sameFault[rule] ?? "")), ...found];
  }
}

/** Problems of reading that come of a fault that a rule names better. */
const sameFault: Readonly<Record<string, string>> = { "no-rate": "no-frame-duration" };

function rootOf(element: OpenElement): OpenElement {
  let root = element;
  while (root.parent !== undefined) root = root.parent;
  return root;
}
