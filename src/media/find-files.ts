import { opendir, readdir, realpath, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { FacecutError, osReason } from "../errors.js";
import { compareCodePoints } from "../text.js";
import { type FileOnDisk, type Found, filesByName } from "./files-by-name.js";

export type { Found };

/** The media files beneath some folders. */
export interface FileIndex {
  /** The file of this name (its raw name, without folders); a pure look-up. */
  readonly find: (fileName: string) => Found;
  /** Folders, and links to something, that could not be read, by path. */
  readonly skipped: readonly string[];
}

/** A folder by the way that led to it, and its one real path. */
interface Folder {
  readonly path: string;
  readonly real: string;
}

/** A symbolic link (or a junction), not followed yet. */
interface Link {
  readonly name: string;
  readonly path: string;
}

/**
 * Indexes all files beneath these folders, links followed, hidden files and folders left out. Throws `no-input`
 * for one of the folders that is missing, no folder, or not to be read.
 */
export async function indexFolders(folders: readonly string[]): Promise<FileIndex> {
  const walk = new Walk();
  await walk.beneath(await Promise.all(folders.map(openFolder)));
  return { find: await filesByName(walk.files), skipped: walk.skipped.sort(compareCodePoints) };
}

async function openFolder(folder: string): Promise<Folder> {
  try {
    // The text as it was given: an empty one is no folder, which `resolve` would make the current one.
    const real = await realpath(folder);
    await (await opendir(real)).close();
    return { path: resolve(folder), real };
  } catch (error) {
    throw new FacecutError("no-input", {
      what: `The folder cannot be searched for media: ${osReason(error)}`,
      where: folder,
      cure: "Give the path of a folder that can be read",
      option: "mediaDir",
    });
  }
}

/**
 * Reads folders level by level. Links wait until all that is reached without them has been read, and are followed in
 * the order of their paths: so every real folder is read once, and what is found does not hang on the order in which
 * the file system or the disk answers. Node opens and closes a folder within one task of its thread pool, which bounds
 * the open ones.
 */
class Walk {
  readonly files: FileOnDisk[] = [];
  readonly skipped: string[] = [];
  readonly #seen = new Set<string>();
  #links: Link[] = [];

  async beneath(folders: readonly Folder[]): Promise<void> {
    let level = this.#unseen(folders);
    while (level.length > 0 || this.#links.length > 0) {
      level = this.#unseen(level.length > 0 ? await this.#read(level) : await this.#followLinks());
    }
  }

  #unseen(folders: readonly Folder[]): Folder[] {
    return folders.filter(({ real }) => !this.#seen.has(real) && this.#seen.add(real));
  }

  async #read(level: readonly Folder[]): Promise<Folder[]> {
    const below = await Promise.all(level.map((folder) => this.#list(folder)));
    return below.flat();
  }

  /** Takes up the files and links of one folder; answers the folders in it. */
  async #list({ path, real }: Folder): Promise<Folder[]> {
    const folders: Folder[] = [];
    for (const entry of await this.#entries(path)) {
      if (entry.name.startsWith(".")) continue;
      const inside = { name: entry.name, path: join(path, entry.name), real: join(real, entry.name) };
      if (entry.isDirectory()) folders.push(inside);
      else if (entry.isFile()) this.files.push({ ...inside, isLink: false });
      else if (entry.isSymbolicLink()) this.#links.push(inside);
    }
    return folders;
  }

  async #entries(path: string) {
    try {
      return await readdir(path, { withFileTypes: true });
    } catch (error) {
      this.#skip(path, error);
      return [];
    }
  }

  async #followLinks(): Promise<Folder[]> {
    const links = this.#links.sort((a, b) => compareCodePoints(a.path, b.path));
    this.#links = [];
    const folders = await Promise.all(links.map((link) => this.#follow(link)));
    return folders.filter((folder) => folder !== undefined);
  }

  /** Takes up the file a link leads to; answers the folder. */
  async #follow({ name, path }: Link): Promise<Folder | undefined> {
    try {
      const real = await realpath(path);
      const target = await stat(real);
      if (target.isDirectory()) return { path, real };
      if (target.isFile()) this.files.push({ name, path, real, isLink: true });
    } catch (error) {
      if (!leadsNowhere(error)) this.#skip(path, error);
    }
    return undefined;
  }

  #skip(path: string, error: unknown): void {
    if (!isSystemError(error)) throw error;
    this.skipped.push(path);
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error;
}

/** A link to nothing, or to itself, hides no file. */
function leadsNowhere(error: unknown): boolean {
  return isSystemError(error) && ["ENOENT", "ENOTDIR", "ELOOP"].includes(String(error.code));
}
