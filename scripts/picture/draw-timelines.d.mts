import type { Reading } from "../../src/read/reading.js";
import type { oneLine } from "../../src/text.js";
import type { timelineRateOf } from "../../src/time/frame-rate.js";
import type { frameOfLabel, timecodeOf } from "../../src/time/timecode.js";

/** Functions of facecut's that the drawing needs. */
interface Tools {
  readonly timecodeOf: typeof timecodeOf;
  readonly frameOfLabel: typeof frameOfLabel;
  readonly timelineRateOf: typeof timelineRateOf;
  readonly oneLine: typeof oneLine;
}

/** The SVG of what was read from a timeline file, one timeline below the other. */
export function drawTimelines(reading: Reading, tools: Tools): string;
