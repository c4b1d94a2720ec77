import { type Frames, minus, plus } from "./frames.js";
import type { Problems } from "./problems.js";
import { rateOf } from "./read-fcp7-xml-file.js";
import type { Fcp7Marker } from "./read-fcp7-xml-marker.js";
import type { FrameSpan, ReadClip, ReadMarker, ReadSound, ReadSource, Written } from "./reading.js";
import { child, placeOf, textAt, writtenIn, type XmlElement } from "./xml-events.js";

/** One track while it is read. */
interface Track {
  readonly element: XmlElement;
  readonly kind: "video" | "audio";
  /** From 1, among the tracks of its kind. */
  readonly number: number;
  /** Record start of the transition that came last, when nothing came after it. */
  transitionStart: Frames | undefined;
}

/** Takes a clip that is complete, and gives what is to be kept of it. */
type KeepClip = (clip: ReadClip) => ReadClip;

/** What a `<sequence>` holds, while it is open. */
export class Fcp7Sequence {
  readonly clips: ReadClip[] = [];
  readonly sounds: ReadSound[] = [];
  readonly markers: ReadMarker[] = [];
  readonly #problems: Problems;
  readonly #element: XmlElement;
  readonly #keep: (clip: ReadClip) => ReadClip;
  readonly #written: (element: XmlElement) => Written;
  readonly #counts = { video: 0, audio: 0 };
  #track: Track | undefined;

  constructor(element: XmlElement, problems: Problems, sink: KeepClip | undefined) {
    this.#element = element;
    this.#keep = sink ?? ((clip) => clip);
    // Who takes the clips as they come looks at what they are; all that is written would take more memory than the rest.
    this.#written = sink === undefined ? writtenOf : (item) => ({ enabled: textAt(item, "enabled") ?? "", ...linksIn(item) });
    this.#problems = problems;
  }

  trackOpened(element: XmlElement): void {
    const kind = element.parent?.name;
    if ((kind !== "video" && kind !== "audio") || element.parent?.parent?.parent !== this.#element) return;
    this.#track = { element, kind, number: ++this.#counts[kind], transitionStart: undefined };
  }

  addTransition(element: XmlElement): void {
    const track = this.#trackOf(element);
    if (track) track.transitionStart = this.#frames(element, "start");
  }

  addItem(element: XmlElement, markers: readonly Fcp7Marker[]): void {
    const track = this.#trackOf(element);
    if (track === undefined) return;
    const item = this.#item(element, track);
    if (track.kind === "audio") {
      this.sounds.push({ channels: this.#channels(element), ...item });
      return;
    }
    const source = item.source ?? { start: 0, end: 0 };
    const placed = markers.map((marker) => marker.inClip(item.record, source));
    this.clips.push(this.#keep({ kind: element.name, markers: placed, keywords: [], ...item }));
  }

  #trackOf(element: XmlElement): Track | undefined {
    return element.parent === this.#track?.element ? this.#track : undefined;
  }

  #item(element: XmlElement, track: Track) {
    const file = child(element, "file") ?? child(element, "sequence");
    const source = this.#source(element);
    return {
      id: element.attributes.id,
      name: textAt(element, "name") ?? "",
      track: track.number,
      record: this.#record(element, track, source),
      source,
      media: file?.attributes.id ?? (file && placeOf(file)),
      link: linkOf(element),
      place: placeOf(element),
      written: this.#written(element),
    };
  }

  /** `in` and `out` count from the file's first frame, in frames of the clipitem's rate, else the sequence's. */
  #source(element: XmlElement): ReadSource | undefined {
    const start = this.#frames(element, "in");
    const end = this.#frames(element, "out");
    if (start === undefined || end === undefined) return undefined;
    return { start, end, rate: rateOf(element, this.#problems) ?? rateOf(this.#element, this.#problems) };
  }

  // -1 stands for the edge of a transition (Apple, "Elements Catalog", clipitem): the transition before says where it
  // begins, and the source how long the clip is.
  #record(element: XmlElement, track: Track, source: ReadSource | undefined): FrameSpan {
    const [start, end] = [this.#edge(element, "start"), this.#edge(element, "end")];
    const length = source ? minus(source.end, source.start) : 0;
    const from = start ?? track.transitionStart ?? (end === undefined ? 0 : minus(end, length));
    track.transitionStart = undefined;
    return { start: from, end: end ?? plus(from, length) };
  }

  #edge(element: XmlElement, name: "start" | "end"): Frames | undefined {
    const frames = this.#frames(element, name);
    if (frames === undefined) this.#problems.add(placeOf(element), "no-record", `A ${element.name} has no ${name}`);
    return frames === -1 ? undefined : frames;
  }

  #channels(element: XmlElement) {
    const channel = this.#problems.whole(textAt(element, "sourcetrack/trackindex"), placeOf(element), "trackindex");
    return channel === undefined ? [] : [{ stream: undefined, channel }];
  }

  #frames(element: XmlElement, name: string): Frames | undefined {
    return this.#problems.frames(textAt(element, name), placeOf(element), name);
  }
}

/** Every clipitem of a group names all of them; the group is known by its picture, else by the first one named. */
function linkOf(element: XmlElement): string | undefined {
  const links = element.children.filter(({ name }) => name === "link");
  const picture = links.find((link) => textAt(link, "mediatype") === "video");
  return textAt(picture ?? links[0], "linkclipref");
}

/** Long parts are left out; every link is on the list `links`: `clipitem-1 video 1 1`, every filter's id on `effects`. */
function writtenOf(element: XmlElement): Written {
  const children = element.children.filter(({ name }) => !["file", "link", "filter", "sequence"].includes(name));
  const effects = element.children
    .filter(({ name }) => name === "filter")
    .map((filter) => textAt(filter, "effect/effectid") ?? "");
  return {
    ...writtenIn({ ...element, children }),
    ...linksIn(element),
    ...(effects.length > 0 ? { effects: effects.join(" ") } : {}),
  };
}

function linksIn({ children }: XmlElement): Written {
  const links = children.filter(({ name }) => name === "link").map((link) => link.children.map(({ text }) => text).join(" "));
  return links.length > 0 ? { links: links.join(", ") } : {};
}
