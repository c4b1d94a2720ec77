import type { Plan } from "../model/timeline.js";
import type { Dialect } from "./dialect.js";
import type { Format } from "./formats.js";

export type { Dialect } from "./dialect.js";
export { type FormatId, formatIds } from "./formats.js";

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

/** A format with the pure function that writes it. */
export interface Writer extends Format {
  /**
   * The files of a whole plan. `baseNames` gives each timeline's file name without extension, in the plan's order; of what
   * holds all of them in one file, the plan's alone.
   */
  readonly write: (plan: Plan, baseNames: readonly string[], dialect: Dialect) => OutputFile[];
}
