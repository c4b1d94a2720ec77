import type { MapOptions } from "../../src/map/map-to-timeline.js";
import type { FaceRecord, MediaClip, Occurrence } from "../../src/model/matches.js";
import type { MediaFacts } from "../../src/model/media.js";
import { type MediaOptions, media } from "./plans.js";

/** Hand-built records for the tests of mapping: what a search found, in seconds. */

/** `[start, end, ...timestamps of track points]` */
export type Times = readonly [number, number, ...number[]];

export function clip(who: string | undefined, times: readonly Times[], more: Partial<MediaClip> = {}): MediaClip {
  const occurrences = times.map(([startTime, endTime, ...points]): Occurrence => {
    return { startTime, endTime, trackData: points.map((timestamp) => ({ timestamp })) };
  });
  return {
    ...(who === undefined ? {} : { entityId: who, labelName: who }),
    occurrences,
    place: "page-0001.json $.MediaClipList[0]",
    ...more,
  };
}

export function record(matches: Readonly<Record<string, readonly MediaClip[]>>): FaceRecord {
  return {
    matches: Object.entries(matches).map(([mediaId, clips]) => ({ mediaId, clips, duplicates: 0 })),
    mediaInfos: new Map(),
    notes: [],
  };
}

/** Facts per MediaId; the file is called like the id, with `.mov`. */
export function facts(media_: Readonly<Record<string, MediaOptions>>): Map<string, MediaFacts> {
  return new Map(
    Object.entries(media_).map(([mediaId, options]) => [
      mediaId,
      media(`${mediaId}.mov`, { mediaId, duration: 100_000, ...options }),
    ]),
  );
}

export const defaults: MapOptions = { startTimecode: "01:00:00:00", fallbackName: "hits", sort: "media", markers: "appearance" };
