/** Writes a record of `clips` occurrences over `media` assets, `points` track points each. */
export function makeRecord(
  folder: string,
  size: { clips: number; media: number; points: number; spacing?: number; seed?: number },
): void;
