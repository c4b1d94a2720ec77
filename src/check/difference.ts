import type { Fault } from "./rule.js";

/** A way in which two files of one timeline differ. */
export interface Difference extends Fault {
  readonly rule: string;
}
