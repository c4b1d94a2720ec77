import { exportOptions } from "./export-options.js";
import type { OptionRow } from "./option-row.js";
import { selectionOptions } from "./selection-options.js";

const { aliases, summary, mediaMap, mediaRate } = exportOptions;

/** Options of `facecut list`. */
export const listOptions = { aliases, summary, mediaMap, mediaRate, ...selectionOptions } as const satisfies Record<
  string,
  OptionRow
>;
