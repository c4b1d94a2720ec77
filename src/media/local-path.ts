import { decodeSegment, isUrl, isWindowsPath, windowsDrive } from "./media-url.js";

/** The path on this computer that a path or URL names; undefined for other hosts and another system's paths. */
export function localPath(location: string): string | undefined {
  const onWindows = process.platform === "win32";
  if (!isUrl(location)) return isWindowsPath(location) === onWindows || onWindows ? location : undefined;
  const [, host, encoded] = /^file:\/\/([^/]*)(\/[^?#]*)$/is.exec(location) ?? [];
  if (encoded === undefined || (host !== "" && host?.toLowerCase() !== "localhost")) return undefined;
  const path = encoded.split("/").map(decodeSegment).join("/");
  const hasDrive = windowsDrive.test(path.slice(1));
  if (hasDrive !== onWindows) return undefined;
  return hasDrive ? path.slice(1) : path;
}
