import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./support/cli.js";

/**
 * What a program gets is decided in templates/ alone. So the code names programs in the tables of quirks and companions,
 * and in sentences for people, and nowhere else: not in a condition, a key or a file's name.
 */
const tables = /^write\/(quirks\/.*|companions)\.ts$/;

const programs = /davinci|\bresolve[a-z]*[_ -]?(otio|markers|color)|premiere|final.?cut(?! Pro 7 XML)|\bavid\b|kdenlive|ppro/i;

/** Words of the formats themselves, which programs chose: a reader has to know them too. */
const vocabulary = /"(Resolve_OTIO|PremierePro_OTIO)"|premiere(TrackType|ChannelType)|\bppro\w*|ResolveColor\w*/gi;

/** The code of a file: without comments, and without text that has blanks in it, which is for people. */
function codeOf(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/(?<!["'`:\w])\/\/.*$/gm, "")
    .replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, (quoted) => (quoted.includes(" ") ? '""' : quoted))
    .replace(vocabulary, "");
}

const src = join(root, "src");
const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => file.endsWith(".ts"));

describe("names of editing programs", () => {
  it("stand in the tables and in sentences only", () => {
    const found = files
      .filter((file) => !tables.test(file))
      .flatMap((file) =>
        codeOf(readFileSync(join(src, file), "utf8"))
          .split("\n")
          .filter((line) => programs.test(line))
          .map((line) => `${file}: ${line.trim()}`),
      );
    expect(found).toEqual([]);
  });

  it("would be found", () => {
    expect(files.length).toBeGreaterThan(100);
    expect(programs.test(codeOf('if (template.name === "premiere") write();'))).toBe(true);
    expect(programs.test(codeOf('const x = "a b"; if (isFinalCut) y();'))).toBe(true);
    expect(programs.test(codeOf('// premiere\nconst text = "for Premiere Pro";'))).toBe(false);
  });
});
