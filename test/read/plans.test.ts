import { describe, expect, it } from "vitest";
import { mapToTimeline } from "../../src/map/map-to-timeline.js";
import type { Plan, Timeline } from "../../src/model/timeline.js";
import { timelineMarkers } from "../../src/model/timeline.js";
import type { Reading, ReadTimeline } from "../../src/read/reading.js";
import type { FormatId } from "../../src/write/writer.js";
import { plans } from "../support/plans.js";
import { randomRecord } from "../support/random-records.js";
import { sweep } from "../support/sweep.js";
import { expectedClips, markersIn, readBack, shownClip, shownMarkers, slashless } from "./expected.js";

const places = ["clip", "timeline"] as const;
// Seeds in a row go through pairs of rates; every fifth has the same rates, in fewer pairs.
const step = sweep(5, 1);
type Place = (typeof places)[number];

/** Reading a plan's files gives the plan: clips in order with their ranges and markers, timelines, nothing odd. */
function expectPlan(plan: Plan, format: FormatId, place: Place): void {
  const readings = readBack(plan, format, place);
  expect(readings.flatMap(({ problems }) => problems)).toEqual([]);
  const read = readings.flatMap(({ timelines }) => timelines);
  if (format !== "edl") expect(read).toHaveLength(plan.timelines.length);
  for (const [i, timeline] of plan.timelines.entries()) {
    const found = format === "edl" ? read.filter((_, k) => belongs(plan, i, readings[k])) : [read[i] as ReadTimeline];
    expectTimeline(timeline, found, format, place);
  }
}

/** An EDL of more than 999 events has several files. */
function belongs(plan: Plan, index: number, reading: Reading | undefined): boolean {
  return plan.timelines.length === 1 || reading?.file.startsWith(`cut-${index}.`) === true;
}

function expectTimeline(timeline: Timeline, read: readonly ReadTimeline[], format: FormatId, place: Place): void {
  const onTimeline = place === "timeline" && (format === "otio" || format === "fcp7xml");
  const clips = read.flatMap(({ clips, start }) => clips.map((clip) => shownClip(clip, start as number, format)));
  expect(clips).toEqual(
    expectedClips(timeline, format, !onTimeline).map((clip) => ({
      ...clip,
      source: format === "fcpxml" ? [clip.source[0], undefined] : clip.source,
    })),
  );
  const [first] = read as [ReadTimeline];
  const markers = onTimeline ? markersIn([...timelineMarkers(timeline)], format) : [];
  expect(shownMarkers(first.markers, first.start as number, format)).toEqual(markers);
  expect(first.rate).toMatchObject({ num: timeline.rate.num, den: timeline.rate.den });
  if (format !== "otio") expect(first.dropFrame).toBe(timeline.rate.dropped > 0);
  if (format !== "edl") expect(first.start).toBe(timeline.start);
  if (format === "fcpxml" || format === "fcp7xml") expect(first.size).toEqual(timeline.size);
}

describe("reading back what was written", () => {
  describe.each(["otio", "fcpxml", "edl", "fcp7xml"] as const)("%s", (format) => {
    // Clips that lie one over the other make no list.
    const written = Object.entries(plans).filter(([name]) => format !== "edl" || name !== "twoTracks");

    it.each(written)("gives the plan: %s", (_, make) => {
      for (const place of places) expectPlan(make(), format, place);
    });

    it("gives the plan for random ones", () => {
      for (let seed = 0; seed < 144; seed += step) {
        const { record, facts, options } = randomRecord(seed);
        expectPlan(mapToTimeline(record, facts, options).plan, format, seed % 2 === 0 ? "clip" : "timeline");
      }
    });
  });

  it("gives the media: name, place, start, length, rate, size, sound, shape", () => {
    for (let seed = 0; seed < 144; seed += step) {
      const { record, facts, options } = randomRecord(seed);
      const plan = mapToTimeline(record, facts, options).plan;
      expectMedia(plan, readBack(plan, "fcpxml")[0] as Reading, "fcpxml");
      expectMedia(plan, readBack(plan, "fcp7xml")[0] as Reading, "fcp7xml");
      expectMedia(plan, readBack(plan, "otio")[0] as Reading, "otio");
    }
  });

  it("gives the colours that FCP7 XML has numbers for", () => {
    const [{ timelines }] = readBack(plans.twoPeople25(), "fcp7xml", "timeline") as [Reading];
    // Premiere's green and cyan (OpenTimelineIO wiki, "Editorial File Format Notes").
    expect(timelines[0]?.markers.map(({ name, colour }) => [name, colour])).toEqual([
      ["Ada Lovelace", "4281828977"],
      ["Ada Lovelace", "4281828977"],
      ["王小明", "4292277273"],
    ]);
  });

  it("links sound to its picture, channel by channel", () => {
    const [otio, fcp7] = (["otio", "fcp7xml"] as const).map((format) => readBack(plans.soundKinds(), format)[0]?.timelines[0]);
    for (const timeline of [otio, fcp7] as ReadTimeline[]) {
      const channels = timeline.clips.map(({ link }) =>
        timeline.sounds.filter((sound) => sound.link === link).flatMap((sound) => sound.channels),
      );
      expect(channels.map((list, i) => (timeline.clips[i]?.link === undefined ? 0 : list.length))).toEqual([0, 1, 2, 6]);
      expect(
        timeline.sounds.every(({ record, link }) =>
          timeline.clips.some((clip) => clip.link === link && clip.record.start === record.start),
        ),
      ).toBe(true);
    }
    expect(fcp7?.sounds.filter(({ link }) => link === fcp7.clips[3]?.link).map(({ channels }) => channels[0]?.channel)).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
  });

  it("gives the clips of the browser with a keyword per appearance", () => {
    const [reading] = readBack(plans.twoPeople25(), "fcpxml") as [Reading];
    const keywords = reading.browserClips.flatMap((clip) => clip.keywords);
    expect(reading.browserClips.map(({ name, source }) => [name, source?.start, source?.end])).toEqual([
      ["A 01.mov", 900_000, 901_000],
    ]);
    expect(keywords.map(({ value, source }) => [value, source?.start, source?.end])).toEqual([
      ["Ada Lovelace", 900_050, 900_150],
      ["Ada Lovelace", 900_200, 900_250],
      ["王小明", 900_200, 900_250],
    ]);
  });
});

function expectMedia(plan: Plan, { media, timelines }: Reading, format: FormatId): void {
  const used = new Set(timelines.flatMap(({ clips }) => clips.map((clip) => clip.media)));
  expect([...used].every((id) => media.some((one) => one.id === id))).toBe(true);
  for (const { media: planned, extent } of plan.media) {
    const found = media.find(({ name }) => name === slashless(planned.fileName));
    expect(found).toMatchObject({
      rate: { num: planned.rate.num, den: planned.rate.den },
      start: planned.start,
      duration: extent,
    });
    expect(found?.files[0]?.url).toBe(planned.url);
    if (format === "otio") continue;
    expect(found?.audio?.channels ?? 0).toBe(planned.audio?.channels ?? 0);
    expect(found?.audio?.sources ?? 0).toBe(planned.audio?.streams.length ?? 0);
    if (planned.size) expect(found?.size).toEqual(planned.size);
    const isInterlaced = planned.scan === "upper" || planned.scan === "lower";
    expect(/upper|lower/.exec(found?.scan ?? "")?.[0]).toBe(isInterlaced ? planned.scan : undefined);
  }
}
