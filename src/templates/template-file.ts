import { type ExportOptionKey, exportOptions, flagName, type OptionRow } from "../options.js";
import { type CompanionId, companionIds } from "../write/companions.js";
import { type DialectGroup, dialectGroups, quirksOf } from "../write/dialect.js";
import { formatIds } from "../write/writer.js";
import { inside, items, members, oneOf, type Place, refusal, textValue } from "./json-members.js";

/** What an editor does with one of the files written. */
export interface ImportStep {
  /** Which of them: a format, or a companion. */
  readonly file: string;
  /** Where in the program's menus. */
  readonly menu: string;
  /** What to set before; `{rate}`, `{size}` and `{start}` stand for the timeline's. */
  readonly first?: string;
}

/** One template file, checked, without what it takes over from another. */
export interface TemplateFile {
  readonly file: string;
  readonly extends?: string;
  readonly description?: string;
  readonly options: Readonly<Partial<Record<ExportOptionKey, string>>>;
  readonly dialect: Readonly<Partial<Record<DialectGroup, Readonly<Record<string, string | boolean>>>>>;
  readonly companions?: readonly CompanionId[];
  readonly imports?: readonly ImportStep[];
}

/** The top keys of a template. */
export const templateKeys = ["$schema", "extends", "description", "options", "dialect", "companions", "import"] as const;
const importKeys = ["file", "menu", "first"] as const;
export const importFiles: readonly string[] = [...formatIds, ...companionIds];
const placeholders = ["rate", "size", "start"] as const;

/** Checks what a template file says. Throws `bad-template` naming file and key. */
export function templateFile(json: unknown, file: string): TemplateFile {
  const top: Place = { file, path: "$" };
  const given = members(json ?? null, top, templateKeys);
  const text = (key: "extends" | "description") =>
    given[key] === undefined ? {} : { [key]: textValue(given[key], inside(top, key)) };
  if (given.$schema !== undefined) textValue(given.$schema, inside(top, "$schema"));
  return {
    file,
    ...text("extends"),
    ...text("description"),
    options: optionsIn(given.options, inside(top, "options")),
    dialect: dialectIn(given.dialect, inside(top, "dialect")),
    ...(given.companions === undefined ? {} : { companions: companionsIn(given.companions, inside(top, "companions")) }),
    ...(given.import === undefined ? {} : { imports: importsIn(given.import, inside(top, "import")) }),
  };
}

/** Keys of options that a template may give. */
export const templateOptions = Object.entries<OptionRow>(exportOptions)
  .filter(([, row]) => row.inTemplate)
  .map(([key]) => key as ExportOptionKey);

function optionsIn(value: unknown, place: Place): TemplateFile["options"] {
  const keys = new Map(templateOptions.map((key) => [jsonKey(key), key]));
  const given = Object.entries(members(value, place, [...keys.keys()]));
  return Object.fromEntries(given.map(([key, text]) => [keys.get(key), textValue(text, inside(place, key))]));
}

function dialectIn(value: unknown, place: Place): TemplateFile["dialect"] {
  const groups = new Map(dialectGroups.map((group) => [jsonKey(group), group]));
  const given = Object.entries(members(value, place, [...groups.keys()]));
  return Object.fromEntries(
    given.map(([key, choices]) => {
      const group = groups.get(key) as DialectGroup;
      return [group, choicesIn(choices, inside(place, key), group)];
    }),
  );
}

function choicesIn(value: unknown, place: Place, group: DialectGroup): Record<string, string | boolean> {
  const rows = new Map(Object.entries(quirksOf(group)).map(([key, row]) => [jsonKey(key), { key, values: row.values }]));
  const given = Object.entries(members(value ?? null, place, [...rows.keys()]));
  return Object.fromEntries(
    given.map(([name, choice]) => {
      const { key, values } = rows.get(name) as { key: string; values: readonly (string | boolean)[] };
      return [key, oneOf(choice, inside(place, name), values)];
    }),
  );
}

function companionsIn(value: unknown, place: Place): CompanionId[] {
  return items(value, place).map((one, i) => oneOf(one, inside(place, i), companionIds));
}

function importsIn(value: unknown, place: Place): ImportStep[] {
  return items(value, place).map((one, i) => importIn(one, inside(place, i)));
}

function importIn(value: unknown, place: Place): ImportStep {
  const given = members(value, place, importKeys);
  const file = oneOf(given.file ?? null, inside(place, "file"), importFiles);
  const menu = textValue(given.menu ?? null, inside(place, "menu"));
  if (given.first === undefined) return { file, menu };
  const first = textValue(given.first, inside(place, "first"));
  for (const [, word = ""] of first.matchAll(/\{([^}]*)\}/g)) {
    if (!placeholders.some((known) => known === word))
      throw refusal(
        `${place.file} ${place.path}.first`,
        `There is no {${word}}`,
        `Take ${placeholders.map((known) => `{${known}}`).join(", ")}`,
      );
  }
  return { file, menu, first };
}

/** `startTimecode` as a template writes it: `start_timecode`. */
export function jsonKey(key: string): string {
  return flagName(key).replaceAll("-", "_");
}
