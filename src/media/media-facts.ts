import { given } from "../model/given.js";
import type { FaceRecord } from "../model/matches.js";
import type { FactSource, MediaDoubt, MediaFactName, MediaFacts, MediaUse } from "../model/media.js";
import { oneLine } from "../text.js";
import type { FrameRate } from "../time/frame-rate.js";
import { fromMap, type MediaAsset, mediaAssets } from "./media-assets.js";
import {
  audioSaid,
  clockSaid,
  durationSaid,
  pixelAspectSaid,
  scanSaid,
  sizeSaid,
  startSaid,
  type Witness,
  witnessOf,
} from "./media-claims.js";
import { contradictions, fileDoubts } from "./media-doubts.js";
import type { FilesOfMedia } from "./media-file.js";
import type { MediaFiles } from "./media-files.js";
import type { MediaMap } from "./media-map-keys.js";
import type { MediaClock } from "./media-map-row.js";
import { type MediaTarget, mappedFiles, targetOf } from "./media-names.js";
import { assumedStart } from "./media-times.js";
import type { ProbedMedia } from "./probe.js";
import { type Sourced, strongest } from "./sourced.js";
import { type UnknownMedia, unknownMedia } from "./unknown-media.js";

/** What is known of the media that were found. */
export interface GatheredFacts {
  /** By MediaId; only media whose rate is known. */
  readonly facts: ReadonlyMap<string, MediaFacts>;
  /** MediaIds of the media with clips whose rate nobody gives. */
  readonly withoutRate: readonly string[];
  /** MediaIds of the media with clips whose file has frames of uneven length. */
  readonly variableRate: readonly string[];
  /** MediaIds of the still images with clips: an editing program takes a clip of a still for a broken video. */
  readonly stills: readonly string[];
  /** What else is known of the media with clips whose rate nobody gives or is variable. */
  readonly unknown: readonly UnknownMedia[];
  /** Rows of the media map that are for none of the media found: what they name. */
  readonly unusedRows: readonly string[];
}

/** What to do with media of variable frame rate, for which no row of the media map gives a rate. */
export const variableRateChoices = ["refuse", "constant"] as const;
export type VariableRateChoice = (typeof variableRateChoices)[number];

export interface MediaFactsOptions {
  /** For media whose rate nothing else gives. */
  readonly mediaRate?: FrameRate;
  /** Which file clips point to, where there are both; the original when absent. */
  readonly use?: MediaUse;
  /** `refuse` when absent: such media are left out. */
  readonly vfr?: VariableRateChoice;
  /** Where the files are and what they say of themselves; without it the media map's paths are taken as they stand. */
  readonly files?: MediaFiles;
}

/**
 * Gathers the facts of every media asset that was found, each fact from the strongest source: the media map, the file
 * itself, the service, a proxy, the option. A rate is never guessed from a length, nor taken from a timeline: a wrong
 * one puts every cut on a wrong frame. Throws `bad-media-map` when a row does not fit the media it is for.
 */
export function gatherMediaFacts(record: FaceRecord, map: MediaMap | undefined, options: MediaFactsOptions): GatheredFacts {
  const { assets, unusedRows } = mediaAssets(record, map);
  const facts = new Map<string, MediaFacts>();
  const leftOut: Record<LeftOut, string[]> = { withoutRate: [], variableRate: [], stills: [] };
  const unknown: UnknownMedia[] = [];
  for (const asset of assets) {
    const files = options.files?.byMedia.get(asset.mediaId) ?? mappedFiles(asset);
    const known = factsOf(asset, files, options);
    if (typeof known === "object") facts.set(asset.mediaId, known);
    else if (asset.hasClips) {
      leftOut[known].push(asset.mediaId);
      if (known !== "stills") unknown.push(unknownMedia(asset, files));
    }
  }
  return { facts: new Map(withSharing(facts)), ...leftOut, unknown, unusedRows };
}

/** Doubts media that were found by name as one and the same file: their names are alike, they are not. */
function* withSharing(facts: ReadonlyMap<string, MediaFacts>): Generator<[string, MediaFacts]> {
  const uses = new Map<string, number>();
  const isFound = ({ sources }: MediaFacts) => sources.url === "media folder";
  for (const media of facts.values()) if (isFound(media)) uses.set(media.url, (uses.get(media.url) ?? 0) + 1);
  for (const [mediaId, media] of facts) {
    const shared = isFound(media) && (uses.get(media.url) as number) > 1;
    yield [mediaId, shared ? { ...media, doubts: [...(media.doubts ?? []), sharedFile(media)] } : media];
  }
}

function sharedFile({ fileName, mediaId }: MediaFacts): MediaDoubt {
  return { code: "shared-file", detail: `${fileName} (${mediaId})` };
}

type LeftOut = "withoutRate" | "variableRate" | "stills";

/** The facts of one asset, or why it makes no clips. */
function factsOf(asset: MediaAsset, files: FilesOfMedia, options: MediaFactsOptions): MediaFacts | LeftOut {
  if (asset.info?.mediaType === "image" || kindOf(files) === "still") return "stills";
  const witness = witnessOf(asset, files);
  const clock = strongest(clockSaid(witness, options.mediaRate));
  if (clock === undefined || (clock.source === "option" && isSoundAlone(files))) return "withoutRate";
  if (isUneven(witness, clock.source) && options.vfr !== "constant") return "variableRate";
  const target = targetOf(asset, files, options.use ?? "original");
  const facts = known(witness, clock, target);
  const doubts = [
    ...fileDoubts(files, target.fileName, options.use ?? "original"),
    ...contradictions(witness, clock.value, facts),
  ];
  const oneLined = doubts.map(({ code, detail }) => ({ code, detail: oneLine(detail) }));
  return doubts.length === 0 ? facts : { ...facts, doubts: oneLined };
}

/** What ffprobe takes the media for; the original's kind where it is known. */
function kindOf({ original, proxy }: FilesOfMedia): ProbedMedia["kind"] | undefined {
  return original?.probed?.kind ?? proxy?.probed?.kind;
}

function isSoundAlone({ original, proxy }: FilesOfMedia): boolean {
  return (
    [original, proxy].some((file) => file?.probed?.kind === "audio") &&
    original?.probed?.kind !== "video" &&
    proxy?.probed?.kind !== "video"
  );
}

/** True when the rate taken is the nominal one of frames of uneven length. */
function isUneven({ original, proxy }: Witness, source: FactSource): boolean {
  return (source === "probe" && original?.variableRate === true) || (source === "proxy probe" && proxy?.variableRate === true);
}

function known(witness: Witness, { value: clock, source }: Sourced<MediaClock>, target: MediaTarget): MediaFacts {
  const { asset } = witness;
  const { fileName, url, use, otherUrl } = target;
  const start = strongest(startSaid(witness, clock));
  const duration = strongest(durationSaid(witness, clock));
  const [size, pixelAspect] = [strongest(sizeSaid(witness)), strongest(pixelAspectSaid(witness))];
  const [scan, audio] = [strongest(scanSaid(witness)), strongest(audioSaid(witness))];
  const sourceOf = (fact: { readonly source: FactSource } | undefined) => fact?.source ?? "assumed";
  const sources: Record<MediaFactName, FactSource> = {
    rate: source,
    start: sourceOf(start),
    duration: sourceOf(duration),
    size: sourceOf(size),
    pixelAspect: sourceOf(pixelAspect),
    scan: sourceOf(scan),
    audio: sourceOf(audio),
    url: target.source,
  };
  return given({
    mediaId: asset.mediaId,
    fileName,
    name: fromMap(asset, ({ row }) => row.name) ?? fileName,
    url,
    use,
    otherUrl,
    rate: clock.rate,
    ...(start?.value ?? assumedStart(clock)),
    duration: duration?.value,
    size: size?.value,
    pixelAspect: pixelAspect?.value,
    scan: scan?.value,
    audio: audio?.value.channels === 0 ? undefined : audio?.value,
    reel: fromMap(asset, ({ row }) => row.reel),
    sources,
  });
}
