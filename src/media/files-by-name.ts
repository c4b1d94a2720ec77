import { stat } from "node:fs/promises";
import { compareCodePoints } from "../text.js";

/** A file as a folder lists it. */
export interface FileOnDisk {
  readonly name: string;
  /** The way that led to it, absolute. */
  readonly path: string;
  /** The path without links. */
  readonly real: string;
  /** The name is that of a link. */
  readonly isLink: boolean;
}

/**
 * The one file a name stands for; `otherExtension` when only the extension differs. Two or more that it could be, by
 * path. Undefined: there is none.
 */
export type Found =
  | { readonly path: string; readonly otherExtension: boolean }
  | { readonly candidates: readonly string[] }
  | undefined;

/** The files behind one key: path by identity. */
type Group = Map<string, string>;
type Groups = Map<string, Group>;

/**
 * A look-up of files by name. The name itself comes first, its capitals set aside second, another extension third;
 * composed and decomposed characters are one (macOS hands out either). Whatever is found twice is never guessed at.
 */
export async function filesByName(files: readonly FileOnDisk[]): Promise<(fileName: string) => Found> {
  const identities = await identitiesOf(files);
  const [exact, folded, stems]: [Groups, Groups, Groups] = [new Map(), new Map(), new Map()];
  for (const { name, path, real } of [...files].sort(realFirst)) {
    const identity = identities.get(real) ?? real;
    put(exact, name.normalize("NFC"), identity, path);
    put(folded, fold(name), identity, path);
    if (isPicture(name)) put(stems, fold(stem(name)), identity, path);
  }
  return (fileName) =>
    foundIn(exact.get(fileName.normalize("NFC")), false) ??
    foundIn(folded.get(fold(fileName)), false) ??
    foundIn(stems.get(fold(stem(fileName))), true);
}

// Of two ways to one file the one that is no link is kept, then the first by path.
function realFirst(a: FileOnDisk, b: FileOnDisk): number {
  return Number(a.isLink) - Number(b.isLink) || compareCodePoints(a.path, b.path);
}

function put(groups: Groups, key: string, identity: string, path: string): void {
  const group = groups.get(key) ?? new Map<string, string>();
  if (!group.has(identity)) group.set(identity, path);
  groups.set(key, group);
}

function foundIn(group: Group | undefined, otherExtension: boolean): Found {
  if (group === undefined) return undefined;
  const [path, ...others] = group.values();
  if (others.length === 0) return { path: path as string, otherExtension };
  return { candidates: [...group.values()].sort(compareCodePoints) };
}

function fold(name: string): string {
  return name.normalize("NFC").toLowerCase().normalize("NFC");
}

// Only a file with pictures may stand in for another: beside a camera's file lie its sound, subtitles and notes under
// the same name. In a name such as `take 1.2` nothing is an extension.
const pictureExtension =
  /(?<=.)\.(3g2|3gp|asf|avi|braw|dv|f4v|flv|gxf|m2t|m2ts|m2v|m4v|mkv|mov|mp4|mpeg|mpg|mts|mxf|ogv|r3d|rm|rmvb|ts|vob|webm|wmv)$/is;

function isPicture(name: string): boolean {
  return pictureExtension.test(name);
}

function stem(name: string): string {
  return name.replace(pictureExtension, "");
}

/**
 * By real path, what tells whether two real paths are one file (hard links, folders mounted twice). Asked only where
 * files share a name: a question to the disk for each file would take longer than all the rest.
 */
async function identitiesOf(files: readonly FileOnDisk[]): Promise<Map<string, string>> {
  const pathsByName = new Map<string, Set<string>>();
  for (const { name, real } of files) {
    const key = fold(name);
    pathsByName.set(key, (pathsByName.get(key) ?? new Set()).add(real));
  }
  const shared = new Set([...pathsByName.values()].filter((paths) => paths.size > 1).flatMap((paths) => [...paths]));
  return new Map(await Promise.all([...shared].map(async (real) => [real, await identityOf(real)] as const)));
}

// Some network file systems give one number to several files: size and time must agree too.
async function identityOf(real: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeNs } = await stat(real, { bigint: true });
    return ino === 0n ? real : [dev, ino, size, mtimeNs].join(" ");
  } catch {
    return real;
  }
}
