import type { TimelineRate } from "../../src/time/frame-rate.js";

/**
 * Timecode by counting, as a clock does it: every label in turn, with the labels that drop-frame leaves out
 * stepped over. It shares no arithmetic with the code under test.
 */
export function* odometer(rate: TimelineRate, dropped: number): Generator<string> {
  const separator = dropped > 0 ? ";" : ":";
  for (let hour = 0; hour < 24; hour++) {
    for (let minute = 0; minute < 60; minute++) {
      const prefix = `${two(hour)}:${two(minute)}`;
      for (let second = 0; second < 60; second++) {
        const from = second === 0 && minute % 10 !== 0 ? dropped : 0;
        for (let frame = from; frame < rate.nominal; frame++) yield `${prefix}:${two(second)}${separator}${two(frame)}`;
      }
    }
  }
}

function two(n: number): string {
  return n < 10 ? `0${n}` : `${n}`;
}
