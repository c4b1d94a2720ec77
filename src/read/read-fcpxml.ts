import type { Frames } from "./frames.js";
import { Problems } from "./problems.js";
import { StoryItem, storyElements } from "./read-fcpxml-item.js";
import { FcpxmlResources } from "./read-fcpxml-resources.js";
import { FcpxmlSequence } from "./read-fcpxml-sequence.js";
import { keptOf, keptTimeline, type ReadOptions } from "./read-options.js";
import type { FrameSpan, ReadBrowserClip, ReadClip, Reading, ReadTimeline } from "./reading.js";
import { framesAt, noSeconds, plainSeconds, plus, type Seconds } from "./seconds.js";
import { placeOf, readXml, writtenIn, type XmlElement, type XmlVisitor } from "./xml-events.js";

/**
 * FCPXML of any version (Apple, "FCPXML Reference"): every project's sequence, the clips of the browser, and the
 * resources they refer to. The inside of compound clips is not read.
 */
export function readFcpxml(chunks: Iterable<string>, options: ReadOptions): Reading {
  const reader = new FcpxmlReader(options);
  const root = readXml(chunks, options.file, reader);
  const { timelines, browserClips, resources, problems } = reader;
  const { file } = options;
  const version = root.attributes.version;
  return { format: "fcpxml", file, version, timelines, media: resources.media, browserClips, problems: problems.list };
}

/** What only holds other elements: kept elements inside would stay to the end of the document. */
const folders = new Set(["fcpxml", "resources", "library", "event", "project", "spine", "gap"]);
const browsers = new Set(["fcpxml", "library", "event"]);
const sources = new Set(["asset", "media"]);
const markers = new Set(["marker", "chapter-marker", "hidden-clip-marker"]);

class FcpxmlReader implements XmlVisitor {
  /** Who takes the clips as they come keeps nothing of their markers. */
  readonly passing: ReadonlySet<string> | undefined;
  readonly timelines: ReadTimeline[] = [];
  readonly browserClips: ReadBrowserClip[] = [];
  readonly problems: Problems;
  readonly resources: FcpxmlResources;
  readonly #onElement: ReadOptions["onElement"];
  readonly #sink: ReadOptions["sink"];
  /** The project's sequence that is open. */
  #sequence: FcpxmlSequence | undefined;
  /** The innermost open element of a storyline, or browser clip. */
  #item: StoryItem | undefined;

  constructor({ file, onElement, sink }: ReadOptions) {
    this.problems = new Problems(file);
    this.resources = new FcpxmlResources(this.problems);
    this.#onElement = onElement;
    this.#sink = sink;
    this.passing = sink && markers;
  }

  opened(element: XmlElement): void {
    this.#onElement?.(element);
    const { name, parent } = element;
    if (name === "sequence" && parent?.name === "project") {
      const number = this.timelines.length;
      const keep = (clip: ReadClip) => keptOf(clip, number, this.#sink);
      this.#sequence = new FcpxmlSequence(element, this.resources, this.problems, keep);
    } else if (storyElements.has(name) && (this.#sequence || this.#item || browsers.has(parent?.name ?? ""))) {
      this.#item = new StoryItem(element, this.#item, this.#times(element), this.#sequence?.zero ?? noSeconds);
    }
  }

  closed(element: XmlElement): boolean {
    const { name, parent } = element;
    if (element === this.#item?.element) this.#itemClosed(this.#item);
    else if (name === "sequence" && this.#sequence && parent?.name === "project") this.#sequenceClosed(this.#sequence);
    else if (name === "format") this.resources.addFormat(element);
    else if (parent?.name === "resources" && sources.has(name)) this.resources.addMedia(element);
    else if (this.#item && parent === this.#item.element) return this.#partClosed(element, this.#item);
    return parent !== undefined && !folders.has(parent.name) && !storyElements.has(name);
  }

  /** Something inside a clip that is no clip. */
  #partClosed(element: XmlElement, item: StoryItem): boolean {
    if (element.name === "conform-rate") item.conform(element, this.#sequence?.rate);
    else if (element.name === "keyword") this.#addKeyword(element, item);
    else if (markers.has(element.name)) this.#addMarker(element, item);
    else return !folders.has(item.element.name);
    return element.name === "conform-rate";
  }

  #addMarker(element: XmlElement, item: StoryItem): void {
    const { value = "", note = "" } = element.attributes;
    const place = placeOf(element);
    const start = this.#seconds(element, "start") ?? noSeconds;
    const duration = this.#seconds(element, "duration");
    const sequenceRate = this.#sequence?.rate;
    const rate = this.#rateOf(item);
    item.owner.markers.push({
      name: value,
      note,
      colour: undefined,
      record: sequenceRate ? framesAt(item.recordOf(start), sequenceRate) : 0,
      duration: duration && rate && framesAt(duration, rate),
      source: rate && framesAt(start, rate),
      kind: element.name,
      place,
    });
  }

  #addKeyword(element: XmlElement, item: StoryItem): void {
    const source = this.#span(this.#seconds(element, "start") ?? item.start, this.#seconds(element, "duration"), item);
    item.owner.keywords.push({ value: element.attributes.value ?? "", source, place: placeOf(element) });
  }

  #itemClosed(item: StoryItem): void {
    this.#item = item.parent;
    const { attributes } = item.element;
    if (item.isPart) item.owner.partRef ??= attributes.ref;
    else if (this.#sequence) this.#sequence.add(item, this.#sourceOf(item));
    else if (item.parent === undefined) this.#addBrowserClip(item);
  }

  #sourceOf(item: StoryItem) {
    const span = this.#span(item.start, item.duration ?? this.#mediaLength(item), item);
    return span && { start: span.start, end: span.end, rate: this.#rateOf(item) };
  }

  #addBrowserClip(item: StoryItem): void {
    this.browserClips.push({
      name: item.element.attributes.name ?? "",
      media: item.ref,
      source: this.#sourceOf(item),
      keywords: item.keywords,
      place: placeOf(item.element),
      written: writtenIn(item.element),
    });
  }

  #sequenceClosed(sequence: FcpxmlSequence): void {
    this.timelines.push(keptTimeline(sequence.timeline(), this.timelines.length, this.#sink));
    this.#sequence = undefined;
  }

  #times(element: XmlElement) {
    const [offset, start, duration] = ["offset", "start", "duration"].map((name) => this.#seconds(element, name));
    return { offset, start, duration };
  }

  #seconds(element: XmlElement, name: string): Seconds | undefined {
    const text = element.attributes[name];
    if (text === undefined) return undefined;
    // What a message would say is put together only for odd times: there may be many.
    return plainSeconds(text) ?? this.problems.seconds(text, placeOf(element), `${element.name} ${name}`);
  }

  /** Source time counts in the media's frames; where there are none (sound, titles) in the sequence's. */
  #rateOf(item: StoryItem) {
    return this.resources.mediaOf(item.owner.ref)?.rate ?? this.#sequence?.rate;
  }

  #sourceFrames(seconds: Seconds, item: StoryItem): Frames | undefined {
    const rate = this.#rateOf(item);
    return rate && framesAt(seconds, rate);
  }

  #span(start: Seconds, length: Seconds | undefined, item: StoryItem): FrameSpan | undefined {
    if (length === undefined) return undefined;
    const [from, to] = [this.#sourceFrames(start, item), this.#sourceFrames(plus(start, length), item)];
    return from === undefined || to === undefined ? undefined : { start: from, end: to };
  }

  /** A clip without a duration is as long as its media (Apple's DTD, asset-clip). */
  #mediaLength(item: StoryItem): Seconds | undefined {
    const media = this.resources.mediaOf(item.owner.ref);
    return this.problems.seconds(media?.written.duration, placeOf(item.element), "duration");
  }
}
