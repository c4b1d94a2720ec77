import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readAliases } from "../../src/aliases.js";
import { readFaults } from "../../src/emulate/faults.js";
import { parseClips } from "../../src/fetch/parse-clips.js";
import { parseMediaInfos, parseMediaPage } from "../../src/fetch/parse-media.js";
import { readRecord } from "../../src/fetch/read-record.js";
import { parseMatch } from "../../src/map/match-expression.js";
import { readMediaMap } from "../../src/media/media-map.js";
import { factsOf } from "../../src/media/probe-facts.js";
import { readReply } from "../../src/media/probe-reply.js";
import { readReport } from "../../src/report/old-report.js";
import { loadTemplate } from "../../src/templates.js";
import { filesIn, root, sample } from "../support/cli.js";
import { mediaMaps, replies, sampleNames } from "./corpus.js";
import { fuzz, type Outcome, oneOf, type Random } from "./fuzzing.js";
import { mutatedBytes, mutatedJson, mutatedText, oddTexts } from "./mutate.js";

/** Everything facecut reads that is no timeline: each input gives a result or a coded error. */

const folder = mkdtempSync(join(tmpdir(), "facecut-fuzz-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Reads a file that holds the input. */
function asFile(name: string, read: (path: string) => Promise<unknown>): (bytes: Uint8Array) => Promise<Outcome> {
  const path = join(folder, name);
  return async (bytes) => {
    writeFileSync(path, bytes);
    await read(path);
    return "read";
  };
}

const parsers = {
  SearchMediaClipByFace: (value: unknown) => parseClips({ path: "p", name: "n" }, value),
  SearchMediaByFace: (value: unknown) => parseMediaPage({ path: "p", name: "n" }, value),
  BatchGetMediaInfos: (value: unknown) => parseMediaInfos({ path: "p", name: "n" }, value, "BatchGetMediaInfos"),
} as const;

const probeReply = {
  streams: [
    {
      index: 0,
      codec_type: "video",
      codec_name: "h264",
      avg_frame_rate: "24000/1001",
      r_frame_rate: "24000/1001",
      time_base: "1/24000",
      nb_frames: "240",
      duration: "10.01",
      duration_ts: 240240,
      start_time: "0.000000",
      width: 1920,
      height: 1080,
      sample_aspect_ratio: "1:1",
      field_order: "progressive",
      disposition: { attached_pic: 0 },
      tags: { timecode: "01:00:00:00" },
      side_data_list: [{ rotation: -90 }],
    },
    { index: 1, codec_type: "audio", channels: 2, sample_rate: "48000", duration: "10.01" },
  ],
  format: { format_name: "mov,mp4", duration: "10.01", start_time: "0.0", tags: { time_reference: "172800000" } },
};

const report = { version: 1, name: "Ada", clips: [clip("a"), clip("b")] };
function clip(id: string) {
  return { id, timeline: "Ada", media_id: "m", people: ["Ada"], source_in: 0, source_out: 25, record_in: "01:00:00:00" };
}
const faults = {
  seed: 3,
  faults: [
    { kind: "late", share: 0.2, seconds: 0.01 },
    { kind: "error", every: 3, code: "X", status: 404 },
  ],
};
const aliases = ['who,name\r\n4400192837461,"Ada, Countess"\r\n李雷,Lei Li\r\n', "4400;Ada\n4401;Bob\n"];
const matches = ['"Ada Example" and not (Bob or "李雷")', "A & !B | C", "not not (a or (b and c))"];
const templates = Object.values(filesIn(join(root, "templates")));

const jsonBytes = (value: unknown, random: Random) =>
  random(3) === 0
    ? mutatedBytes(mutatedText(JSON.stringify(value), random), random)
    : Buffer.from(JSON.stringify(mutatedJson(value, random)));

describe("broken input", { timeout: 900_000 }, () => {
  it.each(Object.keys(parsers) as (keyof typeof parsers)[])("replies of %s", async (operation) => {
    const texts = sampleNames.flatMap((name) => Object.entries(replies(name)));
    const values = texts.filter(([path]) => path.startsWith(operation)).map(([, text]) => JSON.parse(text) as unknown);
    const read = (value: unknown): Outcome => {
      parsers[operation](value);
      return "read";
    };
    await fuzz({ name: operation, inputs: [100, 4000], make: (random) => mutatedJson(oneOf(random, values), random), read });
  });

  it("record folders", async () => {
    let n = 0;
    const make = (random: Random) => {
      const record = { ...replies(oneOf(random, sampleNames)) };
      const [path, text] = oneOf(random, Object.entries(record));
      const places = [
        path,
        path,
        path,
        oneOf(random, Object.keys(record)),
        `SearchMediaClipByFace/${encodeURIComponent(oneOf(random, oddTexts).replace(/\p{Surrogate}/gu, "")).slice(0, 200)}/page-${oneOf(random, ["0", "1", "99999999999999999999"])}.json`,
      ];
      return { ...record, [oneOf(random, places)]: mutatedText(text, random) };
    };
    const read = async (record: Record<string, string>): Promise<Outcome> => {
      const to = join(folder, `record-${n++}`);
      for (const [name, text] of Object.entries(record)) {
        mkdirSync(dirname(join(to, name)), { recursive: true });
        writeFileSync(join(to, name), text);
      }
      try {
        await readRecord(to);
      } finally {
        rmSync(to, { recursive: true });
      }
      return "read";
    };
    await fuzz({ name: "record folders", inputs: [12, 500], make, read });
  });

  it("media maps", async () => {
    const texts = [
      ...mediaMaps(),
      JSON.stringify([{ media: "a.mov", rate: 25, start_timecode: "01:00:00:00", audio: "1+1", width: 1920 }]),
    ];
    expect(texts.length).toBeGreaterThan(3);
    const make = (random: Random) => mutatedBytes(mutatedText(oneOf(random, texts), random, texts), random);
    await fuzz({ name: "media maps", inputs: [60, 2500], make, read: asFile("map.csv", readMediaMap) });
  });

  it("aliases", async () => {
    const make = (random: Random) => mutatedBytes(mutatedText(oneOf(random, aliases), random, aliases), random);
    await fuzz({ name: "aliases", inputs: [60, 2500], make, read: asFile("aliases.csv", readAliases) });
  });

  it("templates", async () => {
    const make = (random: Random) => jsonBytes(JSON.parse(oneOf(random, templates)), random);
    await fuzz({ name: "templates", inputs: [50, 1500], make, read: asFile("template.json", loadTemplate) });
  });

  it("reports of earlier exports", async () => {
    await fuzz({
      name: "reports",
      inputs: [50, 1500],
      make: (random) => jsonBytes(report, random),
      read: asFile("r.json", readReport),
    });
  });

  it("faults of the emulator", async () => {
    await fuzz({
      name: "faults files",
      inputs: [50, 1500],
      make: (random) => jsonBytes(faults, random),
      read: asFile("f.json", readFaults),
    });
  });

  it("answers of ffprobe", async () => {
    const read = (value: unknown): Outcome => ("failure" in factsOf(readReply(value)) ? "refused" : "read");
    await fuzz({ name: "ffprobe answers", inputs: [60, 2500], make: (random) => mutatedJson(probeReply, random), read });
  });

  it("match expressions", async () => {
    const make = (random: Random) => mutatedText(oneOf(random, matches), random, [...matches, ...oddTexts]);
    const read = (text: string): Outcome => {
      parseMatch(text);
      return "read";
    };
    await fuzz({ name: "match expressions", inputs: [500, 20_000], make, read });
  });
});

describe("the samples the inputs are made from", () => {
  it("are read", async () => {
    for (const name of sampleNames) expect((await readRecord(sample(name))).matches).toBeDefined();
    expect(factsOf(readReply(probeReply))).toMatchObject({ facts: { kind: "video" } });
  });
});
