// The stages of an export apart, each in a process of its own, as ratios to a floor taken in the same run; and the peak
// memory of each format. Floors: reading and parsing the replies for mapping; the same text put together from words and
// numbers, and written, for a writer; the same for reading a file back, and for verifying it, which is reading it and
// comparing all of it with the plan. Beside the floor stands what the reader's parser takes with nobody listening.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const formats = ["otio", "fcpxml", "edl", "fcp7xml"];
/** Times the floor. */
const budgets = { map: 1, write: 3, read: 3, verify: 5 };
const megabytesBudget = 450;
/** How many times as fast as OpenTimelineIO's adapters a writer has to be. */
const fasterBudgets = { otio: 3, fcpxml: 8, edl: 8, fcp7xml: 8 };
/** The budgets are for this many clips: with fewer, what runs for the first time weighs more than the work. */
const budgetClips = 10_000;

/** Times every stage on a record; `measure` gives the medians of a command in processes of its own. */
export function measureStages({ clips, record, work, runs, measure }) {
  const seconds = (stage, format) => median(json([here("./stage.mjs"), stage, format, record, work, String(runs)]));
  const rows = formats.flatMap((format) => {
    mkdirSync(join(work, `stage-${format}`), { recursive: true });
    const write = seconds("write", format);
    // Larger files are longer than a string can be; of those the growth is what counts.
    const isSmall = clips <= budgetClips;
    const floor = isSmall ? seconds("concat", format) : Number.NaN;
    const bare = isSmall ? seconds("bare", format) : Number.NaN;
    const python = isSmall ? pythonWriter(format, clips, work) : undefined;
    return [
      { ...row("write", format, write, floor), python, budgetFaster: fasterBudgets[format] },
      { ...row("read", format, seconds("read", format), floor), bare },
      row("verify", format, seconds("verify", format), floor),
    ];
  });
  const map = row("map", "", seconds("map", "otio"), seconds("parse", "otio"));
  const peaks = formats.map((format) => ({ format, megabytes: peak(format, record, work, measure) }));
  return { clips, rows: [map, ...rows], peaks };
}

function row(stage, format, cpu, floor) {
  return { stage, format, cpu, floor, ratio: cpu / floor, budget: budgets[stage] };
}

function peak(format, record, work, measure) {
  const options = ["--format", format, "--markers", "all", "--rate", "25", "--force", "--quiet"];
  return measure([here("../dist/bin.js"), "export", record, "-o", join(work, `peak-${format}`), ...options]).megabytes;
}

function json(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}\n${stderr}`);
  return JSON.parse(stdout);
}

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

const python = process.env.BENCH_PYTHON ?? here("../.cache/oracles/venv/bin/python");

const mostPython = 90_000;
const extensions = { otio: "otio", fcpxml: "fcpxml", edl: "edl", fcp7xml: "xml" };

/**
 * Seconds and memory of OpenTimelineIO's adapter for the same timeline: undefined where it is not installed, and where an
 * independent reader, that of facecut, does not find all clips in what it wrote.
 */
function pythonWriter(format, clips, work) {
  if (!existsSync(python)) return undefined;
  const [name] = readdirSync(join(work, "stage-otio")).sort();
  const out = join(work, `python.${extensions[format]}`);
  // Some adapter's time grows with the square of the clips: who takes minutes is slow enough.
  const run = spawnSync(python, [here("./otio_adapter.py"), join(work, "stage-otio", name), out], {
    encoding: "utf8",
    timeout: mostPython,
  });
  if (run.error !== undefined) return { seconds: mostPython / 1000, megabytes: Number.NaN };
  const { seconds, megabytes } = JSON.parse(run.stdout);
  return json([here("./count-clips.mjs"), out]) === clips ? { seconds, megabytes } : undefined;
}

/** A table of the stages, and the lines that tell which budgets are broken. */
export function stagesText({ clips, rows, peaks }) {
  const lines = rows.map(({ stage, format, cpu, floor, ratio, budget, python: other, bare = Number.NaN }) =>
    [
      ...[stage, format, seconds(cpu), seconds(floor), times(ratio), times(budget)],
      seconds(bare),
      other === undefined
        ? ""
        : `${other.seconds.toFixed(1)} s, ${times(other.seconds / cpu)}, ${Math.round(other.megabytes)} MB`,
    ].join(" | "),
  );
  const memory = peaks.map(({ format, megabytes }) => `${format} ${Math.round(megabytes)} MB`).join(", ");
  const head =
    "| stage | format | cpu s | floor s | ratio | budget | parser alone s | OpenTimelineIO |\n| --- | --- | --- | --- | --- | --- | --- | --- |";
  return `\n${clips} clips, stage by stage\n\n${head}\n${lines.map((line) => `| ${line} |\n`).join("")}\npeak memory of an export, read back: ${memory}\n`;
}

const seconds = (cpu) => (Number.isNaN(cpu) ? "" : cpu.toFixed(2));
const times = (ratio) => (Number.isNaN(ratio) ? "" : `${ratio.toFixed(2)}x`);

/** What is over budget, in words. */
export function brokenBudgets({ clips, rows, peaks }) {
  if (clips !== budgetClips) return [];
  const slow = rows.filter(({ ratio, budget }) => ratio > budget);
  const notFaster = rows.filter(({ cpu, python: other, budgetFaster }) => other && other.seconds < budgetFaster * cpu);
  const large = peaks.filter(({ megabytes }) => megabytes > megabytesBudget);
  return [
    ...slow.map(({ stage, format, ratio, budget }) => `${stage} ${format}: ${times(ratio)} its floor, budget ${times(budget)}`),
    ...notFaster.map(
      ({ format, cpu, python: other, budgetFaster }) =>
        `write ${format}: ${times(other.seconds / cpu)} as fast as OpenTimelineIO, budget ${times(budgetFaster)}`,
    ),
    ...large.map(({ format, megabytes }) => `${format}: ${Math.round(megabytes)} MB, budget ${megabytesBudget} MB`),
  ];
}

/** The growth of every stage: 1 is linear. */
export function stageGrowth(small, large) {
  const times = Math.log(large.clips / small.clips);
  return small.rows.map(({ stage, format, cpu }, i) => ({ stage, format, exponent: Math.log(large.rows[i].cpu / cpu) / times }));
}
