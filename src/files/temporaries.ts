import { rmSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/** Files of this process that must not outlive it: temporary ones that have not become whole ones yet, and locks. */
export const unfinished = new Set<string>();

// Two long names may agree in their beginning; the counter keeps their temporary files apart.
let serial = 0;

/** A path in the same folder, which nothing else has. */
export function temporaryFor(path: string): string {
  return resolve(dirname(path), `.facecut-${process.pid}-${++serial}${path.slice(path.lastIndexOf("."))}.tmp`);
}

const temporaryName = /^\.facecut-(\d+)-.*\.tmp$/;

/** Takes a temporary file away that has not become a whole one. */
export async function discard(temporary: string): Promise<void> {
  if (!unfinished.has(temporary)) return;
  await rm(temporary, { recursive: true, force: true });
  unfinished.delete(temporary);
}

/** Removes what an interrupted run left: for signal handlers, hence synchronous. */
export function removeUnfinished(): void {
  for (const path of unfinished) rmSync(path, { recursive: true, force: true });
  unfinished.clear();
}

/** Removes the temporary files that killed runs left in a folder, or anywhere `below` it too; never a running one's. */
export async function removeTemporaries(folder: string, { below }: { readonly below: boolean }): Promise<void> {
  const entries = await readdir(folder, { recursive: below, withFileTypes: true });
  for (const entry of entries) {
    const path = resolve(entry.parentPath, entry.name);
    const isOurs = entry.isFile() || entry.isDirectory();
    if (isOurs && isLeftBehind(path, entry.name)) await rm(path, { recursive: true, force: true });
  }
}

/** True for a temporary file whose process has ended. Process ids come again: an earlier run may have had ours. */
function isLeftBehind(path: string, name: string): boolean {
  const pid = temporaryName.exec(name)?.[1];
  if (pid === undefined) return false;
  return Number(pid) === process.pid ? !unfinished.has(path) : !isRunning(Number(pid));
}

/** True for a process of this machine. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process of another user is running, though it may not be signalled.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
