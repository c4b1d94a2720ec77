import { readdir } from "node:fs/promises";
import { dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { FacecutError, osReason } from "./errors.js";
import type { ExportOptionKey, ExportOptions } from "./options.js";
import { readNamedFile } from "./read-file.js";
import { refusal } from "./templates/json-members.js";
import { type ImportStep, jsonKey, type TemplateFile, templateFile } from "./templates/template-file.js";
import { decodeUtf8, nearest } from "./text.js";
import type { CompanionId } from "./write/companions.js";
import { type Dialect, type DialectChoices, dialectGroups, dialectOf } from "./write/dialect.js";

/** A template with all that it takes over from others: options as texts, and the choices for the writers. */
export interface Template {
  readonly name: string;
  /** Where it was read. */
  readonly file: string;
  readonly description: string;
  readonly options: Readonly<Partial<Record<ExportOptionKey, string>>>;
  readonly dialect: Dialect;
  /** Files that are written beside the timelines. */
  readonly companions: readonly CompanionId[];
  readonly imports: readonly ImportStep[];
  /** The file that gave each key: `options.rate`, `dialect.fcpxml.version`, `companions`, `import`. */
  readonly origins: ReadonlyMap<string, string>;
}

const folder = fileURLToPath(new URL("../templates/", import.meta.url));

/** Names of the templates that come with facecut. */
export async function shippedTemplates(): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json") && !name.endsWith(".schema.json"));
  return names.map((name) => name.slice(0, -".json".length)).sort();
}

/**
 * Reads a shipped template by name, or any by path, and those that it extends. Throws `bad-template` naming file and
 * key; what an option's text means is read later, with the flags.
 */
export async function loadTemplate(nameOrPath: string): Promise<Template> {
  const chain = await readChain(nameOrPath);
  const [own] = chain as [TemplateFile, ...TemplateFile[]];
  // The last one is taken first, so that each may change what it takes over.
  const inOrder = chain.toReversed();
  const last = <K extends keyof TemplateFile>(key: K) => inOrder.findLast((file) => file[key] !== undefined)?.[key];
  const choices = dialectGroups.map((group) => [group, Object.assign({}, ...inOrder.map(({ dialect }) => dialect[group]))]);
  return {
    name: nameOrPath,
    file: own.file,
    description: own.description ?? "",
    options: Object.assign({}, ...inOrder.map(({ options }) => options)),
    dialect: dialectOf(Object.fromEntries(choices) as DialectChoices),
    companions: last("companions") ?? [],
    imports: last("imports") ?? [],
    origins: new Map(inOrder.flatMap((file) => keysOf(file).map((key) => [key, file.file]))),
  };
}

/** What a template file gives. */
function keysOf({ options, dialect, companions, imports }: TemplateFile): string[] {
  const choices = Object.entries(dialect).flatMap(([group, keys]) => Object.keys(keys).map((key) => `${group}.${key}`));
  return [
    ...Object.keys(options).map((key) => `options.${key}`),
    ...choices.map((key) => `dialect.${key}`),
    ...(companions === undefined ? [] : ["companions"]),
    ...(imports === undefined ? [] : ["import"]),
  ];
}

/** A template and those it extends, one after the other. */
async function readChain(nameOrPath: string): Promise<TemplateFile[]> {
  const shipped = await shippedTemplates();
  const fileOf = (name: string, from: string) => (shipped.includes(name) ? join(folder, `${name}.json`) : resolve(from, name));
  const chain: TemplateFile[] = [];
  let [asked, path]: [string | undefined, string] = [
    nameOrPath,
    shipped.includes(nameOrPath) ? fileOf(nameOrPath, "") : nameOrPath,
  ];
  while (asked !== undefined) {
    const before = chain.at(-1);
    if (chain.some(({ file }) => resolve(file) === resolve(path))) throw circular(before as TemplateFile, asked);
    const next: TemplateFile = templateFile(parse(await readText(path, asked, before), path), path);
    chain.push(next);
    asked = next.extends;
    if (asked !== undefined) path = fileOf(asked, dirname(path));
  }
  return chain;
}

/**
 * A wrong option value, told of where it stands: when the template gave it, and no flag did, the error names the
 * template's file and key instead of the flag. Any other error comes back as it is.
 */
export function blameTemplate(error: unknown, template: Template, given: ExportOptions): unknown {
  if (!(error instanceof FacecutError) || error.code !== "bad-option") return error;
  const key = error.option as ExportOptionKey;
  if (given[key] !== undefined || template.options[key] === undefined) return error;
  const file = template.origins.get(`options.${key}`);
  return refusal(`${file} $.options.${jsonKey(key)}`, error.message, error.cure ?? "Correct the template");
}

async function readText(file: string, asked: string, from: TemplateFile | undefined): Promise<string> {
  const shipped = await shippedTemplates();
  const bytes = await readNamedFile(file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw noTemplate(file, asked, shipped, from);
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

function noTemplate(file: string, asked: string, shipped: readonly string[], from: TemplateFile | undefined): FacecutError {
  // A path with a folder or an extension was not meant for a name.
  const near = extname(asked) === "" ? nearest(asked, shipped) : undefined;
  const cure = near === undefined ? `Take ${shipped.join(", ")} or the path of a JSON file` : `Did you mean ${near}?`;
  return refusal(from === undefined ? file : `${from.file} $.extends`, `There is no template "${asked}"`, cure);
}

function circular({ file }: TemplateFile, asked: string): FacecutError {
  const what = `The templates extend each other in a circle: "${asked}" comes again`;
  return refusal(`${file} $.extends`, what, "Take the key extends out of one of them");
}
