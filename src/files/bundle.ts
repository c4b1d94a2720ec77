import { createReadStream } from "node:fs";
import { mkdir, open, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FacecutError, osReason } from "../errors.js";
import { ZipWriter } from "./zip.js";

/** What a bundle holds besides its timeline: media files by their names in it. */
export interface BundleContent {
  readonly kind: "zip" | "folder";
  readonly media: readonly { readonly name: string; readonly url: string }[];
}

/** Name of the timeline in a bundle. */
export const bundledTimeline = "content.otio";
// OpenTimelineIO after 0.18 refuses a folder without this file ("missing a version file").
const version = { name: "version.txt", text: "1.0.0\n" };

/** Writes a bundle under a path that nothing has. Throws `cannot-write`, also when a media file cannot be read. */
export async function writeBundle(path: string, timeline: Iterable<string>, { kind, media }: BundleContent): Promise<void> {
  const sources = await Promise.all(media.map(async ({ name, url }) => ({ name, ...(await sourceOf(url)) })));
  if (kind === "folder") await writeFolder(path, timeline, sources);
  else await writeZip(path, timeline, sources);
}

interface Source {
  readonly name: string;
  readonly path: string;
  readonly size: number;
}

async function sourceOf(url: string): Promise<Omit<Source, "name">> {
  const path = fileURLToPath(url);
  const { size } = await stat(path).catch((error: unknown) => {
    throw unreadable(path, osReason(error));
  });
  return { path, size };
}

async function writeFolder(path: string, timeline: Iterable<string>, media: readonly Source[]): Promise<void> {
  await mkdir(join(path, "media"), { recursive: true });
  await writeFile(join(path, bundledTimeline), encoded(timeline));
  await writeFile(join(path, version.name), encoded([version.text]));
  for (const source of media) await writeFile(join(path, source.name), mediaBytes(source));
}

async function writeFile(path: string, chunks: Bytes): Promise<void> {
  const file = await open(path, "wx");
  try {
    for await (const chunk of chunks) await file.writeFile(chunk);
  } finally {
    await file.close();
  }
}

type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

const large = 0xf0000000;

async function writeZip(path: string, timeline: Iterable<string>, media: readonly Source[]): Promise<void> {
  const file = await open(path, "wx");
  try {
    const zip = new ZipWriter(file);
    await zip.add(bundledTimeline, encoded(timeline), false);
    await zip.add(version.name, encoded([version.text]), false);
    for (const source of media) await zip.add(source.name, mediaBytes(source), source.size >= large);
    await zip.end();
  } finally {
    await file.close();
  }
}

const batchLength = 1 << 20;

function* encoded(chunks: Iterable<string>): Generator<Uint8Array> {
  let batch = "";
  for (const chunk of chunks) {
    batch += chunk;
    if (batch.length < batchLength) continue;
    yield Buffer.from(batch);
    batch = "";
  }
  yield Buffer.from(batch);
}

/** All bytes of a media file, which must not become more or fewer meanwhile. */
async function* mediaBytes({ path, size }: Source): AsyncGenerator<Uint8Array> {
  let length = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: batchLength })) {
      length += (chunk as Uint8Array).length;
      yield chunk as Uint8Array;
    }
  } catch (error) {
    throw unreadable(path, osReason(error));
  }
  if (length !== size) throw unreadable(path, "it changed while it was copied");
}

function unreadable(path: string, reason: string): FacecutError {
  return new FacecutError("cannot-write", {
    what: `A media file cannot be copied into the bundle: ${reason}`,
    where: path,
    cure: "Make the file readable, or take --format otio, which points to the media where they are",
  });
}
