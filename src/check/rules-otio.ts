import type { Reading } from "../read/reading.js";
import { rateName, sameRate } from "../time/frame-rate.js";
import { clipsOf, itemsOf, named } from "./items.js";
import type { Fault, Rule } from "./rule.js";
import { outsideMedia } from "./rules-media.js";

/** Rules of OpenTimelineIO documents. */
export const otioRules: readonly Rule[] = [
  {
    id: "source-outside-media",
    formats: ["otio"],
    severity: "error",
    consequence: "Resolve refuses the whole timeline",
    source: "reports on DaVinci Resolve 21; OpenTimelineIO, Time Coordinates: available_range holds source_range",
    find: outsideMedia,
  },
  {
    id: "unknown-schema",
    formats: ["otio"],
    severity: "error",
    consequence: "OpenTimelineIO and programs built on it refuse the whole file",
    source: "OpenTimelineIO, Versioning Schemas: a newer version than the reader's is refused",
    find: unknownSchemas,
  },
  {
    id: "new-schema",
    formats: ["otio"],
    severity: "warning",
    consequence: "OpenTimelineIO up to 0.18 and programs built on it refuse the whole file",
    source: "OpenTimelineIO, Versioning Schemas: Marker.3 is newer than release 0.18.1",
    find: newSchemas,
  },
  {
    id: "no-media",
    formats: ["otio"],
    severity: "warning",
    consequence: "The clip comes in offline",
    source: "OpenTimelineIO, Serialized Data Documentation: MissingReference",
    find: withoutMedia,
  },
  {
    id: "source-rate",
    formats: ["otio"],
    severity: "warning",
    consequence: "Resolve wants source ranges at the timeline's rate, and positions fall between frames",
    source: "reports on DaVinci Resolve 21; OpenTimelineIO adds times of two rates at the higher one",
    find: otherRates,
  },
  {
    id: "idle-time-warp",
    formats: ["otio"],
    severity: "warning",
    consequence: "Premiere drops the clip's own motion and opacity",
    source: "reports on Premiere Pro's import: a LinearTimeWarp of speed 1",
    find: idleWarps,
  },
];

/** Newest version of each schema in the latest release, OpenTimelineIO 0.18.1. */
const newest: Readonly<Record<string, number>> = {
  Timeline: 1,
  SerializableCollection: 1,
  Stack: 1,
  Track: 1,
  Sequence: 1,
  Clip: 2,
  Marker: 2,
  ExternalReference: 1,
  MissingReference: 1,
  GeneratorReference: 1,
  ImageSequenceReference: 1,
};

interface Schema {
  readonly place: string;
  readonly schema: string;
}

function* schemasOf(reading: Reading): Generator<Schema> {
  yield { place: "$", schema: reading.version ?? "" };
  for (const { place, written, markers } of reading.timelines) {
    if (place !== "$" && written.OTIO_SCHEMA) yield { place, schema: written.OTIO_SCHEMA };
    for (const marker of markers) yield { place: marker.place, schema: marker.kind };
  }
  for (const { item } of itemsOf(reading)) yield { place: item.place, schema: item.written.OTIO_SCHEMA ?? "" };
  for (const { item } of clipsOf(reading)) for (const { place, kind } of item.markers) yield { place, schema: kind };
  for (const { place, written } of reading.media) yield { place, schema: written.OTIO_SCHEMA ?? "" };
}

const isNew = (schema: string) => schema === "Marker.3";

function* unknownSchemas(reading: Reading): Generator<Fault> {
  for (const { place, schema } of schemasOf(reading)) {
    const [, name = "", version] = /^(\w+)\.(\d+)$/.exec(schema) ?? [];
    const isKnown = version !== undefined && Number(version) >= 1 && Number(version) <= (newest[name] ?? 0);
    if (!isKnown && !isNew(schema)) yield { place, what: `OpenTimelineIO has no schema "${schema.slice(0, 60)}"` };
  }
}

function* newSchemas(reading: Reading): Generator<Fault> {
  const first = [...schemasOf(reading)].find(({ schema }) => isNew(schema));
  if (first) yield { place: first.place, what: "The markers are written as Marker.3" };
}

function* withoutMedia(reading: Reading): Generator<Fault> {
  const known = new Map(reading.media.map((media) => [media.id, media]));
  for (const { item } of clipsOf(reading)) {
    const media = item.media === undefined ? undefined : known.get(item.media);
    if (media?.written.OTIO_SCHEMA === "GeneratorReference.1") continue;
    if (!media || media.files.length === 0) yield { place: item.place, what: `${named(item)} refers to no media file` };
  }
}

function* otherRates(reading: Reading): Generator<Fault> {
  for (const { item, timeline } of clipsOf(reading)) {
    const rate = item.source?.rate;
    if (rate === undefined || timeline.rate === undefined || sameRate(rate, timeline.rate)) continue;
    const what = `The source range of ${named(item)} is at ${rateName(rate)} frames a second, the timeline at ${rateName(timeline.rate)}`;
    yield { place: item.place, what };
  }
}

function* idleWarps(reading: Reading): Generator<Fault> {
  for (const { item } of itemsOf(reading)) {
    const { time_scalar: speed } = item.written;
    if (speed !== undefined && Number(speed) === 1)
      yield { place: item.place, what: `${named(item)} has a time warp that changes nothing` };
  }
}
