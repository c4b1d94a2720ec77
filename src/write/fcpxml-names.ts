import type { Person } from "../model/timeline.js";
import { oneLine } from "../text.js";

/**
 * A name of an event, project, clip, asset or collection. Final Cut Pro refuses a whole file over one name with a
 * slash or a line break in it ("You may not use '/' or the return key in names").
 */
export function nameOf(text: string): string {
  return oneLine(text).replace(/[/\\]+/g, "-") || "unnamed";
}

/** The keyword that stands for a person, and the name of its collection. A comma would make two keywords of it. */
export function keywordOf(person: Person): string {
  return nameOf(person.name.replace(/\s*,\s*/g, " "));
}
