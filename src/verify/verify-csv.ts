import { unguardedCell } from "../csv-text.js";
import type { Clip, Plan, Timeline } from "../model/timeline.js";
import { oneLine } from "../text.js";
import { lengthOf } from "../time/frame-range.js";
import type { Counting } from "../time/frame-rate.js";
import { frameOfLabel, framesPerDay, parseTimecode } from "../time/timecode.js";
import { type Difference, Differences, fileCount } from "./difference.js";
import { called, placedClips } from "./expected.js";
import type { WrittenFile } from "./written-file.js";

/** Cut logs: a file per timeline, a row per clip, read back as a spreadsheet would. */
export function verifyCsv({ timelines }: Plan, files: readonly WrittenFile[]): Difference[] {
  if (files.length !== timelines.length) return [fileCount("csv", timelines.length, files.length)];
  return files.flatMap(({ name, chunks }, i) => {
    const differences = new Differences(name);
    compareLog(timelines[i] as Timeline, [...chunks].join(""), differences);
    return differences.list;
  });
}

function compareLog(timeline: Timeline, text: string, to: Differences): void {
  const [header = [], ...rows] = rowsOf(text);
  const clips = placedClips(timeline).map(({ clip }) => clip);
  to.compare(undefined, "last line", true, text.endsWith("\r\n"));
  to.compare(undefined, "number of clips", clips.length, rows.length);
  for (const [i, clip] of clips.entries()) {
    const row = rows[i];
    if (row === undefined) return;
    to.compare(called(clip, timeline), "number of cells", header.length, row.length);
    compareRow(clip, i + 1, timeline, (column) => row[header.indexOf(column)] ?? "", to);
  }
}

function compareRow(clip: Clip, number: number, timeline: Timeline, cell: (column: string) => string, to: Differences): void {
  const { media, sourceRange, recordRange, people, score, expression = "" } = clip;
  const name = called(clip, timeline);
  const texts = {
    number: String(number),
    person: people.map((person) => person.name).join(", "),
    clip: clip.name,
    file: media.fileName,
    score: score?.toFixed(2) ?? "",
    expression,
    media: media.url,
    media_id: media.mediaId,
  };
  for (const [column, text] of Object.entries(texts)) to.compare(name, column, oneLine(text), unguardedCell(cell(column)));
  const day = framesPerDay(media.counting);
  const frames = {
    source_in: [(media.start + sourceRange.start) % day, media.counting],
    source_out: [(media.start + sourceRange.end) % day, media.counting],
    record_in: [recordRange.start, timeline.rate],
    record_out: [recordRange.end, timeline.rate],
    length: [lengthOf(recordRange), timeline.rate],
  } as const;
  for (const [column, [frame, counting]] of Object.entries(frames))
    to.compare(name, column, frame, frameIn(cell(column), counting));
}

function frameIn(cell: string, counting: Counting): number | undefined {
  const label = parseTimecode(cell);
  return label && frameOfLabel(label, counting);
}

/** Cells of RFC 4180: quoted where they hold a comma, quote or blank. */
function rowsOf(text: string): string[][] {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split("\r\n")
    .filter((line) => line !== "");
  return lines.map((line) => [...line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g)].map(([, cell]) => unquoted(cell as string)));
}

function unquoted(cell: string): string {
  return cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}
