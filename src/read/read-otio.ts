import type { FrameRate } from "../time/frame-rate.js";
import { readJson } from "./json-items.js";
import { Problems } from "./problems.js";
import { keptMarkers, keptOf, keptTimeline, type ReadOptions } from "./read-options.js";
import { type OtioComposition, type OtioNode, OtioNodes, type OtioTimeline } from "./read-otio-nodes.js";
import { OtioPlacement } from "./read-otio-placement.js";
import type { Reading, ReadTimeline } from "./reading.js";
import { unreadable } from "./unreadable.js";

// Clip by clip; the markers of a clip with it, unless there are ever so many, as a timeline may have.
const lists = new Map([
  ["children", 0],
  ["markers", 1 << 18],
]);

/**
 * OpenTimelineIO JSON of every version of its schemas (https://opentimelineio.readthedocs.io, "Serialized Data
 * Documentation"): a timeline, several in a collection, or a track or stack that stands alone.
 */
export function readOtio(chunks: Iterable<string>, { file, sink, onSchema }: ReadOptions): Reading {
  const problems = new Problems(file);
  const nodes = new OtioNodes(problems, onSchema);
  let version: string | undefined;
  const root = readJson<OtioNode>(chunks, file, {
    lists,
    make: (value, place, madeOf) => {
      if (place === "$") version = typeof value.OTIO_SCHEMA === "string" ? value.OTIO_SCHEMA : undefined;
      return nodes.nodeOf(value, place, madeOf);
    },
  });
  const timelines = timelinesIn(root).map((timeline, number) =>
    keptTimeline(read(timeline, number, sink, problems), number, sink),
  );
  if (timelines.length === 0) throw unreadable(file, "$", `A ${version ?? "document without a schema"} holds no timeline`);
  return { format: "otio", file, version, timelines, media: nodes.media.list, browserClips: [], problems: problems.list };
}

function timelinesIn(root: OtioNode): OtioTimeline[] {
  if (root.type === "timeline") return [root];
  if (root.type !== "track" && root.type !== "stack") return [];
  const inside = root.children.flatMap((child) => (child.type === "timeline" ? [child] : []));
  return inside.length > 0 ? inside : [alone(root)];
}

/** A track or stack outside of any timeline. */
function alone(root: OtioComposition): OtioTimeline {
  const tracks =
    root.type === "stack" ? root : { ...root, type: "stack" as const, range: undefined, markers: [], children: [root] };
  return { type: "timeline", name: root.name, start: undefined, tracks, place: root.place, written: {} };
}

function read(timeline: OtioTimeline, number: number, sink: ReadOptions["sink"], problems: Problems): ReadTimeline {
  const { tracks, start, name, place, written } = timeline;
  const rate = start?.rate ?? (tracks && firstRate(tracks));
  const placement = new OtioPlacement(rate, problems, (clip) => keptOf(clip, number, sink));
  if (tracks !== undefined) placement.place(tracks);
  const { clips, sounds, gaps, markers } = placement.sorted();
  return {
    id: undefined,
    name,
    rate,
    dropFrame: undefined,
    start: start?.frames ?? 0,
    duration: undefined,
    size: undefined,
    kind: "cuts",
    nested: false,
    clips,
    sounds,
    gaps,
    markers: keptMarkers(markers, number, sink),
    place,
    written,
  };
}

/** Without a start time the first thing on a track tells the timeline's rate. */
function firstRate({ children }: OtioComposition): FrameRate | undefined {
  for (const child of children) {
    const isComposition = child.type === "track" || child.type === "stack";
    const rate = isComposition ? firstRate(child) : "range" in child ? child.range?.rate : undefined;
    if (rate !== undefined) return rate;
  }
  return undefined;
}
