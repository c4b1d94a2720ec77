import { closeSync, openSync, readSync } from "node:fs";
import { type FileHandle, lstat, mkdir, open, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { FacecutError, osReason } from "./errors.js";
import { type BundleContent, writeBundle } from "./files/bundle.js";
import { discard, removeTemporaries, temporaryFor, unfinished } from "./files/temporaries.js";

/** A file to write: its name inside a folder, and its text piece by piece; of a bundle, that of its timeline. */
export interface FileToWrite {
  readonly name: string;
  readonly chunks: Iterable<string>;
  readonly bundle?: BundleContent;
}

/**
 * Files appear whole or not at all: each is written under a temporary name in its own folder, and all are renamed
 * once every one is complete and `check` has found nothing wrong with them; it is given the temporary paths in the
 * order of the files. Throws `cannot-write`, and what `check` throws.
 */
export async function writeFiles(
  folder: string,
  files: readonly FileToWrite[],
  check: (paths: readonly string[]) => void | Promise<void> = () => {},
): Promise<void> {
  const steps = files.map((file) => {
    const path = join(folder, file.name);
    return { ...file, path, temporary: temporaryFor(path) };
  });
  try {
    await makeFolder(folder);
    // Housekeeping: what cannot be swept hinders nobody.
    await removeTemporaries(folder, { below: false }).catch(() => {});
    for (const { temporary, chunks, bundle } of steps) {
      unfinished.add(temporary);
      await (bundle === undefined ? writeChunks(temporary, chunks) : writeBundle(temporary, chunks, bundle));
    }
    await check(steps.map(({ temporary }) => temporary));
    for (const { temporary, path } of steps) await become(temporary, path);
  } catch (error) {
    throw error instanceof FacecutError || !isSystemError(error) ? error : cannotWrite(folder, error);
  } finally {
    for (const { temporary } of steps) await discard(temporary);
  }
}

/** One file, whole or not at all, its folder made where it is missing. Throws what the file system says. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = temporaryFor(path);
  await makeFolder(dirname(path));
  unfinished.add(temporary);
  try {
    await writeFile(temporary, text);
    await become(temporary, path);
  } finally {
    await discard(temporary);
  }
}

/**
 * Makes a folder, and those above it that are missing. Node's own way goes on for ever where a file system makes no
 * folders and says that there is none, as Linux's /proc does. Throws what the file system says.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await makeOne(path);
  } catch (error) {
    const above = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || above === path) throw error;
    await makeFolder(above);
    await makeOne(path);
  }
}

/** Makes a folder in one that is there; somebody else may make it at the same time. */
async function makeOne(path: string): Promise<void> {
  await mkdir(path).catch(async (error: unknown) => {
    if (!(await isFolder(path))) throw error;
  });
}

/** True for anything at this path that can be looked at. */
export async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/** A folder does not take the place of another: that goes aside first. */
async function become(temporary: string, path: string): Promise<void> {
  const isFolder = (await lstat(path).catch(() => undefined))?.isDirectory() ?? false;
  const aside = temporaryFor(path);
  if (isFolder) await rename(path, aside);
  await rename(temporary, path);
  unfinished.delete(temporary);
  if (isFolder) await rm(aside, { recursive: true, force: true });
}

/** The text of a UTF-8 file piece by piece. Throws what the file system says. */
export function* readChunks(path: string): Generator<string> {
  const file = openSync(path, "r");
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    const buffer = Buffer.alloc(batchLength);
    for (let length = readSync(file, buffer); length > 0; length = readSync(file, buffer)) {
      yield decoder.decode(buffer.subarray(0, length), { stream: true });
    }
    yield decoder.decode();
  } finally {
    closeSync(file);
  }
}

const batchLength = 1 << 16;

/** Writes text pieces in batches, waiting for the disk between them. */
async function writeChunks(path: string, chunks: Iterable<string>): Promise<void> {
  const handle = await open(path, "w");
  try {
    await writeBatches(handle, chunks);
  } finally {
    await handle.close();
  }
}

async function writeBatches(handle: FileHandle, chunks: Iterable<string>): Promise<void> {
  let batch: string[] = [];
  let length = 0;
  for (const chunk of chunks) {
    batch.push(chunk);
    length += chunk.length;
    if (length < batchLength) continue;
    await handle.appendFile(batch.join(""));
    batch = [];
    length = 0;
  }
  await handle.appendFile(batch.join(""));
}

/**
 * Which of the files' names are taken in a folder; a link takes its name wherever it leads. Throws `cannot-write` for a
 * name that a folder has, which no file can replace; a bundle that is a folder can.
 */
export async function takenNames(folder: string, files: readonly FileToWrite[]): Promise<string[]> {
  const taken: string[] = [];
  for (const { name, bundle } of files) {
    const path = join(folder, name);
    const entry = await lstat(path).catch(() => undefined);
    if (entry?.isDirectory() && bundle?.kind !== "folder") throw folderInTheWay(path);
    if (entry !== undefined) taken.push(name);
  }
  return taken;
}

/** Removes files of an earlier export, bundles that are folders too; what is gone already is fine. Throws `cannot-write`. */
export async function removeFiles(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await rm(join(folder, name), { recursive: true, force: true }).catch((error) => {
      throw cannotWrite(folder, error);
    });
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).code === "string";
}

function cannotWrite(folder: string, error: NodeJS.ErrnoException): FacecutError {
  return new FacecutError("cannot-write", {
    what: `The output cannot be written: ${osReason(error)}`,
    where: error.path === undefined ? folder : resolve(dirname(error.path)) === resolve(folder) ? folder : error.path,
    cure: "Choose another folder with -o, or make room and permission there",
    option: "out",
  });
}

function folderInTheWay(path: string): FacecutError {
  return new FacecutError("cannot-write", {
    what: "The output cannot be written: a folder has the name of an output file",
    where: path,
    cure: "Move that folder away, or choose another with -o",
    option: "out",
  });
}
