import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { writeWhole } from "../files.js";
import { readFileBytes } from "../read-file.js";
import { decodeUtf8 } from "../text.js";
import { type Entry, type FileState, isEntry } from "./probe-cache-entry.js";
import type { ProbeResult } from "./probe-result.js";

// Raised whenever facts are read in another way: results of an older facecut are then found anew.
const version = 2;

// The oldest go first; a full cache is some tens of megabytes.
const mostEntries = 50_000;

/** The user's cache file: in `XDG_CACHE_HOME` or `~/.cache`, `~/Library/Caches`, or `LOCALAPPDATA`. */
export function defaultCacheFile(): string {
  return join(cacheFolder(), "facecut", "probe-1.json");
}

function cacheFolder(): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env;
  // The XDG base directory specification wants a relative path ignored.
  if (xdg !== undefined && isAbsolute(xdg)) return xdg;
  if (process.platform === "win32") return local || join(homedir(), "AppData", "Local");
  return process.platform === "darwin" ? join(homedir(), "Library", "Caches") : join(homedir(), ".cache");
}

/** Results of earlier runs by absolute path. A cache that cannot be read is empty; one that cannot be written is let be. */
export class ProbeCache {
  readonly #file: string | undefined;
  readonly #entries: Map<string, Entry>;
  #changed = false;

  private constructor(file: string | undefined, entries: Map<string, Entry>) {
    this.#file = file;
    this.#entries = entries;
  }

  static async open(file: string | undefined): Promise<ProbeCache> {
    return new ProbeCache(file, file === undefined ? new Map() : await readEntries(file));
  }

  /** The result for a file in this very state. */
  find(path: string, state: FileState): ProbeResult | undefined {
    const entry = this.#entries.get(path);
    return entry?.size === state.size && entry.modified === state.modified ? entry.result : undefined;
  }

  keep(path: string, state: FileState, result: ProbeResult): void {
    this.#entries.delete(path);
    this.#entries.set(path, { ...state, result });
    this.#changed = true;
  }

  async save(): Promise<void> {
    if (this.#file === undefined || !this.#changed) return;
    const entries = Object.fromEntries([...this.#entries].slice(-mostEntries));
    await writeWhole(this.#file, JSON.stringify({ version, entries })).catch(() => {});
  }
}

async function readEntries(file: string): Promise<Map<string, Entry>> {
  try {
    const cache = JSON.parse(decodeUtf8(await readFileBytes(file)) ?? "");
    if (cache?.version !== version || typeof cache.entries !== "object") return new Map();
    return new Map(Object.entries(cache.entries as object).filter((entry): entry is [string, Entry] => isEntry(entry[1])));
  } catch {
    return new Map();
  }
}
