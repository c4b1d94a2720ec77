/**
 * Text cells in a CSV that people open in a spreadsheet. One that begins like a formula would be run
 * (https://owasp.org/www-community/attacks/CSV_Injection), one that looks like a number or a date would come back as
 * another text: reel `001` as 1, MediaId `12e5` as 1200000. An apostrophe in front, the spreadsheets' own mark for
 * text, keeps both as they are.
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
