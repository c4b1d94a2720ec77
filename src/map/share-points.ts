import type { Appearance } from "./appearances.js";
import type { FacePoint } from "./occurrences.js";
import { type Selection, showingsOf } from "./selections.js";

/** The track points of one person's appearances that belong to a selection, in frame order. */
export type PointsOf = (selection: Selection, appearances: readonly Appearance[]) => readonly FacePoint[];

/**
 * Gives every track point of the appearances to one selection: the one that shows its frame, else the one before which or
 * behind which it lies.
 */
export function sharePoints(selections: readonly Selection[]): PointsOf {
  const shared = new Map<Selection, Map<Appearance, readonly FacePoint[]>>();
  for (const [appearance, showing] of showingsOf(selections)) {
    if (showing.length > 1)
      for (const [selection, points] of shares(appearance, showing)) add(shared, selection, appearance, points);
  }
  return (selection, appearances) => {
    const points = appearances.map((appearance) => shared.get(selection)?.get(appearance) ?? appearance.points);
    return points.length === 1 ? (points[0] as FacePoint[]) : points.flat().sort((a, b) => a.frame - b.frame);
  };
}

function shares({ points }: Appearance, selections: readonly Selection[]): Map<Selection, FacePoint[]> {
  const inOrder = selections.toSorted((a, b) => a.range.start - b.range.start);
  const shared = new Map(inOrder.map((selection) => [selection, [] as FacePoint[]]));
  let i = 0;
  for (const point of points) {
    while (i + 1 < inOrder.length && (inOrder[i] as Selection).range.end <= point.frame) i++;
    shared.get(inOrder[i] as Selection)?.push(point);
  }
  return shared;
}

function add(
  shared: Map<Selection, Map<Appearance, readonly FacePoint[]>>,
  selection: Selection,
  appearance: Appearance,
  points: readonly FacePoint[],
): void {
  const known = shared.get(selection);
  if (known === undefined) shared.set(selection, new Map([[appearance, points]]));
  else known.set(appearance, points);
}
