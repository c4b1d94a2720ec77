import { given } from "../model/given.js";
import type { Marker } from "../model/timeline.js";
import type { Dialect } from "./dialect.js";

/** Markers in record order as a file shows them: those of several people on one frame apart, or joined to one. */
export function shownMarkers(markers: Iterable<Marker>, sameFrame: Dialect["sameFrame"]["otio"]): Iterable<Marker> {
  return sameFrame === "apart" ? markers : joinedByFrame(markers);
}

function* joinedByFrame(markers: Iterable<Marker>): Generator<Marker> {
  let last: Marker | undefined;
  for (const marker of markers) {
    if (last?.recordFrame === marker.recordFrame) last = joined(last, marker);
    else {
      if (last !== undefined) yield last;
      last = marker;
    }
  }
  if (last !== undefined) yield last;
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
