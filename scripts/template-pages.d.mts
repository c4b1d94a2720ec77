/** The JSON Schema of a template file. */
export function templateSchema(tables: object): object;
/** Markdown by section name for docs/templates.md. */
export function templateSections(tables: object): Record<string, string>;
