/** How well a rule is known. Nobody has yet tried one in the program itself for facecut. */
type Evidence =
  /** The program's or the format's own text. */
  | "manual"
  /** A file that the program wrote. */
  | "export"
  /** Reports of people who tried. */
  | "issue"
  /** Inferred, or found in other tools only. */
  | "unverified";

/** One rule of how a program wants a format: a key of the dialect. */
export interface Quirk {
  /** What the key may be; the first is the default. */
  readonly values: readonly [string | boolean, ...(string | boolean)[]];
  /** What it decides, for the person who writes a template. */
  readonly decides: string;
  /** The programs, and versions where they are known, that it is for. */
  readonly programs: string;
  /** What happens there without it. */
  readonly without: string;
  readonly evidence: Evidence;
  readonly source: string;
}
