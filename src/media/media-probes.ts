import { given } from "../model/given.js";
import type { MediaUse } from "../model/media.js";
import { isComplete, type MediaAsset } from "./media-assets.js";
import type { FilesOfMedia, MediaFile } from "./media-file.js";
import { type ProbeOptions, type ProbeResult, probeFiles } from "./probe.js";

interface Asking extends ProbeOptions {
  readonly use?: MediaUse;
}

/**
 * Adds what ffprobe says: of the original, or of the proxy where no original can be read from here or none makes sense;
 * of both where clips point to the proxy.
 */
export async function withProbes(assets: readonly MediaAsset[], found: ReadonlyMap<string, FilesOfMedia>, options: Asking) {
  const wanted = assets.filter((asset) => !isComplete(asset)).map(({ mediaId }) => found.get(mediaId) ?? {});
  const paths = wanted.flatMap((files) => firstPaths(files, options.use));
  const first = await probeFiles(paths, options);
  if (first === undefined) return { byMedia: found, unprobed: paths.length };
  const results = new Map([...first, ...(await secondTry(wanted, first, options))]);
  const byMedia = new Map([...found].map(([mediaId, files]) => [mediaId, withResults(files, results)] as const));
  return { byMedia, unprobed: 0 };
}

function firstPaths({ original, proxy }: FilesOfMedia, use: MediaUse = "original"): string[] {
  const paths = original?.path === undefined || use === "proxy" ? [original?.path, proxy?.path] : [original.path];
  return paths.filter((path) => path !== undefined);
}

type Results = ReadonlyMap<string, ProbeResult>;

/** Asks about the proxies of originals that show no pictures. */
async function secondTry(wanted: readonly FilesOfMedia[], first: Results, options: Asking): Promise<Results> {
  const failed = wanted.filter(({ original }) => original?.path !== undefined && !isVideo(first.get(original.path)));
  const paths = failed.map(({ proxy }) => proxy?.path).filter((path) => path !== undefined && !first.has(path)) as string[];
  if (paths.length === 0) return new Map();
  const asked = new Set(first.keys()).size;
  const onProbed = (done: number, total: number) => options.onProbed?.(asked + done, asked + total);
  return (await probeFiles(paths, { ...options, onProbed })) ?? new Map();
}

function isVideo(result: ProbeResult | undefined): boolean {
  return result !== undefined && "facts" in result && result.facts.kind !== "audio";
}

function withResults({ original, proxy }: FilesOfMedia, results: Results): FilesOfMedia {
  return given({ original: withResult(original, results), proxy: withResult(proxy, results) });
}

function withResult(file: MediaFile | undefined, results: Results): MediaFile | undefined {
  const result = file?.path === undefined ? undefined : results.get(file.path);
  if (file === undefined || result === undefined) return file;
  return { ...file, ...("facts" in result ? { probed: result.facts } : { failure: result.failure }) };
}
