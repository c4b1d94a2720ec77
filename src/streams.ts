/** Where the command line prints: results on `out`, everything else on `err`. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** True when `err` is a terminal, which shows progress in one line that changes. */
  readonly terminal?: boolean;
  /** Columns of the terminal that `out` is; absent where it is none. */
  readonly columns?: number | undefined;
  /** What to tell when the program is interrupted from now on; nothing, when undefined. */
  readonly whenInterrupted?: (note: string | undefined) => void;
}
