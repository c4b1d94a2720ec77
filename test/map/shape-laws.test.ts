import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LayoutKind } from "../../src/map/layouts.js";
import { layoutKinds } from "../../src/map/layouts.js";
import type { MapOptions } from "../../src/map/map-to-timeline.js";
import { parseMatch } from "../../src/map/match-expression.js";
import { sortKeys } from "../../src/map/order.js";
import type { MediaClip } from "../../src/model/matches.js";
import type { Clip } from "../../src/model/timeline.js";
import { lengthOf } from "../../src/time/frame-range.js";
import { sweep } from "../support/sweep.js";
import {
  allClips,
  framesOfMedia,
  type Library,
  lengths,
  libraries,
  mapAt25,
  mapLibrary,
  mixedLibraries,
  namedLibraries,
  onScreen,
  shownFrames,
} from "./random-libraries.js";

const meets = fc.constantFrom("join", "touch");
const handles = fc.record({ head: lengths, tail: lengths, meet: meets });

/** Any options together. */
const anyOptions: fc.Arbitrary<Partial<MapOptions>> = fc.record(
  {
    sort: fc.constantFrom(...sortKeys),
    markers: fc.constantFrom<MapOptions["markers"]>("none", "appearance", "all", { moves: 0.25 }),
    layout: fc.constantFrom(...layoutKinds),
    mergeGap: lengths,
    minLength: lengths,
    handles,
    groupGap: lengths,
    limit: fc.integer({ min: 1, max: 5 }),
    filter: fc.record(
      { minScore: fc.constantFrom(0, 0.3, 0.7), expressions: fc.constant(["Calm"]), from: lengths },
      { requiredKeys: [] },
    ),
    maxLength: fc.integer({ min: 1, max: 15 }).map((frames) => ({ unit: "frames" as const, frames })),
    redact: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** What is left of a library, clip by clip, for the first person of each. */
const framesByPerson = (clips: readonly Clip[]) =>
  clips.flatMap((each) => shownFrames([each]).map((frame) => `${frame} ${each.people[0]?.name}`)).sort();

describe("laws of shaping", () => {
  it("every occurrence and every track point is accounted for once, whatever is asked for", () => {
    let mappedCases = 0;
    fc.assert(
      fc.property(mixedLibraries, anyOptions, (library, options) => {
        const tooShortFirst = options.minLength !== undefined && options.maxLength !== undefined;
        const mapped = mapLibrary(library, tooShortFirst ? { ...options, maxLength: { unit: "frames", frames: 100 } } : options);
        if (mapped === undefined) return;
        mappedCases++;
        const { occurrences, trackPoints, strayPoints, pointsWithoutClip, points } = mapped.accounting;
        const read = library.record.matches.flatMap(({ clips }) => clips.flatMap((each) => each.occurrences));
        expect(occurrences.length).toBe(read.length);
        const ids = new Set(allClips(mapped).map(({ id }) => id));
        for (const { clip, dropped } of occurrences)
          expect([clip === undefined, ids.has(clip ?? "")]).toEqual([dropped !== undefined, dropped === undefined]);
        const inClips = [...points.values()].reduce((sum, c) => sum + c.written + c.sameFrame + c.thinned + c.outside, 0);
        expect(inClips + strayPoints.length + pointsWithoutClip).toBe(trackPoints);
        expect(pointsWithoutClip).toBeGreaterThanOrEqual(0);
        expect(ids.size).toBe(allClips(mapped).length);
        expect(
          new Set(occurrences.filter(({ clip, merged }) => clip !== undefined && !merged).map(({ clip }) => clip)).size,
        ).toBe(ids.size);
      }),
      { numRuns: sweep(80, 600) },
    );
    expect(mappedCases).toBeGreaterThan(sweep(25, 200));
  });

  it("clips of a track never overlap, lie within their timeline and their media, and hold their markers", () => {
    fc.assert(
      fc.property(mixedLibraries, anyOptions, (library, { minLength: _, ...options }) => {
        for (const { start, tracks } of mapLibrary(library, options)?.plan.timelines ?? []) {
          for (const { clips } of tracks) {
            let cursor = start;
            for (const { media, sourceRange, recordRange, markers } of clips) {
              expect(recordRange.start).toBeGreaterThanOrEqual(cursor);
              expect(lengthOf(recordRange)).toBeGreaterThan(0);
              expect(sourceRange.start).toBeGreaterThanOrEqual(0);
              expect(sourceRange.end).toBeLessThanOrEqual(media.duration as number);
              for (const { recordFrame, duration = 1 } of markers) {
                expect(recordFrame).toBeGreaterThanOrEqual(recordRange.start);
                expect(recordFrame + duration).toBeLessThanOrEqual(recordRange.end);
                expect(duration).toBeGreaterThan(0);
              }
              expect(markers.map((marker) => marker.recordFrame)).toEqual(
                markers.map((marker) => marker.recordFrame).sort((a, b) => a - b),
              );
              cursor = recordRange.end;
            }
          }
        }
      }),
      { numRuns: sweep(60, 300) },
    );
  });

  it("handles and merges lose no frame with a face, and show none twice for one person", () => {
    fc.assert(
      fc.property(
        libraries,
        lengths,
        handles,
        fc.constantFrom<LayoutKind>("stringout", "tracks", "source"),
        (library, mergeGap, handles_, layout) => {
          const shown = framesByPerson(allClips(mapAt25(library, { mergeGap, handles: handles_, layout })));
          expect(new Set(shown).size).toBe(shown.length);
          const faces = [...onScreen(library)].flatMap(([frame, who]) => [...who].map((name) => `${frame} ${name}`));
          expect(faces.filter((face) => !shown.includes(face))).toEqual([]);
        },
      ),
    );
  });

  it("handles are as long as asked, but where the media or a neighbour ends them", () => {
    fc.assert(
      fc.property(libraries, fc.nat({ max: 9 }), fc.nat({ max: 9 }), meets, (library, head, tail, meet) => {
        const face = onScreen(library);
        const clips = allClips(
          mapAt25(library, { handles: { head: { unit: "frames", frames: head }, tail: { unit: "frames", frames: tail }, meet } }),
        );
        for (const { media, sourceRange, people } of clips) {
          const shows = (frame: number) => face.get(`${media.mediaId} ${frame}`)?.has(people[0]?.name as string) ?? false;
          const own = Array.from({ length: lengthOf(sourceRange) }, (_, i) => sourceRange.start + i).filter(shows);
          const [before, after] = [(own[0] as number) - sourceRange.start, sourceRange.end - 1 - (own.at(-1) as number)];
          const neighbours = clips.filter((other) => other.media === media && other.people[0]?.key === people[0]?.key);
          const touches = (edge: "start" | "end", frame: number) => neighbours.some((other) => other.sourceRange[edge] === frame);
          expect(before === head || sourceRange.start === 0 || (meet === "touch" && touches("end", sourceRange.start))).toBe(
            true,
          );
          expect(
            after === tail || sourceRange.end === framesOfMedia || (meet === "touch" && touches("start", sourceRange.end)),
          ).toBe(true);
          if (meet === "join") expect(touches("end", sourceRange.start)).toBe(false);
        }
      }),
    );
  });

  it("timelines per person, media or expression together hold what the tracks layout holds", () => {
    fc.assert(
      fc.property(libraries, fc.option(handles, { nil: undefined }), (library, wish) => {
        const options = wish === undefined ? {} : { handles: wish };
        const tracks = framesByPerson(allClips(mapAt25(library, { ...options, layout: "tracks" })));
        for (const layout of ["per-person", "per-media", "stringout", "source"] as const) {
          expect(framesByPerson(allClips(mapAt25(library, { ...options, layout })))).toEqual(tracks);
        }
        const perExpression = framesByPerson(allClips(mapAt25(library, { ...options, layout: "per-expression" })));
        expect([...new Set(perExpression)]).toEqual([...new Set(tracks)]);
      }),
    );
  });

  it("filters commute with each other, and with a record that never had the rest", () => {
    const only = (library: Library, keeps: (clip: MediaClip) => boolean): Library => ({
      ...library,
      record: { ...library.record, matches: library.record.matches.map((m) => ({ ...m, clips: m.clips.filter(keeps) })) },
    });
    const cut = (library: Library, filter: MapOptions["filter"]) =>
      JSON.stringify(allClips(mapAt25(library, { ...(filter === undefined ? {} : { filter }) })));
    fc.assert(
      fc.property(libraries, fc.constantFrom(0.3, 0.7), (library, minScore) => {
        const [good, famous] = [
          (clip: MediaClip) => (clip.score ?? 0) >= minScore,
          (clip: MediaClip) => clip.category === "celebrity",
        ];
        const both = cut(library, { minScore, categories: ["Celebrity"] });
        expect(cut(only(library, good), { categories: ["celebrity"] })).toBe(both);
        expect(cut(only(library, famous), { minScore })).toBe(both);
        expect(cut(only(only(library, good), famous), undefined)).toBe(both);
      }),
    );
  });

  it("sorting is total: the order of the record makes no difference, and a limit keeps the first", () => {
    fc.assert(
      fc.property(libraries, fc.constantFrom(...sortKeys), fc.integer({ min: 1, max: 4 }), (library, sort, limit) => {
        const turned: Library = {
          ...library,
          record: {
            ...library.record,
            matches: library.record.matches
              .map((m) => ({
                ...m,
                clips: m.clips.map((each) => ({ ...each, occurrences: each.occurrences.toReversed() })).reverse(),
              }))
              .reverse(),
          },
        };
        const plan = (each: Library) => JSON.stringify(mapAt25(each, { sort })?.plan.timelines);
        expect(plan(turned)).toBe(plan(library));
        const sources = (options: Partial<MapOptions>) => allClips(mapAt25(library, { sort, ...options })).map(({ id }) => id);
        expect(sources({ limit })).toEqual(sources({}).slice(0, limit));
      }),
    );
  });

  it("lengths are within their limits, and a longest length keeps the head", () => {
    fc.assert(
      fc.property(libraries, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 8, max: 20 }), (library, least, most) => {
        const cuts = (options: Partial<MapOptions>) =>
          allClips(mapAt25(library, options)).map(({ media, people, sourceRange }) => ({
            media: media.mediaId,
            who: people[0]?.name,
            ...sourceRange,
          }));
        const expected = cuts({})
          .filter(({ start, end }) => end - start >= least)
          .map((each) => ({ ...each, end: Math.min(each.end, each.start + most) }));
        const inOrder = (list: readonly object[]) => list.map((each) => JSON.stringify(each)).sort();
        const minLength = { unit: "frames", frames: least } as const;
        expect(inOrder(cuts({ minLength, maxLength: { unit: "frames", frames: most } }))).toEqual(inOrder(expected));
      }),
    );
  });

  it("a match is split into clips that each occurrence and point is shared out to", () => {
    fc.assert(
      fc.property(namedLibraries, handles, fc.boolean(), (library, wish, withHandles) => {
        const text = "Ada and not Bob";
        const mapped = mapAt25(library, {
          match: { text, expression: parseMatch(text) },
          markers: "all",
          ...(withHandles ? { handles: wish } : {}),
        });
        const clips = allClips(mapped);
        const shown = shownFrames(clips);
        expect(new Set(shown).size).toBe(shown.length);
        for (const { id, sourceRange, markers } of clips) {
          const counts = mapped?.accounting.points.get(id);
          expect(counts?.written).toBe(markers.length);
          for (const { mediaFrame } of markers)
            expect(mediaFrame >= sourceRange.start && mediaFrame < sourceRange.end).toBe(true);
        }
      }),
    );
  });
});
