import { markerCount, type Plan, type Timeline, timelineMarkers } from "../model/timeline.js";
import { oneLine } from "../text.js";
import { timecodeOf } from "../time/timecode.js";
import { shownMarkers } from "./same-frame.js";
import type { OutputFile } from "./writer.js";

/**
 * A marker list as Media Composer exports it: name, timecode, track, colour, comment and a 1, parted by tabs. Its colours
 * are the eight words of its interface, of which the plan's seven are some.
 */
export function markerList(plan: Plan, baseNames: readonly string[]): OutputFile[] {
  return plan.timelines.flatMap((timeline, i) => {
    const isEmpty = markerCount(timeline) === 0;
    return isEmpty ? [] : [{ name: `${baseNames[i]}.txt`, chunks: listText(timeline) }];
  });
}

/** All on the first track of pictures: an edit list has no other. */
function* listText(timeline: Timeline): Generator<string> {
  for (const { recordFrame, person, note } of shownMarkers(timelineMarkers(timeline), "joined")) {
    const comment = note === "" ? person.name : `${person.name} · ${note}`;
    const columns = [person.name, timecodeOf(recordFrame, timeline.rate), "V1", person.colour.toLowerCase(), comment, "1"];
    yield `${columns.map(cell).join("\t")}\n`;
  }
}

function cell(text: string): string {
  return oneLine(text.replaceAll("\t", " "));
}
