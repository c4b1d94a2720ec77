import { constants, type Stats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * The bytes of a file. Throws what the file system says, and EFTYPE for a pipe or a device: it may never end, and a read
 * that waits keeps the process from ending too.
 */
export async function readFileBytes(path: string): Promise<Uint8Array> {
  return await opened(path, async (file, stats) => {
    if (isPipeOrDevice(stats)) throw notAFile(path);
    return await file.readFile();
  });
}

/** The same of a file that a person named, in whose place a pipe may stand that somebody writes to (a shell's `<(…)`). */
export async function readNamedFile(path: string): Promise<Uint8Array> {
  return await opened(path, async (file, stats) => {
    const bytes = stats.isFIFO() ? await readPipe(file) : undefined;
    if (bytes?.length === 0 || (bytes === undefined && isPipeOrDevice(stats))) throw notAFile(path);
    return bytes ?? (await file.readFile());
  });
}

/** False for a folder too: of that the file system speaks for itself. */
function isPipeOrDevice(stats: Stats): boolean {
  return !stats.isFile() && !stats.isDirectory();
}

// Windows has no such flag, and no pipes among its files.
const withoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

async function opened<T>(path: string, read: (file: FileHandle, stats: Stats) => Promise<T>): Promise<T> {
  const file = await open(path, withoutWaiting);
  try {
    return await read(file, await file.stat());
  } finally {
    await file.close();
  }
}

/** All that is written into a pipe; nothing where nobody writes. */
async function readPipe(file: FileHandle): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (;;) {
    const buffer = new Uint8Array(1 << 16);
    const length = await file.read(buffer, 0, buffer.length, null).then(({ bytesRead }) => bytesRead, notYet);
    if (length === 0) return Buffer.concat(pieces);
    if (length === undefined) await sleep(pause);
    else pieces.push(buffer.subarray(0, length));
  }
}

/** Milliseconds between two looks into a pipe whose writer is slower. */
const pause = 20;

function notYet(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "EAGAIN") throw error;
}

function notAFile(path: string): Error {
  return Object.assign(new Error("Inappropriate file type or format"), { code: "EFTYPE", path, syscall: "read" });
}
