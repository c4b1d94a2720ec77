import type { FrameRate } from "../time/frame-rate.js";
import { type Frames, minus, plus, recount } from "./frames.js";
import type { Problems } from "./problems.js";
import type { StoryItem } from "./read-fcpxml-item.js";
import type { FcpxmlResources } from "./read-fcpxml-resources.js";
import {
  byRecord,
  type FrameSpan,
  type ReadClip,
  type ReadGap,
  type ReadMarker,
  type ReadSound,
  type ReadSource,
  type ReadTimeline,
} from "./reading.js";
import { framesAt, noSeconds, type Seconds } from "./seconds.js";
import { placeOf, writtenIn, type XmlElement } from "./xml-events.js";

/** What of a clip is kept. */
type KeepClip = (clip: ReadClip) => ReadClip;

/** What a project's `<sequence>` holds, while it is open. Tracks are lanes, the spine as 1, until all are known. */
export class FcpxmlSequence {
  readonly rate: FrameRate | undefined;
  /** Sequence time of the first frame: `tcStart`. */
  readonly zero: Seconds;
  readonly #element: XmlElement;
  readonly #resources: FcpxmlResources;
  readonly #problems: Problems;
  readonly #keep: KeepClip;
  readonly #clips: ReadClip[] = [];
  readonly #sounds: ReadSound[] = [];
  readonly #gaps: ReadGap[] = [];
  /** Those on gaps: the format's nearest thing to markers of the timeline. */
  readonly #markers: ReadMarker[] = [];

  constructor(element: XmlElement, resources: FcpxmlResources, problems: Problems, keep: KeepClip) {
    this.#element = element;
    this.#resources = resources;
    this.#problems = problems;
    this.#keep = keep;
    this.rate = resources.format(element.attributes.format)?.rate;
    this.zero = problems.seconds(element.attributes.tcStart, placeOf(element), "tcStart") ?? noSeconds;
    if (this.rate === undefined) problems.add(placeOf(element), "no-rate", "The sequence's format has no frameDuration");
  }

  add(item: StoryItem, source: ReadSource | undefined): void {
    const { element, lane, markers, keywords } = item;
    if (element.name === "spine" || element.name === "audition") return;
    const record = this.#record(item, source);
    const place = placeOf(element);
    if (element.name === "gap") {
      this.#gaps.push({ track: lane, record, place });
      this.#markers.push(...markers);
      return;
    }
    const { name = "", id } = element.attributes;
    const placed = {
      id,
      name,
      track: lane + 1,
      record,
      source,
      media: item.ref,
      link: undefined,
      place,
      written: writtenIn(element),
    };
    if (element.name === "audio" || this.#isSoundOnly(item.ref)) {
      this.#sounds.push({ channels: channelsOf(element), ...placed });
    } else this.#clips.push(this.#keep({ kind: element.name, markers, keywords, ...placed }));
  }

  #isSoundOnly(ref: string | undefined): boolean {
    const asset = this.#resources.mediaOf(ref)?.written;
    return asset?.hasAudio === "1" && asset.hasVideo !== "1";
  }

  #record({ record, duration }: StoryItem, source: ReadSource | undefined): FrameSpan {
    const start = this.#frames(record);
    if (duration) return { start, end: plus(start, this.#frames(duration)) };
    if (source?.rate === undefined || this.rate === undefined) return { start, end: start };
    return { start, end: plus(start, recount(minus(source.end, source.start), source.rate, this.rate)) };
  }

  #frames(seconds: Seconds): Frames {
    return this.rate ? framesAt(seconds, this.rate) : 0;
  }

  timeline(): ReadTimeline {
    const { attributes, parent } = this.#element;
    const place = placeOf(this.#element);
    const duration = this.#problems.seconds(attributes.duration, place, "sequence duration");
    return {
      id: parent?.attributes.id,
      name: parent?.attributes.name ?? "",
      rate: this.rate,
      dropFrame: attributes.tcFormat === undefined ? undefined : attributes.tcFormat === "DF",
      start: this.#frames(this.zero),
      duration: duration && this.#frames(duration),
      size: this.#resources.format(attributes.format)?.size,
      kind: "cuts",
      nested: false,
      clips: onTracks(this.#clips).toSorted(byRecord),
      sounds: onTracks(this.#sounds).toSorted(byRecord),
      gaps: this.#gaps,
      markers: this.#markers,
      place,
      written: { ...attributes },
    };
  }
}

/** Lanes as tracks: the lowest lane that holds anything is track 1, as it is already where nothing lies below the spine. */
function onTracks<T extends { readonly track: number }>(items: readonly T[]): readonly T[] {
  const lanes = [...new Set(items.map(({ track }) => track))].sort((a, b) => a - b);
  if (lanes.every((lane, index) => lane === index + 1)) return items;
  const numbers = new Map(lanes.map((lane, index) => [lane, index + 1]));
  return items.map((item) => ({ ...item, track: numbers.get(item.track) as number }));
}

/** Source channels of a piece of sound, counted from 1. */
function channelsOf({ attributes }: XmlElement) {
  const stream = attributes.srcID === undefined ? undefined : Number(attributes.srcID);
  const channels = attributes.srcCh?.split(/[\s,]+/).filter((word) => /^\d{1,4}$/.test(word)) ?? [];
  return channels.map((channel) => ({ stream, channel: Number(channel) }));
}
