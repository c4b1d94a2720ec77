// One stage of an export, several times in a process of its own; prints the processor seconds of each run as JSON.
// Arguments: stage (parse, map, concat, write, bare, read, verify), format, record folder, working folder, runs.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SaxesParser } from "saxes";
import { exportSettings } from "../dist/export-settings.js";
import { readRecord } from "../dist/fetch/read-record.js";
import { readChunks, writeFiles } from "../dist/files.js";
import { mapToTimeline } from "../dist/map/map-to-timeline.js";
import { gatherMediaFacts } from "../dist/media/media-facts.js";
import { readers } from "../dist/read/readers.js";
import { loadTemplate } from "../dist/templates.js";
import { verifyFormat } from "../dist/verify/verify.js";
import { writers } from "../dist/write/writers.js";
import { piecesOf, putTogether } from "./pieces.mjs";

const [stage, format, record, work, runs] = process.argv.slice(2);
const folder = join(work, `stage-${format}`);

const settings = exportSettings({ markers: "all", rate: "25" }, await loadTemplate("generic"), record);

async function mapping() {
  const found = await readRecord(record);
  const { facts } = gatherMediaFacts(found, undefined, { use: "original" });
  const { shape, startTimecode, fallbackName, sort, markers, rate } = settings;
  return () => mapToTimeline(found, facts, { ...shape, startTimecode, fallbackName, sort, markers, rate });
}

async function filesOfPlan() {
  const { plan } = (await mapping())();
  const names = plan.timelines.map((_, i) => `cut-${i + 1}`);
  return { plan, make: () => writers[format].write(plan, names, settings.dialect) };
}

function written() {
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, path: join(folder, name) }));
}

/** What no reader does without: its parser, with nobody listening; of an edit list, parting its lines. */
const bareReading = {
  otio: (path) => JSON.parse(readFileSync(path, "utf8")),
  edl: (path) => readFileSync(path, "utf8").split(/\r?\n/),
  fcpxml: parseXml,
  fcp7xml: parseXml,
};

function parseXml(path) {
  const parser = new SaxesParser({ xmlns: false, position: true });
  for (const chunk of readChunks(path)) parser.write(chunk);
  parser.close();
}

/** What is timed of each stage; what comes before is not. */
const stages = {
  parse: async () => () => {
    for (const entry of readdirSync(record, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) JSON.parse(readFileSync(join(entry.parentPath, entry.name), "utf8"));
  },
  map: mapping,
  concat: async () => {
    const files = written().map(({ path }) => piecesOf(readFileSync(path, "utf8")));
    return () => {
      for (const pieces of files) putTogether(pieces, join(work, "floor"));
    };
  },
  write: async () => {
    const { make } = await filesOfPlan();
    return () => writeFiles(folder, make());
  },
  bare: async () => () => {
    for (const { path } of written()) bareReading[format](path);
  },
  read: async () => {
    const { timelines } = (await mapping())().plan;
    const { rate } = timelines[0];
    const all = timelines.flatMap(({ tracks }) => tracks).reduce((sum, { clips }) => sum + clips.length, 0);
    return () => {
      let clips = 0;
      const sink = { clip: () => clips++, marker: () => {}, timeline: () => {} };
      for (const { name, path } of written()) readers[format](readChunks(path), { file: name, rate, sink });
      if (clips !== all) throw new Error(`${clips} clips were read, not ${all}`);
    };
  },
  verify: async () => {
    const { plan } = await filesOfPlan();
    return () => {
      const files = written().map(({ name, path }) => ({ name, chunks: readChunks(path) }));
      const [difference] = verifyFormat(format, plan, settings.dialect, files);
      if (difference !== undefined) throw new Error(`${difference.what} is ${difference.found}, not ${difference.expected}`);
    };
  },
};

const once = await stages[stage]();
// V8 compiles what is hot during the first rounds, and throws away what it compiled too early.
for (let i = 0; i < 3; i++) await once();
const seconds = [];
for (let i = 0; i < Number(runs); i++) {
  const { user, system } = process.cpuUsage();
  await once();
  const spent = process.cpuUsage({ user, system });
  seconds.push((spent.user + spent.system) / 1e6);
}
process.stdout.write(JSON.stringify(seconds));
