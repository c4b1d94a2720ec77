import type { AudioFacts, MediaFacts } from "../model/media.js";
import type { Clip } from "../model/timeline.js";
import type { Dialect } from "./dialect.js";

/**
 * Which channel of a clip lies on which track. Final Cut Pro 7 has a track for each channel; Premiere writes so too, but
 * marks two tracks as one of stereo, and counts streams where Final Cut Pro 7 counts channels.
 */

/** A track of sound: what says that it is half of a stereo one, and where it is heard. */
export interface SoundTrack {
  readonly attributes: Readonly<Record<string, string | number>>;
  /** 1 left, 2 right. */
  readonly output: 1 | 2;
}

/** One channel of a clip. All numbers count from 1. */
export interface SoundPlace {
  /** Among all channels of the file. */
  readonly channel: number;
  /** Among the tracks of its clip's track of pictures. */
  readonly track: number;
  /** What `sourcetrack` says. */
  readonly source: number;
  /** What the clipitem says of its channels. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** The tracks that the clips of one track of pictures need for their sound. */
export function soundTracks(clips: readonly Clip[], stereo: Dialect["fcp7xml"]["stereo"]): SoundTrack[] {
  const most = (count: (audio: AudioFacts) => number) =>
    clips.reduce((all, { media: { audio } }) => Math.max(all, audio ? count(audio) : 0), 0);
  if (stereo === "channels") return Array.from({ length: most(({ channels }) => channels) }, (_, i) => plainTrack(i));
  const halves = Array.from({ length: 2 * most(pairsIn) }, (_, i) => halfOfPair(i));
  const monos = most((audio) => audio.channels - 2 * pairsIn(audio));
  return [...halves, ...Array.from({ length: monos }, (_, i) => monoTrack(i))];
}

// Left and right by turns; a single channel goes left, where mono is.
function output(index: number): 1 | 2 {
  return index % 2 === 0 ? 1 : 2;
}

function plainTrack(index: number): SoundTrack {
  return { attributes: {}, output: output(index) };
}

function halfOfPair(index: number): SoundTrack {
  const attributes = { currentExplodedTrackIndex: index % 2, totalExplodedTrackCount: 2, premiereTrackType: "Stereo" };
  return { attributes, output: output(index) };
}

function monoTrack(index: number): SoundTrack {
  const attributes = { currentExplodedTrackIndex: 0, totalExplodedTrackCount: 1, premiereTrackType: "Mono" };
  return { attributes, output: output(index) };
}

/** Streams of two channels: of others Premiere makes a track a channel. */
function pairsIn({ streams }: AudioFacts): number {
  return streams.filter((channels) => channels === 2).length;
}

/** The channels of a clip in the order of their tracks, of which the first `pairTracks` are halves of stereo ones. */
export function soundPlaces({ audio }: MediaFacts, stereo: Dialect["fcp7xml"]["stereo"], pairTracks: number): SoundPlace[] {
  if (audio === undefined) return [];
  if (stereo === "channels") return Array.from({ length: audio.channels }, (_, i) => plainPlace(i + 1));
  const next = { channel: 1, source: 1, pair: 1, mono: pairTracks + 1 };
  const places = audio.streams.flatMap((channels) =>
    channels === 2 ? pairPlaces(next) : Array.from({ length: channels }, () => monoPlace(next)),
  );
  return places.sort((a, b) => a.track - b.track);
}

function plainPlace(channel: number): SoundPlace {
  return { channel, track: channel, source: channel, attributes: {} };
}

interface Counters {
  channel: number;
  source: number;
  pair: number;
  mono: number;
}

function pairPlaces(next: Counters): SoundPlace[] {
  const source = next.source++;
  const attributes = { premiereChannelType: "stereo" };
  return [0, 1].map(() => ({ channel: next.channel++, track: next.pair++, source, attributes }));
}

function monoPlace(next: Counters): SoundPlace {
  const attributes = { premiereChannelType: "mono" };
  return { channel: next.channel++, track: next.mono++, source: next.source++, attributes };
}
