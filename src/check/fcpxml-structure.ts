import type { OpenElement } from "../read/read-options.js";
import { elementRows, inVersion, judgedVersions, valueRows } from "./fcpxml-dtd.js";
import type { Fault, Watcher } from "./rule.js";
import { watchEach } from "./rule.js";

/** Elements, attributes and their values against the definition of the document's own version. */

/** The minor version the root states; undefined for versions without a table. */
function minorOf(element: OpenElement): number | undefined {
  let root = element;
  while (root.parent !== undefined) root = root.parent;
  const minor = Number(/^1\.(\d{1,2})$/.exec(root.attributes.version ?? "")?.[1] ?? -1);
  return minor >= judgedVersions.first && minor <= judgedVersions.last ? minor : undefined;
}

const placeOf = ({ line }: OpenElement) => `line ${line}`;

interface Allowed {
  readonly attributes: ReadonlySet<string>;
  readonly required: readonly string[];
  readonly steps: readonly Step[];
}

interface Step {
  readonly names: ReadonlySet<string>;
  readonly single: boolean;
  readonly required: boolean;
}

const known = new Map<string, Allowed>();

/** The row of an element in a version; parsed once. */
function allowedIn(name: string, minor: number): Allowed | undefined {
  const row = Object.hasOwn(elementRows, name) ? elementRows[name] : undefined;
  if (row === undefined) return undefined;
  const key = `${name} ${minor}`;
  const allowed = known.get(key) ?? parse(row.attributes, row.children, minor);
  known.set(key, allowed);
  return allowed;
}

function parse(attributes: string, children: string, minor: number): Allowed {
  const words = wordsOf(attributes).flatMap((word) => inVersion(word, minor) ?? []);
  return {
    attributes: new Set(words.map((word) => word.replace("!", ""))),
    required: words.filter((word) => word.endsWith("!")).map((word) => word.slice(0, -1)),
    steps: wordsOf(children)
      .map((step) => stepOf(step, minor))
      .filter(({ names }) => names.size > 0),
  };
}

function stepOf(step: string, minor: number): Step {
  const [, names = "", count = ""] = /^(.*?)([?*+]?)$/.exec(step) ?? [];
  return {
    names: new Set(names.split("|").flatMap((name) => inVersion(name, minor) ?? [])),
    single: count === "" || count === "?",
    required: count === "" || count === "+",
  };
}

const wordsOf = (text: string) => text.split(" ").filter((word) => word !== "");

export const attributeWatcher = (): Watcher => watchEach(attributeFaults);
export const valueWatcher = (): Watcher => watchEach(valueFaults);

function* attributeFaults(element: OpenElement): Generator<Fault> {
  const minor = minorOf(element);
  const allowed = minor === undefined ? undefined : allowedIn(element.name, minor);
  if (allowed === undefined) return;
  const place = placeOf(element);
  for (const name of Object.keys(element.attributes)) {
    const isForeign = !allowed.attributes.has(name) && !/^xml(ns)?(:|$)/.test(name);
    if (isForeign) yield { place, what: `FCPXML 1.${minor} has no attribute ${name} on ${element.name}` };
  }
  for (const name of allowed.required) {
    if (element.attributes[name] === undefined) yield { place, what: `The attribute ${name} of ${element.name} is missing` };
  }
}

function* valueFaults(element: OpenElement): Generator<Fault> {
  const minor = minorOf(element);
  if (minor === undefined || allowedIn(element.name, minor) === undefined) return;
  for (const [name, value] of Object.entries(element.attributes)) {
    const row = valueRows[`${element.name}@${name}`] ?? valueRows[`@${name}`];
    if (row === undefined) continue;
    const words = wordsOf(row).flatMap((word) => inVersion(word, minor) ?? []);
    const what = `The ${name} of ${element.name} is "${value.slice(0, 40)}", not one of ${words.join(", ")}`;
    if (!words.includes(value)) yield { place: placeOf(element), what };
  }
}

/** How far an element's children have come. */
interface Progress {
  step: number;
  /** Children of that step. */
  count: number;
}

/** Children that come too late, too often, or at all; and those that are missing. */
export function childWatcher(): Watcher {
  const progress = new WeakMap<OpenElement, Progress>();
  /** Elements whose required child has not come. */
  const waiting = new Map<OpenElement, Step>();
  const faults: Fault[] = [];
  return {
    element: (element) => {
      const minor = minorOf(element);
      if (minor === undefined) return;
      const needed = allowedIn(element.name, minor)?.steps.find(({ required }) => required);
      if (needed) waiting.set(element, needed);
      const { parent } = element;
      const steps = parent && allowedIn(parent.name, minor)?.steps;
      if (parent === undefined || steps === undefined) return;
      if (waiting.get(parent)?.names.has(element.name)) waiting.delete(parent);
      const wrong = advance(progress, element, parent, steps);
      if (wrong) faults.push({ place: placeOf(element), what: wrong });
    },
    faults: () => [
      ...faults,
      ...[...waiting].map(([element, { names }]) => ({
        place: placeOf(element),
        what: `${element.name} has no ${[...names].join(" or ")}`,
      })),
    ],
  };
}

function advance(
  progress: WeakMap<OpenElement, Progress>,
  { name }: OpenElement,
  parent: OpenElement,
  steps: readonly Step[],
): string | undefined {
  const index = steps.findIndex(({ names }) => names.has(name));
  if (index < 0) return `${parent.name} cannot have a child ${name}`;
  const before = progress.get(parent) ?? { step: 0, count: 0 };
  if (index < before.step) return `${name} comes after ${[...(steps[before.step] as Step).names][0]}, and must come before`;
  const count = index === before.step ? before.count + 1 : 1;
  progress.set(parent, { step: index, count });
  return count > 1 && steps[index]?.single ? `${parent.name} has a second ${name}` : undefined;
}
