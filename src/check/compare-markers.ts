import { compareFrames, type Frames, frameAt, minus, recount } from "../read/frames.js";
import { count } from "../text.js";
import { type FrameRate, sameRate } from "../time/frame-rate.js";
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
    const at = labelAt(frame, a.timeline.rate, a.timeline.dropFrame);
    const place = here[0]?.place ?? b.timeline.place;
    if (agree(here, there, b)) {
      const lengths = differentLengths(here, there, a, b);
      if (lengths !== undefined) yield { rule: "marker-length-differs", place, what: `At ${at} ${lengths}` };
    } else yield { rule: "marker-differs", place, what: `At ${at} there is ${shown(here)}, in ${a.file} ${shown(there)}` };
  }
}

/** Of markers that stand alone on a frame: several may be one in another format, as long as one of them. */
function differentLengths(here: readonly ComparedMarker[], there: readonly ComparedMarker[], a: Compared, b: Compared) {
  const [ours, theirs] = [here[0], there[0]];
  const rate = b.timeline.rate ?? a.timeline.rate;
  if (a.format === "edl" || b.format === "edl" || here.length + there.length > 2 || !ours || !theirs || !rate) return undefined;
  const [mine, other] = [lengthIn(rate, ours), lengthIn(rate, theirs)];
  if (!(isLong(ours) || isLong(theirs)) || mine === undefined || other === undefined) return undefined;
  // On two grids both ends are rounded, outwards.
  const most = ours.rate && theirs.rate && sameRate(ours.rate, theirs.rate) ? 0 : 2;
  const difference = minus(mine, other);
  if (compareFrames(difference, most) <= 0 && compareFrames(difference, -most) >= 0) return undefined;
  return `the marker ${named(ours)} is ${count(frameAt(mine), "frame")} long, in ${a.file} ${frameAt(other)}`;
}

/** What is no longer than a frame of its own clock is a point, whichever way it is written. */
function isLong({ duration = 1 }: ComparedMarker): boolean {
  return compareFrames(duration, 1) > 0;
}

function lengthIn(timeline: FrameRate, { duration, rate }: ComparedMarker): Frames | undefined {
  if (duration === undefined) return 1;
  return rate && recount(duration, rate, timeline);
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
