/** Something an editor should know though the export went on. */
export interface Warning {
  /** A short stable word, such as `assumed-start`. */
  readonly code: string;
  /** What it is, with counts; one sentence without a full stop at the end. */
  readonly what: string;
  readonly cure?: string;
}
