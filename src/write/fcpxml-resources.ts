import type { MediaFacts, MediaUse, PixelAspect, Scan, Size } from "../model/media.js";
import type { PersonRange, Plan, PlannedMedia, Timeline } from "../model/timeline.js";
import type { FrameRate } from "../time/frame-rate.js";
import type { Dialect } from "./dialect.js";
import { conformRateOf } from "./fcpxml-conform-rate.js";
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

/** What a format says of a picture. Without scan and shape of pixels it is progressive and square. */
interface Picture {
  readonly size: Size;
  readonly rate: FrameRate;
  readonly scan?: Scan;
  readonly pixelAspect?: PixelAspect;
}

/** A format's attributes without its id; those that are undefined are not written. */
type Format = ReturnType<typeof formatAttributes>;

/** The formats and assets of a document, under the ids its other elements refer to. */
export class Resources {
  readonly #formats = new Map<string, { id: string; format: Format }>();
  readonly #assets = new Map<string, Asset>();
  readonly #dialect: Dialect["fcpxml"];

  constructor(plan: Plan, dialect: Dialect["fcpxml"]) {
    this.#dialect = dialect;
    for (const timeline of plan.timelines) this.#formatId(timeline);
    // Media of unknown size have to say one; the timeline's is the likeliest.
    const likely = plan.timelines[0]?.size as Size;
    // Formats first: ids count in the order of the elements.
    const formats = plan.media.map(({ media }) => this.#formatId({ ...media, size: media.size ?? likely }));
    for (const [i, planned] of plan.media.entries()) this.#addAsset(planned, formats[i] as string);
  }

  /** One format for all that would be spelled alike; drop-frame is no other rate. */
  #formatId(picture: Picture): string {
    const format = formatAttributes(picture);
    const key = JSON.stringify(format);
    const { id } = this.#formats.get(key) ?? { id: `r${this.#formats.size + 1}` };
    this.#formats.set(key, { id, format });
    return id;
  }

  #addAsset({ media, extent, appearances }: PlannedMedia, format: string): void {
    this.#assets.set(media.mediaId, {
      id: `r${this.#formats.size + this.#assets.size + 1}`,
      format,
      frame: frameLengthOf(media.rate),
      media,
      extent,
      appearances,
      conformRate: conformRateOf(media.rate, this.#dialect.version),
    });
  }

  formatOf(timeline: Timeline): string {
    return this.#formatId(timeline);
  }

  assetOf(media: MediaFacts): Asset {
    return this.#assets.get(media.mediaId) as Asset;
  }

  get assets(): Iterable<Asset> {
    return this.#assets.values();
  }

  *elements(depth: number): Generator<string> {
    // No names: Final Cut Pro knows a fixed list of them and refuses clips over an invented one.
    for (const { id, format } of this.#formats.values()) yield element(depth, "format", { id, ...format });
    for (const asset of this.#assets.values()) yield assetElement(depth, asset, this.#dialect);
  }
}

const fieldOrders: Readonly<Record<Scan, string | undefined>> = {
  progressive: undefined,
  upper: "upper first",
  lower: "lower first",
};

// Final Cut Pro writes the order of fields and the shape of pixels only where they are not the plain ones.
function formatAttributes({ size, rate, scan = "progressive", pixelAspect }: Picture) {
  const { width, height } = size;
  const shape = pixelAspect?.num === pixelAspect?.den ? undefined : pixelAspect;
  return {
    frameDuration: timeOf(1, frameLengthOf(rate)),
    fieldOrder: fieldOrders[scan],
    width,
    height,
    paspH: shape?.num,
    paspV: shape?.den,
  };
}

function assetElement(depth: number, { id, format, frame, media, extent }: Asset, dialect: Dialect["fcpxml"]): string {
  const { audio } = media;
  const attributes = {
    id,
    name: nameOf(dialect.assetNames === "file" ? media.fileName : stemOf(media.fileName)),
    // The file's own timecode: with another one neither Final Cut Pro nor Resolve finds the frames.
    start: timeOf(media.start, frame),
    duration: timeOf(extent, frame),
    hasVideo: 1,
    format,
    // Left out, not 0: files declared silent that have sound vanish in Final Cut Pro.
    hasAudio: audio && 1,
    videoSources: 1,
    audioSources: audio?.streams.length,
    audioChannels: audio?.channels,
    audioRate: audio?.sampleRate,
  };
  return element(depth, "asset", attributes, mediaReps(depth + 1, media, dialect) + metadata(depth + 1, media));
}

function stemOf(fileName: string): string {
  return fileName.replace(/(?<=.)\.[^.]*$/, "");
}

/** The file clips point to first; then, when it is known, the proxy of an original or the original of a proxy. */
function mediaReps(depth: number, { use, url, otherUrl }: MediaFacts, dialect: Dialect["fcpxml"]): string {
  const rep = (kind: MediaUse, of: string) => element(depth, "media-rep", { kind: `${kind}-media`, src: sourceOf(of, dialect) });
  return rep(use, url) + (otherUrl === undefined ? "" : rep(use === "original" ? "proxy" : "original", otherUrl));
}

// Final Cut Pro takes over only what is said to be editable (Apple, "Final Cut Pro X XML Format", "Metadata").
function metadata(depth: number, { reel }: MediaFacts): string {
  if (reel === undefined) return "";
  const md = element(depth + 1, "md", { key: "com.apple.proapps.studio.reel", value: reel, editable: 1 });
  return element(depth, "metadata", {}, md);
}

/** A media URL, of a local file without a host; a relative one is relative to the document and begins with `./`. */
function sourceOf(url: string, { urlDelimiters }: Dialect["fcpxml"]): string {
  const local = url.replace(/^file:\/\/localhost\//i, "file:///");
  const escaped =
    urlDelimiters === "escaped" ? local.replace(delimiters, percentByte) : local.replace(escapedDelimiters, decodeURIComponent);
  return /^([a-z][a-z0-9+.-]*:|[./])/i.test(escaped) ? escaped : `./${escaped}`;
}

// RFC 3986, section 2.2, sub-delims.
const delimiters = /[!$&'()*+,;=]/g;
const escapedDelimiters = /%(?:21|24|26|27|28|29|2A|2B|2C|3B|3D)/gi;

function percentByte(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
