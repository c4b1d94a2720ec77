import { edlQuirks } from "./quirks/edl.js";
import { fcp7Quirks } from "./quirks/fcp7-xml.js";
import { fcpxmlQuirks } from "./quirks/fcpxml.js";
import { markerPlace, sameFrame } from "./quirks/markers.js";
import { otioQuirks } from "./quirks/otio.js";
import type { Quirk } from "./quirks/quirk.js";

/**
 * Every way in which one program wants a format otherwise than another: a row a key, by group. A template sets keys
 * (`{"fcpxml": {"version": "1.9"}}`), writers read them, and nothing else asks which program a file is for.
 */
export const quirks = {
  markerPlace,
  sameFrame,
  otio: otioQuirks,
  fcpxml: fcpxmlQuirks,
  edl: edlQuirks,
  fcp7xml: fcp7Quirks,
} as const satisfies Record<string, Record<string, Quirk>>;

type Quirks = typeof quirks;
type ValueOf<Q> = Q extends { readonly values: readonly (infer Value)[] } ? Value : never;

/** Choices for the writers: a value for every key of the table. */
export type Dialect = {
  readonly [Group in keyof Quirks]: { readonly [Key in keyof Quirks[Group]]: ValueOf<Quirks[Group][Key]> };
};

/** Some of the choices; the others are at their defaults. */
export type DialectChoices = { readonly [Group in keyof Dialect]?: Partial<Dialect[Group]> };

export type DialectGroup = keyof Dialect;
export const dialectGroups = Object.keys(quirks) as DialectGroup[];

/** The rows of a group, by key. */
export function quirksOf(group: DialectGroup): Readonly<Record<string, Quirk>> {
  return quirks[group];
}

/** The whole dialect: the choices, and the default wherever there is none. */
export function dialectOf(choices: DialectChoices = {}): Dialect {
  const groups = dialectGroups.map((group) => {
    const defaults = Object.entries(quirksOf(group)).map(([key, { values }]) => [key, values[0]]);
    return [group, { ...Object.fromEntries(defaults), ...choices[group] }];
  });
  return Object.fromEntries(groups) as Dialect;
}
