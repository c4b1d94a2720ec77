/** Markdown by section name, from the tables that `facecut` itself uses. */
export function readmeSections(tables: object): Record<string, string>;
/** README text with every generated section replaced by the given one. */
export function withSections(readme: string, sections: Record<string, string>): string;
