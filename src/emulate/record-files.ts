import { type Dirent, existsSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { FacecutError, osReason } from "../errors.js";
import { readFileBytes } from "../read-file.js";
import { compareCodePoints, decodeUtf8 } from "../text.js";

/** Names in a folder, in a stable order. Throws `no-input`. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await entriesIn(folder)).map(({ name }) => name);
}

/** Names of the folders in a folder, links to folders included; none when it does not exist. Throws `no-input`. */
export async function foldersIn(folder: string): Promise<string[]> {
  const entries = existsSync(folder) ? await entriesIn(folder) : [];
  const isFolder = (entry: Dirent) =>
    entry.isDirectory() || (entry.isSymbolicLink() && statSync(join(folder, entry.name)).isDirectory());
  return entries.filter(isFolder).map(({ name }) => name);
}

async function entriesIn(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  return entries.filter(({ name }) => !name.startsWith(".")).sort((a, b) => compareCodePoints(a.name, b.name));
}

/** Paths of the files `page-<number>.json` of a folder, by number; none when it does not exist. Throws `no-input`. */
export async function pagesIn(folder: string): Promise<string[]> {
  const names = existsSync(folder) ? await namesIn(folder) : [];
  const pages = names.flatMap((name) => {
    const number = /^page-(\d+)\.json$/i.exec(name)?.[1];
    return number === undefined ? [] : [{ number: Number(number), path: join(folder, name) }];
  });
  return pages.sort((a, b) => a.number - b.number).map(({ path }) => path);
}

/** A file's text, which is a JSON object. Throws `no-input` or `not-json`. */
export async function readJsonObject(path: string): Promise<string> {
  const bytes = await readFileBytes(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const text = decodeUtf8(bytes);
  if (text === undefined || !isObjectText(text)) throw notJson(path);
  return text;
}

// The engine's own message would quote the file, which may hold signed URLs.
function isObjectText(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function unreadable(where: string, error: unknown): FacecutError {
  return new FacecutError("no-input", {
    what: `The record cannot be read: ${osReason(error)}`,
    where,
    cure: "Give the folder that facecut search wrote, or one of the same shape",
  });
}

function notJson(where: string): FacecutError {
  return new FacecutError("not-json", {
    what: "A reply of the record is not a JSON object",
    where,
    cure: "Put the JSON body of the reply there, as UTF-8, or search again",
  });
}
