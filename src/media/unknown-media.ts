import { given } from "../model/given.js";
import type { AudioFacts, PixelAspect, Scan, Size } from "../model/media.js";
import { ceil, fraction } from "../time/fraction.js";
import type { FrameRate } from "../time/frame-rate.js";
import { fromMap, type MediaAsset } from "./media-assets.js";
import { audioSaid, pixelAspectSaid, scanSaid, sizeSaid, witnessOf } from "./media-claims.js";
import type { FilesOfMedia } from "./media-file.js";
import { targetOf } from "./media-names.js";
import { locationUrl } from "./media-url.js";
import type { ProbedMedia } from "./probe.js";
import { strongest } from "./sourced.js";

/** A media asset without a rate to count frames by, and what else is known of it. */
export interface UnknownMedia {
  readonly mediaId: string;
  readonly fileName?: string;
  /** Where its files are: URLs. */
  readonly original?: string;
  readonly proxy?: string;
  readonly startTimecode?: string;
  /** Decimal seconds or a timecode. */
  readonly duration?: string;
  readonly size?: Size;
  readonly pixelAspect?: PixelAspect;
  readonly scan?: Scan;
  /** `none` for a silent file. */
  readonly audio?: AudioFacts | "none";
  readonly reel?: string;
  /** The name the media map gives. */
  readonly name?: string;
}

/** What is known of an asset that does not hang on its rate. */
export function unknownMedia(asset: MediaAsset, files: FilesOfMedia): UnknownMedia {
  const witness = witnessOf(asset, files);
  const probed = witness.original ?? witness.proxy;
  const audio = strongest(audioSaid(witness))?.value;
  return given({
    mediaId: asset.mediaId,
    fileName: targetOf(asset, files, "original").fileName,
    original: files.original && locationUrl(files.original.location),
    proxy: files.proxy && locationUrl(files.proxy.location),
    startTimecode: fromMap(asset, ({ row }) => row.startTimecode) ?? probed?.startTimecode,
    duration: fromMap(asset, ({ row }) => row.duration) ?? probedSeconds(probed) ?? servedSeconds(asset),
    size: strongest(sizeSaid(witness))?.value,
    pixelAspect: strongest(pixelAspectSaid(witness))?.value,
    scan: strongest(scanSaid(witness))?.value,
    audio: audio?.channels === 0 ? ("none" as const) : audio,
    reel: fromMap(asset, ({ row }) => row.reel),
    name: fromMap(asset, ({ row }) => row.name),
  });
}

function probedSeconds(probed: ProbedMedia | undefined): string | undefined {
  return probed?.duration && probed.rate ? secondsOf(probed.duration, probed.rate) : undefined;
}

function servedSeconds({ info }: MediaAsset): string | undefined {
  const text = info?.duration ?? "";
  return /^\d{1,9}(\.\d+)?$/.test(text) && Number(text) > 0 ? text : undefined;
}

/** Frames as decimal seconds, up to the next billionth: a length is read by its whole frames. */
export function secondsOf(frames: number, { num, den }: FrameRate): string {
  const billionths = String(ceil(fraction(BigInt(frames) * BigInt(den) * 1_000_000_000n, num))).padStart(10, "0");
  return `${billionths.slice(0, -9)}.${billionths.slice(-9)}`;
}
