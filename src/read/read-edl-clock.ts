import { type Counting, canDrop, countingOf, type FrameRate, timelineRates } from "../time/frame-rate.js";
import { frameOfLabel } from "../time/timecode.js";
import type { Problems } from "./problems.js";
import type { EdlEvent, EdlList } from "./read-edl-lines.js";

/** Counting bases a list without a rate may have. */
const bases = [24, 25, 30, 50, 60, 100, 120];

/** Reads the labels of a list, which are all counted alike. */
export class EdlClock {
  readonly counting: Counting;
  readonly #problems: Problems;

  /**
   * By the rate and what the list says so far. Without a rate labels are counted in the least base that has all those of
   * the events: good for order and overlap, not for lengths.
   */
  constructor(list: EdlList, events: readonly EdlEvent[], rate: FrameRate | undefined, problems: Problems) {
    this.#problems = problems;
    const drop = isDropFrame(list) ?? false;
    if (rate === undefined) this.counting = guessed(events, drop);
    else this.counting = countingOf(rate, drop && canDrop(rate));
  }

  /** Frames from midnight of a label; one that does not exist is a problem, but counts. */
  frame(label: string, line: number): number {
    const [hours, minutes, seconds, frames] = numbersOf(label);
    const { nominal, dropped } = this.counting;
    const frame = frameOfLabel({ hours, minutes, seconds, frames, dropFrame: dropped > 0 }, this.counting);
    if (frame !== undefined) return frame;
    // The end of the day is 24:00:00:00 as an out, and no label otherwise.
    const isMidnight = hours === 24 && minutes + seconds + frames === 0;
    if (!isMidnight) this.#problems.add(`line ${line}`, "no-such-label", `The timecode ${label} does not exist`);
    const minute = 60 * hours + minutes;
    return (60 * minute + seconds) * nominal + frames - dropped * (minute - Math.floor(minute / 10));
  }
}

/** By the `;` of its record times, else by the `FCM` of its head; undefined when neither says. */
export function isDropFrame({ hasSemicolon, fcm }: EdlList): boolean | undefined {
  if (hasSemicolon) return true;
  return fcm === undefined ? undefined : /^DROP/i.test(fcm);
}

function guessed(events: readonly EdlEvent[], drop: boolean): Counting {
  let most = 0;
  for (const { labels, locators } of events) {
    for (const label of [...labels, ...locators.map((locator) => locator.label)]) most = Math.max(most, numbersOf(label)[3]);
  }
  const dropFrame = timelineRates.filter(({ dropped }) => dropped > 0);
  const counting = drop ? dropFrame : bases.map((nominal) => ({ nominal, dropped: 0 }));
  return counting.find(({ nominal }) => nominal > most) ?? { nominal: most + 1, dropped: 0 };
}

function numbersOf(label: string): [number, number, number, number] {
  const isPlain = label.length === 11 && isMark(label, 2) && isMark(label, 5) && isMark(label, 8);
  if (isPlain) return [twoDigits(label, 0), twoDigits(label, 3), twoDigits(label, 6), twoDigits(label, 9)];
  return label.split(/[:;.,]/).map(Number) as [number, number, number, number];
}

const [zero, nine] = [48, 57];

function isMark(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < zero || code > nine;
}

// A list has a label for each of its markers, and this is several times as fast as parsing a part of it.
function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - zero) * 10 + text.charCodeAt(at + 1) - zero;
}
