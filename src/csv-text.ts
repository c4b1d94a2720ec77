/**
 * CSV as spreadsheets read it (RFC 4180): UTF-8 with a byte order mark, lines ended by CR LF.
 *
 * A text that begins like a formula would be run (https://owasp.org/www-community/attacks/CSV_Injection), one that looks
 * like a number or a date would come back as another text: reel `001` as 1, MediaId `12e5` as 1200000. An apostrophe in
 * front, the spreadsheets' own mark for text, keeps both as they are.
 *
 * One apostrophe is put before such a text, and one taken away where such a text follows; an apostrophe before anything
 * else belongs to the text (`'tis.mov`). So every text comes back, also with apostrophes of its own.
 */
const mistakable = /^'*(?:[\s=+\-@＝＋－＠]|[\d.,][\d.,:/eE+\- ]*$)/;

/** The text as a cell to write. */
export function guardedCell(text: string): string {
  return mistakable.test(text) ? `'${text}` : text;
}

/** The text that was meant by a cell. */
export function unguardedCell(cell: string): string {
  return cell.startsWith("'") && mistakable.test(cell) ? cell.slice(1) : cell;
}

/** A number or timecode as it is, or a text from outside, which a spreadsheet must take for nothing else. */
export type CsvCell = string | { readonly text: string };

/** One line, with its end. */
export function csvLine(cells: readonly CsvCell[]): string {
  const texts = cells.map((cell) => quoted(typeof cell === "string" ? cell : guardedCell(cell.text)));
  return `${texts.join(",")}\r\n`;
}

function quoted(cell: string): string {
  return /[",;\s]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A whole table. */
export function csvText(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return `${byteOrderMark}${[header, ...rows].map(csvLine).join("")}`;
}

/** Without it Excel takes UTF-8 for the computer's own code page. */
export const byteOrderMark = "\uFEFF";
