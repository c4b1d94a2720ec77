import type { Appearance } from "./appearances.js";
import { FacePoints } from "./face-points.js";
import type { Selection } from "./selections.js";

/** The track points of one person's appearances that belong to a selection, in frame order. */
export type PointsOf = (selection: Selection, appearances: readonly Appearance[]) => FacePoints;

/**
 * Gives every track point of the appearances to one of the selections that show it (`showings`): the one that shows its
 * frame, else the one before which or behind which it lies.
 */
export function sharePoints(showings: ReadonlyMap<Appearance, readonly Selection[]>): PointsOf {
  const shared = new Map<Selection, Map<Appearance, FacePoints>>();
  for (const [appearance, showing] of showings) if (showing.length > 1) share(appearance, showing, shared);
  return (selection, appearances) =>
    FacePoints.joined(appearances.map((appearance) => shared.get(selection)?.get(appearance) ?? appearance.points));
}

function share(
  appearance: Appearance,
  selections: readonly Selection[],
  shared: Map<Selection, Map<Appearance, FacePoints>>,
): void {
  const { points } = appearance;
  let first = 0;
  const inOrder = selections.toSorted((a, b) => a.range.start - b.range.start);
  for (const selection of inOrder) {
    const end = selection === inOrder.at(-1) ? points.length : points.firstFrom(selection.range.end, first);
    const own = shared.get(selection) ?? new Map<Appearance, FacePoints>();
    shared.set(selection, own.set(appearance, points.slice(first, end)));
    first = end;
  }
}
