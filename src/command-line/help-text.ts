import type { Command } from "./commands.js";

/** What yargs laid out, without what says nothing: the type behind every flag, which takes no value. */
export function withoutTypes(help: string): string {
  return help.replace(/\n? *\[boolean\]$/gm, "");
}

/** What each example does, and below it the whole command in one line of its own, to be copied. */
export function examplesText({ examples }: Command): string {
  return ["Examples:", ...examples.flatMap(([line, result]) => [`  ${result}:`, `    ${line}`])].join("\n");
}

const usual = 80;
const widest = 120;

/** Columns that help may take: those of the terminal; without one, or one that tells none, the same everywhere. */
export function helpWidth(columns: number | undefined): number {
  return Math.min(columns || usual, widest);
}
