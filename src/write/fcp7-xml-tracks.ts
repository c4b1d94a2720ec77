import type { Clip, Timeline } from "../model/timeline.js";
import type { Dialect } from "./dialect.js";
import { audioClipitem, type PlacedClip, type SequenceContext, videoClipitem } from "./fcp7-xml-clipitem.js";
import { MarkerWriter } from "./fcp7-xml-marker.js";
import { type SoundTrack, soundPlaces, soundTracks } from "./fcp7-xml-sound.js";
import { type Shell, shell } from "./xml.js";

/** A track of pictures and the tracks of sound beneath it: as many as its richest clips need. */
export interface TrackGroup {
  readonly clips: readonly Clip[];
  /** Number of the video track, from 1. */
  readonly video: number;
  /** Number of the first audio track, from 1. */
  readonly firstAudio: number;
  readonly audio: readonly SoundTrack[];
  /** Clips of the document that come before these. */
  readonly clipsBefore: number;
}

export function trackGroups(timeline: Timeline, clipsBefore: number, { stereo }: Dialect["fcp7xml"]): TrackGroup[] {
  let firstAudio = 1;
  let before = clipsBefore;
  return timeline.tracks.map(({ clips }, index) => {
    const audio = soundTracks(clips, stereo);
    const group = { clips, video: index + 1, firstAudio, audio, clipsBefore: before };
    firstAudio += audio.length;
    before += clips.length;
    return group;
  });
}

export function videoTrack(group: TrackGroup, context: SequenceContext): Shell {
  return track({}, (depth) => pictures(depth, group, context));
}

export function audioTracks(group: TrackGroup, context: SequenceContext): Shell[] {
  return group.audio.map(({ attributes, output }, index) =>
    track(attributes, (depth) => sounds(depth, group, index + 1, context), [shell("outputchannelindex", {}, output)]),
  );
}

function track(
  attributes: SoundTrack["attributes"],
  clipitems: (depth: number) => Iterable<string>,
  more: readonly Shell[] = [],
): Shell {
  return shell("track", attributes, [clipitems, shell("enabled", {}, "TRUE"), shell("locked", {}, "FALSE"), ...more]);
}

function* pictures(depth: number, group: TrackGroup, context: SequenceContext): Generator<string> {
  const markers = new MarkerWriter(depth + 1, context.dialect.fcp7xml);
  for (const placed of placedClips(group, context)) yield videoClipitem(depth, placed, context, markers);
}

function* sounds(depth: number, group: TrackGroup, track: number, context: SequenceContext): Generator<string> {
  for (const placed of placedClips(group, context)) {
    const sound = placed.audio.find((one) => one.track === group.firstAudio + track - 1);
    if (sound !== undefined) yield audioClipitem(depth, placed, sound, context);
  }
}

/** The clips with their places; worked out anew for every track, so that nothing has to be kept for all clips. */
function* placedClips(group: TrackGroup, { dialect }: SequenceContext): Generator<PlacedClip> {
  const { clips, video, firstAudio, audio: tracks, clipsBefore } = group;
  const { stereo } = dialect.fcp7xml;
  const pairTracks = tracks.filter(({ attributes }) => attributes.totalExplodedTrackCount === 2).length;
  const clipsOnTrack = new Array<number>(tracks.length + 1).fill(0);
  for (const [index, clip] of clips.entries()) {
    const audio = soundPlaces(clip.media, stereo, pairTracks).map((place) => {
      const position = (clipsOnTrack[place.track] as number) + 1;
      clipsOnTrack[place.track] = position;
      return { clip: position, ...place, track: firstAudio + place.track - 1 };
    });
    yield { clip, id: `clipitem-${clipsBefore + index + 1}`, video: { track: video, clip: index + 1 }, audio };
  }
}
