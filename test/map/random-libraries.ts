import fc from "fast-check";
import { type MapOptions, type Mapped, mapToTimeline } from "../../src/map/map-to-timeline.js";
import type { FaceRecord, MediaClip } from "../../src/model/matches.js";
import type { MediaFacts } from "../../src/model/media.js";
import { type Clip, clipsOf } from "../../src/model/timeline.js";
import type { Duration } from "../../src/time/duration.js";
import { fraction } from "../../src/time/fraction.js";
import { rateOf } from "../support/plans.js";
import { frameRate } from "../support/rates.js";
import { clip, defaults, facts, record } from "../support/records.js";

/** Small random libraries in which everybody meets: times are whole frames at 25, so that frames can be counted one by one. */
export interface Library {
  readonly record: FaceRecord;
  readonly facts: Map<string, MediaFacts>;
}

export const names = ["Ada", "Bob", "李雷"] as const;
export const framesOfMedia = 60;

const range = fc
  .tuple(fc.integer({ min: 0, max: framesOfMedia - 1 }), fc.integer({ min: 1, max: 20 }))
  .map(([start, length]): [number, number] => [start, Math.min(framesOfMedia, start + length)]);

const occurrence = fc.record({
  frames: range,
  expression: fc.constantFrom("Calm", "Happy", undefined),
  points: fc.array(fc.integer({ min: 0, max: framesOfMedia - 1 }), { maxLength: 3 }),
});

const element = fc
  .record({
    who: fc.constantFrom(...names),
    score: fc.constantFrom(0.2, 0.5, 0.9),
    category: fc.constantFrom("celebrity", "custom"),
    occurrences: fc.array(occurrence, { maxLength: 4 }),
  })
  .map(
    ({ who, score, category, occurrences }): MediaClip => ({
      ...clip(who, []),
      score,
      category,
      occurrences: occurrences.map(({ frames: [start, end], expression, points }) => ({
        startTime: start / 25,
        endTime: end / 25,
        ...(expression === undefined ? {} : { expression }),
        trackData: points.map((frame) => ({ timestamp: frame / 25 })),
      })),
    }),
  );

/** Media at 25 frames a second. */
export const libraries: fc.Arbitrary<Library> = fc
  .dictionary(fc.constantFrom("a", "b"), fc.array(element, { maxLength: 5 }), { minKeys: 1 })
  .map((found) => ({
    record: record(found),
    facts: facts(Object.fromEntries(Object.keys(found).map((id) => [id, { duration: framesOfMedia }]))),
  }));

/** The same with everybody in it, though perhaps never on screen, so that they can be named. */
export const namedLibraries: fc.Arbitrary<Library> = libraries.map((library) => ({
  record: {
    ...library.record,
    matches: [...library.record.matches, { mediaId: "z", clips: names.map((name) => clip(name, [])), duplicates: 0 }],
  },
  facts: new Map([...library.facts, ...facts({ z: {} })]),
}));

const mediaRates = fc.constantFrom(rateOf("25"), rateOf("23.976"), rateOf("29.97df"), rateOf("50"), frameRate(15, 1));

/** The same with media of any rate, one of them at one that a timeline can have. */
export const mixedLibraries: fc.Arbitrary<Library> = fc
  .tuple(libraries, mediaRates, fc.nat({ max: 2_000_000 }))
  .map(([library, rate, start]) => {
    const first = library.facts.values().next().value as MediaFacts;
    const changed: MediaFacts = { ...first, rate, counting: { nominal: rate.nominal, dropped: 0 }, start };
    return { ...library, facts: new Map([...library.facts, [first.mediaId, changed]]) };
  });

const frames = (n: number): Duration => ({ unit: "frames", frames: n });
export const seconds = (num: number, den = 1): Duration => ({ unit: "seconds", seconds: fraction(num, den) });

/** A length of a few frames or a part of a second. */
export const lengths: fc.Arbitrary<Duration> = fc.oneof(
  fc.nat({ max: 12 }).map(frames),
  fc.nat({ max: 40 }).map((n) => seconds(n, 100)),
);

/** The plan on a timeline at 25; undefined when nothing is left, or no timeline can be. */
export function mapAt25({ record, facts }: Library, options: Partial<MapOptions>): Mapped | undefined {
  return mapLibrary({ record, facts }, { rate: { rate: rateOf("25"), countingGiven: true }, ...options });
}

export function mapLibrary({ record, facts }: Library, options: Partial<MapOptions>): Mapped | undefined {
  try {
    return mapToTimeline(record, facts, { ...defaults, ...options });
  } catch (error) {
    if (["nothing-found", "no-timeline-rate"].includes((error as { code: string }).code)) return undefined;
    throw error;
  }
}

export function allClips(mapped: Mapped | undefined): readonly Clip[] {
  return mapped?.plan.timelines.flatMap(clipsOf) ?? [];
}

/** `a 12`: a frame of a media file, as a name. */
export function shownFrames(clips: readonly Clip[]): string[] {
  return clips.flatMap(({ media, sourceRange: { start, end } }) =>
    Array.from({ length: end - start }, (_, i) => `${media.mediaId} ${start + i}`),
  );
}

/** Who is on screen in each frame of each media file, counted frame by frame. */
export function onScreen({ record }: Library): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { mediaId, clips } of record.matches) {
    for (const { labelName, occurrences } of clips) {
      for (const { startTime, endTime } of occurrences) {
        for (let frame = Math.round(startTime * 25); frame < Math.round(endTime * 25); frame++) {
          const key = `${mediaId} ${frame}`;
          found.set(key, (found.get(key) ?? new Set()).add(labelName as string));
        }
      }
    }
  }
  return found;
}
