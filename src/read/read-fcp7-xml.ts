import { Problems } from "./problems.js";
import { addMedia, isDropFrame, rateOf, sizeOf } from "./read-fcp7-xml-file.js";
import { ClipMarkers, Fcp7Marker } from "./read-fcp7-xml-marker.js";
import { Fcp7Sequence } from "./read-fcp7-xml-sequence.js";
import { keptMarkers, keptOf, keptTimeline, type ReadOptions } from "./read-options.js";
import { byRecord, type Reading, type ReadMarker, type ReadMedia, type ReadTimeline } from "./reading.js";
import { at, placeOf, readXml, textAt, writtenIn, type XmlElement, type XmlVisitor } from "./xml-events.js";

/**
 * Final Cut Pro 7 XML (Apple, "Final Cut Pro XML Interchange Format"): sequences anywhere in projects and bins. The
 * order of children is free, so rates and names are looked at when an element is complete.
 */
export function readFcp7Xml(chunks: Iterable<string>, options: ReadOptions): Reading {
  const reader = new Fcp7XmlReader(options);
  const root = readXml(chunks, options.file, reader);
  const { media, timelines, problems } = reader;
  const { file } = options;
  const version = root.attributes.version;
  return { format: "fcp7xml", file, version, timelines, media, browserClips: [], problems: problems.list };
}

/** What only holds other elements: kept elements inside would stay to the end of the document. */
const folders = new Set(["xmeml", "project", "children", "bin", "clip", "track"]);

class Fcp7XmlReader implements XmlVisitor {
  readonly media: ReadMedia[] = [];
  readonly timelines: ReadTimeline[] = [];
  readonly problems: Problems;
  readonly #onElement: ReadOptions["onElement"];
  readonly #onClosed: ReadOptions["onClosed"];
  readonly #sink: ReadOptions["sink"];
  /** Sequences that are open, the innermost last. */
  readonly #sequences: Fcp7Sequence[] = [];
  readonly #clipMarkers = new ClipMarkers();
  /** The marker that is open. */
  #marker: Fcp7Marker | undefined;

  constructor({ file, onElement, onClosed, sink }: ReadOptions) {
    this.problems = new Problems(file);
    this.#onElement = onElement;
    this.#onClosed = onClosed;
    this.#sink = sink;
  }

  opened(element: XmlElement): void {
    this.#onElement?.(element);
    if (element.name === "sequence") this.#sequences.push(this.#sequenceOf(element));
    else if (element.name === "track") this.#sequences.at(-1)?.trackOpened(element);
    else if (element.name === "marker") this.#marker ??= new Fcp7Marker(element);
  }

  closed(element: XmlElement): boolean {
    this.#onClosed?.(element);
    if (this.#marker !== undefined) return this.#inMarker(element, this.#marker);
    switch (element.name) {
      case "sequence":
        return this.#sequenceClosed(element);
      case "clipitem":
      case "generatoritem":
        this.#sequences.at(-1)?.addItem(element, this.#clipMarkers.takeOf(element));
        return false;
      case "transitionitem":
        this.#sequences.at(-1)?.addTransition(element);
        return false;
      case "file":
        return addMedia(element, this.media, this.problems);
      default:
        return element.parent !== undefined && !folders.has(element.parent.name);
    }
  }

  /** Something in a marker, or the marker itself. */
  #inMarker(element: XmlElement, marker: Fcp7Marker): boolean {
    if (element === marker.element) return this.#markerClosed(marker);
    // Nothing else in a marker has parts of its own.
    if (element.parent !== marker.element) return marker.wantsColour;
    marker.take(element);
    return false;
  }

  #markerClosed(marker: Fcp7Marker): boolean {
    const { parent } = marker.element;
    marker.close(this.problems);
    this.#marker = undefined;
    if (parent?.name === "clipitem") this.#clipMarkers.add(parent, marker);
    else if (parent?.name === "sequence") this.#sequences.at(-1)?.markers.push(...this.#keptMarker(marker.onTimeline()));
    return false;
  }

  #sequenceOf(element: XmlElement): Fcp7Sequence {
    const sink = this.#sink;
    return new Fcp7Sequence(element, this.problems, sink && ((clip) => keptOf(clip, this.timelines.length, sink)));
  }

  #keptMarker(marker: ReadMarker): readonly ReadMarker[] {
    return keptMarkers([marker], this.timelines.length, this.#sink);
  }

  #sequenceClosed(element: XmlElement): boolean {
    const sequence = this.#sequences.pop() as Fcp7Sequence;
    const isDescribed = element.children.length > 0;
    const number = this.timelines.length;
    if (isDescribed) this.timelines.push(keptTimeline(this.#timeline(element, sequence), number, this.#sink));
    // A clip that shows a sequence refers to it by the sequence's id.
    return element.parent?.name === "clipitem";
  }

  #timeline(element: XmlElement, sequence: Fcp7Sequence): ReadTimeline {
    const { problems } = this;
    const place = placeOf(element);
    const rate = rateOf(element, problems);
    return {
      id: element.attributes.id,
      name: textAt(element, "name") ?? "",
      rate,
      dropFrame: isDropFrame(element),
      start: problems.frames(textAt(element, "timecode/frame"), place, "The start frame") ?? 0,
      duration: problems.frames(textAt(element, "duration"), place, "The duration"),
      size: sizeOf(at(element, "media/video/format/samplecharacteristics"), problems),
      kind: "cuts",
      nested: element.parent?.name === "clipitem",
      clips: sequence.clips.sort(byRecord),
      sounds: sequence.sounds.sort(byRecord),
      gaps: [],
      markers: sequence.markers,
      place,
      written: writtenIn(element),
    };
  }
}
