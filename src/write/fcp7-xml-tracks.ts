import type { Clip, Timeline } from "../model/timeline.js";
import { audioClipitem, channelsOf, type PlacedClip, type SequenceContext, videoClipitem } from "./fcp7-xml-clipitem.js";
import { MarkerWriter } from "./fcp7-xml-marker.js";
import { type Shell, shell } from "./xml.js";

/** A track of pictures and the tracks of sound beneath it, one a channel: as many as its richest clip has. */
export interface TrackGroup {
  readonly clips: readonly Clip[];
  /** Number of the video track, from 1. */
  readonly video: number;
  /** Number of the first audio track, from 1. */
  readonly firstAudio: number;
  readonly channels: number;
  /** Clips of the document that come before these. */
  readonly clipsBefore: number;
}

export function trackGroups(timeline: Timeline, clipsBefore: number): TrackGroup[] {
  let firstAudio = 1;
  let before = clipsBefore;
  return timeline.tracks.map(({ clips }, index) => {
    const channels = clips.reduce((most, { media }) => Math.max(most, channelsOf(media)), 0);
    const group = { clips, video: index + 1, firstAudio, channels, clipsBefore: before };
    firstAudio += channels;
    before += clips.length;
    return group;
  });
}

export function videoTrack(group: TrackGroup, context: SequenceContext): Shell {
  return track((depth) => pictures(depth, group, context));
}

export function audioTracks(group: TrackGroup, context: SequenceContext): Shell[] {
  const channels = Array.from({ length: group.channels }, (_, index) => index + 1);
  // Left and right by turns; a single channel goes left, where mono is.
  return channels.map((channel) =>
    track((depth) => sounds(depth, group, channel, context), [shell("outputchannelindex", {}, channel % 2 === 0 ? 2 : 1)]),
  );
}

function track(clipitems: (depth: number) => Iterable<string>, more: readonly Shell[] = []): Shell {
  return shell("track", {}, [clipitems, shell("enabled", {}, "TRUE"), shell("locked", {}, "FALSE"), ...more]);
}

function* pictures(depth: number, group: TrackGroup, context: SequenceContext): Generator<string> {
  const markers = new MarkerWriter(depth + 1);
  for (const placed of placedClips(group)) yield videoClipitem(depth, placed, context, markers);
}

function* sounds(depth: number, group: TrackGroup, channel: number, context: SequenceContext): Generator<string> {
  for (const placed of placedClips(group)) {
    if (placed.audio.length >= channel) yield audioClipitem(depth, placed, channel, context);
  }
}

/** The clips with their places; worked out anew for every track, so that nothing has to be kept for all clips. */
function* placedClips({ clips, video, firstAudio, channels, clipsBefore }: TrackGroup): Generator<PlacedClip> {
  const clipsOnAudio = new Array<number>(channels).fill(0);
  for (const [index, clip] of clips.entries()) {
    const audio = Array.from({ length: channelsOf(clip.media) }, (_, channel) => {
      const position = (clipsOnAudio[channel] as number) + 1;
      clipsOnAudio[channel] = position;
      return { track: firstAudio + channel, clip: position };
    });
    yield { clip, id: `clipitem-${clipsBefore + index + 1}`, video: { track: video, clip: index + 1 }, audio };
  }
}
