import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./support/cli.js";

const english = readFileSync(join(root, "README.md"), "utf8");
const chinese = readFileSync(join(root, "README.zh-CN.md"), "utf8");

/** A heading with all that stands below it, up to the next one. */
interface Section {
  readonly heading: string;
  readonly level: number;
  readonly blocks: readonly string[];
  /** The words, without code blocks. */
  readonly text: string;
}

const fence = /^```[\s\S]*?^```$/gm;

function sectionsOf(readme: string): Section[] {
  const blocks = readme.match(fence) ?? [];
  const parts = readme.replace(fence, "<code>").split(/^(?=#+ )/m);
  return parts.map((part) => {
    const [, marks = "", heading = ""] = /^(#+) (.*)/.exec(part) ?? [];
    const count = part.split("<code>").length - 1;
    return { heading, level: marks.length, blocks: blocks.splice(0, count), text: part };
  });
}

/** A code block; of a tree of files the names alone, since what they are is said in the reader's language. */
function plainBlock(block: string): string {
  return block.startsWith("```\nhits/\n") ? block.replace(/(?<=\S) {2,}\S.*$/gm, "") : block;
}

/** What no language changes: code, options and numbers, each once. */
function constants(text: string): string[] {
  const words = text.replace(/\]\([^)]*\)/g, "]").replace(/\s+/g, " ");
  return [...new Set(words.match(/`[^`]+`|--[a-z][a-z-]+|\d[\d.,:]*\d|\d/g))].sort();
}

/** Of each row of each table: the code in its first cell, and what no language changes in all of it. */
function rowsOf(text: string): string[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => {
      const first = line.split(/(?<!\\)\|/)[1] as string;
      return [...(first.match(/`[^`]+`/g) ?? []), "|", ...constants(line)].join(" ");
    });
}

/** What a link to a heading says: as GitHub makes it. */
function anchorOf({ heading }: Section): string {
  const letters = heading.toLowerCase().replace(/[^\p{L}\p{N} -]/gu, "");
  return `#${letters.replaceAll(" ", "-")}`;
}

/** Where links and pictures lead to: a heading by its number, the other README by one name, the web by whatever page suits. */
function targetsOf(text: string, sections: readonly Section[]): string[] {
  const anchors = sections.map(anchorOf);
  return [...text.matchAll(/\]\(([^)]+)\)/g)]
    .map(([, target = ""]) => (target.startsWith("#") ? `heading ${anchors.indexOf(target)}` : target))
    .map((target) => target.replace(/^README(\.zh-CN)?\.md$/, "the other README"))
    .map((target) => (target.startsWith("https:") ? "https:" : target))
    .sort();
}

function changes(kind: string, theirs: readonly string[], ours: readonly string[]): string[] {
  const missing = theirs.filter((one) => !ours.includes(one)).map((one) => `${kind} to add: ${one}`);
  const extra = ours.filter((one) => !theirs.includes(one)).map((one) => `${kind} to take out: ${one}`);
  if (missing.length + extra.length > 0) return [...missing, ...extra];
  return theirs.join("\n") === ours.join("\n") ? [] : [`${kind}: not in the same order, or not as often`];
}

/** What to do in README.zh-CN.md so that it says what README.md says; nothing when it does. */
function outOfStep(theirs: readonly Section[], ours: readonly Section[]): string[] {
  const outline = (sections: readonly Section[]) => sections.map(({ level }) => "#".repeat(level)).join(" ");
  if (outline(theirs) !== outline(ours)) {
    return [`README.zh-CN.md: give it the headings of README.md, ${theirs.map(({ heading }) => heading).join(" / ")}`];
  }
  return theirs.flatMap((their, index) => {
    const our = ours[index] as Section;
    return [
      ...changes("code block", their.blocks.map(plainBlock), our.blocks.map(plainBlock)),
      ...changes("table row", rowsOf(their.text), rowsOf(our.text)),
      ...changes("code, option or number", constants(their.text), constants(our.text)),
      ...changes("link", targetsOf(their.text, theirs), targetsOf(our.text, ours)),
    ].map((what) => `README.zh-CN.md, "${our.heading}" (in README.md "${their.heading}"): ${what}`);
  });
}

describe("README.zh-CN.md", () => {
  it("has the headings, commands, tables, numbers and links of README.md", () => {
    expect(outOfStep(sectionsOf(english), sectionsOf(chinese))).toEqual([]);
  });

  it.each([
    ["a new heading", "## Recipes\n", "## Kitchen\n\n## Recipes\n", "give it the headings"],
    ["a deeper heading", "## Recipes\n", "### Recipes\n", "give it the headings"],
    ["another command", "--min-face 0.3 --sort score\n", "--min-face 0.4 --sort score\n", "code block to add"],
    ["another file of a record", "  search.json  ", "  asked.json  ", "code block to add"],
    ["a new row", "| `0` | done |", "| `0` | done |\n| `9` | new |", "table row to add: `9` | `9`"],
    ["a row gone", "| `0` | done |\n", "", "table row to take out: `0`"],
    ["rows in another order", "| `0` | done |\n| `1` | a fault in facecut itself |", "| `1` | |\n| `0` | |", "table row: not in"],
    [
      "another default",
      "| `--timeout T` | `30s` |",
      "| `--timeout T` | `31s` |",
      "table row to add: `--timeout T` | `--timeout T` `31s`",
    ],
    ["an option in the text", "`--strict-media` refuses", "`--strictest` refuses", "number to add: `--strictest`"],
    ["another number", "20.19 or later", "22 or later", "number to add: 22"],
    ["another picture", "(docs/picture.svg)", "(docs/drawing.svg)", "link to add: docs/drawing.svg"],
    ["a link to another heading", "(#trust)", "(#speed)", "link to add: heading"],
  ])("is out of step after %s in README.md", (_what, from, to, said) => {
    const edited = english.replace(from, to);
    expect(edited).not.toBe(english);
    expect(outOfStep(sectionsOf(edited), sectionsOf(chinese)).join("\n")).toContain(said);
  });
});
