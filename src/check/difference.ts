import type { Fault } from "./rule.js";

/** A way in which two files of one timeline differ. */
export interface Difference extends Fault {
  readonly rule: string;
}

/** A value of a clip that differs, in the words of a message. */
export interface Values {
  readonly rule: string;
  /** What differs, as in "begins at". */
  readonly verb: string;
  readonly here: string;
  readonly there: string;
}
