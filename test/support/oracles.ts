import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * Readers and tools that are not facecut's, against which its files are held. They are not needed to build or use
 * facecut, and take minutes: they are asked with FACECUT_ORACLES=yes, where they are there, and with
 * FACECUT_ORACLES=required, where a missing one fails. Otherwise a test that wants one is skipped and says so.
 *
 * - python: a virtual environment with test/oracles/requirements.txt (OpenTimelineIO, the vendor's API client), in FACECUT_VENV or .cache/oracles/venv
 * - xmllint, ffmpeg: on the PATH
 * - dtd: a folder with Apple's FCPXML definitions, in FACECUT_DTD; never required, because they are Apple's
 */
export type Oracle = "python" | "xmllint" | "ffmpeg" | "dtd";

const { FACECUT_DTD, FACECUT_ORACLES, FACECUT_VENV, PATH = "" } = process.env;

/** Path of an oracle; undefined when it is missing. Throws when it is missing and required. */
export function oracle(name: Oracle): string | undefined {
  if (FACECUT_ORACLES === undefined) return undefined;
  const path = find[name]();
  if (path === undefined && name !== "dtd" && FACECUT_ORACLES === "required") {
    throw new Error(`the oracle ${name} is required (FACECUT_ORACLES) and missing; .ci/run installs it`);
  }
  return path;
}

/** A test title that says why the test is skipped, when it is. */
export function titled(title: string, ...needed: Oracle[]): string {
  const missing = needed.filter((name) => oracle(name) === undefined);
  if (missing.length === 0) return title;
  const why = FACECUT_ORACLES === undefined ? "asked with FACECUT_ORACLES=yes" : `no ${missing.join(", no ")} here`;
  return `${title} (skipped: ${why})`;
}

const find: Record<Oracle, () => string | undefined> = {
  python: () => {
    const venv = FACECUT_VENV ?? join(".cache", "oracles", "venv");
    return [join(venv, "bin", "python"), join(venv, "Scripts", "python.exe")].find(existsSync);
  },
  xmllint: () => onPath("xmllint"),
  ffmpeg: () => onPath("ffmpeg"),
  dtd: () => (FACECUT_DTD !== undefined && existsSync(FACECUT_DTD) ? FACECUT_DTD : undefined),
};

function onPath(command: string): string | undefined {
  const folders = PATH.split(delimiter);
  const names = process.platform === "win32" ? [`${command}.exe`] : [command];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync);
}

/** What test/oracles/read_timelines.py says of a file; its top comment tells what the numbers count. */
export interface Reading {
  readonly path: string;
  readonly timelines?: readonly ReadTimeline[];
  /** What the reader threw. */
  readonly error?: string;
}

export interface ReadTimeline {
  readonly name: string;
  readonly start: number | null;
  readonly rate: string;
  readonly clips: readonly ReadClip[];
  readonly markers: readonly ReadMarker[];
}

export interface ReadClip {
  readonly name: string;
  readonly kind: "Video" | "Audio";
  readonly track: string;
  readonly recordStart: number;
  readonly recordEnd: number;
  readonly sourceStart: number;
  readonly duration: number;
  readonly rate: string;
  readonly availableStart: number | null;
  readonly availableDuration: number | null;
  readonly availableRate: string | null;
  readonly url: string | null;
  readonly sourceLabel?: string;
  readonly reel?: string;
}

export interface ReadMarker {
  readonly frame: number;
  readonly name: string;
  readonly where: "clip" | "timeline";
}

// Ten thousand clips are some megabytes of JSON; the default of one would cut it off.
const maxBuffer = 2 ** 30;

/** Reads many files in one process of the Python readers: starting one takes longer than reading. */
export function readTimelines(python: string, paths: readonly string[]): Reading[] {
  const script = join("test", "oracles", "read_timelines.py");
  // Thousands of paths are too long for a command line.
  const input = paths.join("\n");
  return JSON.parse(execFileSync(python, [script, "-"], { encoding: "utf8", maxBuffer, input })) as Reading[];
}

/** What xmllint has to say against FCPXML files under Apple's definition of their version; nothing when they are valid. */
export function dtdFaults(xmllint: string, dtdFolder: string, paths: readonly string[], version = "1.10"): string {
  const definition = join(dtdFolder, `FCPXMLv${version.replace(".", "_")}.dtd`);
  try {
    execFileSync(xmllint, ["--noout", "--nonet", "--dtdvalid", definition, ...paths], { stdio: ["ignore", "ignore", "pipe"] });
    return "";
  } catch (error) {
    return String((error as { stderr?: unknown }).stderr ?? error);
  }
}
