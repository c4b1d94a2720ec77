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
  const uses = new Map<MediaFacts, { furthest: number; appearances: PersonRange[] }>();
  for (const timeline of timelines) {
    for (const clip of timeline.tracks.flatMap(({ clips }) => clips)) {
      const use = uses.get(clip.media) ?? { furthest: 0, appearances: [] };
      uses.set(clip.media, use);
      use.furthest = Math.max(use.furthest, furthestOf(clip, timeline));
      for (const shown of clip.appearances) use.appearances.push(shown);
    }
  }
  return [...uses]
    .sort(([a], [b]) => compareMedia(a, b))
    .map(([media, { furthest, appearances }]) => ({
      media,
      // A length nobody knows is taken to be what the clips need: a file that is longer relinks all the same.
      extent: media.duration ?? furthest,
      reel: reels.get(media) as string,
      appearances: eachOnce(appearances.sort(byRange)),
    }));
}

/** How far a clip needs its media, where nobody knows how long they are. */
function furthestOf({ media, sourceRange, sourceIn, recordRange }: Clip, { rate }: Timeline): number {
  if (media.duration !== undefined) return media.duration;
  return Math.max(sourceRange.end, furthestFrame({ sourceIn, length: lengthOf(recordRange) }, media, rate));
}

function byRange(a: PersonRange, b: PersonRange): number {
  return a.range.start - b.range.start || a.range.end - b.range.end || byKey(a.person.key, b.person.key);
}

function byKey(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Several clips may show the same appearance. */
function eachOnce(inOrder: readonly PersonRange[]): PersonRange[] {
  return inOrder.filter((shown, i) => i === 0 || byRange(inOrder[i - 1] as PersonRange, shown) !== 0);
}
