import type { Plan } from "../model/timeline.js";

/** The formats, by the word `--format` takes. */
export const formatIds = ["otio", "fcpxml", "edl", "fcp7xml"] as const;
export type FormatId = (typeof formatIds)[number];

/** One file a writer makes: its name inside the output folder, and its text piece by piece. */
export interface OutputFile {
  readonly name: string;
  readonly chunks: Iterable<string>;
}

/** Choices a template makes for the writers. */
export interface Dialect {
  /** Where markers sit in each format that can have them in either place; never both in one file. */
  readonly markerPlace: Readonly<Record<"otio" | "fcp7xml", "clip" | "timeline">>;
}

/** A format: what it is called, what it carries, and the pure function that writes it. */
export interface Writer {
  readonly id: FormatId;
  readonly label: string;
  readonly extension: string;
  /** What of the plan the format cannot hold; one phrase each, for the report and the README. */
  readonly leavesOut: readonly string[];
  /**
   * The files of a whole plan. `baseNames` gives each timeline's file name without extension, in the plan's order;
   * a format that holds several timelines in one file uses the first.
   */
  readonly write: (plan: Plan, baseNames: readonly string[], dialect: Dialect) => OutputFile[];
}
