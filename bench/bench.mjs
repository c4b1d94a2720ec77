// `npm run bench`: what the whole command costs, as ratios to floors taken in the same run, and how it grows.
// BENCH_SIZES="1000 10000 50000" and BENCH_RUNS=5 change what is measured; BENCH_JSON=FILE keeps the figures.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeRecord } from "./make-record.mjs";
import { brokenBudgets, measureStages, stageGrowth, stagesText } from "./stages.mjs";

const sizes = (process.env.BENCH_SIZES ?? "1000 10000 50000").split(" ").map(Number);
const runs = Number(process.env.BENCH_RUNS ?? 5);
const growthBudget = 1.1;
// n log n from a thousand to ten thousand is n to the power of 1.12.
const sortBudget = 1.15;

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const work = mkdtempSync(join(tmpdir(), "facecut-bench-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));

/** One process: wall and processor seconds, peak memory. */
function run(args) {
  const started = process.hrtime.bigint();
  const child = spawnSync(process.execPath, ["--import", here("./usage.mjs"), ...args], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const wall = Number(process.hrtime.bigint() - started) / 1e9;
  if (child.status !== 0) throw new Error(`${args.join(" ")} ended with ${child.status}\n${child.stderr}`);
  return { wall, ...JSON.parse(String(child.output[3])) };
}

/** Medians of several runs after a warm-up. */
function measure(args) {
  run(args);
  const results = Array.from({ length: runs }, () => run(args));
  return Object.fromEntries(["wall", "cpu", "megabytes"].map((key) => [key, median(results.map((result) => result[key]))]));
}

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

const nothing = measure(["-e", "0"]);
/** The whole command on a record, beside the floor for the same bytes. */
function measureExport(name, clips, record, options) {
  const [out, floorOut] = [join(work, `out-${name}`), join(work, `floor-${name}`)];
  const whole = measure([here("../dist/bin.js"), "export", record, "-o", out, ...options, "--force", "--quiet"]);
  return { name, clips, whole, floor: measure([here("./floor.mjs"), record, out, floorOut]) };
}

const sample = measureExport("twelve-hundred-25", 1200, here("../samples/twelve-hundred-25"), ["--markers", "appearance"]);
const rows = sizes.map((clips) => {
  const record = join(work, `record-${clips}`);
  makeRecord(record, { clips, media: Math.max(1, Math.round(clips / 100)), points: 20 });
  return measureExport(`${clips} clips, ${clips * 20} markers`, clips, record, ["--markers", "all", "--rate", "25"]);
});

// Everything that shapes a cut at once, over few long media in which everybody meets; what is left is little to write.
const shaping = [
  ...["--match", '("Ada Example" or "Bob Sample" or 李雷) and not ("Cyd Muster" and "Dee Demo")', "--match-gap", "0.2s"],
  ...[
    "--merge-gap",
    "12",
    "--min-length",
    "0.2s",
    "--max-length",
    "00:00:04:00",
    "--handles",
    "1s,12",
    "--handles-meet",
    "touch",
  ],
  ...[
    "--min-score",
    "0.62",
    "--sort",
    "person",
    "--layout",
    "tracks",
    "--limit",
    "500",
    "--group-gap",
    "1s",
    "--markers",
    "moves",
  ],
  ...["--clip-name", "{person} {index:05} {source_tc}", "--format", "csv"],
];
const shaped = sizes.map((clips) => {
  const record = join(work, `shaped-${clips}`);
  makeRecord(record, { clips, media: 10, points: 2, spacing: 1 });
  return measureExport(`${clips} occurrences, shaped`, clips, record, shaping);
});

// Start-up is paid once: growth is that of what comes on top of it.
function growthOf(measured) {
  const [first, last] = [measured[0], measured.at(-1)];
  const above = (row) => row.whole.cpu - nothing.cpu;
  return Math.log(above(last) / above(first)) / Math.log(last.clips / first.clips);
}
const growth = growthOf(rows);
const shapedGrowth = growthOf(shaped);

const ratio = (n) => `${n.toFixed(2)}x`;
process.stdout.write(`${cpus()[0].model}, ${cpus().length} processors, Node ${process.version}, medians of ${runs} runs\n\n`);
process.stdout.write(
  "| record | cpu / floor | cpu / node -e 0 | wall s | cpu s | peak MB |\n| --- | --- | --- | --- | --- | --- |\n",
);
for (const { name, whole, floor } of [sample, ...rows, ...shaped]) {
  const cells = [
    name,
    ratio(whole.cpu / floor.cpu),
    ratio(whole.cpu / nothing.cpu),
    whole.wall.toFixed(2),
    whole.cpu.toFixed(2),
    Math.round(whole.megabytes),
  ];
  process.stdout.write(`| ${cells.join(" | ")} |\n`);
}
process.stdout.write(
  `\ngrowth exponent ${growth.toFixed(2)} (shaping: ${shapedGrowth.toFixed(2)}) from ${sizes[0]} to ${sizes.at(-1)} clips (1 is linear; budget ${growthBudget}, ${sortBudget} with sorting)\n`,
);
const staged = sizes.map((clips) => {
  const folder = join(work, `stages-${clips}`);
  const record = join(folder, "record");
  makeRecord(record, { clips, media: 50, points: 20 });
  const measured = measureStages({ clips, record, work: folder, runs, measure });
  rmSync(folder, { recursive: true, force: true });
  process.stdout.write(stagesText(measured));
  return measured;
});
const stagesGrown = staged.length > 1 ? stageGrowth(staged[0], staged.at(-1)) : [];
for (const { stage, format, exponent } of stagesGrown)
  process.stdout.write(`growth exponent of ${stage} ${format}: ${exponent.toFixed(2)}\n`);
const broken = staged.flatMap(brokenBudgets);
if (broken.length > 0) {
  process.stdout.write(`over budget:\n${broken.map((line) => `  ${line}\n`).join("")}`);
  process.exitCode = 1;
}
if (process.env.BENCH_JSON)
  writeFileSync(
    process.env.BENCH_JSON,
    `${JSON.stringify({ nothing, sample, rows, growth, shaped, shapedGrowth, staged, stagesGrown, broken }, null, 2)}\n`,
  );
if (rows.length > 1 && (growth > growthBudget || shapedGrowth > sortBudget)) {
  process.stdout.write("over budget: the cost grows faster than the input\n");
  process.exitCode = 1;
}
