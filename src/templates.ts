import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { FacecutError, osReason } from "./errors.js";
import { type ExportOptionKey, type ExportOptions, exportOptions, flagName, type OptionRow } from "./options.js";
import { decodeUtf8, nearest } from "./text.js";
import type { Dialect } from "./write/writer.js";

/** A template, read and checked: options as texts, and the choices for the writers. */
export interface Template {
  readonly name: string;
  /** Where it was read. */
  readonly file: string;
  readonly description: string;
  readonly options: Readonly<Partial<Record<ExportOptionKey, string>>>;
  readonly dialect: Dialect;
}

const shippedTemplates = ["generic"] as const;

/**
 * Reads a shipped template by name, or any by path. Throws `bad-template` naming file and key; what an option's text
 * means is read later, with the flags.
 */
export async function loadTemplate(nameOrPath: string): Promise<Template> {
  const shipped = (shippedTemplates as readonly string[]).includes(nameOrPath);
  const file = shipped ? fileURLToPath(new URL(`../templates/${nameOrPath}.json`, import.meta.url)) : nameOrPath;
  const top = members(parse(await readText(file, nameOrPath), file), file, "$", ["description", "options", "dialect"]);
  const options = members(top.options, file, "$.options", templateKeys());
  return {
    name: nameOrPath,
    file,
    description: top.description === undefined ? "" : textValue(top.description, file, "$.description"),
    options: Object.fromEntries(
      Object.entries(options).map(([key, value]) => [optionKey(key), textValue(value, file, `$.options.${key}`)]),
    ),
    dialect: { markerPlace: markerPlace(top.dialect, file) },
  };
}

/**
 * A wrong option value, told of where it stands: when the template gave it, and no flag did, the error names the
 * template's file and key instead of the flag. Any other error comes back as it is.
 */
export function blameTemplate(error: unknown, template: Template, given: ExportOptions): unknown {
  if (!(error instanceof FacecutError) || error.code !== "bad-option") return error;
  const key = error.option as ExportOptionKey;
  if (given[key] !== undefined || template.options[key] === undefined) return error;
  return refusal(`${template.file} $.options.${jsonKey(key)}`, error.message, error.cure ?? "Correct the template");
}

async function readText(file: string, asked: string): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw noTemplate(file, asked);
    throw refusal(file, `The template cannot be read: ${osReason(error)}`, "Give the path of a JSON file");
  });
  const text = decodeUtf8(bytes);
  if (text === undefined) throw refusal(file, "The template is not UTF-8 text", "Save it as UTF-8");
  return text;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal(file, "The template is not JSON", "Correct the template");
  }
}

function noTemplate(file: string, asked: string): FacecutError {
  const near = nearest(asked, shippedTemplates);
  const cure = near === undefined ? `Take ${shippedTemplates.join(", ")} or the path of a JSON file` : `Did you mean ${near}?`;
  return refusal(file, `There is no template "${asked}"`, cure);
}

function templateKeys(): string[] {
  const rows = Object.entries<OptionRow>(exportOptions);
  return rows.filter(([, row]) => row.inTemplate).map(([key]) => jsonKey(key));
}

/** `startTimecode` as a template writes it: `start_timecode`. */
function jsonKey(key: string): string {
  return flagName(key).replaceAll("-", "_");
}

function optionKey(key: string): ExportOptionKey {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) as ExportOptionKey;
}

const places = ["clip", "timeline"] as const;
const placeDefaults: Dialect["markerPlace"] = { otio: "clip", fcp7xml: "timeline" };

function markerPlace(dialect: unknown, file: string): Dialect["markerPlace"] {
  const given = members(dialect, file, "$.dialect", ["marker_place"]).marker_place;
  const chosen = members(given, file, "$.dialect.marker_place", Object.keys(placeDefaults));
  for (const [key, value] of Object.entries(chosen)) {
    if (!places.some((place) => place === value)) throw wrong(file, `$.dialect.marker_place.${key}`, value, places.join(" or "));
  }
  return { ...placeDefaults, ...(chosen as Partial<Dialect["markerPlace"]>) };
}

/** The members of a JSON object, none when it is absent; any but the known keys is refused with the nearest of them. */
function members(value: unknown, file: string, path: string, known: readonly string[]): Record<string, unknown> {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(file, path, value, "an object");
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const near = nearest(key, known);
    const cure = near === undefined ? `Known here: ${known.join(", ")}` : `Did you mean "${near}"?`;
    throw refusal(`${file} ${path}`, `A template has no key "${key}" here`, cure);
  }
  return value as Record<string, unknown>;
}

function textValue(value: unknown, file: string, path: string): string {
  if (typeof value === "string") return value;
  throw wrong(file, path, value, "a text in quotation marks");
}

function wrong(file: string, path: string, found: unknown, expected: string): FacecutError {
  return refusal(
    `${file} ${path}`,
    `The value is ${JSON.stringify(found).slice(0, 60)}, not ${expected}`,
    "Correct the template",
  );
}

function refusal(where: string, what: string, cure: string): FacecutError {
  return new FacecutError("bad-template", { what, where, cure, option: "template" });
}
