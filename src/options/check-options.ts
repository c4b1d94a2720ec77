import { timelineRates } from "../time/frame-rate.js";
import type { OptionRow } from "./option-row.js";

/** Options of `facecut check`. */
export const checkOptions = {
  rate: {
    type: "text",
    group: "Timeline",
    value: "RATE",
    aliases: ["fps"],
    words: timelineRates.map(({ id }) => id),
    describe:
      "Frame rate of edit lists, which do not say their own; without it that of another file of the same name, else what the report beside it says",
    example: "--rate 29.97df",
  },
} as const satisfies Record<string, OptionRow>;
