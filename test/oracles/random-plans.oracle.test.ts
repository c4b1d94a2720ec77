import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mapToTimeline } from "../../src/map/map-to-timeline.js";
import type { Clip, Plan, Timeline } from "../../src/model/timeline.js";
import { type FrameRate, timelineRates } from "../../src/time/frame-rate.js";
import { framesPerDay, timecodeOf } from "../../src/time/timecode.js";
import { dialectOf } from "../../src/write/dialect.js";
import type { Dialect, FormatId } from "../../src/write/writer.js";
import { writers } from "../../src/write/writers.js";
import { dtdFaults, oracle, type Reading, readTimelines, titled } from "../support/oracles.js";
import { mediaRates, randomRecord } from "../support/random-records.js";
import { sweep } from "../support/sweep.js";
import { differences, type ExpectedClip, type ExpectedTimeline, type Format } from "./compare-readings.js";
import { readerDifferences } from "./own-readings.js";

type TimelineFormat = Exclude<FormatId, "csv" | "otioz" | "otiod">;

/**
 * Random plans over all timeline rates and media rates, written in every format and read back by other people's
 * readers: a thousand with FACECUT_SWEEP=full, fewer without.
 */
const plans = sweep(84, 1000);
const pairs = timelineRates.length * mediaRates.length;
// Consecutive seeds go through the pairs of rates in order; a step that shares no factor with their number spreads few plans.
const seeds = Array.from({ length: plans }, (_, i) => i * 11);

const out = mkdtempSync(join(tmpdir(), "facecut-random-"));
afterAll(() => rmSync(out, { recursive: true }));
const dialect: Dialect = dialectOf({ markerPlace: { otio: "clip", fcp7xml: "timeline" } });
// A cut log is for people; no reader of timelines takes it.
const extensions: Readonly<Record<TimelineFormat, Format>> = { otio: "otio", fcpxml: "fcpxml", edl: "edl", fcp7xml: "xml" };
const formats = Object.keys(extensions) as TimelineFormat[];

function planOf(seed: number): Plan {
  const { record, facts, options } = randomRecord(seed);
  return mapToTimeline(record, facts, options).plan;
}

function writeAll(seed: number, plan: Plan): Record<TimelineFormat, string[]> {
  const folder = join(out, String(seed));
  mkdirSync(folder);
  const names = plan.timelines.map((_, i) => `cut-${i + 1}`);
  const write = (id: FormatId) =>
    writers[id].write(plan, names, dialect).map(({ name, chunks }) => {
      writeFileSync(join(folder, name), [...chunks].join(""));
      return join(folder, name);
    });
  return Object.fromEntries(formats.map((id) => [id, write(id)])) as Record<TimelineFormat, string[]>;
}

const rateText = ({ num, den }: FrameRate) => (den === 1 ? `${num}` : `${num}/${den}`);

function expectedTimeline({ name, rate, start, tracks }: Timeline): ExpectedTimeline {
  const clips = tracks.flatMap((track) => track.clips);
  const markers = clips.flatMap((clip) => clip.markers.map((m) => ({ frame: m.recordFrame - start, name: m.person.name })));
  return {
    name,
    rate: rateText(rate),
    dropped: rate.dropped,
    start,
    clips: clips.map((clip) => expectedClip(clip, start)),
    markers,
  };
}

function expectedClip({ media, sourceRange, recordRange }: Clip, start: number): ExpectedClip {
  const inPoint = (media.start + sourceRange.start) % framesPerDay(media.counting);
  return {
    mediaId: media.mediaId,
    file: media.fileName,
    mediaIn: sourceRange.start,
    label: timecodeOf(inPoint, media.counting),
    mediaRate: rateText(media.rate),
    mediaStart: media.start,
    ...(media.duration === undefined ? {} : { mediaLength: media.duration }),
    channels: media.audio?.channels ?? 0,
    streams: media.audio?.streams.length ?? 0,
    recordIn: recordRange.start - start,
    recordOut: recordRange.end - start,
  };
}

const python = oracle("python");

describe.skipIf(python === undefined)(titled(`${plans} random plans, read by other people's readers`, "python"), () => {
  const written = new Map<number, { expected: ExpectedTimeline; paths: Record<TimelineFormat, string[]> }>();
  const readings = new Map<string, Reading>();

  beforeAll(() => {
    for (const seed of seeds) {
      const plan = planOf(seed);
      written.set(seed, { expected: expectedTimeline(plan.timelines[0] as Timeline), paths: writeAll(seed, plan) });
    }
    const files = [...written.values()].flatMap(({ expected, paths }) =>
      formats.flatMap((id) => paths[id].map((path) => ({ path, asked: id === "edl" ? `${path}=${expected.rate}` : path }))),
    );
    const read = readTimelines(
      python as string,
      files.map(({ asked }) => asked),
    );
    for (const [i, { path }] of files.entries()) readings.set(path, read[i] as Reading);
  }, 600_000);

  test("the plans go through the pairs of a timeline rate and a media rate", () => {
    expect(new Set(seeds.map((seed) => seed % pairs)).size).toBe(Math.min(plans, pairs));
  });

  test("clips, ranges, in-points, sound and markers are as planned in all four formats", () => {
    const wrong = [...written].flatMap(([seed, { expected, paths }]) => {
      const read = Object.fromEntries(
        formats.map((id) => [extensions[id], paths[id].map((path) => readings.get(path) as Reading)]),
      );
      return differences(expected, read as Record<Format, Reading[]>).map((line) => `seed ${seed}: ${line}`);
    });
    expect(wrong.slice(0, 40)).toEqual([]);
  });

  test("facecut's own readers find the same clips, ranges and markers", () => {
    const wrong = [...written].flatMap(([seed, { expected, paths }]) =>
      formats.flatMap((id) =>
        paths[id].flatMap((path) =>
          readerDifferences(path, readings.get(path) as Reading, expected.rate).map((line) => `seed ${seed} ${id}: ${line}`),
        ),
      ),
    );
    expect(wrong.slice(0, 20)).toEqual([]);
  });

  const [xmllint, dtd] = [oracle("xmllint"), oracle("dtd")];

  test.skipIf(xmllint === undefined || dtd === undefined)(
    titled("every FCPXML is valid by Apple's definition of 1.10", "xmllint", "dtd"),
    () => {
      const paths = [...written.values()].flatMap(({ paths: { fcpxml } }) => fcpxml);
      expect(paths.length).toBe(plans);
      expect(dtdFaults(xmllint as string, dtd as string, paths)).toBe("");
    },
  );
});
