import { type Plan, type Timeline, timelineEnd, timelineMarkers } from "../model/timeline.js";
import type { Dialect } from "./dialect.js";
import { pictureCharacteristics, rate, soundCharacteristics } from "./fcp7-xml-characteristics.js";
import type { SequenceContext } from "./fcp7-xml-clipitem.js";
import { Files, timecode } from "./fcp7-xml-file.js";
import { MarkerWriter } from "./fcp7-xml-marker.js";
import { audioTracks, type TrackGroup, trackGroups, videoTrack } from "./fcp7-xml-tracks.js";
import { formats } from "./formats.js";
import { shownMarkers } from "./same-frame.js";
import type { Writer } from "./writer.js";
import { type Shell, type Slot, shell, xmlDocument } from "./xml.js";

/**
 * Final Cut Pro 7 XML, or xmeml (Apple, "Final Cut Pro XML Interchange Format"), version 4 as Premiere Pro writes it:
 * one sequence, or a bin of several that share their files.
 */
export const fcp7xml: Writer = {
  ...formats.fcp7xml,
  write: (plan, baseNames, dialect) => [{ name: `${baseNames[0]}.xml`, chunks: xmlDocument(documentOf(plan, dialect)) }],
};

function documentOf(plan: Plan, dialect: Dialect): Shell {
  const files = new Files(plan);
  let clipsBefore = 0;
  const sequences = plan.timelines.map((timeline, index) => {
    const groups = trackGroups(timeline, clipsBefore, dialect.fcp7xml);
    clipsBefore += timeline.tracks.reduce((sum, { clips }) => sum + clips.length, 0);
    return sequence(`sequence-${index + 1}`, groups, { timeline, files, dialect });
  });
  return shell("xmeml", { version: 4 }, sequences.length === 1 ? sequences : [bin(plan.name, sequences)]);
}

function bin(name: string, sequences: readonly Shell[]): Shell {
  return shell("bin", {}, [shell("name", {}, name), shell("children", {}, sequences)]);
}

function sequence(id: string, groups: readonly TrackGroup[], context: SequenceContext): Shell {
  const { timeline, dialect } = context;
  return shell("sequence", { id }, [
    shell("duration", {}, timelineEnd(timeline) - timeline.start),
    (depth) => [rate(depth, timeline.rate)],
    shell("name", {}, timeline.name),
    shell("media", {}, [video(groups, context), ...audio(groups, context)]),
    (depth) => [timecode(depth, timeline.start, timeline.rate, timeline.rate)],
    ...(dialect.markerPlace.fcp7xml === "clip" ? [] : [(depth: number) => sequenceMarkers(depth, timeline, dialect)]),
  ]);
}

function video(groups: readonly TrackGroup[], context: SequenceContext): Shell {
  const { rate, size } = context.timeline;
  return shell("video", {}, [
    format((depth) => [pictureCharacteristics(depth, rate, size)]),
    ...groups.map((group) => videoTrack(group, context)),
  ]);
}

/** None at all when no clip has sound. */
function audio(groups: readonly TrackGroup[], context: SequenceContext): Shell[] {
  const tracks = groups.flatMap((group) => audioTracks(group, context));
  if (tracks.length === 0) return [];
  return [
    shell("audio", {}, [shell("numOutputChannels", {}, 2), format((depth) => [soundCharacteristics(depth, 48000)]), ...tracks]),
  ];
}

function format(characteristics: Slot): Shell {
  return shell("format", {}, [characteristics]);
}

/** Sequence markers count from the sequence's first frame. */
function* sequenceMarkers(depth: number, timeline: Timeline, { sameFrame, fcp7xml }: Dialect): Generator<string> {
  const writer = new MarkerWriter(depth, fcp7xml);
  for (const marker of shownMarkers(timelineMarkers(timeline), sameFrame.fcp7xml)) {
    yield writer.element(marker, marker.recordFrame - timeline.start);
  }
}
