/**
 * A file URL as the operating system spells the path: `/media/a b.mov`, `C:\media\a b.mov`, `\\server\share\a.mov`.
 * A relative URL becomes a relative path; any other stays as it is.
 */
export function plainPath(url: string): string {
  const [, host, path] = /^file:\/\/([^/]*)(\/.*)$/i.exec(url) ?? [];
  if (path === undefined) return /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : decoded(url);
  const local = decoded(path);
  if (host !== "" && host?.toLowerCase() !== "localhost") return `\\\\${host}${local.replaceAll("/", "\\")}`;
  return /^\/[a-z]:\//i.test(local) ? local.slice(1).replaceAll("/", "\\") : local;
}

// Not validly encoded (`100%.mov`): then it is the name itself.
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
