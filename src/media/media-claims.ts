import type { MediaInfo } from "../model/matches.js";
import type { AudioFacts, PixelAspect, Scan, Size } from "../model/media.js";
import { canDrop, countingOf, type FrameRate, parseMediaRate, sameRate } from "../time/frame-rate.js";
import { rescaleFloor } from "../time/rescale.js";
import { frameOfLabel, parseTimecode } from "../time/timecode.js";
import { fromMap, type MediaAsset } from "./media-assets.js";
import type { FilesOfMedia, MediaFile } from "./media-file.js";
import type { MediaClock } from "./media-map-row.js";
import { assumedStart, type MediaStart, mapDuration, mapStart, wholeFrames } from "./media-times.js";
import type { ProbedMedia } from "./probe.js";
import type { Said } from "./sourced.js";

/** Hertz, where nobody says. */
export const usualSampleRate = 48000;

/**
 * What each source says of one asset, fact by fact, strongest first. A proxy is another file than the one that was
 * searched, so it comes after the service; of its picture's shape only the size is taken.
 */
export interface Witness {
  readonly asset: MediaAsset;
  /** The original's own word, and the proxy's where it was asked, too. */
  readonly original?: ProbedMedia | undefined;
  readonly proxy?: ProbedMedia | undefined;
}

export function witnessOf(asset: MediaAsset, { original, proxy }: FilesOfMedia): Witness {
  const video = (file: MediaFile | undefined) => (file?.probed?.kind === "video" ? file.probed : undefined);
  return { asset, original: video(original), proxy: video(proxy) };
}

export function clockSaid({ asset, original, proxy }: Witness, mediaRate: FrameRate | undefined): Said<MediaClock> {
  const clock = (rate: FrameRate | undefined) => rate && { rate };
  return [
    ["media map", fromMap(asset, ({ row }) => row.clock)],
    ["probe", clock(original?.rate)],
    ["service", clock(parseMediaRate(asset.info?.fps ?? ""))],
    ["proxy probe", clock(proxy?.rate)],
    ["option", clock(mediaRate)],
  ];
}

/** Throws `bad-media-map` when a row's timecode does not exist at this rate. */
export function startSaid({ asset, original, proxy }: Witness, clock: MediaClock): Said<MediaStart> {
  return [
    ["media map", fromMap(asset, ({ row }) => row.startTimecode && mapStart(row, row.startTimecode, clock)) || undefined],
    // A file without a timecode counts from zero; a proxy without one may have lost it.
    ["probe", original && (embeddedLabel(original) === undefined ? assumedStart(clock) : embeddedStart(original, clock))],
    ["proxy probe", proxy && embeddedStart(proxy, clock)],
  ];
}

/** The timecode a file carries, whether or not there is such a frame. */
export function embeddedLabel({ startTimecode, unusableTimecode }: ProbedMedia): string | undefined {
  return startTimecode ?? unusableTimecode;
}

/** Undefined where the file carries no timecode, or none that exists at this rate. */
export function embeddedStart({ startTimecode }: ProbedMedia, { rate, dropFrame }: MediaClock): MediaStart | undefined {
  const label = startTimecode === undefined ? undefined : parseTimecode(startTimecode);
  if (label === undefined) return undefined;
  const counting = countingOf(rate, dropFrame ?? (label.dropFrame && canDrop(rate)));
  const start = frameOfLabel(label, counting);
  return start === undefined ? undefined : { start, counting };
}

/** Lengths in frames. Throws `bad-media-map` when a row's is none at this rate. */
export function durationSaid({ asset, original, proxy }: Witness, clock: MediaClock): Said<number> {
  return [
    ["media map", fromMap(asset, ({ row }) => row.duration && mapDuration(row, row.duration, clock)) || undefined],
    ["probe", original && probedDuration(original, clock.rate)],
    ["service", asset.info && servedDuration(asset.info, clock.rate)],
    ["proxy probe", proxy && probedDuration(proxy, clock.rate)],
  ];
}

function probedDuration({ duration, rate }: ProbedMedia, taken: FrameRate): number | undefined {
  if (duration === undefined || rate === undefined) return undefined;
  return Math.max(1, rescaleFloor(duration, rate, taken));
}

/** A count of frames is one at the rate the service itself gives. */
function servedDuration({ numFrames, duration, fps }: MediaInfo, rate: FrameRate): number | undefined {
  const served = parseMediaRate(fps ?? "") ?? rate;
  if (numFrames !== undefined && sameRate(served, rate)) return numFrames;
  if (duration !== undefined) return wholeFrames(Number(duration), rate);
  return numFrames === undefined ? undefined : Math.max(1, rescaleFloor(numFrames, served, rate));
}

export function sizeSaid({ asset, original, proxy }: Witness): Said<Size> {
  return [
    ["media map", fromMap(asset, ({ row }) => row.size)],
    ["probe", original?.size],
    ["service", asset.info?.size],
    ["proxy probe", proxy?.size],
  ];
}

export function pixelAspectSaid({ asset, original }: Witness): Said<PixelAspect> {
  return [
    ["media map", fromMap(asset, ({ row }) => row.pixelAspect)],
    ["probe", original?.pixelAspect],
  ];
}

export function scanSaid({ asset, original }: Witness): Said<Scan> {
  return [
    ["media map", fromMap(asset, ({ row }) => row.scan)],
    ["probe", original?.scan],
  ];
}

const silence: AudioFacts = { channels: 0, sampleRate: usualSampleRate, streams: [] };

/** No channels means a silent file: that somebody says so is a fact. */
export function audioSaid({ asset, original, proxy }: Witness): Said<AudioFacts> {
  const streams = fromMap(asset, ({ row }) => row.streams);
  const heard = (probed: ProbedMedia | undefined) => probed && (probed.audio ?? silence);
  const said = fromMap(asset, ({ row }) => row.sampleRate);
  const sampleRate = said ?? original?.audio?.sampleRate ?? asset.info?.audio?.sampleRate ?? usualSampleRate;
  return [
    ["media map", streams && { channels: streams.reduce((sum, channels) => sum + channels, 0), sampleRate, streams }],
    ["probe", heard(original)],
    ["service", asset.info?.audio],
    ["proxy probe", heard(proxy)],
  ];
}
