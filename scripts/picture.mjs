/**
 * Draws a timeline file of any format as SVG: npm run picture -- FILE [OUT.svg] [--rate RATE]
 * Edit lists do not say their rate: give it. Without a file it draws the README's sample into docs/picture.svg.
 */
import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { openTimeline } from "../dist/check/open-timeline.js";
import { frameOfLabel, parseTimelineRate, readTimelines, timecodeOf } from "../dist/index.js";
import { oneLine } from "../dist/text.js";
import { timelineRateOf } from "../dist/time/frame-rate.js";
import { drawTimelines } from "./picture/draw-timelines.mjs";

const { values, positionals } = parseArgs({ options: { rate: { type: "string" } }, allowPositionals: true });
const [file = "samples/two-people-23976/expected/two-people-23976.otio", out] = positionals;
const target = out ?? (positionals.length === 0 ? "docs/picture.svg" : `${basename(file).replace(/\.\w+$/, "")}.svg`);
const rate = values.rate && parseTimelineRate(values.rate)?.rate;
try {
  const reading = readTimelines(await openTimeline(file), { file, ...(rate && { rate }) });
  writeFileSync(target, drawTimelines(reading, { timecodeOf, frameOfLabel, timelineRateOf, oneLine }));
  process.stdout.write(`drew ${file} as ${target}\n`);
} catch (error) {
  process.stderr.write(`picture: ${file}: ${error.message}\n`);
  process.exitCode = 1;
}
