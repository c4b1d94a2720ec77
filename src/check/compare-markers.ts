import type { Compared, ComparedMarker } from "./compared.js";
import type { Difference } from "./difference.js";
import { labelAt, named } from "./items.js";

/** Markers by the frame they stand on: of clips or of the timeline, which formats do differently. */
export function* compareMarkers(a: Compared, b: Compared): Generator<Difference> {
  // Most edit lists have no locators at all, and say nothing of markers.
  if (b.format === "edl" && b.markers.size === 0) return;
  const frames = [...new Set([...a.markers.keys(), ...b.markers.keys()])].sort((x, y) => x - y);
  for (const frame of frames) {
    const [there, here] = [a.markers.get(frame) ?? [], b.markers.get(frame) ?? []];
    if (agree(here, there, b)) continue;
    const at = labelAt(frame, a.timeline.rate, a.timeline.dropFrame);
    const place = here[0]?.place ?? b.timeline.place;
    yield { rule: "marker-differs", place, what: `At ${at} there is ${shown(here)}, in ${a.file} ${shown(there)}` };
  }
}

function shown(markers: readonly ComparedMarker[]): string {
  return markers.length === 0 ? "no marker" : `the marker ${markers.map(named).join(" and ")}`;
}

function agree(here: readonly ComparedMarker[], there: readonly ComparedMarker[], b: Compared): boolean {
  if (here.length === 0 || there.length === 0) return false;
  const [ours, theirs] = [namesOf(here), namesOf(there)];
  // The text of a locator begins with the name.
  if (b.format === "edl") return here.every(({ name }) => theirs.some((other) => name.startsWith(other)));
  return ours.join("\n") === theirs.join("\n");
}

/** In FCPXML several people on one frame are one marker, their names joined with a plus. */
function namesOf(markers: readonly ComparedMarker[]): string[] {
  return markers.flatMap(({ name }) => name.split(" + ").map((one) => one.trim())).sort();
}
