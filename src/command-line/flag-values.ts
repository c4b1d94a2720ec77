import { FacecutError } from "../errors.js";
import { given } from "../model/given.js";
import { flagName, type OptionRow } from "../options.js";

/** Flags of the command line itself. */
const ownFlags: readonly string[] = ["--help", "-h", "--version"];

/**
 * Refuses what stands behind the `=` of a flag and is neither true nor false: yargs takes `--redact=yes` for false, and what
 * was asked for would silently not be done. Throws `bad-option`.
 */
export function refuseFlagValues(args: readonly string[], rows: Readonly<Record<string, OptionRow>>): void {
  const end = args.indexOf("--");
  const keys = new Map(Object.entries(rows).flatMap(([key, row]) => spellings(key, row).map((flag) => [flag, key] as const)));
  for (const arg of end < 0 ? args : args.slice(0, end)) {
    // Of several letters behind one dash, the last one has the value.
    const [, name, letter, value = ""] = /^(?:(--[^=]+)|-\w*(\w))=(.*)$/s.exec(arg) ?? [];
    const flag = name ?? `-${letter}`;
    if (value === "true" || value === "false") continue;
    if (keys.has(flag) || ownFlags.includes(flag)) throw noValue(flag, value, keys.get(flag));
  }
}

function spellings(key: string, { type, aliases = [] }: OptionRow): string[] {
  if (type !== "flag") return [];
  return [flagName(key), ...aliases].flatMap((name) => (name.length === 1 ? [`-${name}`, `--${name}`] : `--${name}`));
}

function noValue(flag: string, value: string, key: string | undefined): FacecutError {
  return new FacecutError("bad-option", {
    what: `${JSON.stringify(value)} is no value of ${flag}`,
    cure: `Write ${flag} alone`,
    ...given({ option: key }),
  });
}
