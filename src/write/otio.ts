import type { MediaFacts } from "../model/media.js";
import { type Clip, type Marker, type PlannedMedia, type Timeline, timelineMarkers, trackItems } from "../model/timeline.js";
import { oneLine } from "../text.js";
import { lengthOf } from "../time/frame-range.js";
import type { FrameRate } from "../time/frame-rate.js";
import type { Dialect, Writer } from "./writer.js";

/**
 * OpenTimelineIO JSON (https://opentimelineio.readthedocs.io, "Serialized Data Documentation"): Clip.2 and Marker.2
 * are read by every release from 0.15 to 0.18. Times and small objects stand on one line each.
 */
export const otio: Writer = {
  id: "otio",
  label: "OpenTimelineIO",
  extension: ".otio",
  leavesOut: ["frame size of the timeline (the format has none)"],
  write: (plan, baseNames, dialect) =>
    plan.timelines.map((timeline, i) => ({
      name: `${baseNames[i]}.otio`,
      chunks: timelineText(timeline, plan.media, dialect),
    })),
};

function* timelineText(timeline: Timeline, media: readonly PlannedMedia[], dialect: Dialect): Generator<string> {
  const references = new Map(media.map((planned) => [planned.media, referenceText(planned)]));
  const onStack = dialect.markerPlace.otio === "timeline";
  yield `{
  "OTIO_SCHEMA": "Timeline.1",
  "name": ${json(timeline.name)},
  "metadata": {},
  "global_start_time": ${timeText(timeline.start, timeline.rate)},
  "tracks": {
    "OTIO_SCHEMA": "Stack.1",
    "name": "tracks",
    "metadata": {},
    "source_range": null,
    "effects": [],
    "markers": [`;
  if (onStack) yield* list("      ", stackMarkers(timeline));
  yield `],
    "enabled": true,
    "children": [`;
  yield* trackTexts(timeline, references, !onStack);
  yield `
    ]
  }
}
`;
}

function* trackTexts(timeline: Timeline, references: ReadonlyMap<MediaFacts, string>, markers: boolean): Generator<string> {
  let written = 0;
  for (const kind of ["Video", "Audio"] as const) {
    let n = 0;
    for (const track of timeline.tracks) {
      const clips = kind === "Video" ? track.clips : track.clips.filter((clip) => clip.media.audio !== undefined);
      if (kind === "Audio" && clips.length === 0) continue;
      yield `${written++ > 0 ? "," : ""}
      {
        "OTIO_SCHEMA": "Track.1",
        "name": "${kind[0]}${++n}",
        "metadata": {},
        "source_range": null,
        "effects": [],
        "markers": [],
        "enabled": true,
        "kind": "${kind}",
        "children": [`;
      yield* list("          ", childTexts(timeline, clips, references, markers && kind === "Video"));
      yield `]
      }`;
    }
  }
}

function* childTexts(
  timeline: Timeline,
  clips: readonly Clip[],
  references: ReadonlyMap<MediaFacts, string>,
  markers: boolean,
): Generator<string> {
  for (const item of trackItems(clips, timeline.start)) {
    yield "gap" in item
      ? gapText(item.gap, timeline.rate)
      : clipText(item.clip, timeline.rate, references.get(item.clip.media) as string, markers);
  }
}

function gapText(frames: number, rate: FrameRate): string {
  return `{
            "OTIO_SCHEMA": "Gap.1",
            "name": "",
            "metadata": {},
            "source_range": ${rangeText(0, frames, rate)},
            "effects": [],
            "markers": [],
            "enabled": true
          }`;
}

// The source range is on the timeline's grid, the available range on the media's, both in source timecode:
// otherwise positions of mixed rates fall between frames.
function clipText(clip: Clip, rate: FrameRate, reference: string, markers: boolean): string {
  return `{
            "OTIO_SCHEMA": "Clip.2",
            "name": ${json(clip.name)},
            "metadata": ${json(clipMetadata(clip))},
            "source_range": ${rangeText(clip.sourceIn.fromMidnight, lengthOf(clip.recordRange), rate)},
            "effects": [],
            "markers": [${markers ? [...list("              ", clipMarkers(clip, rate))].join("") : ""}],
            "enabled": true,
            "media_references": {
              "DEFAULT_MEDIA": ${reference}
            },
            "active_media_reference_key": "DEFAULT_MEDIA"
          }`;
}

function referenceText({ media, extent }: PlannedMedia): string {
  return `{
                "OTIO_SCHEMA": "ExternalReference.1",
                "name": ${json(media.fileName)},
                "metadata": ${json({ facecut: { media_id: media.mediaId } })},
                "available_range": ${rangeText(media.start, extent, media.rate)},
                "available_image_bounds": null,
                "target_url": ${json(media.url)}
              }`;
}

// OTIO itself does not link sound to picture; editing programs do it by metadata of their own: Resolve's
// "Link Group ID", Premiere's "LinkID", one number on both parts of a clip (seen in their exports).
function clipMetadata({ id, media, people, score, expression }: Clip): object {
  const facecut = { clip: id, people: people.map(({ name, entityId }) => ({ name, entity_id: entityId })), score, expression };
  if (media.audio === undefined) return { facecut };
  const link = id.replace(/\D/g, "");
  return { facecut, Resolve_OTIO: { "Link Group ID": Number(link) }, PremierePro_OTIO: { LinkID: link } };
}

// A clip's markers count in the clip's own (source) time.
function* clipMarkers(clip: Clip, rate: FrameRate): Generator<string> {
  const shift = clip.sourceIn.fromMidnight - clip.recordRange.start;
  for (const marker of clip.markers) yield markerText(marker, marker.recordFrame + shift, rate);
}

// Markers on the stack count from the timeline's first frame, without the start timecode.
function* stackMarkers(timeline: Timeline): Generator<string> {
  for (const marker of timelineMarkers(timeline)) yield markerText(marker, marker.recordFrame - timeline.start, timeline.rate);
}

// Resolve shows its own "Note", not the comment; one frame shows in every program, none does not.
function markerText(marker: Marker, start: number, rate: FrameRate): string {
  const { person, note, score, expression, box } = marker;
  const metadata = {
    facecut: { person: person.name, entity_id: person.entityId, score, expression, box },
    Resolve_OTIO: { Note: note },
  };
  return `{ "OTIO_SCHEMA": "Marker.2", "name": ${json(person.name)}, "color": "${person.colour}", "comment": ${json(note)}, "metadata": ${json(metadata)}, "marked_range": ${rangeText(start, 1, rate)} }`;
}

function rangeText(start: number, duration: number, rate: FrameRate): string {
  return `{ "OTIO_SCHEMA": "TimeRange.1", "start_time": ${timeText(start, rate)}, "duration": ${timeText(duration, rate)} }`;
}

function timeText(value: number, rate: FrameRate): string {
  return `{ "OTIO_SCHEMA": "RationalTime.1", "rate": ${float(rate.num / rate.den)}, "value": ${float(value)} }`;
}

/** A number with a decimal point: Resolve takes `25` for something else than `25.0`. */
function float(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

// An escape that is not a quote's or a backslash's, or what oneLine() takes out and JSON leaves as it is.
const suspect = /\\[^"\\]|[\u007F-\u009F\u2028-\u202E\u2066-\u2069\uFFFE\uFFFF]/;

/** JSON whose texts are one line each. Most are so already, and visiting each would double the time all writing takes. */
function json(value: unknown): string {
  const text = JSON.stringify(value);
  return suspect.test(text) ? JSON.stringify(value, (_, part) => (typeof part === "string" ? oneLine(part) : part)) : text;
}

/** Items of a JSON list, each on a line of its own with `indent` before it. */
function* list(indent: string, items: Iterable<string>): Generator<string> {
  let first = true;
  for (const item of items) {
    yield `${first ? "" : ","}\n${indent}${item}`;
    first = false;
  }
  if (!first) yield `\n${indent.slice(2)}`;
}
