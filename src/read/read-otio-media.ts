import type { JsonObject } from "./json-items.js";
import { along, isObject, type OtioRange, type OtioValues, schemaOf, textOf, writtenOf } from "./read-otio-values.js";
import type { ReadMedia, ReadMediaFile } from "./reading.js";

/** The media of a document. OTIO writes them into every clip anew; equal descriptions are one. */
export class OtioMedia {
  readonly list: ReadMedia[] = [];
  readonly #ids = new Map<string, string>();
  readonly #extents = new Map<string, OtioRange>();
  readonly #values: OtioValues;

  constructor(values: OtioValues) {
    this.#values = values;
  }

  /** The id of a clip's media; undefined when it has no reference at all. */
  idOf(clip: JsonObject, place: string): string | undefined {
    const references = referencesOf(clip);
    const [active] = references;
    if (active === undefined) return undefined;
    // Without a file only the names tell media apart.
    const name = textOf(active[1].name) || (hasFile(active[1]) ? "" : textOf(clip.name)) || "";
    const key = JSON.stringify([name, references]);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = `media-${this.list.length + 1}`;
    this.#ids.set(key, id);
    this.list.push(this.#describe(id, name, references, clip, place));
    return id;
  }

  /** All of a media file, where its length is known. */
  extentOf(id: string | undefined): OtioRange | undefined {
    return id === undefined ? undefined : this.#extents.get(id);
  }

  #describe(id: string, name: string, references: readonly Reference[], clip: JsonObject, place: string): ReadMedia {
    const active = (references[0] as Reference)[1];
    const files = references.flatMap(([kind, reference]) => this.#fileOf(kind, reference, place));
    const extent = this.#values.range(active.available_range, `${place}.available_range`);
    if (extent !== undefined) this.#extents.set(id, extent);
    const unknown = { dropFrame: undefined, size: undefined, scan: undefined, pixelAspect: undefined, audio: undefined };
    return {
      id,
      name: name || fileNameOf(files[0]?.url ?? ""),
      files,
      rate: extent?.rate,
      start: extent?.start,
      duration: this.#values.time(along(active, "available_range", "duration"), place)?.frames,
      ...unknown,
      reel: textOf(along(clip, "metadata", "cmx_3600", "reel")),
      place,
      written: writtenOf(active, mediaKeys),
    };
  }

  #fileOf(kind: string, reference: JsonObject, place: string): ReadMediaFile[] {
    const url = urlOf(reference);
    if (url === undefined) return [];
    return [{ kind, url, extent: this.#values.range(reference.available_range, `${place}.media_references.${kind}`) }];
  }
}

const mediaKeys = [
  "OTIO_SCHEMA",
  "available_range.start_time.rate",
  "available_range.duration.rate",
  "metadata.facecut.media_id",
  "metadata.facecut.reel",
];

type Reference = readonly [key: string, reference: JsonObject];

/** `Clip.2` has several references by key, the active one comes first here; `Clip.1` has one. */
function referencesOf(clip: JsonObject): Reference[] {
  const { media_reference: single, media_references: several, active_media_reference_key: active } = clip;
  if (isObject(single)) return [["DEFAULT_MEDIA", single]];
  if (!isObject(several)) return [];
  const all = Object.entries(several).filter((entry): entry is [string, JsonObject] => isObject(entry[1]));
  const first = all.filter(([key]) => key === (active ?? "DEFAULT_MEDIA"));
  return first.length === 0 ? [] : [...first, ...all.filter((entry) => entry !== first[0])];
}

function hasFile(reference: JsonObject): boolean {
  return urlOf(reference) !== undefined;
}

function urlOf(reference: JsonObject): string | undefined {
  if (schemaOf(reference) !== "ImageSequenceReference") return textOf(reference.target_url);
  const { target_url_base = "", name_prefix = "", start_frame, frame_zero_padding, name_suffix = "" } = reference;
  const padding = Math.min(20, Number(frame_zero_padding) || 0);
  return `${target_url_base}${name_prefix}${String(start_frame ?? 0).padStart(padding, "0")}${name_suffix}`;
}

function fileNameOf(url: string): string {
  return url.split(/[/\\]/).at(-1) ?? "";
}
