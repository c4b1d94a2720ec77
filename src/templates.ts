import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { FacecutError } from "./errors.js";
import { type ExportOptionKey, exportOptions, flagName, type OptionRow } from "./options.js";
import { nearest } from "./text.js";
import type { Dialect } from "./write/writer.js";

/** A template, read and checked: options as texts, and the choices for the writers. */
export interface Template {
  readonly name: string;
  readonly description: string;
  readonly options: Readonly<Partial<Record<ExportOptionKey, string>>>;
  readonly dialect: Dialect;
}

const shippedTemplates = ["generic"] as const;

/** Reads a shipped template by name, or any by path. Throws `bad-template` naming file and key. */
export async function loadTemplate(nameOrPath: string): Promise<Template> {
  const shipped = (shippedTemplates as readonly string[]).includes(nameOrPath);
  const file = shipped ? fileURLToPath(new URL(`../templates/${nameOrPath}.json`, import.meta.url)) : nameOrPath;
  const parsed = await parseFile(file, nameOrPath);
  const top = members(parsed, file, "$", ["description", "options", "dialect"]);
  const options = members(top.options ?? {}, file, "$.options", templateKeys());
  return {
    name: nameOrPath,
    description: typeof top.description === "string" ? top.description : "",
    options: Object.fromEntries(
      Object.entries(options).map(([key, value]) => [optionKey(key), textValue(value, file, `$.options.${key}`)]),
    ),
    dialect: { markerPlace: markerPlace(top.dialect ?? {}, file) },
  };
}

async function parseFile(file: string, asked: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code !== undefined;
    const near = nearest(asked, shippedTemplates);
    throw new FacecutError("bad-template", {
      what: missing ? `There is no template "${asked}"` : `The template is not JSON`,
      where: file,
      cure: near && near !== asked ? `Did you mean ${near}?` : `Take ${shippedTemplates.join(", ")} or the path of a JSON file`,
      option: "template",
    });
  }
}

function templateKeys(): string[] {
  const rows = Object.entries<OptionRow>(exportOptions);
  return rows.filter(([, row]) => row.inTemplate).map(([key]) => flagName(key).replaceAll("-", "_"));
}

function optionKey(key: string): ExportOptionKey {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) as ExportOptionKey;
}

const places = ["clip", "timeline"] as const;
const placeDefaults: Dialect["markerPlace"] = { otio: "clip", fcp7xml: "timeline" };

function markerPlace(dialect: unknown, file: string): Dialect["markerPlace"] {
  const given = members(dialect, file, "$.dialect", ["marker_place"]).marker_place ?? {};
  const chosen = members(given, file, "$.dialect.marker_place", Object.keys(placeDefaults));
  for (const [key, value] of Object.entries(chosen)) {
    if (!places.some((place) => place === value)) throw wrong(file, `$.dialect.marker_place.${key}`, value, places.join(" or "));
  }
  return { ...placeDefaults, ...(chosen as Partial<Dialect["markerPlace"]>) };
}

/** The members of a JSON object; any but the known keys is refused with the nearest of them. */
function members(value: unknown, file: string, path: string, known: readonly string[]): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(file, path, value, "an object");
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const near = nearest(key, known);
    throw new FacecutError("bad-template", {
      what: `A template has no key "${key}"`,
      where: `${file} ${path}`,
      cure: near === undefined ? `Known here: ${known.join(", ")}` : `Did you mean "${near}"?`,
      option: "template",
    });
  }
  return value as Record<string, unknown>;
}

function textValue(value: unknown, file: string, path: string): string {
  if (typeof value === "string") return value;
  throw wrong(file, path, value, "a text, as after the flag");
}

function wrong(file: string, path: string, found: unknown, expected: string): FacecutError {
  const shown = JSON.stringify(found)?.slice(0, 60);
  return new FacecutError("bad-template", {
    what: `${path} is ${shown}, not ${expected}`,
    where: file,
    cure: "Correct the template",
    option: "template",
  });
}
