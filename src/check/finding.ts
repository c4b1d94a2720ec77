import type { ReadingFormat } from "../read/reading.js";

/** Something that is wrong in a timeline file, or differs between files of one timeline. */
export interface Finding {
  /** An error spoils the import or the cut in at least one program; a warning may. */
  readonly severity: Severity;
  /** A short stable word, such as `record-overlap`. */
  readonly rule: string;
  /** The path as it was given. */
  readonly file: string;
  /** `line 12`, or a JSON path. */
  readonly place: string;
  /** What is wrong: one sentence without a full stop at the end. */
  readonly what: string;
  /** What comes of it: one sentence without a full stop at the end. */
  readonly consequence: string;
}

export type Severity = "error" | "warning";

/** What one file was found to be. */
export interface CheckedFile {
  readonly file: string;
  /** Undefined when it cannot be read. */
  readonly format: ReadingFormat | undefined;
  /** Lists of markers are checked too, but hold no cuts. Undefined when it cannot be read. */
  readonly kind: "cuts" | "markers" | undefined;
  readonly timelines: number;
  /** Picture clips of all its timelines. */
  readonly clips: number;
  readonly markers: number;
}

/** A folder that was given, with the number of timeline files in it. */
export interface CheckedFolder {
  readonly folder: string;
  readonly timelines: number;
}

/** A file that was given and is no timeline. */
export interface SkippedFile {
  readonly file: string;
  /** What it is: `a conform report`. */
  readonly what: string;
}
