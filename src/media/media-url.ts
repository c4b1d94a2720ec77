/** URLs of media files: what timelines point to. RFC 3986 for the encoding, RFC 8089 for `file:`. */

/** The text as one segment of a URL's path: UTF-8, percent-encoded except `A-Z a-z 0-9 - . _ ~`. */
export function encodeSegment(text: string): string {
  // encodeURIComponent leaves these five, which some editing programs do not read back unescaped.
  const reserved = /[!'()*]/g;
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\uFFFD")).replace(reserved, percentByte);
}

function percentByte(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** The text behind the percent signs; the text itself when it is not validly encoded (`100%.mp4`). */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export const windowsDrive = /^[a-z]:[\\/]/i;
const windowsShare = /^\\\\[^\\/]/;
const urlStart = /^([a-z][a-z0-9+.-]+):\/\//i;

export function isWindowsPath(path: string): boolean {
  return windowsDrive.test(path) || windowsShare.test(path);
}

/** `file:/a` as `file:///a` (RFC 8089 has both), and Windows' paths without the mark of long ones, `\\\\?\\`. */
export function usualLocation(location: string): string {
  return location
    .replace(/^(file:)\/(?!\/)/i, "$1///")
    .replace(/^\\\\\?\\UNC\\/i, "\\\\")
    .replace(/^\\\\\?\\(?=[a-z]:)/i, "");
}

/** True for a text such as `https://…`; a drive letter is no scheme. */
export function isUrl(text: string): boolean {
  return urlStart.test(text);
}

/** The URL of an absolute path: `file:///media/a%20b.mov`, `file:///C:/a.mov`, `file://server/share/a.mov`. */
export function fileUrl(path: string): string {
  if (windowsShare.test(path)) return `file://${encodePath(path.slice(2).replace(/\\/g, "/"))}`;
  if (windowsDrive.test(path)) return `file:///${path.slice(0, 2)}${encodePath(path.slice(2).replace(/\\/g, "/"))}`;
  return `file://${encodePath(path)}`;
}

function encodePath(path: string): string {
  return path.split("/").map(encodeSegment).join("/");
}

/**
 * A URL spelled in one way: without user, query and fragment, which may hold secrets and hide the file name, and
 * with every path segment decoded (where it is validly encoded) and encoded again. Without a scheme: a path.
 */
export function plainUrl(url: string): string {
  const { scheme, host, segments } = splitUrl(url);
  const path = segments.map((segment) => (/^[a-z]:$/i.test(segment) ? segment : encodeSegment(segment))).join("/");
  if (scheme === "") return path;
  const address = scheme + host.replace(/[^A-Za-z0-9.:[\]_-]+/g, encodeSegment);
  return segments.length === 0 ? address : `${address}/${path}`;
}

function splitUrl(url: string): { scheme: string; host: string; segments: string[] } {
  const scheme = urlStart.exec(url)?.[0] ?? "";
  const [rest] = url.slice(scheme.length).split(/[?#]/, 1) as [string];
  const parts = rest.split("/");
  const host = scheme === "" ? "" : (parts.shift() as string).replace(/^.*@/s, "");
  return { scheme, host, segments: parts.map(decodeSegment) };
}

/** The file name a URL ends in, decoded; undefined when it ends in none. */
export function fileNameInUrl(url: string): string | undefined {
  // A storage key may come with its slashes encoded, inside one segment.
  return splitUrl(url).segments.at(-1)?.split("/").at(-1) || undefined;
}

/** The file name a path ends in; undefined when it ends in none. */
export function fileNameInPath(path: string): string | undefined {
  return path.split(isWindowsPath(path) ? /[\\/]/ : "/").at(-1) || undefined;
}

/** The file beneath a folder (path or URL) that the rest of an encoded URL names; it never leads out of the folder. */
export function insideFolder(folder: string, rest: string): string {
  const names = rest.split("/").flatMap((segment) => decodeSegment(segment).split("/"));
  const inside = names.filter((name) => name !== "" && name !== "." && name !== "..");
  const path = (isUrl(folder) ? inside.map(encodeSegment) : inside).join("/");
  return `${folder.replace(/[\\/]+$/, "")}/${path}`;
}

/** Where a path or URL of the media map points, as a URL. */
export function locationUrl(location: string): string {
  return isUrl(location) ? plainUrl(location) : fileUrl(location);
}

/** The file name a path or URL of the media map ends in. */
export function locationName(location: string): string | undefined {
  return isUrl(location) ? fileNameInUrl(location) : fileNameInPath(location);
}
