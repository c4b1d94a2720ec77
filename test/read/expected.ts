import type { Clip, Marker, Plan, Timeline } from "../../src/model/timeline.js";
import { type Frames, frameAt } from "../../src/read/frames.js";
import { readTimelines } from "../../src/read/readers.js";
import type { ReadClip, Reading, ReadMarker } from "../../src/read/reading.js";
import { oneLine } from "../../src/text.js";
import { framesPerDay } from "../../src/time/timecode.js";
import { dialectOf } from "../../src/write/dialect.js";
import type { Dialect, FormatId } from "../../src/write/writer.js";
import { writers } from "../../src/write/writers.js";

/** What a file of each format should say of a plan, worked out from the plan and the rules of the format alone. */
export interface Shown {
  readonly name: string;
  readonly track: number;
  readonly record: readonly [number, number];
  readonly source: readonly [Frames | undefined, Frames | undefined];
  readonly markers: readonly string[];
}

const dialect = (place: "clip" | "timeline"): Dialect => dialectOf({ markerPlace: { otio: place, fcp7xml: place } });

export function readBack(plan: Plan, format: FormatId, place: "clip" | "timeline" = "clip"): Reading[] {
  const names = plan.timelines.map((_, i) => `cut-${i}`);
  const { rate } = plan.timelines[0] as Timeline;
  return writers[format]
    .write(plan, names, dialect(place))
    .map(({ name, chunks }) => readTimelines(chunks, { file: name, rate }));
}

/** Clips of a timeline by record start and track, as a file of the format shows them. */
export function expectedClips(timeline: Timeline, format: FormatId, withMarkers: boolean): Shown[] {
  const clips = timeline.tracks.flatMap(({ clips }, track) =>
    clips.map((clip) => ({ clip, track: format === "edl" ? 1 : track + 1 })),
  );
  const inOrder = clips.sort((a, b) => a.clip.recordRange.start - b.clip.recordRange.start || a.track - b.track);
  return inOrder.flatMap(({ clip, track }) =>
    parts(clip, timeline, format).map((part) => ({
      ...part,
      track,
      name: nameIn(clip, format),
      markers: withMarkers ? part.markers : [],
    })),
  );
}

type Part = Omit<Shown, "name" | "track">;

function parts(clip: Clip, timeline: Timeline, format: FormatId): Part[] {
  const { start, end } = clip.recordRange;
  if (format !== "edl") {
    const from = sourceStart(clip, format);
    const length = format === "fcpxml" ? undefined : end - start;
    return [{ record: [start, end], source: [from, length && from + length], markers: markersIn(clip.markers, format) }];
  }
  const day = framesPerDay(timeline.rate);
  const label = clip.sourceIn.edl % day;
  const cut = Math.min(end, start + day - label);
  const whole = { record: [start, cut], source: [label, label + cut - start] } as const;
  const pieces = cut === end ? [whole] : [whole, { record: [cut, end], source: [0, end - cut] } as const];
  return pieces.map((piece) => {
    const [from, to] = piece.record;
    return {
      ...piece,
      markers: markersIn(
        clip.markers.filter(({ recordFrame: at }) => from <= at && at < to),
        "edl",
      ),
    };
  });
}

function sourceStart({ sourceIn, sourceRange, media }: Clip, format: FormatId): number {
  if (format === "otio") return sourceIn.fromMidnight;
  return format === "fcp7xml" ? sourceIn.fromFile : media.start + sourceRange.start;
}

function nameIn(clip: Clip, format: FormatId): string {
  if (format === "edl") return oneLine(clip.media.fileName);
  return format === "fcpxml" ? slashless(clip.name) : oneLine(clip.name);
}

export function slashless(name: string): string {
  return oneLine(name).replace(/[/\\]+/g, "-");
}

/** Frame, name and note of each; FCPXML joins what stands on one frame, an EDL has both in one text. */
export function markersIn(markers: readonly Marker[], format: FormatId): string[] {
  const texts = markers.map(({ recordFrame, person, note }) => ({
    recordFrame: `${recordFrame} ${hasColourWords(format) ? person.colour : ""}`,
    name: oneLine(person.name),
    note: oneLine(note),
  }));
  if (format === "edl")
    return texts.map(({ recordFrame, name, note }) => `${recordFrame}|${oneLine(`${name}${note && ` · ${note}`}`)}|`);
  const frames = format === "fcpxml" ? [...new Set(texts.map(({ recordFrame }) => recordFrame))] : undefined;
  const joined = frames?.map((frame) => texts.filter(({ recordFrame }) => recordFrame === frame));
  const shown = joined ?? texts.map((one) => [one]);
  return shown.map(
    (on) => `${on[0]?.recordFrame}|${on.map(({ name }) => name).join(" + ")}|${on.flatMap(({ note }) => note || []).join(" | ")}`,
  );
}

/** FCPXML has no colours, FCP7 XML numbers. */
function hasColourWords(format: FormatId): boolean {
  return format === "otio" || format === "edl";
}

/** The same of what was read; record frames count from midnight. */
export function shownClip({ name, track, record, source, markers }: ReadClip, start: number, format: FormatId): Shown {
  return {
    name,
    track,
    record: [start + (record.start as number), start + (record.end as number)],
    source: [source?.start, format === "fcpxml" ? undefined : source?.end],
    markers: shownMarkers(markers, start, format),
  };
}

export function shownMarkers(markers: readonly ReadMarker[], start: number, format: FormatId): string[] {
  return markers.map(
    ({ record, colour, name, note }) => `${start + frameAt(record)} ${hasColourWords(format) ? colour : ""}|${name}|${note}`,
  );
}
