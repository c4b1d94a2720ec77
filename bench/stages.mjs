// The stages of an export apart, each in a process of its own, as ratios to a floor taken in the same run; and the peak
// memory of each format. Floors: reading and parsing the replies for mapping; plain concatenation of the same lines, and
// writing them, for a writer and for reading its file back.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const formats = ["otio", "fcpxml", "edl", "fcp7xml"];
/** Times the floor. */
const budgets = { map: 1, write: 3, verify: 3 };
const megabytesBudget = 450;
/** The budgets are for this many clips, or fewer. */
const budgetClips = 10_000;

/** Times every stage on a record; `measure` gives the medians of a command in processes of its own. */
export function measureStages({ clips, record, work, runs, measure }) {
  const seconds = (stage, format) => median(json([here("./stage.mjs"), stage, format, record, work, String(runs)]));
  const map = row("map", "", seconds("map", "otio"), seconds("parse", "otio"));
  const rows = formats.flatMap((format) => {
    mkdirSync(join(work, `stage-${format}`), { recursive: true });
    const write = seconds("write", format);
    const floor = seconds("concat", format);
    const python = pythonSeconds(format, join(work, `stage-${format}`), work);
    return [{ ...row("write", format, write, floor), python }, row("verify", format, seconds("verify", format), floor)];
  });
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

function json(args, program = process.execPath) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}\n${stderr}`);
  return JSON.parse(stdout);
}

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

const python = process.env.BENCH_PYTHON ?? here("../.cache/oracles/venv/bin/python");

/**
 * What OpenTimelineIO's adapter takes for the same timeline: undefined where there is none, and where an independent
 * reader, that of facecut, does not find all clips in what it wrote.
 */
function pythonSeconds(format, folder, work) {
  const otio = join(work, "stage-otio");
  const isPart = format === "edl" && readdirSync(folder).length > 1;
  if (!existsSync(python) || !existsSync(otio) || isPart || format === "fcpxml") return undefined;
  const [name] = readdirSync(otio).sort();
  const out = join(work, `python.${{ otio: "otio", edl: "edl", fcp7xml: "xml" }[format]}`);
  const { seconds, clips } = json([here("./otio_adapter.py"), join(otio, name), out], python);
  const read = json([here("./count-clips.mjs"), out]);
  return read === clips ? seconds : undefined;
}

/** A table of the stages, and the lines that tell which budgets are broken. */
export function stagesText({ clips, rows, peaks }) {
  const lines = rows.map(({ stage, format, cpu, floor, ratio, budget, python: other }) =>
    [stage, format, cpu.toFixed(2), floor.toFixed(2), `${ratio.toFixed(2)}x`, `${budget}x`, other?.toFixed(2) ?? ""].join(" | "),
  );
  const memory = peaks.map(({ format, megabytes }) => `${format} ${Math.round(megabytes)} MB`).join(", ");
  const head =
    "| stage | format | cpu s | floor s | ratio | budget | OpenTimelineIO s |\n| --- | --- | --- | --- | --- | --- | --- |";
  return `\n${clips} clips, stage by stage\n\n${head}\n${lines.map((line) => `| ${line} |\n`).join("")}\npeak memory of an export, read back: ${memory}\n`;
}

/** What is over budget, in words. */
export function brokenBudgets({ clips, rows, peaks }) {
  if (clips > budgetClips) return [];
  const slow = rows.filter(({ ratio, budget }) => ratio > budget);
  const large = peaks.filter(({ megabytes }) => megabytes > megabytesBudget);
  return [
    ...slow.map(({ stage, format, ratio, budget }) => `${stage} ${format}: ${ratio.toFixed(2)}x its floor, budget ${budget}x`),
    ...large.map(({ format, megabytes }) => `${format}: ${Math.round(megabytes)} MB, budget ${megabytesBudget} MB`),
  ];
}

/** The growth of every stage: 1 is linear. */
export function stageGrowth(small, large) {
  const times = Math.log(large.clips / small.clips);
  return small.rows.map(({ stage, format, cpu }, i) => ({ stage, format, exponent: Math.log(large.rows[i].cpu / cpu) / times }));
}
