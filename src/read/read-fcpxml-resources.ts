import { type FrameRate, frameRate } from "../time/frame-rate.js";
import type { Frames } from "./frames.js";
import type { Problems } from "./problems.js";
import type { ReadAudio, ReadMedia, ReadMediaFile, ReadSize } from "./reading.js";
import { framesAt, isZero } from "./seconds.js";
import { child, placeOf, writtenIn, type XmlElement } from "./xml-events.js";

/** A `<format>`: pictures of one size and rate. */
export interface FcpxmlFormat {
  readonly rate: FrameRate | undefined;
  readonly size: ReadSize | undefined;
  readonly scan: string | undefined;
  readonly pixelAspect: string | undefined;
  readonly written: Readonly<Record<string, string>>;
}

/** What clips and sequences refer to. Apple's DTD puts all of it before them. */
export class FcpxmlResources {
  readonly media: ReadMedia[] = [];
  readonly #problems: Problems;
  readonly #formats = new Map<string, FcpxmlFormat>();
  readonly #media = new Map<string, ReadMedia>();

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  format(id: string | undefined): FcpxmlFormat | undefined {
    return id === undefined ? undefined : this.#formats.get(id);
  }

  mediaOf(id: string | undefined): ReadMedia | undefined {
    return id === undefined ? undefined : this.#media.get(id);
  }

  addFormat(element: XmlElement): void {
    const { id, fieldOrder, paspH, paspV } = element.attributes;
    if (id === undefined || this.#formats.has(id)) return;
    this.#formats.set(id, {
      rate: this.#rateOf(element),
      size: this.#sizeOf(element),
      scan: fieldOrder,
      pixelAspect: paspH === undefined || paspV === undefined ? undefined : `${paspH}:${paspV}`,
      written: { ...element.attributes },
    });
  }

  /** An asset; or a compound clip or other source that clips refer to by id and that is no file. */
  addMedia(element: XmlElement): void {
    const { attributes } = element;
    const place = placeOf(element);
    const format = this.format(attributes.format ?? child(element, "sequence")?.attributes.format);
    const media: ReadMedia = {
      id: attributes.id ?? place,
      name: attributes.name ?? "",
      files: filesOf(element),
      rate: format?.rate,
      start: this.#frames(element, "start", format),
      duration: this.#frames(element, "duration", format),
      // Only clips say how the media's timecode counts.
      dropFrame: undefined,
      size: format?.size,
      scan: format?.scan,
      pixelAspect: format?.pixelAspect,
      audio: this.#audioOf(element),
      reel: reelOf(element),
      place,
      written: writtenIn(element),
    };
    this.media.push(media);
    if (!this.#media.has(media.id)) this.#media.set(media.id, media);
  }

  #frames(element: XmlElement, name: string, format: FcpxmlFormat | undefined): Frames | undefined {
    const seconds = this.#problems.seconds(element.attributes[name], placeOf(element), name);
    return seconds && format?.rate && framesAt(seconds, format.rate);
  }

  /** A format's frame length as a rate; stills and sound have none. */
  #rateOf(element: XmlElement): FrameRate | undefined {
    const { frameDuration } = element.attributes;
    const length = frameDuration === "" ? undefined : this.#problems.seconds(frameDuration, placeOf(element), "frameDuration");
    if (length === undefined || isZero(length)) return undefined;
    const [num, den] = [Number(length.den), Number(length.num)];
    const fits = num > 0 && den > 0 && Number.isSafeInteger(num) && Number.isSafeInteger(den);
    if (fits) return frameRate(num, den);
    return this.#problems.add(placeOf(element), "bad-rate", `No frame lasts ${frameDuration}`);
  }

  #sizeOf(element: XmlElement): ReadSize | undefined {
    const width = this.#whole(element, "width");
    const height = this.#whole(element, "height");
    return width === undefined || height === undefined ? undefined : { width, height };
  }

  #audioOf(element: XmlElement): ReadAudio | undefined {
    if (element.attributes.hasAudio !== "1") return undefined;
    const channels = this.#whole(element, "audioChannels") ?? 0;
    return {
      streams: [channels],
      sources: this.#whole(element, "audioSources"),
      channels,
      sampleRate: this.#whole(element, "audioRate"),
    };
  }

  #whole(element: XmlElement, name: string): number | undefined {
    return this.#problems.whole(element.attributes[name], placeOf(element), name);
  }
}

/** Where an asset's files are: `media-rep` since 1.9, the asset's own `src` before. */
function filesOf(element: XmlElement): ReadMediaFile[] {
  const reps = element.children.filter(({ name }) => name === "media-rep");
  const files = reps.map(({ attributes }) => ({
    kind: attributes.kind ?? "original-media",
    url: attributes.src ?? "",
    extent: undefined,
  }));
  const { src } = element.attributes;
  return src === undefined ? files : [{ kind: "original-media", url: src, extent: undefined }, ...files];
}

function reelOf(element: XmlElement): string | undefined {
  const entries = child(element, "metadata")?.children ?? [];
  return entries.find(({ attributes }) => attributes.key === "com.apple.proapps.studio.reel")?.attributes.value;
}
