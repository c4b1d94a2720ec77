import { constants, rmSync } from "node:fs";
import { access, type FileHandle, mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { FacecutError, osReason } from "./errors.js";

/** A file to write: its name inside a folder, and its text piece by piece. */
export interface TextFile {
  readonly name: string;
  readonly chunks: Iterable<string>;
}

/**
 * Files appear whole or not at all: each is written under a temporary name in its own folder, and all are renamed
 * once every one is complete.
 */
export async function writeFiles(folder: string, files: readonly TextFile[]): Promise<void> {
  const temporaries = files.map((file) => ({
    temporary: join(folder, `.facecut-${process.pid}-${shortName(file.name)}.tmp`),
    file,
  }));
  try {
    await mkdir(folder, { recursive: true });
    for (const { temporary, file } of temporaries) {
      unfinished.add(temporary);
      await writeChunks(temporary, file.chunks);
    }
    for (const { temporary, file } of temporaries) {
      await rename(temporary, join(folder, file.name));
      unfinished.delete(temporary);
    }
  } catch (error) {
    removeUnfinished();
    throw error instanceof FacecutError || !isSystemError(error) ? error : cannotWrite(folder, error);
  }
}

/** One file, whole or not at all, its folder made where it is missing. Throws what the file system says. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.facecut-${process.pid}-${shortName(path)}.tmp`);
  await mkdir(folder, { recursive: true });
  unfinished.add(temporary);
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
    unfinished.delete(temporary);
  }
}

const temporaryName = /^\.facecut-\d+-.*\.tmp$/;

/** Removes the temporary files that killed runs left anywhere below a folder. */
export async function removeTemporaries(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const left = entries.filter((entry) => entry.isFile() && temporaryName.test(entry.name));
  for (const entry of left) await rm(join(entry.parentPath, entry.name), { force: true });
}

// Two long names may agree in their beginning; the counter keeps their temporary files apart.
let serial = 0;

function shortName(name: string): string {
  return `${++serial}${name.slice(name.lastIndexOf("."))}`;
}

const unfinished = new Set<string>();

/** Removes what an interrupted export left: for signal handlers, hence synchronous. */
export function removeUnfinished(): void {
  for (const path of unfinished) rmSync(path, { force: true });
  unfinished.clear();
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

/** Which of the names exist in the folder already. */
export async function existingFiles(folder: string, names: readonly string[]): Promise<string[]> {
  const found = await Promise.all(names.map(async (name) => ((await exists(join(folder, name))) ? name : undefined)));
  return found.filter((name) => name !== undefined);
}

async function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}

/** Removes files of an earlier export; what is gone already is fine. */
export async function removeFiles(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) await rm(join(folder, name), { force: true });
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).code === "string";
}

function cannotWrite(folder: string, error: NodeJS.ErrnoException): FacecutError {
  return new FacecutError("cannot-write", {
    what: `The output cannot be written: ${osReason(error)}`,
    where: error.path === undefined ? folder : dirname(error.path) === folder ? folder : error.path,
    cure: "Choose another folder with -o, or make room and permission there",
    option: "out",
  });
}
