import { basename, dirname, join } from "node:path";
import type { ReadOptions } from "../read/read-options.js";
import type { Reading } from "../read/reading.js";
import { canDrop, countingOf } from "../time/frame-rate.js";
import { compareReadings } from "./compare-files.js";
import { compareOutlines } from "./compare-outlines.js";
import type { Finding } from "./finding.js";
import { groupsOf } from "./items.js";
import { type Outline, outlineOf } from "./outline.js";

/** Files of one timeline lie in one folder and have one name but for the extension. */
export function groupFiles(paths: readonly string[]): string[][] {
  return [...groupsOf(paths, groupKey).values()];
}

// The parts of an edit list of more than 999 events are `name.001.edl`, `name.002.edl` and so on; a list of the markers is
// `name.…-markers.edl`, and has the timeline's rate.
const extension = /(?:\.[a-z]+-markers(?=\.(?:\d{3}\.)?edl$))?(?:\.\d{3,}(?=\.edl$))?\.[^.]*$/i;

/** What the files of one timeline have in common: their path without what comes after the timeline's name. */
export function groupKey(path: string): string {
  const plain = path.replace(/[\\/]+$/, "");
  return join(dirname(plain), basename(plain).replace(extension, "")).normalize("NFC");
}

/** The files of one timeline while they are read. Lists of markers are no cuts, and compared with nothing. */
export class Group {
  /** That of the first timeline that tells one. */
  rate: ReadOptions["rate"];
  #first: Reading | undefined;
  readonly #editLists: Reading[] = [];
  readonly #outlines: Outline[] = [];

  /** What differs from the first file, and in outline from all; clips of edit lists wait until all parts are read. */
  add(reading: Reading): Finding[] {
    if (!reading.timelines.some(({ kind }) => kind === "cuts")) return [];
    this.rate ??= rateOf(reading);
    const outline = outlineOf(reading);
    const findings = compareOutlines(this.#outlines, outline);
    this.#outlines.push(outline);
    if (reading.format === "edl") this.#editLists.push(reading);
    else if (this.#first !== undefined) findings.push(...compareReadings(this.#first, reading));
    else this.#first = reading;
    return findings;
  }

  compareEditLists(): Finding[] {
    const [first, ...parts] = this.#editLists;
    if (this.#first === undefined || first === undefined) return [];
    return compareReadings(this.#first, parts.length === 0 ? first : joined(first, parts));
  }
}

function rateOf({ timelines }: Reading): ReadOptions["rate"] {
  const { rate, dropFrame } = timelines.find((timeline) => timeline.rate !== undefined) ?? {};
  return rate && { ...rate, dropped: countingOf(rate, dropFrame === true && canDrop(rate)).dropped };
}

function joined(first: Reading, parts: readonly Reading[]): Reading {
  const all = [first, ...parts];
  const timelines = all.flatMap((reading) => reading.timelines);
  const [head] = timelines;
  if (head === undefined) return first;
  const whole = {
    ...head,
    clips: timelines.flatMap(({ clips }) => clips),
    sounds: timelines.flatMap(({ sounds }) => sounds),
    gaps: timelines.flatMap(({ gaps }) => gaps),
  };
  return { ...first, timelines: [whole], media: all.flatMap(({ media }) => media) };
}
