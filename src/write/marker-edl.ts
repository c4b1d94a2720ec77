import { type Colour, type Marker, type Plan, type Timeline, timelineMarkers } from "../model/timeline.js";
import { oneLine } from "../text.js";
import { timecodeOf } from "../time/timecode.js";
import { shownMarkers } from "./same-frame.js";
import type { OutputFile } from "./writer.js";

/** Marker colours as this list spells them, the nearest there are. */
const colours: Readonly<Record<Colour, string>> = {
  GREEN: "Green",
  CYAN: "Cyan",
  MAGENTA: "Fuchsia",
  YELLOW: "Yellow",
  BLUE: "Blue",
  RED: "Red",
  WHITE: "Cream",
};

// Event numbers have three digits.
const mostMarkers = 999;

/**
 * Markers of the timeline as a list of events: one frame each, at the timeline's own timecode, its start included; then
 * a line `note |C:colour |M:name |D:frames`. Of two markers on one frame one is lost, so they are joined.
 */
export function markerEdl(plan: Plan, baseNames: readonly string[]): OutputFile[] {
  return plan.timelines.flatMap((timeline, i) => parts(timeline, baseNames[i] as string));
}

function parts(timeline: Timeline, baseName: string): OutputFile[] {
  const markers = [...shownMarkers(timelineMarkers(timeline), "joined")];
  const count = Math.ceil(markers.length / mostMarkers);
  return Array.from({ length: count }, (_, part) => {
    const number = count === 1 ? "" : `.${String(part + 1).padStart(3, "0")}`;
    const ofPart = markers.slice(part * mostMarkers, (part + 1) * mostMarkers);
    return { name: `${baseName}${number}.edl`, chunks: listText(timeline, ofPart) };
  });
}

function* listText({ name, rate }: Timeline, markers: readonly Marker[]): Generator<string> {
  yield `TITLE: ${oneLine(name)}\r\nFCM: ${rate.dropped > 0 ? "DROP FRAME" : "NON-DROP FRAME"}\r\n`;
  for (const [i, marker] of markers.entries()) {
    const [start, end] = [marker.recordFrame, marker.recordFrame + 1].map((frame) => timecodeOf(frame, rate));
    const event = `${String(i + 1).padStart(3, "0")}  001      V     C        ${start} ${end} ${start} ${end}  `;
    yield `\r\n${event}\r\n${tags(marker)}\r\n`;
  }
}

function tags({ person, note, duration = 1 }: Marker): string {
  return `${noteText(note)} |C:ResolveColor${colours[person.colour]} |M:${plain(person.name)} |D:${duration}`;
}

/** A note that begins with a digit would be taken for an event. */
function noteText(note: string): string {
  const text = plain(note);
  return /^\d/.test(text) ? `- ${text}` : text;
}

/** A bar ends a text. */
function plain(text: string): string {
  return oneLine(text).replaceAll("|", "¦");
}
