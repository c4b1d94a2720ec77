import { unguardedCell } from "./csv-text.js";
import { FacecutError, osReason } from "./errors.js";
import { parseCsv } from "./read-csv.js";
import { readNamedFile } from "./read-file.js";
import { decodeUtf8, oneLine, shown } from "./text.js";

// A header may stand above the names; nobody is called so.
const headers = new Set(["entityid", "entity_id", "entity id", "person", "who"]);

/**
 * Reads names to write instead of those found: a CSV (UTF-8; comma, semicolon or tab) of two columns, EntityId or name, and
 * the name to write, perhaps with a header. Throws `bad-aliases` with file and row.
 */
export async function readAliases(file: string): Promise<ReadonlyMap<string, string>> {
  const bytes = await readNamedFile(file).catch((error: unknown) => {
    throw badAliases(`The aliases cannot be read: ${osReason(error)}`, file, "Give the path of a CSV file");
  });
  const text = decodeUtf8(bytes);
  if (text === undefined) throw badAliases("The aliases are not UTF-8 text", file, "Save them as UTF-8: in Excel, as CSV UTF-8");
  return aliasesIn(text, file);
}

function aliasesIn(text: string, file: string): ReadonlyMap<string, string> {
  const rows = parseCsv(text, (line) =>
    badAliases("The aliases are not proper CSV", line === undefined ? file : `${file}, line ${line}`, "Close every quote"),
  );
  const aliases = new Map<string, string>();
  for (const [i, row] of rows.entries()) {
    const [who, name, more] = row.map((cell) => oneLine(unguardedCell(cell.trimStart())));
    const isBlank = row.every((cell) => cell.trim() === "");
    if (isBlank || (i === 0 && headers.has((who ?? "").toLowerCase()))) continue;
    const where = `${file}, row ${i + 1}`;
    if (!who || !name || more)
      throw badAliases(`Found ${shown(row.join(","))}`, where, "Write EntityId or name, a comma, and the name to write");
    if (aliases.has(who)) throw badAliases(`${shown(who)} is in two rows`, where, "Keep one of them");
    aliases.set(who, name);
  }
  return aliases;
}

function badAliases(what: string, where: string, cure: string): FacecutError {
  return new FacecutError("bad-aliases", { what, where, cure, option: "aliases" });
}
