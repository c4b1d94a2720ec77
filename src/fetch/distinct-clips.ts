import type { MediaClip } from "../model/matches.js";
import type { JsonObject } from "./json-cursor.js";
import type { FoundClip } from "./parse-clips.js";

/**
 * The clips of one media asset, each once. Pages may repeat when the library changes while it is read, and the
 * service gives clips no id, so they are told apart by their whole value, whatever the order of its keys.
 */
export class DistinctClips {
  readonly clips: MediaClip[] = [];
  /** Clips that came again. */
  duplicates = 0;
  readonly #seen = new Map<string, JsonObject[]>();

  add({ clip, json }: FoundClip): void {
    const key = bucketKey(clip);
    const alike = this.#seen.get(key);
    if (alike?.some((other) => isSameJson(other, json))) {
      this.duplicates += 1;
      return;
    }
    if (alike === undefined) this.#seen.set(key, [json]);
    else alike.push(json);
    this.clips.push(clip);
  }
}

/** Equal for equal clips, and cheap; almost always different for different ones. */
function bucketKey({ score, entityId, occurrences }: MediaClip): string {
  return [score, entityId, occurrences.length, occurrences[0]?.startTime, occurrences.at(-1)?.endTime].join(" ");
}

// Node's own comparison is not there in a browser.
function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a, b] as [Record<string, unknown>, Record<string, unknown>];
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && isSameJson(left[key], right[key]))
  );
}
