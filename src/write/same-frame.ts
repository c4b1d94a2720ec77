import { given } from "../model/given.js";
import type { Marker } from "../model/timeline.js";
import type { Dialect } from "./dialect.js";

/** Markers in record order as a file shows them: those of several people on one frame apart, or joined to one. */
export function shownMarkers(markers: readonly Marker[], sameFrame: Dialect["sameFrame"]["otio"]): readonly Marker[] {
  if (sameFrame === "apart") return markers;
  const shown: Marker[] = [];
  for (const marker of markers) {
    const before = shown.at(-1);
    if (before?.recordFrame === marker.recordFrame) shown[shown.length - 1] = joined(before, marker);
    else shown.push(marker);
  }
  return shown;
}

/** In the colour of the first, as long as the longest; what is one person's alone, such as the score, stands in the note only. */
function joined(a: Marker, b: Marker): Marker {
  const { key, name, colour } = a.person;
  return {
    person: { key: `${key} ${b.person.key}`, name: `${name} + ${b.person.name}`, colour },
    recordFrame: a.recordFrame,
    mediaFrame: Math.min(a.mediaFrame, b.mediaFrame),
    note: [a.note, b.note].filter((note) => note !== "").join(" | "),
    ...given({
      duration: longer(a.duration, b.duration),
      mediaDuration: longer(a.mediaDuration, b.mediaDuration),
    }),
  };
}

function longer(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined && b === undefined ? undefined : Math.max(a ?? 1, b ?? 1);
}
