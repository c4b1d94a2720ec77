import { type ElementRow, elementRows, inVersion, judgedVersions, valueRows } from "./fcpxml-dtd.js";

/** An element as one version defines it. There may be hundreds of thousands in a file: nothing is worked out twice. */
export interface Defined {
  readonly attributes: ReadonlySet<string>;
  /** The words that some of its attributes take. */
  readonly words: ReadonlyMap<string, ReadonlySet<string>>;
  readonly required: readonly string[];
  readonly steps: readonly Step[];
  /** The step that has to come. */
  readonly needed: Step | undefined;
  readonly children: ReadonlyMap<string, Child>;
}

/** What may come next in an element: children of one of several kinds, which do not stand beside one another. */
export interface Step {
  readonly kinds: readonly Kind[];
  readonly required: boolean;
}

/** Children that mix freely. */
export interface Kind {
  readonly names: ReadonlySet<string>;
  readonly single: boolean;
}

/** Where a child may come. */
interface Child {
  readonly step: number;
  readonly kind: Kind;
}

/** What a version of FCPXML has; elements without a row are not judged. */
export interface Definition {
  readonly version: string;
  readonly elements: ReadonlyMap<string, Defined>;
}

const definitions = new Map<number, Definition>();

/** The definition of a version; undefined where there is no table of it. */
export function definitionOf(version = ""): Definition | undefined {
  const minor = Number(/^1\.(\d{1,2})$/.exec(version)?.[1] ?? -1);
  if (minor < judgedVersions.first || minor > judgedVersions.last) return undefined;
  const definition = definitions.get(minor) ?? parsed(minor);
  definitions.set(minor, definition);
  return definition;
}

function parsed(minor: number): Definition {
  const rows = Object.entries(elementRows).map(([name, row]) => [name, defined(name, row, minor)] as const);
  return { version: `1.${minor}`, elements: new Map(rows) };
}

function defined(element: string, { attributes, children }: ElementRow, minor: number): Defined {
  const words = wordsIn(attributes, minor);
  const names = words.map((word) => word.replace("!", ""));
  const steps = wordsOf(children).map((step) => stepOf(step, minor));
  const places = steps.flatMap(({ kinds }, step) =>
    kinds.flatMap((kind) => [...kind.names].map((name) => [name, { step, kind }] as const)),
  );
  return {
    attributes: new Set(names),
    words: new Map(names.flatMap((name) => wordsOfValue(element, name, minor))),
    required: words.filter((word) => word.endsWith("!")).map((word) => word.slice(0, -1)),
    steps,
    needed: steps.find(({ required }) => required),
    children: new Map(places),
  };
}

function wordsOfValue(element: string, attribute: string, minor: number): [string, ReadonlySet<string>][] {
  const row = valueRows[`${element}@${attribute}`] ?? valueRows[`@${attribute}`];
  return row === undefined ? [] : [[attribute, new Set(wordsIn(row, minor))]];
}

function stepOf(step: string, minor: number): Step {
  const kinds = step.split("^").map((kind) => kindOf(kind, minor));
  return { kinds: kinds.filter(({ names }) => names.size > 0), required: !/[?*]$/.test(step) };
}

function kindOf(kind: string, minor: number): Kind {
  const [, names = "", count = ""] = /^(.*?)([?*+]?)$/.exec(kind) ?? [];
  return {
    names: new Set(names.split("|").flatMap((name) => inVersion(name, minor) ?? [])),
    single: count === "" || count === "?",
  };
}

const wordsOf = (text: string) => text.split(" ").filter((word) => word !== "");
const wordsIn = (text: string, minor: number) => wordsOf(text).flatMap((word) => inVersion(word, minor) ?? []);
