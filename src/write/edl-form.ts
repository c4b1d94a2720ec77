import type { Colour } from "../model/timeline.js";
import type { Dialect } from "./dialect.js";

/** How a list is laid out: the columns of CMX 3600, or of Avid's wide form (both: pycmx, fixed-column parser and tests). */
export interface EdlForm {
  /** Digits of an event number. */
  readonly digits: number;
  readonly mostEvents: number;
  /** Columns of the reel. */
  readonly reel: number;
  /** What a comment begins with. */
  readonly comment: string;
  readonly colour: (colour: Colour) => string;
}

const forms: Readonly<Record<Dialect["edl"]["form"], EdlForm>> = {
  cmx3600: { digits: 3, mostEvents: 999, reel: 8, comment: "* ", colour: (colour) => colour },
  file_32: { digits: 6, mostEvents: 999_999, reel: 32, comment: "*", colour: titleCase },
};

export function edlForm({ form }: Dialect["edl"]): EdlForm {
  return forms[form];
}

function titleCase(colour: Colour): string {
  return colour.slice(0, 1) + colour.slice(1).toLowerCase();
}
