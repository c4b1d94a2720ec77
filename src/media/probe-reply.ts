/** ffprobe's answer (`-show_streams -show_format -of json`), read with doubt: any field may be missing or odd. */

type Fields = Readonly<Record<string, unknown>>;

/** A stream or the file as a whole, as ffprobe describes it. */
export class Section {
  readonly #fields: Fields;
  readonly #tags: ReadonlyMap<string, unknown>;

  constructor(value: unknown) {
    this.#fields = fieldsOf(value);
    // Matroska writes its tags in capitals.
    this.#tags = new Map(Object.entries(fieldsOf(this.#fields.tags)).map(([key, tag]) => [key.toLowerCase(), tag]));
  }

  text(name: string): string | undefined {
    return textOf(this.#fields[name]);
  }

  /** A whole number from 0 on, written as a number or as text. */
  whole(name: string): number | undefined {
    return wholeOf(this.#fields[name]);
  }

  tag(name: string): string | undefined {
    return textOf(this.#tags.get(name));
  }

  /** True for a disposition such as `attached_pic`. */
  is(disposition: string): boolean {
    return fieldsOf(this.#fields.disposition)[disposition] === 1;
  }

  sideData(name: string): unknown {
    const list = this.#fields.side_data_list;
    return Array.isArray(list) ? list.map((data) => fieldsOf(data)[name]).find((value) => value !== undefined) : undefined;
  }
}

export interface ProbeReply {
  readonly streams: readonly Section[];
  readonly format: Section;
  /** The stream with the picture: the default one, then the largest; a cover of an audio file is none. */
  readonly picture: Section | undefined;
  readonly sounds: readonly Section[];
}

/** Reads ffprobe's answer; what is not there is empty. */
export function readReply(value: unknown): ProbeReply {
  const { streams: list, format } = fieldsOf(value);
  const streams = (Array.isArray(list) ? list : []).map((stream) => new Section(stream));
  const ofType = (type: string) => streams.filter((stream) => stream.text("codec_type") === type);
  const pictures = ofType("video").filter((stream) => !stream.is("attached_pic") && !stream.is("timed_thumbnails"));
  const [picture] = pictures.sort((a, b) => Number(b.is("default")) - Number(a.is("default")) || areaOf(b) - areaOf(a));
  return { streams, format: new Section(format), picture, sounds: ofType("audio") };
}

function areaOf(picture: Section): number {
  return (picture.whole("width") ?? 0) * (picture.whole("height") ?? 0);
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value.trim() || undefined : undefined;
}

/** A whole number from 0 on; undefined for anything else, and beyond the safe integers. */
export function wholeOf(value: unknown): number | undefined {
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
