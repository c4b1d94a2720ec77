/**
 * Writes the record folders of samples/ and samples/README.md, always the same bytes; `expected/` folders and
 * samples/media stay as they are. Run from the repository root: node scripts/make-samples.mjs
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cases } from "./samples/cases.mjs";

const textOf = (content, compact) =>
  typeof content === "string" ? content : `${JSON.stringify(content, null, compact ? 0 : 2)}\n`;

function writeCase(name, { files, options, compact = false }) {
  const folder = join("samples", name);
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder)) if (old !== "expected") rmSync(join(folder, old), { recursive: true });
  for (const [path, content] of Object.entries({ ...files, "command.txt": `${options.join(" ")}\n` })) {
    const target = join(folder, ...path.split("/"));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, textOf(content, compact));
  }
}

const introduction = `# Samples

Each folder is a recorded face search and is named by what it proves. \`command.txt\` holds the options of its export:

    facecut export samples/<folder> $(cat samples/<folder>/command.txt) -o out

\`expected/\` holds the files that writes. People and media are invented; \`scripts/make-samples.mjs\` made the replies.
\`media/\` holds three tiny videos for \`one-face-25\`, with burnt-in and embedded timecode, a box where the "face" is,
and a media map (\`scripts/make-media.mjs\` made them).

`;

const lines = Object.entries(cases).map(([name, { proves }]) => `- \`${name}\`: ${proves}`);
for (const [name, { make }] of Object.entries(cases)) writeCase(name, make(name));
writeFileSync("samples/README.md", `${introduction}${lines.join("\n")}\n`);
