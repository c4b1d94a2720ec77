import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ExpectedTimeline } from "./compare-readings.js";

/** Reads test/oracles/cuts/<case>.tsv; what the columns are is told at the top of expected_cut.py, which writes them. */
export function expectedCut(name: string): ExpectedTimeline {
  const text = readFileSync(join("test", "oracles", "cuts", `${name}.tsv`), "utf8");
  const rows = text
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));
  const of = (kind: string) => rows.filter(([first]) => first === kind).map(([, ...columns]) => columns);
  const [rate, startLabel, start, title] = of("timeline")[0] as [string, string, string, string];
  return {
    name: title,
    rate,
    dropped: startLabel.includes(";") ? Math.round(Number(rate.split("/")[0]) / 15000) : 0,
    start: Number(start),
    clips: of("clip").map((columns) => {
      const [file, , mediaIn, , label, mediaRate, mediaStart, mediaLength, sound, recordIn, recordOut, mediaId] =
        columns as string[];
      const streams = (sound as string).split("+").map(Number);
      return {
        mediaId: mediaId as string,
        file: file as string,
        label: label as string,
        mediaRate: mediaRate as string,
        mediaIn: Number(mediaIn),
        mediaStart: Number(mediaStart),
        mediaLength: Number(mediaLength),
        channels: streams.reduce((sum, channels) => sum + channels, 0),
        streams: streams.length,
        recordIn: Number(recordIn),
        recordOut: Number(recordOut),
      };
    }),
    markers: of("marker").map(([frame, who]) => ({ frame: Number(frame), name: who as string })),
  };
}
