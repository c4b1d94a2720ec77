import type { DropReason } from "../map/accounting.js";
import type { Mapped } from "../map/map-to-timeline.js";
import { type LeftOutMedia, whyDropped } from "./occurrence-rows.js";

/** What became of everything that was read, in counts that add up. */
export interface Totals {
  /** `read` is `became_clips` and `merged_into_another` and all of `dropped`. */
  readonly occurrences: {
    readonly read: number;
    readonly became_clips: number;
    readonly merged_into_another: number;
    /** Of those in clips: how many were cut to the media's end. */
    readonly cut_to_the_media: number;
    /** By reason; reasons nothing was dropped for are left out. */
    readonly dropped: Readonly<Record<string, number>>;
  };
  /** `read` is the sum of the others. */
  readonly track_points: {
    readonly read: number;
    readonly became_markers: number;
    readonly on_the_frame_of_another: number;
    readonly thinned: number;
    readonly outside_the_clip: number;
    readonly in_no_appearance: number;
    readonly without_a_clip: number;
  };
}

export function totalsOf({ accounting }: Mapped, leftOut: LeftOutMedia): Totals {
  const { occurrences, points, trackPoints, strayPoints, pointsWithoutClip } = accounting;
  const inClips = occurrences.filter(({ clip }) => clip !== undefined);
  const sum = (key: "written" | "sameFrame" | "thinned" | "outside") =>
    [...points.values()].reduce((total, counts) => total + counts[key], 0);
  return {
    occurrences: {
      read: occurrences.length,
      became_clips: inClips.filter(({ merged }) => !merged).length,
      merged_into_another: inClips.filter(({ merged }) => merged).length,
      cut_to_the_media: inClips.filter(({ cut }) => cut).length,
      dropped: counted(
        occurrences.flatMap(({ dropped, mediaId }) => (dropped === undefined ? [] : [whyDropped(dropped, mediaId, leftOut)])),
      ),
    },
    track_points: {
      read: trackPoints,
      became_markers: sum("written"),
      on_the_frame_of_another: sum("sameFrame"),
      thinned: sum("thinned"),
      outside_the_clip: sum("outside"),
      in_no_appearance: strayPoints.length,
      without_a_clip: pointsWithoutClip,
    },
  };
}

function counted(reasons: readonly (DropReason | string)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const reason of [...reasons].sort()) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}
