import type { MediaFacts } from "../model/media.js";
import type { Clip, PersonRange, PlannedMedia, Timeline } from "../model/timeline.js";
import { lengthOf } from "../time/frame-range.js";
import { compareMedia } from "./order.js";
import { furthestFrame } from "./place-clips.js";
import { reelNames } from "./reels.js";

/**
 * The media the timelines use, each with its extent, reel and appearances. Reels are given over all media of
 * the record (`library`), so that a reel does not change with what was selected.
 */
export function plannedMedia(timelines: readonly Timeline[], library: readonly MediaFacts[]): PlannedMedia[] {
  const reels = reelNames(library);
  const uses = new Map<MediaFacts, { furthest: number; appearances: Map<string, PersonRange> }>();
  for (const { timeline, clip } of clipsOf(timelines)) {
    const use = uses.get(clip.media) ?? { furthest: 0, appearances: new Map() };
    uses.set(clip.media, use);
    use.furthest = Math.max(use.furthest, clip.sourceRange.end, furthestOf(clip, timeline));
    for (const shown of clip.appearances) use.appearances.set(keyOf(shown), shown);
  }
  return [...uses]
    .sort(([a], [b]) => compareMedia(a, b))
    .map(([media, { furthest, appearances }]) => ({
      media,
      // A length nobody knows is taken to be what the clips need: a file that is longer relinks all the same.
      extent: media.duration ?? furthest,
      reel: reels.get(media) as string,
      appearances: [...appearances.values()].sort(byRange),
    }));
}

function clipsOf(timelines: readonly Timeline[]): { timeline: Timeline; clip: Clip }[] {
  return timelines.flatMap((timeline) => timeline.tracks.flatMap((track) => track.clips.map((clip) => ({ timeline, clip }))));
}

function furthestOf(clip: Clip, timeline: Timeline): number {
  return furthestFrame({ sourceIn: clip.sourceIn, length: lengthOf(clip.recordRange) }, clip.media, timeline.rate);
}

function keyOf({ person, range }: PersonRange): string {
  return `${range.start} ${range.end} ${person.key}`;
}

function byRange(a: PersonRange, b: PersonRange): number {
  return a.range.start - b.range.start || a.range.end - b.range.end || (a.person.key < b.person.key ? -1 : 1);
}
