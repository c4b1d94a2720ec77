import { type Frames, minus, plus } from "./frames.js";
import type { Problems } from "./problems.js";
import type { FrameSpan, ReadMarker } from "./reading.js";
import { placeOf, textAt, type XmlElement } from "./xml-events.js";

/**
 * A marker while it is read, and before it is known where its clip lies. Its parts are taken as they come: there may be
 * hundreds of thousands of markers, and keeping all elements of each takes longer than the rest.
 */
export class Fcp7Marker {
  readonly element: XmlElement;
  #name = "";
  #note = "";
  /** Premiere's number of a colour, and Final Cut Pro 7's own, which counts where there is no number. */
  #ppro: string | undefined;
  #rgb: string | undefined;
  #start: string | undefined;
  #end: string | undefined;
  /** From the first frame of its sequence, or of its clip's file. */
  #in: Frames = 0;
  #duration: Frames | undefined;

  constructor(element: XmlElement) {
    this.element = element;
  }

  /** Takes a part that is complete. */
  take(part: XmlElement): void {
    const { name, text } = part;
    if (name === "in") this.#start ??= text || undefined;
    else if (name === "out") this.#end ??= text || undefined;
    else if (name === "name") this.#name ||= text;
    else if (name === "comment") this.#note ||= text;
    else if (name === "pproColor") this.#ppro ??= text || undefined;
    else if (name === "color" && this.wantsColour) this.#rgb ??= rgbOf(part);
  }

  get wantsColour(): boolean {
    return this.#ppro === undefined;
  }

  /** It is complete. */
  close(problems: Problems): void {
    const place = placeOf(this.element);
    const start = problems.frames(this.#start, place, "A marker's in");
    const end = problems.frames(this.#end, place, "A marker's out");
    if (start === undefined) problems.add(place, "no-marker-in", "A marker has no in");
    this.#in = start ?? 0;
    // An out of -1 says that the marker is a point (Apple, "Elements Catalog", marker).
    const isPoint = start === undefined || end === undefined || (typeof end === "number" && end <= 0);
    this.#duration = isPoint ? undefined : minus(end, start);
  }

  onTimeline(): ReadMarker {
    return this.#at(this.#in, undefined);
  }

  inClip(record: FrameSpan, source: FrameSpan): ReadMarker {
    return this.#at(plus(record.start, minus(this.#in, source.start)), this.#in);
  }

  #at(record: Frames, source: Frames | undefined): ReadMarker {
    return {
      name: this.#name,
      note: this.#note,
      colour: this.#ppro ?? this.#rgb,
      record,
      duration: this.#duration,
      source,
      kind: "marker",
      place: placeOf(this.element),
    };
  }
}

/** Final Cut Pro 7's own colour, as `red,green,blue`. */
function rgbOf(colour: XmlElement): string {
  return ["red", "green", "blue"].map((name) => textAt(colour, name) ?? "0").join();
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
