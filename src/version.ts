import { existsSync, readFileSync } from "node:fs";

/** The version in package.json, which stands beside the built folder in the package. */
export function version(): string {
  return (json(new URL("../package.json", import.meta.url)) as { version: string }).version;
}

/**
 * What whoever helps must know of a copy: `facecut 0.1.0 (commit 9b9f6831a2c4, node v20.20.2, linux x64)`. A plus after the
 * commit says that the code was changed since.
 */
export function versionText(): string {
  const built = commit();
  const parts = [
    ...(built === undefined ? [] : [`commit ${built}`]),
    `node ${process.version}`,
    `${process.platform} ${process.arch}`,
  ];
  return `facecut ${version()} (${parts.join(", ")})`;
}

/** The same for a calling program: one JSON object, without a commit where none is known. */
export function versionJson(): string {
  return JSON.stringify({ version: version(), commit: commit() });
}

/** A build in a clone leaves its commit beside the code (`scripts/finish-build.mjs`); others know of none. */
function commit(): string | undefined {
  const file = new URL("build.json", import.meta.url);
  return existsSync(file) ? (json(file) as { commit: string }).commit : undefined;
}

function json(file: URL): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
