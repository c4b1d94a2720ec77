import { FacecutError } from "../errors.js";

/** A file that cannot be read as a timeline: what is wrong, and where in it. */
export function unreadable(file: string, place: string | undefined, what: string): FacecutError {
  return new FacecutError("bad-timeline", {
    what,
    where: place === undefined ? file : `${file}, ${place}`,
    cure: "Export the timeline again; a file that was edited by hand or cut off cannot be read",
  });
}

/** Longest stretch without an end that a reader keeps: a text, a comment, blanks, a line. No real file comes near it. */
export const longestToken = 16 * 1024 * 1024;

/** Elements or containers inside one another; real files stay below 40. */
export const deepest = 256;

/** Digits of one number; 64-bit numbers have 20. */
export const longestNumber = 40;
