import type { Plan } from "../model/timeline.js";
import type { Dialect } from "./dialect.js";

export type { Dialect } from "./dialect.js";

/** The formats, by the word `--format` takes. */
export const formatIds = ["otio", "fcpxml", "edl", "fcp7xml", "csv", "otioz", "otiod"] as const;
export type FormatId = (typeof formatIds)[number];

/** One file a writer makes: its name inside the output folder, and its text piece by piece. */
export interface OutputFile {
  readonly name: string;
  readonly chunks: Iterable<string>;
  /** When it is a bundle: what it is, and the media it holds; `chunks` are its timeline then. */
  readonly bundle?: Bundle;
}

export interface Bundle {
  readonly kind: "zip" | "folder";
  readonly media: readonly BundledFile[];
}

/** A media file by its name in a bundle, and where it is now. */
export interface BundledFile {
  readonly name: string;
  readonly url: string;
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
