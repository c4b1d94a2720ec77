import { byteOrderMark, type CsvCell, csvLine } from "../csv-text.js";
import { type Clip, clipsOf, type Timeline } from "../model/timeline.js";
import { oneLine } from "../text.js";
import { lengthOf } from "../time/frame-range.js";
import { framesPerDay, timecodeOf } from "../time/timecode.js";
import { formats } from "./formats.js";
import type { Writer } from "./writer.js";

/** A cut log for a spreadsheet: a row per clip, in record order. Outs are the first frame after the clip. */
export const csv: Writer = {
  ...formats.csv,
  write: (plan, baseNames) => plan.timelines.map((timeline, i) => ({ name: `${baseNames[i]}.csv`, chunks: logText(timeline) })),
};

const columns = [
  "number",
  "person",
  "clip",
  "file",
  "source_in",
  "source_out",
  "record_in",
  "record_out",
  "length",
  "score",
  "expression",
  "media",
  "media_id",
];

function* logText(timeline: Timeline): Generator<string> {
  yield byteOrderMark + csvLine(columns);
  const inOrder = clipsOf(timeline).toSorted((a, b) => a.recordRange.start - b.recordRange.start);
  for (const [i, clip] of inOrder.entries()) yield csvLine([String(i + 1), ...cells(clip, timeline)]);
}

function cells(clip: Clip, { rate }: Timeline): CsvCell[] {
  const { people, media, sourceRange, recordRange, score, expression = "" } = clip;
  const source = (frame: number) => timecodeOf((media.start + frame) % framesPerDay(media.counting), media.counting);
  return [
    text(people.map(({ name }) => name).join(", ")),
    text(clip.name),
    text(media.fileName),
    source(sourceRange.start),
    source(sourceRange.end),
    timecodeOf(recordRange.start, rate),
    timecodeOf(recordRange.end, rate),
    timecodeOf(lengthOf(recordRange), rate),
    score?.toFixed(2) ?? "",
    text(expression),
    text(media.url),
    text(media.mediaId),
  ];
}

function text(value: string): CsvCell {
  return { text: oneLine(value) };
}
