import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { FacecutError, osReason } from "../errors.js";
import { readFileBytes } from "../read-file.js";
import { compareCodePoints, decodeUtf8 } from "../text.js";

/** What a record folder looks like, for messages. */
export const recordFolderShape =
  "A record folder holds SearchMediaClipByFace/<MediaId>/page-0001.json …: the replies of a face search, a folder per media asset";

/** One file of a record folder: where it is, and its name inside the folder, with `/`. */
export interface RecordFile {
  readonly path: string;
  readonly name: string;
}

/** The pages of one listing, in the order of their numbers. */
export interface Pages {
  /** Folder inside the record folder, with `/`. */
  readonly folder: string;
  readonly files: readonly (RecordFile & { readonly page: number })[];
}

/** Names in the record folder. Throws `no-input` when it is missing, no folder, or may not be read. */
export async function openRecordFolder(folder: string): Promise<readonly string[]> {
  return orNoInput(folder, () => readdir(folder));
}

/** Names of the folders inside a folder of the record, links followed. */
export async function listFolders(root: string, folder: string): Promise<string[]> {
  const path = join(root, folder);
  const entries = await orNoInput(path, () => readdir(path, { withFileTypes: true }));
  const folders: string[] = [];
  for (const entry of entries) {
    const isLink = entry.isSymbolicLink();
    if (entry.isDirectory() || (isLink && (await isFolder(join(path, entry.name))))) folders.push(entry.name);
  }
  return folders.sort(compareCodePoints);
}

async function isFolder(path: string): Promise<boolean> {
  return (await orNoInput(path, () => stat(path))).isDirectory();
}

const pageName = /^page-(\d+)\.json$/i;

/** The files `page-<number>.json` of a folder of the record; other names are ignored. */
export async function listPages(root: string, folder: string): Promise<Pages> {
  const path = join(root, folder);
  const names = await orNoInput(path, () => readdir(path));
  const files = names.flatMap((name) => {
    const number = pageName.exec(name)?.[1];
    return number === undefined ? [] : [{ page: Number(number), path: join(path, name), name: `${folder}/${name}` }];
  });
  return { folder, files: files.sort((a, b) => a.page - b.page || compareCodePoints(a.name, b.name)) };
}

/** All `.json` files beneath a folder of the record; names that begin with a dot are ignored. */
export async function listJsonFiles(root: string, folder: string): Promise<RecordFile[]> {
  const path = join(root, folder);
  const entries = await orNoInput(path, () => readdir(path, { withFileTypes: true }));
  const files: RecordFile[] = [];
  for (const entry of entries) {
    const { name } = entry;
    if (name.startsWith(".")) continue;
    if (entry.isDirectory()) files.push(...(await listJsonFiles(root, `${folder}/${name}`)));
    else if (/\.json$/i.test(name)) files.push({ path: join(path, name), name: `${folder}/${name}` });
  }
  return files.sort((a, b) => compareCodePoints(a.name, b.name));
}

/** The MediaId a folder is named by: percent-encoded UTF-8, or as it is when it is not encoded. */
export function decodeMediaId(folder: string): string {
  try {
    return decodeURIComponent(folder);
  } catch {
    return folder;
  }
}

// Windows and macOS tell no case, Windows refuses device names and final dots; what they would mix up is encoded there too.
const foldsCase = process.platform === "win32" || process.platform === "darwin";

/**
 * The folder name of a MediaId: UTF-8, percent-encoded (upper-case hex) outside `A-Z a-z 0-9 . _ -`, never `.` or `..`.
 * With `careful` (the default on Windows and macOS) also capitals, device names and a final dot are encoded.
 */
export function encodeMediaId(mediaId: string, careful = foldsCase): string {
  const plain = encodeURIComponent(mediaId.replace(/\p{Surrogate}/gu, "\uFFFD")).replace(/[!'()*~]/g, percent);
  if (/^\.{1,2}$/.test(plain)) return plain.replace(/\./g, percent);
  if (!careful) return plain;
  const lower = plain.replace(/%[0-9A-F]{2}|[A-Z]/g, (part) => (part.startsWith("%") ? part : percent(part)));
  return lower
    .replace(/^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/, (name) => percent(name[0] as string) + name.slice(1))
    .replace(/\.$/, percent);
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}

/** The JSON value of a file. Throws `no-input` when it cannot be read, `not-json` when it holds something else. */
export async function readJson(file: RecordFile): Promise<unknown> {
  const bytes = await orNoInput(file.path, () => readFileBytes(file.path));
  const text = decodeUtf8(bytes);
  if (text === undefined) throw notJson(file.path, "is not UTF-8 text");
  if (text.trim() === "") throw notJson(file.path, "is empty");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notJson(whereIn(file.path, text, error), "is not JSON");
  }
}

function notJson(where: string, fault: string): FacecutError {
  return new FacecutError("not-json", {
    what: `A reply of the record ${fault}`,
    where,
    cure: "Put the JSON body of the reply there, as UTF-8, or search again",
  });
}

// The engine's own message quotes the file, which may hold signed URLs; only the place is taken from it.
function whereIn(path: string, text: string, error: unknown): string {
  const message = (error as SyntaxError).message;
  const position = /end of JSON/.test(message) ? text.length : Number(/position (\d+)/.exec(message)?.[1] ?? Number.NaN);
  if (Number.isNaN(position)) return path;
  const before = text.slice(0, position).split("\n");
  return `${path}, line ${before.length}, column ${(before.at(-1) as string).length + 1}`;
}

async function orNoInput<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new FacecutError("no-input", {
      what: `The record cannot be read: ${osReason(error)}`,
      where: path,
      cure: recordFolderShape,
    });
  }
}
