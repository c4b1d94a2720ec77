// The floor a run is compared with: read and parse the replies, then write the same bytes as the export did by plain
// string concatenation, line by line. Arguments: record folder, folder with the exported files, folder to write to.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [record, exported, out] = process.argv.slice(2);
let replies = 0;
for (const entry of readdirSync(record, { recursive: true, withFileTypes: true })) {
  if (entry.isFile() && entry.name.endsWith(".json"))
    replies += Object.keys(JSON.parse(readFileSync(join(entry.parentPath, entry.name), "utf8"))).length;
}
mkdirSync(out, { recursive: true });
for (const name of readdirSync(exported)) {
  let text = "";
  for (const line of readFileSync(join(exported, name), "utf8").split("\n")) text += `${line}\n`;
  writeFileSync(join(out, name), text);
}
process.exitCode = replies > 0 ? 0 : 1;
