import type { FrameRate } from "../time/frame-rate.js";
import { type Frames, minus } from "./frames.js";
import type { JsonObject, MadeOf } from "./json-items.js";
import type { Problems } from "./problems.js";
import type { ReadOptions } from "./read-options.js";
import { OtioMedia } from "./read-otio-media.js";
import { along, isObject, type OtioRange, type OtioTime, OtioValues, schemaOf, textOf, writtenOf } from "./read-otio-values.js";
import type { ReadChannel, ReadMarker, Written } from "./reading.js";

/** What is kept of a document's objects until it is known where they lie. Times are on each object's own clock. */
export type OtioNode = OtioMarker | OtioItem | OtioComposition | OtioTimeline | OtioOther;

interface OtioOther {
  readonly type: "transition" | "other";
}

/** One flat object each: there are many, and they stay to the end of the document. */
export interface OtioMarker extends Pick<ReadMarker, "name" | "note" | "colour" | "kind" | "place"> {
  readonly type: "marker";
  /** In frames of `rate`, as its duration. */
  readonly start: Frames;
  readonly duration: Frames;
  readonly rate: FrameRate;
}

export interface OtioItem {
  readonly type: "clip" | "gap";
  readonly name: string;
  readonly range: OtioRange | undefined;
  readonly media: string | undefined;
  readonly link: string | undefined;
  readonly channels: readonly ReadChannel[];
  readonly markers: readonly OtioMarker[];
  readonly place: string;
  readonly written: Written;
}

export interface OtioComposition {
  readonly type: "track" | "stack";
  readonly kind: string;
  readonly name: string;
  /** The part of it that plays; all of it when absent. */
  readonly range: OtioRange | undefined;
  readonly children: readonly OtioNode[];
  readonly markers: readonly OtioMarker[];
  readonly place: string;
}

export interface OtioTimeline {
  readonly type: "timeline";
  readonly name: string;
  readonly start: OtioTime | undefined;
  readonly tracks: OtioComposition | undefined;
  readonly place: string;
  readonly written: Written;
}

/** Makes nodes of the objects of a document. */
export class OtioNodes {
  readonly media: OtioMedia;
  readonly #values: OtioValues;
  readonly #onSchema: ReadOptions["onSchema"];

  constructor(problems: Problems, onSchema: ReadOptions["onSchema"]) {
    this.#onSchema = onSchema;
    this.#values = new OtioValues(problems);
    this.media = new OtioMedia(this.#values);
  }

  nodeOf(value: JsonObject, place: string, madeOf: MadeOf<OtioNode>): OtioNode {
    if (this.#onSchema !== undefined) tellSchemas(value, place, this.#onSchema);
    switch (schemaOf(value)) {
      case "Marker":
        return this.#marker(value, place) ?? { type: "other" };
      case "Clip":
        return this.#clip(value, place, madeOf);
      // Old names of the same (OpenTimelineIO, "Schema versioning"): Filler, Sequence.
      case "Gap":
      case "Filler":
        return this.#gap(value, place, madeOf);
      case "Track":
      case "Sequence":
        return this.#composition("track", value, place, madeOf);
      case "Stack":
      case "SerializableCollection":
        return this.#composition("stack", value, place, madeOf);
      case "Timeline":
        return this.#timeline(value, place, madeOf);
      case "":
        this.#values.problems.add(place, "unknown-schema", "An object in a list has no OTIO_SCHEMA");
        return { type: "other" };
      default:
        return { type: schemaOf(value) === "Transition" ? "transition" : "other" };
    }
  }

  /** Marker.1 calls its range `range`; Marker.3 has an object for its colour. */
  #marker(value: JsonObject, place: string): OtioMarker | undefined {
    const range = this.#values.range(value.marked_range ?? value.range, `${place}.marked_range`);
    if (range === undefined) return this.#values.problems.add(place, "bad-time", "A marker has no marked_range");
    return {
      type: "marker",
      start: range.start,
      duration: minus(range.end, range.start),
      rate: range.rate,
      name: textOf(value.name) ?? "",
      note: textOf(value.comment) || textOf(along(value, "metadata", "Resolve_OTIO", "Note")) || "",
      colour: textOf(value.color) ?? textOf(along(value, "color", "name")),
      kind: textOf(value.OTIO_SCHEMA) ?? "",
      place,
    };
  }

  #clip(value: JsonObject, place: string, madeOf: MadeOf<OtioNode>): OtioItem {
    const media = this.media.idOf(value, place);
    const { metadata } = value;
    const link = along(metadata, "Resolve_OTIO", "Link Group ID") ?? along(metadata, "PremierePro_OTIO", "LinkID");
    return {
      type: "clip",
      name: textOf(value.name) ?? "",
      // A clip without a source range shows all of its media.
      range: this.#values.range(value.source_range, `${place}.source_range`) ?? this.media.extentOf(media),
      media,
      link: typeof link === "number" || typeof link === "string" ? String(link) : undefined,
      channels: channelsOf(along(metadata, "Resolve_OTIO", "Channels")),
      markers: markersIn(value, place, madeOf),
      place,
      written: clipWritten(value),
    };
  }

  #gap(value: JsonObject, place: string, madeOf: MadeOf<OtioNode>): OtioItem {
    const range = this.#values.range(value.source_range, `${place}.source_range`);
    const nothing = { media: undefined, link: undefined, channels: [] };
    return {
      type: "gap",
      name: textOf(value.name) ?? "",
      range,
      ...nothing,
      markers: markersIn(value, place, madeOf),
      place,
      written: {},
    };
  }

  #composition(type: "track" | "stack", value: JsonObject, place: string, madeOf: MadeOf<OtioNode>): OtioComposition {
    return {
      type,
      kind: textOf(value.kind) ?? "Video",
      name: textOf(value.name) ?? "",
      range: this.#values.range(value.source_range, `${place}.source_range`),
      children: madeOf(value.children, `${place}.children`),
      markers: markersIn(value, place, madeOf),
      place,
    };
  }

  #timeline(value: JsonObject, place: string, madeOf: MadeOf<OtioNode>): OtioTimeline {
    const { tracks } = value;
    return {
      type: "timeline",
      name: textOf(value.name) ?? "",
      start: this.#values.time(value.global_start_time, `${place}.global_start_time`),
      tracks: isObject(tracks) ? this.#composition("stack", tracks, `${place}.tracks`, madeOf) : undefined,
      place,
      written: writtenOf(value, ["OTIO_SCHEMA", "global_start_time.value", "global_start_time.rate"]),
    };
  }
}

/** The schemas of an object and of what only it holds. That it has none is told elsewhere. */
function tellSchemas(value: JsonObject, place: string, tell: (schema: string, place: string) => void): void {
  const { OTIO_SCHEMA: schema, tracks, effects, media_reference: single, media_references: several } = value;
  if (typeof schema === "string") tell(schema, place);
  const within = [
    tracks,
    single,
    ...(Array.isArray(effects) ? effects : []),
    ...(isObject(several) ? Object.values(several) : []),
  ];
  for (const one of within) if (isObject(one) && typeof one.OTIO_SCHEMA === "string") tell(one.OTIO_SCHEMA, place);
}

function markersIn(value: JsonObject, place: string, madeOf: MadeOf<OtioNode>): OtioMarker[] {
  return madeOf(value.markers, `${place}.markers`).filter((node): node is OtioMarker => node.type === "marker");
}

const clipKeys = [
  "OTIO_SCHEMA",
  "enabled",
  "active_media_reference_key",
  ...["start_time", "duration"].flatMap((time) => [`source_range.${time}.value`, `source_range.${time}.rate`]),
  "metadata.cmx_3600.reel",
];

function clipWritten(value: JsonObject): Written {
  const effects = Array.isArray(value.effects) ? value.effects.filter(isObject) : [];
  const scalar = effects.map((effect) => effect.time_scalar).find((one) => typeof one === "number");
  const effectNames = effects.map((effect) => textOf(effect.OTIO_SCHEMA)).join(" ");
  return {
    ...writtenOf(value, clipKeys),
    ...(effectNames === "" ? {} : { effects: effectNames }),
    ...(scalar === undefined ? {} : { time_scalar: String(scalar) }),
  };
}

/** Resolve's channels count from 0. */
function channelsOf(channels: unknown): ReadChannel[] {
  const number = (value: unknown) => (typeof value === "number" && Number.isSafeInteger(value) ? value : undefined);
  const list = Array.isArray(channels) ? channels.filter(isObject) : [];
  return list.map((one) => ({ stream: number(one["Source Track ID"]), channel: number(one["Source Channel ID"]) }));
}
