import { given } from "./given.js";

/** Something an editor should know though the export went on. */
export interface Warning {
  /** A short stable word, such as `assumed-start`. */
  readonly code: string;
  /** What it is, with counts; one sentence without a full stop at the end. */
  readonly what: string;
  /** The same without names that come from outside, where it has any: what is told with `--redact`. */
  readonly plain?: string;
  readonly cure?: string;
}

/** The warning as it is told: with everything, or without names. */
export function toldWarning({ code, what, plain, cure }: Warning, redacted: boolean): Warning {
  return { code, what: redacted ? (plain ?? what) : what, ...given({ cure }) };
}

/** Codes of warnings that a media file or fact is missing or assumed, by which a clip may not find its frames. */
const unknownMedia: ReadonlySet<string> = new Set([
  "no-rate",
  "variable-rate",
  "no-ffprobe",
  "folder-skipped",
  "assumed-start",
  "unusable-timecode",
  "assumed-length",
  "assumed-size",
  "assumed-sound",
  "unresolved-media",
  "missing-file",
  "unseen-file",
  "unreadable-file",
  "other-extension",
  "shared-file",
  "no-proxy",
]);

export function isUnknownMedia({ code }: Warning): boolean {
  return unknownMedia.has(code);
}
