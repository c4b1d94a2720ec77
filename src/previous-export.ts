import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { formatIds } from "./write/writer.js";
import { writers } from "./write/writers.js";

/**
 * The files an earlier export of the same name wrote, by its own report, so that `--force` can take away the parts
 * this one does not write. Only plain names with an extension facecut writes: a report may have been edited.
 */
export async function previousFiles(folder: string, reportFile: string): Promise<string[]> {
  const files = await readFile(join(folder, reportFile), "utf8").then(listedFiles, () => []);
  return files.filter(isPlainOutput);
}

function listedFiles(text: string): string[] {
  try {
    const { files } = JSON.parse(text) as { files?: unknown };
    return Array.isArray(files) ? files.filter((file) => typeof file === "string") : [];
  } catch {
    return [];
  }
}

function isPlainOutput(name: string): boolean {
  return !/[/\\]/.test(name) && !name.startsWith(".") && formatIds.some((id) => name.endsWith(writers[id].extension));
}
