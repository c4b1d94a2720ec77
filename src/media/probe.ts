import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { osReason } from "../errors.js";
import { eachOf } from "./each-of.js";
import { ProbeCache } from "./probe-cache.js";
import type { FileState } from "./probe-cache-entry.js";
import type { ProbeResult } from "./probe-result.js";
import { NoFfprobe, type ProbeTarget, probeFile } from "./probe-run.js";

export { defaultCacheFile } from "./probe-cache.js";
export type { ProbedMedia, ProbeResult } from "./probe-result.js";

export interface ProbeOptions {
  /** File with the results of earlier runs; without it every file is probed. */
  readonly cache?: string;
  /** How many run at once; the number of processors when absent. */
  readonly concurrency?: number;
  /** Called after each file that had to be probed; `total` counts these alone. */
  readonly onProbed?: (done: number, total: number) => void;
  /** The program to run: `ffprobe` when absent. */
  readonly ffprobe?: string;
}

type Task = { readonly target: ProbeTarget; readonly state: FileState };

/**
 * Asks ffprobe what files are, each once however often it is given; files that an earlier run saw as they are now are
 * not asked about again. Undefined when ffprobe is needed and none can be run on this machine.
 */
export async function probeFiles(
  paths: readonly string[],
  options: ProbeOptions,
): Promise<ReadonlyMap<string, ProbeResult> | undefined> {
  const cache = await ProbeCache.open(options.cache);
  const limit = Math.max(1, options.concurrency ?? availableParallelism());
  const results = new Map<string, ProbeResult>();
  const tasks = await pending([...new Set(paths.map((path) => resolve(path)))], cache, limit, results);
  let done = 0;
  try {
    await eachOf(tasks, limit, async ({ target, state }) => {
      const { result, passing } = await probeFile(options.ffprobe ?? "ffprobe", target);
      results.set(target.path, result);
      if (!passing) cache.keep(target.path, state, result);
      options.onProbed?.(++done, tasks.length);
    });
  } catch (error) {
    if (error instanceof NoFfprobe) return undefined;
    throw error;
  } finally {
    await cache.save();
  }
  return new Map(paths.map((path) => [path, results.get(resolve(path)) as ProbeResult]));
}

/** The files ffprobe must be asked about; what is known without it goes into `results`. */
async function pending(
  paths: readonly string[],
  cache: ProbeCache,
  limit: number,
  results: Map<string, ProbeResult>,
): Promise<Task[]> {
  const tasks: Task[] = [];
  await eachOf(paths, limit, async (path) => {
    const seen = await look(path);
    const known = "failure" in seen ? seen : cache.find(path, seen);
    if (known !== undefined) results.set(path, known);
    else if ("size" in seen) tasks.push({ target: { path, bytes: BigInt(seen.size) }, state: seen });
  });
  return tasks;
}

async function look(path: string): Promise<FileState | { readonly failure: string }> {
  try {
    const found = await stat(path, { bigint: true });
    if (found.isDirectory()) return { failure: "it is a folder, not a file" };
    // Reading a pipe or a device may never end.
    if (!found.isFile()) return { failure: "it is no regular file" };
    return found.size === 0n ? { failure: "it is empty" } : { size: String(found.size), modified: String(found.mtimeNs) };
  } catch (error) {
    return { failure: osReason(error) };
  }
}
