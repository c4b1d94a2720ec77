/** What a file of the footage holds: cuts by its own frames. */
export interface ProofMedia {
  readonly id: string;
  readonly file: string;
  readonly rate: string;
  readonly startTimecode: string;
  readonly cuts: readonly { readonly first: number; readonly last: number; readonly markers: readonly number[] }[];
}
export const proofMedia: readonly ProofMedia[];
/** Makes the footage and the records of searches in it below a folder. */
export function makeProof(folder: string): void;
