import { parse } from "csv-parse/sync";

/** The rows of a CSV with comma, semicolon or tab. Throws what `refuse` makes, given the line where that is known. */
export function parseCsv(text: string, refuse: (line: number | undefined) => Error): string[][] {
  try {
    return parse(text, { delimiter: delimiterOf(text), record_delimiter: ["\r\n", "\n", "\r"], relax_column_count: true });
  } catch (error) {
    throw refuse((error as { lines?: number }).lines);
  }
}

/** The first of the three in the first line: no header, and no id that begins a line, holds one of them. */
function delimiterOf(text: string): string {
  return /[,;\t]/.exec(text.trimStart().split(/[\r\n]/, 1)[0] as string)?.[0] ?? ",";
}
