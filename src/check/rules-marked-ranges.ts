import { compareFrames, minus } from "../read/frames.js";
import type { Reading } from "../read/reading.js";
import { named } from "./items.js";
import { isBetweenFrames, keywordsOf, type Marked, markedOf } from "./marked-ranges.js";
import type { Fault, Rule } from "./rule.js";

const timing = "Apple, FCPXML Reference, Timing attributes; OpenTimelineIO, Time Coordinates";

/** Rules of how long things last that are no clips, and of where keywords lie. */
export const markedRangeRules: readonly Rule[] = [
  {
    id: "negative-length",
    formats: ["otio", "fcpxml", "fcp7xml"],
    severity: "error",
    consequence: "Programs refuse the file, leave it out, or move what comes after it",
    source: timing,
    find: negativeLengths,
  },
  {
    id: "no-marked-length",
    formats: ["fcpxml"],
    severity: "warning",
    consequence: "Programs may leave it out: nothing that Final Cut Pro marks itself is shorter than a frame",
    source: "Apple, FCPXML Reference, marker, keyword; Final Cut Pro's own exports",
    find: (reading) => faultsOf(reading, "lasts no time", ({ length }) => compareFrames(length, 0) === 0),
  },
  {
    id: "marked-length-off-frame",
    formats: ["otio", "fcpxml", "fcp7xml"],
    severity: "warning",
    consequence: "Programs round to a frame, each in its own way: it may end one frame off",
    source: timing,
    find: (reading) => faultsOf(reading, "does not last a whole number of frames", isUneven),
  },
  {
    id: "keyword-off-frame",
    formats: ["fcpxml"],
    severity: "warning",
    consequence: "Programs round to a frame, each in its own way: the keyword may begin one frame off",
    source: timing,
    find: keywordsOffFrame,
  },
  // Within the media all is well: on the timeline Final Cut Pro repeats every keyword of them, also those outside the cut.
  {
    id: "keyword-outside",
    formats: ["fcpxml"],
    severity: "warning",
    consequence: "Nobody finds the keyword: it lies where its media have no frames",
    source: "Apple, FCPXML Reference, keyword: a range of the clip's own time",
    find: keywordsOutside,
  },
];

function* faultsOf(reading: Reading, wrong: string, isWrong: (marked: Marked) => boolean): Generator<Fault> {
  for (const marked of markedOf(reading)) if (isWrong(marked)) yield { place: marked.place, what: `${marked.what} ${wrong}` };
}

function isUneven({ length, clocks, isToEnd }: Marked): boolean {
  return !isToEnd && isBetweenFrames(length, clocks);
}

function* negativeLengths(reading: Reading): Generator<Fault> {
  yield* faultsOf(reading, "ends before it begins", ({ length }) => compareFrames(length, 0) < 0);
  for (const { gaps } of reading.timelines) {
    for (const { record, place } of gaps)
      if (compareFrames(record.end, record.start) < 0) yield { place, what: "A gap ends before it begins" };
  }
  for (const { duration = 0, name, place } of reading.media)
    if (compareFrames(duration, 0) < 0) yield { place, what: `The media ${named({ name })} end before they begin` };
}

function* keywordsOffFrame(reading: Reading): Generator<Fault> {
  for (const { what, place, span, clocks } of keywordsOf(reading))
    if (isBetweenFrames(span.start, clocks)) yield { place, what: `${what} begins between two frames` };
}

/** Programs round to a frame: one more is not outside. */
function* keywordsOutside(reading: Reading): Generator<Fault> {
  for (const { what, place, span, extent, length } of keywordsOf(reading)) {
    if (extent === undefined || compareFrames(length, 0) <= 0) continue;
    const isInside = compareFrames(minus(extent.start, span.start), 1) < 0 && compareFrames(minus(span.end, extent.end), 1) < 0;
    if (!isInside) yield { place, what: `${what} is not within its media` };
  }
}
