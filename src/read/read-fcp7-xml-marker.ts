import { type Frames, minus, plus } from "./frames.js";
import type { Problems } from "./problems.js";
import type { FrameSpan, ReadMarker } from "./reading.js";
import { child, placeOf, textAt, type XmlElement } from "./xml-events.js";

/** What does not depend on where a marker's clip lies. */
type Shown = Pick<ReadMarker, "name" | "note" | "colour" | "duration" | "kind" | "place">;

/** A marker before it is known where its clip lies. `in` counts from the first frame of its sequence, or of its clip's file. */
export class Fcp7Marker {
  readonly #in: Frames;
  readonly #shown: Shown;

  constructor(start: Frames, shown: Shown) {
    this.#in = start;
    this.#shown = shown;
  }

  onTimeline(): ReadMarker {
    return this.#at(this.#in, undefined);
  }

  inClip(record: FrameSpan, source: FrameSpan): ReadMarker {
    return this.#at(plus(record.start, minus(this.#in, source.start)), this.#in);
  }

  // Field by field: spreading takes several times as long, which shows with hundreds of thousands of markers.
  #at(record: Frames, source: Frames | undefined): ReadMarker {
    const { name, note, colour, duration, kind, place } = this.#shown;
    return { name, note, colour, record, duration, source, kind, place };
  }
}

export function readMarker(element: XmlElement, problems: Problems): Fcp7Marker {
  const place = placeOf(element);
  const start = problems.frames(textAt(element, "in"), place, "A marker's in");
  const end = problems.frames(textAt(element, "out"), place, "A marker's out");
  if (start === undefined) problems.add(place, "no-marker-in", "A marker has no in");
  return new Fcp7Marker(start ?? 0, {
    name: textAt(element, "name") ?? "",
    note: textAt(element, "comment") ?? "",
    colour: textAt(element, "pproColor") ?? rgbOf(element),
    // An out of -1 says that the marker is a point (Apple, "Elements Catalog", marker).
    duration: start === undefined || end === undefined || (typeof end === "number" && end <= 0) ? undefined : minus(end, start),
    kind: "marker",
    place,
  });
}

/** Final Cut Pro 7's own colour, as `red,green,blue`. */
function rgbOf(element: XmlElement): string | undefined {
  const colour = child(element, "color");
  return colour && ["red", "green", "blue"].map((name) => textAt(colour, name) ?? "0").join();
}

/** The markers of clips that are not complete. */
export class ClipMarkers {
  readonly #byClip = new Map<XmlElement, Fcp7Marker[]>();

  add(clip: XmlElement, marker: Fcp7Marker): void {
    const markers = this.#byClip.get(clip);
    if (markers === undefined) this.#byClip.set(clip, [marker]);
    else markers.push(marker);
  }

  takeOf(clip: XmlElement): readonly Fcp7Marker[] {
    const markers = this.#byClip.get(clip) ?? [];
    this.#byClip.delete(clip);
    return markers;
  }
}
