import type { Reading } from "../read/reading.js";
import { rateName, sameRate } from "../time/frame-rate.js";
import { clipsOf, itemsOf, named } from "./items.js";
import type { Fault, Rule, Watcher } from "./rule.js";
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
    source: "OpenTimelineIO 0.18.1: UnsupportedSchemaError for newer versions, a type mismatch for names it does not know",
    watch: schemaWatcher,
  },
  {
    id: "wrong-value",
    formats: ["otio"],
    severity: "error",
    consequence: "OpenTimelineIO and programs built on it refuse the whole file",
    source: "OpenTimelineIO 0.18.1: type mismatch under the key enabled",
    find: wrongValues,
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
const newest: ReadonlyMap<string, number> = new Map([
  ...["Timeline", "SerializableCollection", "Stack", "Track", "Sequence", "Gap", "Filler", "Transition"].map(first),
  ["Clip", 2],
  ["Marker", 2],
  ...["Effect", "TimeEffect", "LinearTimeWarp", "FreezeFrame"].map(first),
  ...["MediaReference", "ExternalReference", "MissingReference", "GeneratorReference", "ImageSequenceReference"].map(first),
]);

function first(name: string): [string, number] {
  return [name, 1];
}

function schemaWatcher(): Watcher {
  const faults: Fault[] = [];
  return {
    schema: (schema, place) => {
      const [, name = "", version = "0"] = /^(\w+)\.(\d+)$/.exec(schema) ?? [];
      const known = newest.get(name) ?? 0;
      if (Number(version) >= 1 && Number(version) <= known) return;
      const most = known === 0 ? "" : `, the newest is ${name}.${known}`;
      faults.push({ place, what: `OpenTimelineIO has no schema "${schema.slice(0, 60)}"${most}` });
    },
    faults: () => faults,
  };
}

function* wrongValues(reading: Reading): Generator<Fault> {
  for (const { item } of itemsOf(reading)) {
    const { enabled = "true" } = item.written;
    if (!/^(true|false)$/.test(enabled))
      yield { place: item.place, what: `The enabled of ${named(item)} is ${enabled.slice(0, 40)}, not true or false` };
  }
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
