/**
 * Every option, declared once. The command line, its help, template checking and the README's table all come from
 * here, so they cannot disagree. A flag is the key in kebab case: `startTimecode` is `--start-timecode`.
 */
import type { checkOptions } from "./options/check-options.js";
import type { commonOptions } from "./options/common-options.js";
import type { emulateOptions } from "./options/emulate-options.js";
import type { exportOptions } from "./options/export-options.js";
import type { listOptions } from "./options/list-options.js";
import type { OptionRow } from "./options/option-row.js";
import type { searchOptions } from "./options/search-options.js";

export { checkOptions } from "./options/check-options.js";
export { commonOptions } from "./options/common-options.js";
export { emulateOptions } from "./options/emulate-options.js";
export { exportOptions } from "./options/export-options.js";
export { listOptions } from "./options/list-options.js";
export type { OptionRow } from "./options/option-row.js";
export { searchCommandOptions, searchOptions } from "./options/search-options.js";

type Value = { readonly flag: boolean; readonly text: string; readonly list: readonly string[] };
type Given<Table extends Record<string, OptionRow>> = { readonly [K in keyof Table]?: Value[Table[K]["type"]] };

/** Options as typed: texts not yet read, what was not given absent. */
export type CommonOptions = Given<typeof commonOptions>;
export type ExportOptions = Given<typeof exportOptions>;
export type SearchOptions = Given<typeof searchOptions>;
export type CheckOptions = Given<typeof checkOptions>;
export type ListOptions = Given<typeof listOptions>;
export type EmulateOptions = Given<typeof emulateOptions>;
export type ExportOptionKey = keyof typeof exportOptions;

/** `startTimecode` as it is typed: `start-timecode`. */
export function flagName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
