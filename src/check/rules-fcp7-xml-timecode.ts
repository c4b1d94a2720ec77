import { compareFrames, type Frames } from "../read/frames.js";
import { ntscRate } from "../read/rates.js";
import type { Reading, ReadMedia, ReadTimeline, Written } from "../read/reading.js";
import { canDrop, countingOf, type FrameRate, frameRate, sameRate } from "../time/frame-rate.js";
import { frameOfLabel, parseTimecode } from "../time/timecode.js";
import { itemsOf, named } from "./items.js";
import type { Fault, Rule } from "./rule.js";

const apple = "Apple, Final Cut Pro XML Interchange Format";

/** Rules of rates and start timecodes, which Final Cut Pro 7 XML says several times over. */
export const timecodeRules: readonly Rule[] = [
  {
    id: "no-timecode",
    formats: ["fcp7xml"],
    severity: "warning",
    consequence: "Resolve finds camera files by timecode, and puts them offline",
    source: "palmier-io/palmier-pro, issue 110; barefootford/buttercut, issue 145",
    find: ({ media }) =>
      media
        .filter(({ start, size }) => start === undefined && size !== undefined)
        .map(({ place, name }) => ({ place, what: `The file ${named({ name })} has no timecode` })),
  },
  {
    id: "timecode-disagrees",
    formats: ["fcp7xml"],
    severity: "error",
    consequence: "Programs that go by the text and those that go by the number start at different frames",
    source: `${apple}, timecode: string and frame say the same`,
    find: disagreements,
  },
  {
    id: "no-such-label",
    formats: ["fcp7xml"],
    severity: "error",
    consequence: "Programs start at another frame, or refuse the file",
    source: "SMPTE ST 12-1: drop-frame counting leaves labels out",
    find: labelsThatDoNotExist,
  },
  {
    id: "display-format",
    formats: ["fcp7xml"],
    severity: "error",
    consequence: "Programs count the timecode in different ways, seconds apart",
    source: `${apple}, displayformat: DF is written with ;`,
    find: displayFormats,
  },
  {
    id: "ntsc-rate",
    formats: ["fcp7xml"],
    severity: "error",
    consequence: "Programs take one of several rates: cuts drift by frames every minute",
    source: `${apple}, rate: ntsc belongs to the timebases 24, 30, 48, 60 and their doubles`,
    find: ntscRates,
  },
  {
    id: "rates-disagree",
    formats: ["fcp7xml"],
    severity: "error",
    consequence: "Programs take one of the two rates: cuts are elsewhere",
    source: `${apple}, rate: one for a sequence or a file and its timecode`,
    find: ratesThatDisagree,
  },
  {
    id: "clip-rate",
    formats: ["fcp7xml"],
    severity: "warning",
    consequence: "Premiere and Resolve read in and out at the sequence's rate: the clip shows other frames",
    source: "Premiere's own exports; barefootford/buttercut, pull request 133",
    find: clipRates,
  },
];

interface Clocked {
  readonly thing: ReadTimeline | ReadMedia;
  readonly text: string;
  readonly frame: Frames | undefined;
  /** What the timecode counts at. */
  readonly rate: FrameRate;
}

/** Sequences and files with a start timecode as text. */
function* clocks({ timelines, media }: Reading): Generator<Clocked> {
  for (const thing of [...timelines, ...media]) {
    const { written, rate, start } = thing;
    const text = written["timecode/string"];
    const clock = rateIn(written, "timecode/") ?? rate;
    if (text !== undefined && clock !== undefined) yield { thing, text, frame: start, rate: clock };
  }
}

function* disagreements(reading: Reading): Generator<Fault> {
  for (const { thing, text, frame, rate } of clocks(reading)) {
    const meant = frameOf(text, rate);
    if (frame === undefined || meant === undefined || compareFrames(frame, meant) === 0) continue;
    yield {
      place: thing.place,
      what: `The start of ${named(thing)} is ${text}, which is frame ${meant}, but also frame ${String(frame)}`,
    };
  }
}

function* labelsThatDoNotExist(reading: Reading): Generator<Fault> {
  for (const { thing, text, rate } of clocks(reading)) {
    if (frameOf(text, rate) === undefined)
      yield { place: thing.place, what: `The start timecode ${text} of ${named(thing)} does not exist` };
  }
}

function frameOf(text: string, rate: FrameRate): number | undefined {
  const label = parseTimecode(text);
  return label && frameOfLabel(label, countingOf(rate, label.dropFrame && canDrop(rate)));
}

function* displayFormats(reading: Reading): Generator<Fault> {
  for (const { thing, text } of clocks(reading)) {
    const { dropFrame, place } = thing;
    if (dropFrame === undefined || dropFrame === text.includes(";")) continue;
    yield { place, what: `The displayformat of ${named(thing)} is ${dropFrame ? "DF" : "NDF"}, but its timecode is ${text}` };
  }
}

const ratePaths = ["", "timecode/", "media/video/format/samplecharacteristics/", "media/video/samplecharacteristics/"];

function rateIn(written: Written, path: string): FrameRate | undefined {
  const timebase = Number(written[`${path}rate/timebase`] ?? Number.NaN);
  if (!Number.isSafeInteger(timebase) || timebase < 1 || timebase > 100_000) return undefined;
  return /^true$/i.test(written[`${path}rate/ntsc`] ?? "") ? ntscRate(timebase) : frameRate(timebase, 1);
}

function* ntscRates(reading: Reading): Generator<Fault> {
  for (const { place, written, name } of [...reading.timelines, ...reading.media]) {
    const found = ratePaths.find((path) => {
      const timebase = Number(written[`${path}rate/timebase`] ?? 0);
      return /^true$/i.test(written[`${path}rate/ntsc`] ?? "") && timebase % 24 !== 0 && timebase % 15 !== 0;
    });
    if (found !== undefined)
      yield {
        place,
        what: `The rate of ${named({ name })} is ${written[`${found}rate/timebase`]} with ntsc TRUE, which no program has`,
      };
  }
}

function* ratesThatDisagree(reading: Reading): Generator<Fault> {
  for (const { place, written, name } of [...reading.timelines, ...reading.media]) {
    const own = rateIn(written, "");
    const other = ratePaths.slice(1).find((path) => own && !agree(own, rateIn(written, path)));
    if (other !== undefined) yield { place, what: `${named({ name })} and its ${other.split("/")[0]} have different rates` };
  }
}

/** The timecode of fast material may count every other frame (30 drop-frame at 59.94). */
function agree(a: FrameRate, b: FrameRate | undefined): boolean {
  if (b === undefined) return true;
  const [x, y] = [a.num * b.den, b.num * a.den];
  return x === y || x === 2 * y || y === 2 * x;
}

function* clipRates(reading: Reading): Generator<Fault> {
  for (const { item, timeline } of itemsOf(reading)) {
    const { rate } = item.source ?? {};
    if (rate === undefined || timeline.rate === undefined) continue;
    if (!sameRate(rate, timeline.rate))
      yield { place: item.place, what: `${named(item)} counts in and out at another rate than its sequence` };
  }
}
