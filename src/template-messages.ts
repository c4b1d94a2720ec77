import type { OptionRow } from "./options.js";
import { exportOptions } from "./options.js";
import { jsonKey, templateOptions } from "./templates/template-file.js";
import type { Template } from "./templates.js";
import { dialectGroups, quirksOf } from "./write/dialect.js";

/** One effective setting of a template, and the file it comes from; none: facecut's own default. */
interface Setting {
  readonly key: string;
  /** Absent: facecut finds it out from the media. */
  readonly value?: string | boolean;
  readonly from?: string;
  /** What it decides. */
  readonly decides: string;
}

/** Every option that a template may set, as it is with this one. */
function optionSettings({ options, origins }: Template): Setting[] {
  return templateOptions.map((key) => {
    const row: OptionRow = exportOptions[key];
    const value = options[key] ?? row.default;
    return { key: jsonKey(key), decides: row.describe, ...withSource(value, origins.get(`options.${key}`)) };
  });
}

/** Every key of the dialect, as it is with this template. */
function dialectSettings({ dialect, origins }: Template): Setting[] {
  return dialectGroups.flatMap((group) => {
    const values: Readonly<Record<string, string | boolean>> = dialect[group];
    return Object.entries(quirksOf(group)).map(([key, { decides }]) => ({
      key: `${jsonKey(group)}.${jsonKey(key)}`,
      decides,
      ...withSource(values[key], origins.get(`dialect.${group}.${key}`)),
    }));
  });
}

function withSource(value: string | boolean | undefined, from: string | undefined): Pick<Setting, "value" | "from"> {
  return { ...(value === undefined ? {} : { value }), ...(from === undefined ? {} : { from }) };
}

/** A line for each template. */
export function templatesText(templates: readonly Template[]): string {
  const widest = Math.max(...templates.map(({ name }) => name.length));
  return templates.map(({ name, description }) => `${name.padEnd(widest)}  ${description}\n`).join("");
}

export function templatesJson(templates: readonly Template[]): string {
  return `${JSON.stringify({ templates: templates.map(({ name, file, description }) => ({ name, file, description })) })}\n`;
}

/** Everything a template decides, with where it comes from. */
export function templateText(template: Template): string {
  const { name, description, companions, imports, origins } = template;
  return [
    `${name}: ${description}`,
    "options",
    ...table(optionSettings(template)),
    "dialect",
    ...table(dialectSettings(template)),
    `companions: ${companions.join(", ") || "none"}${fromText(origins.get("companions"))}`,
    ...(imports.length === 0 ? [] : [`import${fromText(origins.get("import"))}`]),
    ...imports.flatMap(({ file, menu, first }) => [
      `  ${file}: ${menu}`,
      ...(first === undefined ? [] : [`    first: ${first}`]),
    ]),
    "",
  ].join("\n");
}

function fromText(file: string | undefined): string {
  return file === undefined ? "" : ` (${file})`;
}

/** Options that facecut finds out when nobody gives them. */
const fromMedia: ReadonlySet<string> = new Set(["rate", "size", "clip_name"]);

function table(settings: readonly Setting[]): string[] {
  const rows = settings.map(({ key, value, from }) => [
    key,
    value === undefined ? (fromMedia.has(key) ? "from the media" : "none") : String(value),
    from ?? "default",
  ]);
  const [first, second] = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  return rows.map(([key, value, from]) => `  ${key?.padEnd(first as number)}  ${value?.padEnd(second as number)}  ${from}`);
}

export function templateJson(template: Template): string {
  const { name, file, description, companions, imports } = template;
  const settings = { options: optionSettings(template), dialect: dialectSettings(template) };
  return `${JSON.stringify({ name, file, description, ...settings, companions, import: imports })}\n`;
}
