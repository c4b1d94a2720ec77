import type { OpenElement } from "../read/read-options.js";
import { type Defined, type Definition, definitionOf, type Kind, type Step } from "./fcpxml-definition.js";
import type { Fault, Watcher } from "./rule.js";

/** Elements, attributes and their values against the definition of the document's own version. */

type Judge = (element: OpenElement, definition: Definition, tell: (fault: Fault) => void) => void;

/** A watcher of documents that have a definition; the root says which. */
function watchDefined(judge: Judge): Watcher {
  const faults: Fault[] = [];
  const tell = (fault: Fault) => faults.push(fault);
  let definition: Definition | undefined;
  return {
    element: (element) => {
      if (element.parent === undefined) definition = definitionOf(element.attributes.version);
      if (definition !== undefined) judge(element, definition, tell);
    },
    faults: () => faults,
  };
}

const placeOf = ({ line }: OpenElement) => `line ${line}`;

export const attributeWatcher = (): Watcher => watchDefined(judgeAttributes);
export const valueWatcher = (): Watcher => watchDefined(judgeValues);

function judgeAttributes(element: OpenElement, { version, elements }: Definition, tell: (fault: Fault) => void): void {
  const { name, attributes } = element;
  const defined = elements.get(name);
  if (defined === undefined) return;
  for (const key in attributes) {
    if (defined.attributes.has(key) || /^xml(ns)?(:|$)/.test(key)) continue;
    tell({ place: placeOf(element), what: `FCPXML ${version} has no attribute ${key} on ${name}` });
  }
  for (const key of defined.required) {
    if (attributes[key] === undefined) tell({ place: placeOf(element), what: `The attribute ${key} of ${name} is missing` });
  }
}

function judgeValues(element: OpenElement, { elements }: Definition, tell: (fault: Fault) => void): void {
  const { name, attributes } = element;
  const defined = elements.get(name);
  if (defined === undefined) return;
  for (const [key, words] of defined.words) {
    const value = attributes[key];
    if (value === undefined || words.has(value)) continue;
    const what = `The ${key} of ${name} is "${value.slice(0, 40)}", not one of ${[...words].join(", ")}`;
    tell({ place: placeOf(element), what });
  }
}

/** How far an element's children have come. */
interface Progress {
  step: number;
  kind: Kind | undefined;
  /** Children of that kind. */
  count: number;
}

/** Children that come too late, too often, or at all; and those that are missing. */
export function childWatcher(): Watcher {
  const progress = new WeakMap<OpenElement, Progress>();
  const progressOf = (parent: OpenElement): Progress => {
    const known = progress.get(parent);
    if (known !== undefined) return known;
    const begun = { step: 0, kind: undefined, count: 0 };
    progress.set(parent, begun);
    return begun;
  };
  /** Elements whose required child has not come. */
  const waiting = new Map<OpenElement, Step>();
  const { element, faults } = watchDefined((child, { elements }, tell) => {
    const needed = elements.get(child.name)?.needed;
    if (needed) waiting.set(child, needed);
    const { parent } = child;
    const defined = parent && elements.get(parent.name);
    if (parent === undefined || defined === undefined) return;
    if (waiting.get(parent)?.kinds.some(({ names }) => names.has(child.name))) waiting.delete(parent);
    const wrong = advance(progressOf(parent), child.name, parent.name, defined);
    if (wrong) tell({ place: placeOf(child), what: wrong });
  });
  return { ...(element && { element }), faults: (reading) => [...faults(reading), ...missing(waiting)] };
}

/** Takes the next child; says what is wrong with it. */
function advance(before: Progress, child: string, parent: string, { children, steps }: Defined): string | undefined {
  const here = children.get(child);
  if (here === undefined) return `${parent} cannot have a child ${child}`;
  const { step, kind } = here;
  if (step < before.step) return `${child} comes after ${firstName(steps[before.step])}, and must come before`;
  if (step === before.step && before.kind !== undefined && before.kind !== kind)
    return `${child} cannot stand beside ${[...before.kind.names][0]}`;
  before.count = kind === before.kind ? before.count + 1 : 1;
  before.step = step;
  before.kind = kind;
  return before.count > 1 && kind.single ? `${parent} has a second ${child}` : undefined;
}

function* missing(waiting: ReadonlyMap<OpenElement, Step>): Generator<Fault> {
  for (const [element, step] of waiting)
    yield { place: placeOf(element), what: `${element.name} has no ${namesOf(step).join(" or ")}` };
}

function namesOf({ kinds }: Step): string[] {
  return kinds.flatMap(({ names }) => [...names]);
}

function firstName(step: Step | undefined): string {
  return step === undefined ? "" : (namesOf(step)[0] ?? "");
}
