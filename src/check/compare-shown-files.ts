import type { ReadMedia } from "../read/reading.js";
import { oneLine } from "../text.js";
import type { Compared, ComparedClip } from "./compared.js";
import type { Values } from "./difference.js";
import { isNoReel, named } from "./items.js";

/**
 * Whether two clips show the same file, as far as both files say it. Paths differ from computer to computer, so that names
 * count; of an original and its proxy one is enough. Edit lists know names and reels.
 */
export function compareShownFiles(here: ComparedClip, there: ComparedClip, a: Compared, b: Compared): Values | undefined {
  return differentNames(here, there, a, b) ?? differentReels(here, there);
}

function differentNames(here: ComparedClip, there: ComparedClip, a: Compared, b: Compared): Values | undefined {
  const [ours, theirs] = [fileNames(here, b), fileNames(there, a)];
  const [first, other] = [ours[0], theirs[0]];
  if (first === undefined || other === undefined) return undefined;
  const isList = a.format === "edl" || b.format === "edl";
  const same = isList
    ? haveCommon([...ours, ...clipNames(here)].map(stem), [...theirs, ...clipNames(there)].map(stem))
    : haveCommon(ours.map(folded), theirs.map(folded));
  return same
    ? undefined
    : { rule: "file-differs", verb: "shows the file", here: named({ name: first }), there: named({ name: other }) };
}

/** Names of the files a clip may be shown from, the one it is first. */
function fileNames({ media }: ComparedClip, { format }: Compared): string[] {
  const names = (media?.files ?? []).flatMap(({ url }) => baseNames(url)).filter((name) => name !== "");
  return format === "edl" ? [media?.name ?? "", ...names].filter(isFileName) : names;
}

/** What else may be the file's name where one of the two is an edit list, which has no paths. */
function clipNames({ clip, media }: ComparedClip): string[] {
  return [clip.name, media?.name ?? ""].filter((name) => name !== "");
}

/** A name with an extension, in which there is a letter: "take 1.02" has none. */
function isFileName(name: string): boolean {
  return /\.(?=\d*[a-z])[a-z0-9]{2,5}$/i.test(name);
}

/** The last part of a URL or path: escaped or not, no scheme tells for certain. */
function baseNames(url: string): string[] {
  const path = /^https?:/i.test(url) ? url.replace(/[?#].*$/s, "") : url;
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  try {
    return [...new Set([decodeURIComponent(name), name])];
  } catch {
    return [name];
  }
}

/** Edit lists come in capitals from some programs, and no drive tells `A.MOV` from `a.mov` for certain. */
function folded(name: string): string {
  return oneLine(name).normalize("NFC").toLowerCase();
}

function stem(name: string): string {
  return folded(name).replace(/\.[^.]*$/, "");
}

function haveCommon(a: readonly string[], b: readonly string[]): boolean {
  return a.some((one) => b.includes(one));
}

function differentReels({ media: here }: ComparedClip, { media: there }: ComparedClip): Values | undefined {
  const [ours, theirs] = [reelOf(here), reelOf(there)];
  if (ours === "" || theirs === "" || agree(ours, theirs)) return undefined;
  if ([...stemsOf(here), ...stemsOf(there)].some((name) => isMadeOf(ours, name) || isMadeOf(theirs, name))) return undefined;
  return { rule: "reel-differs", verb: "is on the reel", here: reelText(here), there: reelText(there) };
}

function reelText(media: ReadMedia | undefined): string {
  return named({ name: media?.reel ?? "" });
}

/** Lists cut reels, and leave out what is neither letter nor digit. */
function reelOf(media: ReadMedia | undefined): string {
  const reel = media?.reel ?? "";
  return isNoReel(reel) ? "" : letters(reel);
}

function letters(text: string): string {
  return text
    .normalize("NFKD")
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "");
}

function agree(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a);
}

function stemsOf(media: ReadMedia | undefined): string[] {
  const names = [media?.name ?? "", ...(media?.files ?? []).flatMap(({ url }) => baseNames(url))];
  return names.map((name) => letters(stem(name))).filter((name) => name !== "");
}

/** A list without a tape's name makes reels of the file's, whole or its beginning and a number. */
function isMadeOf(reel: string, name: string): boolean {
  return agree(reel, name) || reel.slice(0, 4) === name.slice(0, 4);
}
