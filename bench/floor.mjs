// The floor a run is compared with: read and parse the replies, then write the same bytes as the export did by plain
// string concatenation, line by line. Arguments: record folder, folder with the exported files, folder to write to.
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { readChunks } from "../dist/files.js";

const [record, exported, out] = process.argv.slice(2);
let replies = 0;
for (const entry of readdirSync(record, { recursive: true, withFileTypes: true })) {
  if (entry.isFile() && entry.name.endsWith(".json"))
    replies += Object.keys(JSON.parse(readFileSync(join(entry.parentPath, entry.name), "utf8"))).length;
}
mkdirSync(out, { recursive: true });
for (const name of readdirSync(exported)) {
  const file = openSync(join(out, name), "w");
  // In pieces: a file of 50,000 clips is longer than a string can be.
  for (const chunk of readChunks(join(exported, name))) {
    let text = "";
    for (const [i, line] of chunk.split("\n").entries()) text += i === 0 ? line : `\n${line}`;
    writeSync(file, text);
  }
  closeSync(file);
}
process.exitCode = replies > 0 ? 0 : 1;
