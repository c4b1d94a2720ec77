import { type Entry, openPromise, type ZipFile } from "yauzl";
import { FacecutError } from "../errors.js";
import { unreadable } from "../read/unreadable.js";

/** Zipped bundles (https://opentimelineio.readthedocs.io, "OTIOZ and OTIOD"): a timeline beside its media. */

const content = "content.otio";
/** A timeline of 10,000 clips and 200,000 markers has some 150 MB. */
const largest = 256 * 1024 * 1024;
/** Up to here any compression will do; beyond it, a hundredfold is made to do harm: timelines shrink some fortyfold. */
const plainlySmall = 16 * 1024 * 1024;
const mostCompressed = 100;
const mostEntries = 100_000;

/** The timeline in a bundle; its media are not looked at. Throws `bad-timeline` when there is none, or it is made to do harm. */
export async function readOtioz(path: string): Promise<Uint8Array[]> {
  try {
    const zip = await openPromise(path, { lazyEntries: true, autoClose: false });
    try {
      return await inflated(zip, await contentOf(zip));
    } finally {
      zip.close();
    }
  } catch (error) {
    // What the file system says is for the caller; the rest is what the zip's reader or the limits here found.
    if (error instanceof FacecutError || (error as NodeJS.ErrnoException).syscall !== undefined) throw error;
    throw unreadable(path, undefined, `The bundle cannot be read: ${(error as Error).message}`);
  }
}

async function contentOf(zip: ZipFile): Promise<Entry> {
  let entries = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName === content) return entry;
    if (++entries > mostEntries) throw new Error(`it holds more than ${mostEntries} files`);
  }
  throw new Error(`there is no ${content} in it`);
}

/** The sizes stated are held to: the zip's reader ends as soon as there is more than was said. */
async function inflated(zip: ZipFile, entry: Entry): Promise<Uint8Array[]> {
  const { uncompressedSize: size, compressedSize } = entry;
  const isHostile = size > largest || (size > plainlySmall && size > mostCompressed * compressedSize);
  if (isHostile)
    throw new Error(`its ${content} would be ${Math.round(size / 1024 / 1024)} MB, packed into ${compressedSize} bytes`);
  const chunks: Uint8Array[] = [];
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Uint8Array);
  return chunks;
}
