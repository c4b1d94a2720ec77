import { type FrameRate, isWholeOrNtsc, timelineRateOf } from "../time/frame-rate.js";
import type { Dialect } from "./dialect.js";

/** A media rate as `conform-rate srcFrameRate` spells it; undefined when this version has no word for it. */
export function conformRateOf(rate: FrameRate, version: Dialect["fcpxml"]["version"]): string | undefined {
  return timelineRateOf(rate, false)?.conformRate ?? (version === "1.13" ? fastWord(rate) : undefined);
}

// Apple's DTD 1.13, conform-rate: 90, 100, 119.88 and 120 came with it.
function fastWord(rate: FrameRate): string | undefined {
  const { nominal, den } = rate;
  if (den === 1) return [90, 100, 120].includes(nominal) ? String(nominal) : undefined;
  return nominal === 120 && isWholeOrNtsc(rate) ? "119.88" : undefined;
}
