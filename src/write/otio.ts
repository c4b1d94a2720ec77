import type { MediaFacts } from "../model/media.js";
import { type Clip, clipsOf, type Timeline, timelineMarkers, trackItems } from "../model/timeline.js";
import type { FrameRate } from "../time/frame-rate.js";
import type { Dialect } from "./dialect.js";
import { formats } from "./formats.js";
import { clipText, markerText, type OtioMedia, otioMedia, type Shown } from "./otio-clip.js";
import { json, list, rangeText, timeText } from "./otio-json.js";
import { stackMetadata, timelineMetadata, trackMetadata } from "./otio-metadata.js";
import { shownMarkers } from "./same-frame.js";
import type { Writer } from "./writer.js";

/**
 * OpenTimelineIO JSON (https://opentimelineio.readthedocs.io, "Serialized Data Documentation"): Clip.2 and Marker.2
 * are read by every release from 0.15 to 0.18. Times and small objects stand on one line each.
 */
export const otio: Writer = {
  ...formats.otio,
  write: (plan, baseNames, dialect) => {
    const media = otioMedia(plan, dialect.otio);
    return plan.timelines.map((timeline, i) => ({
      name: `${baseNames[i]}.otio`,
      chunks: timelineText(timeline, media, dialect),
    }));
  },
};

function* timelineText(timeline: Timeline, media: ReadonlyMap<MediaFacts, OtioMedia>, dialect: Dialect): Generator<string> {
  const onStack = dialect.markerPlace.otio === "timeline";
  yield `{
  "OTIO_SCHEMA": "Timeline.1",
  "name": ${json(timeline.name)},
  "metadata": ${json(timelineMetadata(dialect.otio))},
  "global_start_time": ${timeText(timeline.start, timeline.rate)},
  "tracks": {
    "OTIO_SCHEMA": "Stack.1",
    "name": "tracks",
    "metadata": ${json(stackMetadata(timeline, dialect.otio))},
    "source_range": null,
    "effects": [],
    "markers": [`;
  if (onStack) yield* list("      ", stackMarkers(timeline, dialect));
  yield `],
    "enabled": true,
    "children": [`;
  for (const [i, track] of otioTracks(timeline, !onStack, dialect).entries()) {
    yield i > 0 ? "," : "";
    yield* trackText(track, timeline, media);
  }
  yield `
    ]
  }
}
`;
}

interface OtioTrack {
  readonly kind: "Video" | "Audio";
  readonly name: string;
  readonly clips: readonly Clip[];
  readonly shown: Shown;
}

/** The pictures first, then the sound of each video track: a track for each stream that one of its clips has. */
function otioTracks(timeline: Timeline, markers: boolean, dialect: Dialect): OtioTrack[] {
  const links = new Map(clipsOf(timeline).map((clip, i) => [clip, i + 1]));
  const pictures = timeline.tracks.map(
    ({ clips }, i): OtioTrack => ({ kind: "Video", name: `V${i + 1}`, clips, shown: { markers, links, dialect } }),
  );
  const sounds = timeline.tracks.flatMap(({ clips }) => streamTracks(clips, { markers: false, links, dialect }));
  return [...pictures, ...sounds.map((track, i): OtioTrack => ({ kind: "Audio", name: `A${i + 1}`, ...track }))];
}

// An audio track of Resolve and Premiere holds what one stream has, be it mono, stereo or 5.1; so two mono
// streams take two tracks, and a stereo one takes a single one.
function streamTracks(clips: readonly Clip[], shown: Shown): Pick<OtioTrack, "clips" | "shown">[] {
  const most = clips.reduce((count, { media }) => Math.max(count, media.audio?.streams.length ?? 0), 0);
  return Array.from({ length: most }, (_, stream) => ({
    clips: clips.filter(({ media }) => streamChannels(media, stream) !== undefined),
    shown: { ...shown, stream },
  }));
}

function streamChannels({ audio }: MediaFacts, stream: number): number | undefined {
  return audio?.streams[stream];
}

/** How many channels the stream has that a track of sound plays of each of its clips; none for pictures. */
function channelKinds({ clips, shown: { stream } }: OtioTrack): number[] {
  if (stream === undefined) return [];
  return [...new Set(clips.map(({ media }) => streamChannels(media, stream) as number))];
}

function* trackText(track: OtioTrack, timeline: Timeline, media: ReadonlyMap<MediaFacts, OtioMedia>): Generator<string> {
  yield `
      {
        "OTIO_SCHEMA": "Track.1",
        "name": "${track.name}",
        "metadata": ${json(trackMetadata(channelKinds(track), track.shown.dialect.otio))},
        "source_range": null,
        "effects": [],
        "markers": [],
        "enabled": true,
        "kind": "${track.kind}",
        "children": [`;
  yield* list("          ", childTexts(track, timeline, media));
  yield `]
      }`;
}

function* childTexts(
  { clips, shown }: OtioTrack,
  { start, rate }: Timeline,
  media: ReadonlyMap<MediaFacts, OtioMedia>,
): Generator<string> {
  for (const item of trackItems(clips, start)) {
    if ("gap" in item) yield gapText(item.gap, rate);
    else yield clipText(item.clip, rate, media.get(item.clip.media) as OtioMedia, shown);
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

// Markers on the stack count from the timeline's first frame, without the start timecode.
function* stackMarkers(timeline: Timeline, { sameFrame, otio }: Dialect): Generator<string> {
  const { start, rate } = timeline;
  for (const marker of shownMarkers(timelineMarkers(timeline), sameFrame.otio)) {
    yield markerText(marker, marker.recordFrame - start, rate, otio);
  }
}
