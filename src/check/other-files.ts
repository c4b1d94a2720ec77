import { closeSync, openSync, readSync, statSync } from "node:fs";

/** Files that lie beside timelines and are none: known by their beginning, since their extensions say little. */

/** Extensions of timelines, and of bundles that hold one. */
const timelineName = /\.(otio|otioz|otiod|fcpxml|fcpxmld|edl|xml)$/i;

interface Kind {
  /** As a message names it. */
  readonly what: string;
  readonly begins: RegExp;
}

const kinds: readonly Kind[] = [
  { what: "a conform report", begins: /^\{\s*"version":\s*\d+,\s*"name":[\s\S]*?"files":[\s\S]*?"totals":/ },
  { what: "a log of media (ALE)", begins: /^Heading\s*[\r\n]+FIELD_DELIM\t/ },
  { what: "a list of markers for Media Composer", begins: /^[^\t\r\n]*\t\d\d:\d\d:\d\d[:;]\d\d\t[A-Z]+\d*\t\w+\t/ },
  { what: "a cut log (CSV)", begins: /^number,person,clip,file,source_in,source_out,record_in,/ },
];

/** What a file is that is no timeline; undefined for timelines, and for what nobody knows. */
export function otherKindOf(path: string): string | undefined {
  if (timelineName.test(path)) return undefined;
  const head = headOf(path) ?? "";
  return kinds.find(({ begins }) => begins.test(head))?.what;
}

/** Names of files that are of these kinds: of a folder, nothing else is looked into. */
const otherName = /^[^.].*\.(json|ale|txt|csv)$/i;

/** The same for a file of a folder, by its path and name; undefined for hidden ones, which are nobody's. */
export function otherKindInFolder(path: string, name: string): string | undefined {
  return otherName.test(name) ? otherKindOf(path) : undefined;
}

/** What every timeline has in its beginning, by the format; other JSON has no schema. */
function isMarked(head: string): boolean {
  const text = head.trimStart();
  if (text.startsWith("{")) return text.includes('"OTIO_SCHEMA"');
  return /<(?:!DOCTYPE\s+)?(?:fcpxml|xmeml)\b|^(?:TITLE:|FCM:|\d{3,6}\s)/m.test(text);
}

const formatsRead =
  "OpenTimelineIO (.otio, .otioz, .otiod), FCPXML (.fcpxml, .fcpxmld), Final Cut Pro 7 XML (.xml) or EDL (.edl)";

/** Why a file whose reading failed is no timeline at all; undefined for a broken one, for bundles, and where nobody can look. */
export function whyNoTimeline(path: string): string | undefined {
  const head = /\.(otioz|otiod|fcpxmld)[\\/]*$/i.test(path) ? undefined : headOf(path);
  if (head === undefined || isMarked(head)) return undefined;
  return `The file is no timeline of a format that facecut reads: ${formatsRead}`;
}

/** True for a file without any text, whatever it is called. */
export function isEmptyFile(path: string): boolean {
  return headOf(path)?.trim() === "" && statSync(path).size < headLength;
}

/** Whether a file of a folder is a timeline. Cameras and programs write XML of other kinds; hidden files are nobody's. */
export function isTimelineFile(path: string, name: string): boolean {
  if (name.startsWith(".") || !timelineName.test(name)) return false;
  return !/\.xml$/i.test(name) || /<(fcpxml|xmeml)\b/.test(headOf(path) ?? "");
}

const headLength = 64 * 1024;

/** The beginning of a file, its ASCII as it is in whichever encoding; undefined where it cannot be read, and of a pipe. */
export function headOf(path: string): string | undefined {
  try {
    // To open a pipe waits for somebody who writes to it, and no signal ends that.
    if (!statSync(path).isFile()) return undefined;
    const file = openSync(path, "r");
    try {
      const buffer = Buffer.alloc(headLength);
      return buffer
        .toString("latin1", 0, readSync(file, buffer))
        .replaceAll("\0", "")
        .replace(/^[ï»¿ÿþ]{2,3}/, "");
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}
