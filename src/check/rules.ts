import type { OpenElement, ReadOptions } from "../read/read-options.js";
import type { Reading, ReadingFormat } from "../read/reading.js";
import type { Finding } from "./finding.js";
import { findingsOf, type Rule, type Watcher } from "./rule.js";
import { edlRules } from "./rules-edl.js";
import { fcp7XmlRules } from "./rules-fcp7-xml.js";
import { fcpxmlRules } from "./rules-fcpxml.js";
import { markedRangeRules } from "./rules-marked-ranges.js";
import { otioRules } from "./rules-otio.js";
import { problemFindings } from "./rules-problems.js";
import { timelineRules } from "./rules-timelines.js";
import { timeRules } from "./rules-times.js";

/** Every rule of every format. */
export const rules: readonly Rule[] = [
  ...timeRules,
  ...timelineRules,
  ...markedRangeRules,
  ...edlRules,
  ...otioRules,
  ...fcp7XmlRules,
  ...fcpxmlRules,
];

/** Errors in what a file is made of, whatever it says: a file that breaks one of these was written wrongly. */
export function structureRules(format: ReadingFormat): readonly Rule[] {
  return rules.filter(({ formats, watch, severity }) => formats.includes(format) && watch !== undefined && severity === "error");
}

/** Rules at work on one file: they see what it is made of while it is read, and judge the reading. */
export class Inspection {
  readonly #rules: readonly Rule[];
  readonly #watchers: ReadonlyMap<Rule, Watcher>;

  constructor(chosen: readonly Rule[] = rules) {
    this.#rules = chosen;
    this.#watchers = new Map(chosen.flatMap((rule) => (rule.watch ? [[rule, rule.watch()] as const] : [])));
  }

  /** What the reader is given: nothing where nobody looks, since a file may have a million elements. */
  get watching(): Pick<ReadOptions, "onElement" | "onClosed" | "onSchema"> {
    const [fcpxml, fcp7xml] = [allOf(this.#seers("fcpxml", "element")), allOf(this.#seers("fcp7xml", "element"))];
    let see: ((element: OpenElement) => void) | undefined;
    const onElement = (element: OpenElement) => {
      if (element.parent === undefined) see = element.name === "fcpxml" ? fcpxml : fcp7xml;
      see?.(element);
    };
    return {
      onElement: fcpxml || fcp7xml ? onElement : undefined,
      onClosed: allOf(this.#seers("fcp7xml", "closed")),
      onSchema: allOf(this.#seers("otio", "schema")),
    };
  }

  /** What the watchers of a format do when they are shown something. */
  #seers<E extends "element" | "closed" | "schema">(format: ReadingFormat, shown: E): NonNullable<Watcher[E]>[] {
    const watchers = [...this.#watchers].flatMap(([{ formats }, watcher]) => (formats.includes(format) ? [watcher] : []));
    return watchers.flatMap((watcher) => (watcher[shown] === undefined ? [] : [watcher[shown]]));
  }

  /** What is wrong: first what could not be read, then rule by rule. */
  findings(reading: Reading): Finding[] {
    const found = this.broken(reading);
    const broken = new Set(found.map(({ rule }) => rule));
    return [...problemFindings(reading, (rule) => broken.has(rule) || broken.has(sameFault[rule] ?? "")), ...found];
  }

  /** Where the rules are broken, rule by rule. */
  broken(reading: Reading): Finding[] {
    return this.#rules
      .filter(({ formats }) => formats.includes(reading.format))
      .flatMap((rule) => findingsOf(rule, reading.file, this.#watchers.get(rule)?.faults(reading) ?? rule.find?.(reading) ?? []));
  }
}

/** One function that does what all do; undefined when there is none. */
function allOf<A extends readonly unknown[]>(all: readonly ((...shown: A) => void)[]): ((...shown: A) => void) | undefined {
  if (all.length <= 1) return all[0];
  return (...shown) => {
    for (const see of all) see(...shown);
  };
}

/** Problems of reading that come of a fault that a rule names better. */
const sameFault: Readonly<Record<string, string>> = { "no-rate": "no-frame-duration" };
