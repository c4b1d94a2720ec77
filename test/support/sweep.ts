/** `npm test` takes a part of every sweep; with FACECUT_SWEEP=full, as `.ci/run` has it, all of it is taken. */
export const full = process.env.FACECUT_SWEEP === "full";

/** How many of something are tried: a few in `npm test`, and with the full sweep. */
export function sweep(few: number, many: number): number {
  return full ? many : few;
}
