import type { FrameRate } from "../time/frame-rate.js";
import { compareFrames, type Frames, minus, plus, recount } from "./frames.js";
import type { Problems } from "./problems.js";
import type { OtioComposition, OtioItem, OtioMarker, OtioNode } from "./read-otio-nodes.js";
import type { OtioRange } from "./read-otio-values.js";
import { byRecord, type FrameSpan, type ReadClip, type ReadGap, type ReadMarker, type ReadSound } from "./reading.js";

/** Where the children of a composition go. */
interface Place {
  /** Timeline frame of the composition's own time 0. */
  readonly zero: Frames;
  /** What of it plays, in timeline frames. */
  readonly window: FrameSpan | undefined;
  readonly track: number;
  readonly isSound: boolean;
}

/** Works out where everything lies on a timeline: children of a track play one after another, those of a stack at once. */
export class OtioPlacement {
  readonly #clips: ReadClip[] = [];
  readonly #sounds: ReadSound[] = [];
  readonly #gaps: ReadGap[] = [];
  readonly #markers: ReadMarker[] = [];
  readonly #rate: FrameRate | undefined;
  readonly #problems: Problems;
  readonly #keep: (clip: ReadClip) => ReadClip;

  constructor(rate: FrameRate | undefined, problems: Problems, keep: (clip: ReadClip) => ReadClip) {
    this.#keep = keep;
    this.#rate = rate;
    this.#problems = problems;
  }

  sorted() {
    const [clips, sounds] = [this.#clips.sort(byRecord), this.#sounds.sort(byRecord)];
    return { clips, sounds, gaps: this.#gaps, markers: this.#markers };
  }

  /** The stack of a timeline: each child is a track, of pictures or of sound. */
  place(stack: OtioComposition): void {
    const whole = this.#inside(stack, { zero: 0, window: undefined, track: 1, isSound: false });
    this.#addMarkers(stack.markers, whole.zero);
    const counts = { Video: 0, Audio: 0 };
    for (const child of stack.children) {
      const kind = child.type === "track" ? child.kind : "Video";
      if (kind === "Video" || kind === "Audio")
        this.#child(child, 0, { ...whole, track: ++counts[kind], isSound: kind === "Audio" });
    }
  }

  /** Places a child at `from`, in the time of its composition; gives its length. */
  #child(node: OtioNode, from: Frames, place: Place): Frames {
    if (node.type === "track" || node.type === "stack") return this.#composition(node, from, place);
    if (node.type !== "clip" && node.type !== "gap") return 0;
    const length = this.#lengthOf(node);
    const start = plus(place.zero, from);
    this.#item(node, { start, end: plus(start, length) }, place);
    return length;
  }

  #composition(node: OtioComposition, from: Frames, outer: Place): Frames {
    const place = this.#inside(node, { ...outer, zero: plus(outer.zero, from) });
    this.#addMarkers(node.markers, place.zero);
    let length: Frames = 0;
    for (const child of node.children) {
      const isTrack = node.type === "track";
      const childLength = this.#child(child, isTrack ? length : 0, place);
      if (isTrack) length = plus(length, childLength);
      else if (compareFrames(childLength, length) > 0) length = childLength;
    }
    return node.range ? this.#length(node.range) : length;
  }

  /** The part of a composition that its source range leaves, and the place of its time 0. */
  #inside({ range }: OtioComposition, place: Place): Place {
    if (range === undefined) return place;
    const window = { start: place.zero, end: plus(place.zero, this.#length(range)) };
    const zero = minus(place.zero, this.#onTimeline(range.start, range.rate));
    return { ...place, zero, window: cut(window, place.window) };
  }

  #item(item: OtioItem, whole: FrameSpan, { window, track, isSound }: Place): void {
    const record = cut(whole, window);
    if (compareFrames(record.start, record.end) >= 0 && window !== undefined) return;
    const { name, media, link, place, written } = item;
    if (item.type === "gap") {
      this.#gaps.push({ track, record, place });
      this.#markers.push(...item.markers.map((marker) => this.#markerOf(marker, item.range, whole)));
      return;
    }
    const source = this.#sourceOf(item, whole, record);
    const common = { id: undefined, name, track, record, source, media, link, place, written };
    if (isSound) this.#sounds.push({ channels: item.channels, ...common });
    else {
      const markers = item.markers.map((marker) => this.#markerOf(marker, item.range, whole));
      this.#clips.push(this.#keep({ kind: written.OTIO_SCHEMA ?? "Clip", markers, keywords: [], ...common }));
    }
  }

  /** The source range, cut as its record range was. */
  #sourceOf({ range }: OtioItem, whole: FrameSpan, record: FrameSpan) {
    if (range === undefined || record === whole || this.#rate === undefined) return range;
    const from = recount(minus(record.start, whole.start), this.#rate, range.rate);
    const length = recount(minus(record.end, record.start), this.#rate, range.rate);
    const start = plus(range.start, from);
    return { start, end: plus(start, length), rate: range.rate };
  }

  /** Markers of an item count in the item's own time (OpenTimelineIO, "Time coordinates"). */
  #markerOf(marker: OtioMarker, range: OtioRange | undefined, record: FrameSpan): ReadMarker {
    const { start, name, note, colour, kind, place } = marker;
    const duration = range ? recount(marker.duration, marker.rate, range.rate) : marker.duration;
    const itemStart = range ? this.#onTimeline(range.start, range.rate) : 0;
    const source = range ? recount(start, marker.rate, range.rate) : start;
    const since = minus(this.#onTimeline(start, marker.rate), itemStart);
    return { name, note, colour, record: plus(record.start, since), duration, source, kind, place };
  }

  #addMarkers(markers: readonly OtioMarker[], zero: Frames): void {
    for (const { start, rate, name, note, colour, kind, place, ...marker } of markers) {
      const record = plus(zero, this.#onTimeline(start, rate));
      const duration = this.#onTimeline(marker.duration, rate);
      this.#markers.push({ name, note, colour, record, duration, source: undefined, kind, place });
    }
  }

  #lengthOf(item: OtioItem): Frames {
    if (item.range === undefined) this.#problems.add(item.place, "no-range", `A ${item.type} has no range, and so no length`);
    return item.range ? this.#length(item.range) : 0;
  }

  #length({ start, end, rate }: OtioRange): Frames {
    return this.#onTimeline(minus(end, start), rate);
  }

  #onTimeline(frames: Frames, rate: FrameRate): Frames {
    return this.#rate ? recount(frames, rate, this.#rate) : frames;
  }
}

function cut(span: FrameSpan, window: FrameSpan | undefined): FrameSpan {
  if (window === undefined) return span;
  const isInside = compareFrames(span.start, window.start) >= 0 && compareFrames(span.end, window.end) <= 0;
  if (isInside) return span;
  const start = compareFrames(span.start, window.start) > 0 ? span.start : window.start;
  return { start, end: compareFrames(span.end, window.end) < 0 ? span.end : window.end };
}
