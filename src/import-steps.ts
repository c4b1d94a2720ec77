import type { Timeline } from "./model/timeline.js";
import type { WrittenFile } from "./output-files.js";
import type { Template } from "./templates.js";
import { timecodeOf } from "./time/timecode.js";

/** What an editor does with files that were written: those of one format or companion. */
export interface ImportHint {
  /** In the output folder; several where a list has parts, or there are several timelines. */
  readonly names: readonly string[];
  /** Where in the program's menus. */
  readonly menu: string;
  /** What to set before. */
  readonly first?: string;
}

/** The template's steps for the files that were written, in the template's order. */
export function importHints({ imports }: Template, files: readonly WrittenFile[], timelines: readonly Timeline[]): ImportHint[] {
  return imports.flatMap(({ file, menu, first }) => {
    const names = files.filter(({ kind }) => kind === file).map(({ name }) => name);
    if (names.length === 0) return [];
    return [{ names, menu, ...(first === undefined ? {} : { first: filled(first, timelines) }) }];
  });
}

/** Timelines may differ: then all their values are told. */
function filled(text: string, timelines: readonly Timeline[]): string {
  const each = (value: (timeline: Timeline) => string) => [...new Set(timelines.map(value))].join(" or ");
  return text
    .replaceAll(
      "{rate}",
      each(({ rate }) => rate.id.replace(/n?df$/, "")),
    )
    .replaceAll(
      "{size}",
      each(({ size }) => `${size.width}x${size.height}`),
    )
    .replaceAll(
      "{start}",
      each(({ start, rate }) => timecodeOf(start, rate)),
    );
}
