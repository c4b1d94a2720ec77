import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mapToTimeline } from "../../src/map/map-to-timeline.js";
import type { MediaClip } from "../../src/model/matches.js";
import type { Clip, Timeline } from "../../src/model/timeline.js";
import { lengthOf } from "../../src/time/frame-range.js";
import { snapRange } from "../../src/time/snap-to-frames.js";
import { frameRate, framesOf, timelineRates } from "../support/rates.js";
import { clip, defaults, facts, record, type Times } from "../support/records.js";
import { sweep } from "../support/sweep.js";

/** Random libraries: a few media of any rate and start, a few people, occurrences that overlap, touch and repeat. */
const seconds = fc.oneof(
  fc.integer({ min: 0, max: 60_000 }).map((n) => n / 1000),
  fc.integer({ min: 0, max: 1500 }).map((n) => n / 25),
);
const times = fc
  .tuple(seconds, seconds, fc.array(seconds, { maxLength: 4 }))
  .map(([a, b, points]): Times => [Math.min(a, b), Math.max(a, b), ...points]);
const clips = fc.array(
  fc
    .tuple(fc.constantFrom("Ada", "Bob", "李雷", undefined), fc.array(times, { maxLength: 4 }))
    .map(([who, list]) => clip(who, list)),
  { maxLength: 5 },
);
const mediaRate = fc.oneof(
  fc.constantFrom(...timelineRates),
  fc.constantFrom(15, 100, 12, 90).map((n) => frameRate(n, 1)),
  fc.constant(frameRate(120_000, 1001)),
);
const mediaOptions = fc.record({
  rate: mediaRate,
  start: fc.oneof(fc.constant(0), fc.nat({ max: 2_000_000 }), fc.constant(1_649_067)),
  duration: fc.option(fc.integer({ min: 1, max: 3000 }), { nil: undefined }),
});

interface Case {
  readonly found: Record<string, MediaClip[]>;
  readonly media: ReturnType<typeof facts>;
  readonly rate: (typeof timelineRates)[number];
}

const arbitraryCase: fc.Arbitrary<Case> = fc
  .record({
    media: fc.dictionary(fc.constantFrom("a", "b", "c"), fc.tuple(mediaOptions, clips), { minKeys: 1 }),
    rate: fc.constantFrom(...timelineRates),
  })
  .map(({ media, rate }) => {
    const options = Object.fromEntries(
      Object.entries(media).map(([id, [{ rate: own, start, duration }]]) => [
        id,
        { rate: own, start, ...(duration === undefined ? {} : { duration }) },
      ]),
    );
    const known = facts(options);
    for (const [id, [{ duration }]] of Object.entries(media)) if (duration === undefined) known.set(id, without(known.get(id)));
    return { found: Object.fromEntries(Object.entries(media).map(([id, [, list]]) => [id, list])), media: known, rate };
  });

function without(media: ReturnType<typeof facts> extends Map<string, infer M> ? M | undefined : never) {
  const { duration: _, ...rest } = media as NonNullable<typeof media>;
  return rest;
}

function mapCase({ found, media, rate }: Case) {
  try {
    return mapToTimeline(record(found), media, { ...defaults, markers: "all", rate: { rate, countingGiven: true } });
  } catch (error) {
    expect(error).toMatchObject({ code: "nothing-found" });
    return undefined;
  }
}

function forAllPlans(
  check: (clips: { clip: Clip; timeline: Timeline }[], mapped: NonNullable<ReturnType<typeof mapCase>>, input: Case) => void,
): void {
  let mappedCases = 0;
  fc.assert(
    fc.property(arbitraryCase, (input) => {
      const mapped = mapCase(input);
      if (mapped === undefined) return;
      mappedCases++;
      const all = mapped.plan.timelines.flatMap((timeline) =>
        timeline.tracks.flatMap((track) => track.clips.map((each) => ({ clip: each, timeline }))),
      );
      check(all, mapped, input);
    }),
    { numRuns: sweep(80, 500) },
  );
  expect(mappedCases).toBeGreaterThan(sweep(40, 100));
}

describe("laws of mapping", () => {
  it("clips lie back to back from the start timecode", () => {
    forAllPlans((all, { plan }) => {
      for (const timeline of plan.timelines) {
        let cursor = timeline.start;
        for (const { clip: each } of all.filter((entry) => entry.timeline === timeline)) {
          expect(each.recordRange.start).toBe(cursor);
          expect(lengthOf(each.recordRange)).toBeGreaterThan(0);
          cursor = each.recordRange.end;
        }
      }
    });
  });

  it("a reader goes back from every grid to the planned media frame, or one timeline frame later on a slower timeline", () => {
    forAllPlans((all) => {
      for (const {
        clip: { media, sourceRange, sourceIn },
        timeline: { rate },
      } of all) {
        const shown = [
          framesOf(sourceIn.fromFile, rate, media.rate).floor,
          framesOf(sourceIn.fromMidnight, rate, media.rate).floor - media.start,
        ];
        const slack = rate.num * media.rate.den >= media.rate.num * rate.den ? 0 : framesOf(1, rate, media.rate).ceil;
        for (const frame of shown) {
          expect(frame).toBeGreaterThanOrEqual(sourceRange.start);
          expect(frame - sourceRange.start).toBeLessThanOrEqual(slack);
        }
      }
    });
  });

  it("no clip reaches past its media's end on any grid", () => {
    forAllPlans((all) => {
      for (const {
        clip: { media, sourceRange, sourceIn, recordRange },
        timeline: { rate },
      } of all) {
        if (media.duration === undefined) continue;
        const length = lengthOf(recordRange);
        expect(sourceRange.end).toBeLessThanOrEqual(media.duration);
        expect(sourceIn.fromFile + length).toBeLessThanOrEqual(framesOf(media.duration, media.rate, rate).floor);
        expect(sourceIn.fromMidnight + length).toBeLessThanOrEqual(
          framesOf(media.start + media.duration, media.rate, rate).floor,
        );
        expect(framesOf(length, rate, media.rate).ceil).toBeLessThanOrEqual(media.duration - sourceRange.start);
      }
    });
  });

  it("no frame with a face is lost, but where the media ends", () => {
    forAllPlans((all, mapped, { found, media }) => {
      for (const [mediaId, list] of Object.entries(found)) {
        const own = media.get(mediaId);
        for (const { labelName, occurrences } of list) {
          if (own === undefined || labelName === undefined) continue;
          const shown = all.filter(({ clip: each }) => each.media === own && each.people[0]?.name === labelName);
          for (const { startTime, endTime } of occurrences) {
            const range = snapRange(startTime, endTime, own.rate);
            const end = Math.min(range?.end ?? 0, own.duration ?? Number.POSITIVE_INFINITY);
            if (range === undefined || range.start >= end) continue;
            const covers = shown.some(({ clip: { sourceRange } }) => sourceRange.start <= range.start && end <= sourceRange.end);
            const tooShort = mapped.accounting.occurrences.some(({ dropped }) => dropped === "too-short-for-a-frame");
            expect(covers || tooShort).toBe(true);
          }
        }
      }
    });
  });

  it("markers lie in their clips, in order, one a frame", () => {
    forAllPlans((all) => {
      for (const { clip: each } of all) {
        const frames = each.markers.map((marker) => marker.recordFrame);
        expect(frames).toEqual([...new Set(frames)].sort((a, b) => a - b));
        for (const marker of each.markers) {
          expect(marker.recordFrame).toBeGreaterThanOrEqual(each.recordRange.start);
          expect(marker.recordFrame).toBeLessThan(each.recordRange.end);
          expect(marker.mediaFrame).toBeGreaterThanOrEqual(each.sourceRange.start);
          expect(marker.mediaFrame).toBeLessThan(each.sourceRange.end);
        }
      }
    });
  });

  it("every occurrence and every track point is accounted for once", () => {
    forAllPlans((all, { accounting }, { found }) => {
      const { occurrences, trackPoints, strayPoints, pointsWithoutClip, points } = accounting;
      const first = occurrences.filter(({ clip: id, merged }) => id !== undefined && !merged);
      expect(first.map(({ clip: id }) => id).sort()).toEqual(all.map(({ clip: each }) => each.id).sort());
      for (const { clip: id, dropped } of occurrences) expect((id === undefined) !== (dropped === undefined)).toBe(true);
      const read = Object.values(found).flatMap((clips) => clips.flatMap((each) => each.occurrences));
      expect(occurrences.length).toBe(read.length);
      const inClips = [...points.values()].reduce((sum, c) => sum + c.written + c.sameFrame + c.thinned + c.outside, 0);
      expect(inClips + strayPoints.length + pointsWithoutClip).toBe(trackPoints);
      expect(pointsWithoutClip).toBeGreaterThanOrEqual(0);
    });
  });

  it("does not hang on the order the record comes in", () => {
    fc.assert(
      fc.property(arbitraryCase, (input) => {
        const reversed = Object.fromEntries(Object.entries(input.found).reverse());
        const plain = (c: Case) => JSON.stringify(mapCase(c)?.plan);
        expect(plain({ ...input, found: reversed })).toBe(plain(input));
      }),
    );
  });
});
