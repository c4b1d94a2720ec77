import { exportOptions } from "./export-options.js";
import type { OptionRow } from "./option-row.js";
import { selectionOptions } from "./selection-options.js";

const { aliases, summary, mediaMap, mediaDir, mediaRate, use, noCache } = exportOptions;

/** Options of `facecut list`. */
export const listOptions = {
  aliases,
  summary,
  mediaMap,
  mediaDir,
  mediaRate,
  use,
  noCache,
  ...selectionOptions,
} as const satisfies Record<string, OptionRow>;
