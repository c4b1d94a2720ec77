/** A file that was written: its name, and its text read back piece by piece. */
export interface WrittenFile {
  readonly name: string;
  readonly chunks: Iterable<string>;
}
