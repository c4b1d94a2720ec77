import type { OptionRow } from "./option-row.js";

/** Options every command has. */
export const commonOptions = {
  json: { type: "flag", group: "Run", describe: "Print one JSON object on standard output, and nothing else there" },
  quiet: { type: "flag", group: "Run", aliases: ["q"], describe: "Print results and errors only, no warnings and no progress" },
  debug: { type: "flag", group: "Run", describe: "Print the stack trace of an error" },
} as const satisfies Record<string, OptionRow>;
