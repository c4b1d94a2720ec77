import { given } from "../model/given.js";
import type { FaceRecord, MediaInfo } from "../model/matches.js";
import type { AudioFacts, FactSource, MediaFacts, Size } from "../model/media.js";
import { oneLine } from "../text.js";
import { type FrameRate, parseMediaRate } from "../time/frame-rate.js";
import { MediaMapIndex, type RowForMedia } from "./find-rows.js";
import type { MediaMap } from "./media-map.js";
import type { MediaClock } from "./media-map-row.js";
import { assumedStart, type MediaStart, mapDuration, mapStart, wholeFrames } from "./media-times.js";
import { encodeSegment, fileNameInPath, fileNameInUrl, locationName, locationUrl, plainUrl } from "./media-url.js";

/** What is known of the media that were found. */
export interface GatheredFacts {
  /** By MediaId; only media whose rate is known. */
  readonly facts: ReadonlyMap<string, MediaFacts>;
  /** MediaIds of the media with clips whose rate nobody gives. */
  readonly withoutRate: readonly string[];
  /** MediaIds of the still images with clips: an editing program takes a clip of a still for a broken video. */
  readonly stills: readonly string[];
  /** Rows of the media map that are for none of the media found: what they name. */
  readonly unusedRows: readonly string[];
}

export interface MediaFactsOptions {
  /** For media whose rate nothing else gives. */
  readonly mediaRate?: FrameRate;
}

/** A fact with where it came from. */
interface Sourced<T> {
  readonly value: T;
  readonly source: FactSource;
}

/** All that is known of one asset, strongest first. */
interface Known {
  readonly mediaId: string;
  readonly rows: readonly RowForMedia[];
  readonly info: MediaInfo | undefined;
}

/**
 * Gathers the facts of every media asset that was found, each fact from the strongest source: the media map, the
 * service, the option. A rate is never guessed from a length, nor taken from a timeline: a wrong one puts every cut
 * on a wrong frame. Throws `bad-media-map` when a row does not fit the media it is for.
 */
export function gatherMediaFacts(record: FaceRecord, map: MediaMap | undefined, options: MediaFactsOptions): GatheredFacts {
  const index = new MediaMapIndex(map);
  const facts = new Map<string, MediaFacts>();
  const [withoutRate, stills]: [string[], string[]] = [[], []];
  for (const { mediaId, clips } of record.matches) {
    const info = record.mediaInfos.get(mediaId);
    const known: Known = { mediaId, rows: index.rowsFor(mediaId, info), info };
    if (info?.mediaType === "image") {
      if (clips.length > 0) stills.push(mediaId);
      continue;
    }
    const clock = clockOf(known, options.mediaRate);
    if (clock !== undefined) facts.set(mediaId, factsOf(known, clock));
    else if (clips.length > 0) withoutRate.push(mediaId);
  }
  return { facts, withoutRate, stills, unusedRows: index.unused().map(({ media }) => media) };
}

function factsOf(known: Known, clock: Sourced<MediaClock>): MediaFacts {
  const fileName = fileNameOf(known);
  const url = urlOf(known, fileName);
  const start = startOf(known, clock.value);
  const duration = durationOf(known, clock.value);
  const size = sizeOf(known);
  const audio = audioOf(known);
  return given({
    mediaId: known.mediaId,
    fileName,
    name: fromMap(known, ({ row }) => row.name) ?? fileName,
    url: url.value,
    rate: clock.value.rate,
    ...start.value,
    duration: duration.value,
    size: size.value,
    audio: audio.value,
    reel: fromMap(known, ({ row }) => row.reel),
    sources: {
      rate: clock.source,
      start: start.source,
      duration: duration.source,
      size: size.source,
      audio: audio.source,
      url: url.source,
    },
  });
}

/** What the strongest row that says something says. */
function fromMap<T>(known: Known, read: (row: RowForMedia) => T | undefined): T | undefined {
  for (const row of known.rows) {
    const value = read(row);
    if (value !== undefined) return value;
  }
  return undefined;
}

function strongest<T>(mapped: T | undefined, served: T | undefined): Sourced<T | undefined> {
  if (mapped !== undefined) return { value: mapped, source: "media map" };
  return { value: served, source: served === undefined ? "assumed" : "service" };
}

function clockOf(known: Known, mediaRate: FrameRate | undefined): Sourced<MediaClock> | undefined {
  const served = parseMediaRate(known.info?.fps ?? "");
  const { value, source } = strongest(
    fromMap(known, ({ row }) => row.clock),
    served && { rate: served },
  );
  if (value !== undefined) return { value, source };
  return mediaRate && { value: { rate: mediaRate }, source: "option" };
}

function startOf(known: Known, clock: MediaClock): Sourced<MediaStart> {
  const mapped = fromMap(known, ({ row }) => row.startTimecode && mapStart(row, row.startTimecode, clock));
  return mapped ? { value: mapped, source: "media map" } : { value: assumedStart(clock), source: "assumed" };
}

function durationOf(known: Known, clock: MediaClock): Sourced<number | undefined> {
  const mapped = fromMap(known, ({ row }) => row.duration && mapDuration(row, row.duration, clock));
  const seconds = known.info?.duration;
  const served = known.info?.numFrames ?? (seconds === undefined ? undefined : wholeFrames(Number(seconds), clock.rate));
  return strongest(mapped || undefined, served);
}

function sizeOf(known: Known): Sourced<Size | undefined> {
  return strongest(
    fromMap(known, ({ row }) => row.size),
    known.info?.size,
  );
}

const usualSampleRate = 48000;

/** No channels means a silent file; that somebody says so is a fact, that nobody says anything is assumed. */
function audioOf(known: Known): Sourced<AudioFacts | undefined> {
  const channels = fromMap(known, ({ row }) => row.channels);
  const sampleRate = known.info?.audio?.sampleRate ?? usualSampleRate;
  const { value, source } = strongest(channels === undefined ? undefined : { channels, sampleRate }, known.info?.audio);
  return { value: value?.channels === 0 ? undefined : value, source };
}

/** The name editing programs relink on. */
function fileNameOf(known: Known): string {
  const { info } = known;
  const candidates = [
    () => fromMap(known, ({ original }) => original && locationName(original)),
    () => info?.fileName && fileNameInPath(info.fileName),
    () => info?.inputUrl && fileNameInUrl(info.inputUrl),
    () => info?.title,
  ];
  for (const candidate of candidates) {
    const name = oneLine(candidate() ?? "");
    if (name !== "") return name;
  }
  return known.mediaId;
}

function urlOf(known: Known, fileName: string): Sourced<string> {
  const mapped = fromMap(known, ({ original }) => original && locationUrl(original));
  const { value, source } = strongest(mapped, known.info?.inputUrl && plainUrl(known.info.inputUrl));
  return value ? { value, source } : { value: encodeSegment(fileName), source: "assumed" };
}
