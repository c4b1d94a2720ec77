import { readdir, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { resolve } from "node:path";
import { discard, isRunning, unfinished } from "./temporaries.js";

/** Who writes into a folder: a process of a machine, and the file that says so. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly path: string;
}

const lockName = /^\.facecut-(\d+)-(.+)\.lock$/;
const host = encodeURIComponent(hostname()).slice(0, 100);

/**
 * Marks a folder that is there as written into by this process, until `unlockFolder`. The answer is another process that
 * does so, or this one, and then nothing is marked. The file is made first and looked around after, so that of two that
 * come at once never both go on. What a killed process left hinders nobody; of another machine's processes nobody here
 * knows. Throws what the file system says.
 */
export async function lockFolder(folder: string): Promise<Holder | undefined> {
  const own = { pid: process.pid, host, path: lockPath(folder) };
  if (unfinished.has(own.path)) return own;
  unfinished.add(own.path);
  await writeFile(own.path, "").catch((error) => {
    // Whatever stands in its place is not ours to take away.
    unfinished.delete(own.path);
    throw error;
  });
  try {
    const other = await otherHolder(folder, own.path);
    if (other !== undefined) await unlockFolder(folder);
    return other;
  } catch (error) {
    await unlockFolder(folder);
    throw error;
  }
}

/** Somebody else who writes into the folder; the marks of those who are gone are taken away. A folder is no mark. */
async function otherHolder(folder: string, ownPath: string): Promise<Holder | undefined> {
  const files = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile());
  const holders = files.flatMap(({ name }) => holderOf(folder, name)).filter(({ path }) => path !== ownPath);
  for (const holder of holders) {
    if (holder.host !== host || isRunning(holder.pid)) return holder;
    await rm(holder.path, { force: true });
  }
  return undefined;
}

/** Takes this process's mark away. */
export async function unlockFolder(folder: string): Promise<void> {
  await discard(lockPath(folder));
}

function lockPath(folder: string): string {
  return resolve(folder, `.facecut-${process.pid}-${host}.lock`);
}

function holderOf(folder: string, name: string): Holder[] {
  const [, pid, of = ""] = lockName.exec(name) ?? [];
  return pid === undefined ? [] : [{ pid: Number(pid), host: of, path: resolve(folder, name) }];
}
