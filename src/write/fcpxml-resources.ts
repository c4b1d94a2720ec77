import type { MediaFacts, Size } from "../model/media.js";
import type { PersonRange, Plan, PlannedMedia, Timeline } from "../model/timeline.js";
import { type FrameRate, timelineRateOf } from "../time/frame-rate.js";
import { nameOf } from "./fcpxml-names.js";
import { type FrameLength, frameLengthOf, timeOf } from "./fcpxml-time.js";
import { element } from "./xml.js";

/** A media file as the document refers to it. */
export interface Asset {
  readonly id: string;
  readonly format: string;
  readonly frame: FrameLength;
  readonly media: MediaFacts;
  /** Media frames the file has. */
  readonly extent: number;
  readonly appearances: readonly PersonRange[];
  /** Its rate as `conform-rate` spells it; other rates have no word there. */
  readonly conformRate: string | undefined;
}

/** The formats and assets of a document, under the ids its other elements refer to. */
export class Resources {
  readonly #formats = new Map<string, { id: string; size: Size; frame: FrameLength }>();
  readonly #assets = new Map<string, Asset>();

  constructor(plan: Plan) {
    for (const timeline of plan.timelines) this.#addFormat(timeline.size, timeline.rate);
    // Media of unknown size have to say one; the timeline's is the likeliest.
    const likely = plan.timelines[0]?.size as Size;
    for (const { media } of plan.media) this.#addFormat(media.size ?? likely, media.rate);
    for (const planned of plan.media) this.#addAsset(planned, likely);
  }

  // One format per size and rate; drop-frame is no other rate.
  #addFormat(size: Size, rate: FrameRate): void {
    const key = formatKey(size, rate);
    if (this.#formats.has(key)) return;
    this.#formats.set(key, { id: `r${this.#formats.size + 1}`, size, frame: frameLengthOf(rate) });
  }

  #addAsset({ media, extent, appearances }: PlannedMedia, likely: Size): void {
    this.#assets.set(media.mediaId, {
      id: `r${this.#formats.size + this.#assets.size + 1}`,
      format: this.#formatId(media.size ?? likely, media.rate),
      frame: frameLengthOf(media.rate),
      media,
      extent,
      appearances,
      conformRate: timelineRateOf(media.rate, false)?.conformRate,
    });
  }

  #formatId(size: Size, rate: FrameRate): string {
    return (this.#formats.get(formatKey(size, rate)) as { id: string }).id;
  }

  formatOf(timeline: Timeline): string {
    return this.#formatId(timeline.size, timeline.rate);
  }

  assetOf(media: MediaFacts): Asset {
    return this.#assets.get(media.mediaId) as Asset;
  }

  get assets(): Iterable<Asset> {
    return this.#assets.values();
  }

  *elements(depth: number): Generator<string> {
    // No names: Final Cut Pro knows a fixed list of them and refuses clips over an invented one.
    for (const { id, size, frame } of this.#formats.values()) {
      const { width, height } = size;
      yield element(depth, "format", { id, frameDuration: timeOf(1, frame), width, height });
    }
    for (const asset of this.#assets.values()) yield assetElement(depth, asset);
  }
}

function formatKey({ width, height }: Size, { num, den }: FrameRate): string {
  return `${width}x${height} ${num}/${den}`;
}

function assetElement(depth: number, { id, format, frame, media, extent }: Asset): string {
  const { audio } = media;
  const attributes = {
    id,
    name: nameOf(media.fileName),
    // The file's own timecode: with another one neither Final Cut Pro nor Resolve finds the frames.
    start: timeOf(media.start, frame),
    duration: timeOf(extent, frame),
    hasVideo: 1,
    format,
    // Left out, not 0: files declared silent that have sound vanish in Final Cut Pro.
    hasAudio: audio && 1,
    videoSources: 1,
    audioSources: audio && 1,
    audioChannels: audio?.channels,
    audioRate: audio?.sampleRate,
  };
  const rep = element(depth + 1, "media-rep", { kind: "original-media", src: sourceOf(media.url) });
  return element(depth, "asset", attributes, rep);
}

/** A media URL; a relative one is relative to the document and begins with `./`. */
function sourceOf(url: string): string {
  const escaped = url.replace(/[!$&'()*+,;=]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return /^([a-z][a-z0-9+.-]*:|[./])/i.test(url) ? escaped : `./${escaped}`;
}
