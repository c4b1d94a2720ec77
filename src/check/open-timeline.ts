import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { osReason } from "../errors.js";
import { decodeText } from "../read/decode.js";
import { unreadable } from "../read/unreadable.js";
import { readNamedFile } from "../read-file.js";
import { readOtioz } from "./otioz.js";

/** The text of a timeline file piece by piece, also out of a bundle. Throws `bad-timeline` when there is no such file. */
export async function openTimeline(path: string): Promise<Iterable<string>> {
  try {
    const file = insideBundle(path);
    if (!statSync(file).isFile()) return decodeText([await readNamedFile(file)], path);
    return decodeText(/\.otioz$/i.test(path) ? await readOtioz(path) : bytesOf(file), path);
  } catch (error) {
    throw readingFailed(path, error);
  }
}

/** Says what the file system says about a file in words; any other error stays as it is. */
export function readingFailed(path: string, error: unknown): unknown {
  const isOfSystem = error instanceof Error && "syscall" in error;
  return isOfSystem ? unreadable(path, undefined, `The file cannot be read: ${osReason(error)}`) : error;
}

/** Bundles that are folders: Final Cut Pro's, and OpenTimelineIO's. */
const contents: readonly (readonly [extension: RegExp, content: string])[] = [
  [/\.fcpxmld[\\/]?$/i, "Info.fcpxml"],
  [/\.otiod[\\/]?$/i, "content.otio"],
];

function insideBundle(path: string): string {
  const content = contents.find(([extension]) => extension.test(path))?.[1];
  return content !== undefined && statSync(path).isDirectory() ? join(path, content) : path;
}

const pieceLength = 64 * 1024;

function* bytesOf(path: string): Generator<Uint8Array> {
  const file = openSync(path, "r");
  try {
    for (;;) {
      // Each piece has its own memory: a decoder may hold on to the last bytes of one.
      const buffer = new Uint8Array(pieceLength);
      const length = readSync(file, buffer);
      if (length === 0) return;
      yield buffer.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

/** OpenTimelineIO after 0.18 refuses a folder bundle without its version file ("missing a version file"). */
export function lacksVersionFile(path: string): boolean {
  return /\.otiod[\\/]?$/i.test(path) && !existsSync(join(path, "version.txt"));
}
