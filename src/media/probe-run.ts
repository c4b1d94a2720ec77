import { type ExecFileException, execFile } from "node:child_process";
import { shortened } from "../text.js";
import { endsInZeros, isCutOff, isEmptyAt } from "./probe-cut.js";
import { factsOf, packetNeed } from "./probe-facts.js";
import { type Packets, packetEntries, readPackets } from "./probe-packets.js";
import { type ProbeReply, readReply, type Section } from "./probe-reply.js";
import type { ProbeResult } from "./probe-result.js";

/** What became of one file. A passing failure may be gone at the next try, with the file as it is. */
export type Probed = { readonly result: ProbeResult; readonly passing: boolean };

/** There is no ffprobe that can be run. */
export class NoFfprobe extends Error {}

/** A file to probe, by absolute path, with its size in bytes. */
export interface ProbeTarget {
  readonly path: string;
  readonly bytes: bigint;
}

type Run = { readonly said: string } | { readonly failure: string; readonly passing: boolean };

const deadline = 30_000;
const mostSaid = 16 * 2 ** 20;

/** Runs ffprobe on one file. Throws {@link NoFfprobe}. */
export async function probeFile(ffprobe: string, target: ProbeTarget): Promise<Probed> {
  const asked = await run(ffprobe, target.path, ["-show_streams", "-show_format", "-of", "json"]);
  if ("failure" in asked) return { result: { failure: asked.failure }, passing: asked.passing };
  const reply = parseReply(asked.said);
  if (reply === undefined) return { result: { failure: "ffprobe's answer cannot be read" }, passing: true };
  const loss = await lossOf(ffprobe, target, reply);
  if (loss !== undefined) return { result: { failure: `it is cut off: ${loss}` }, passing: false };
  return { result: factsOf(reply, await packetsOf(ffprobe, target, reply)), passing: false };
}

/** What of the file is not there, though ffprobe read its head. */
async function lossOf(ffprobe: string, target: ProbeTarget, { format, picture }: ProbeReply): Promise<string | undefined> {
  const { path, bytes } = target;
  const [, name] = /^(mov|matroska|mxf)\b/.exec(format.text("format_name") ?? "") ?? [];
  // Whoever gets here could read the file a moment ago; if it is gone now, that shows soon enough.
  if (name !== undefined && (await isCutOff(path, bytes).catch(() => false))) return "its media data end too early";
  if (name !== "mov" || picture === undefined || !(await endsInZeros(path, bytes).catch(() => false))) return undefined;
  return (await isLastPictureEmpty(ffprobe, path, picture)) ? "its end is not written yet" : undefined;
}

/** A file may rightly end in zeros, which are silence; but no picture is made of them, unless it is stored raw. */
async function isLastPictureEmpty(ffprobe: string, path: string, picture: Section): Promise<boolean> {
  if (picture.text("codec_name") === "rawvideo") return false;
  const nearEnd = Math.max(0, Number(picture.text("duration") ?? 0) - 2);
  const interval = ["-select_streams", streamOf(picture), "-read_intervals", `${nearEnd}%`];
  const listed = await run(ffprobe, path, [...interval, "-show_entries", "packet=size,pos", "-of", "csv=p=0"]);
  const packets =
    "said" in listed ? [...listed.said.matchAll(/^(\d+),(\d+)/gm)].map(([, size, at]) => [Number(at), Number(size)]) : [];
  const [at, size] = packets.sort(([a = 0], [b = 0]) => a - b).at(-1) ?? [];
  if (at === undefined || !size) return false;
  return await isEmptyAt(path, at, Math.min(size, mostLooked)).catch(() => false);
}

const mostLooked = 4096;

function streamOf(picture: Section): string {
  return String(picture.whole("index") ?? "v:0");
}

function parseReply(text: string): ProbeReply | undefined {
  try {
    return readReply(JSON.parse(text));
  } catch {
    return undefined;
  }
}

// Listing packets reads the file: small ones wholly, of others the beginning.
const smallFile = 64n * 2n ** 20n;
const firstPackets = ["-read_intervals", "%+#2000"];

async function packetsOf(ffprobe: string, { path, bytes }: ProbeTarget, reply: ProbeReply): Promise<Packets | undefined> {
  const need = packetNeed(reply);
  const complete = bytes <= smallFile;
  if (need === "none" || (need === "length" && !complete)) return undefined;
  const picture = reply.picture as Section;
  const stream = ["-select_streams", streamOf(picture), ...(complete ? [] : firstPackets)];
  const listed = await run(ffprobe, path, [...stream, ...packetEntries]);
  return "said" in listed ? readPackets(listed.said, picture, complete) : undefined;
}

function run(ffprobe: string, path: string, options: readonly string[]): Promise<Run> {
  // `file:` keeps names with a colon or a leading dash from being read as something else. A playlist among the media
  // must not send ffprobe to other hosts, hence the protocol.
  const input = ["-protocol_whitelist", "file", ...literalName(path), "-i", `file:${path}`];
  const settings = { timeout: deadline, killSignal: "SIGKILL", maxBuffer: mostSaid, windowsHide: true } as const;
  return new Promise((resolve, reject) => {
    execFile(ffprobe, ["-v", "error", ...options, ...input], settings, (error, said, complaint) => {
      if (error === null) resolve({ said });
      else if (isMissing(error)) reject(new NoFfprobe());
      else resolve(failureOf(error, complaint, path));
    });
  });
}

// 126 and 127 are what shells and the dynamic linker end with when a program cannot be run or lacks a library. Node
// gives what it has no name for (an executable of another machine) as UNKNOWN.
const cannotRun: ReadonlySet<unknown> = new Set(["ENOENT", "EACCES", "ENOEXEC", "UNKNOWN", 126, 127]);

/** The program could not be started, as against: it ended with an exit status of its own. */
function isMissing({ code }: ExecFileException): boolean {
  return cannotRun.has(code);
}

// Formats ffprobe reads as one file each are not here: gif, heic.
const imageName = /\.(png|jpe?g|jpe|tiff?|bmp|webp|dpx|exr|tga|jp2|j2k|ppm|pgm)$/i;

/** ffprobe takes `%03d` and `?` in an image's name for a pattern, unless told that it is none. */
function literalName(path: string): string[] {
  return /[%*?{[]/.test(path) && imageName.test(path) ? ["-f", "image2", "-pattern_type", "none"] : [];
}

function failureOf(error: ExecFileException, complaint: string, path: string): Run {
  if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return { failure: "ffprobe says too much of it", passing: false };
  if (error.killed) return { failure: `ffprobe did not finish within ${deadline / 1000} seconds`, passing: true };
  if (typeof error.code === "string") return { failure: `ffprobe could not be run: ${error.code}`, passing: true };
  return complaintOf(complaint, path);
}

/** ffprobe's first line is the cause: `[mov,mp4,m4a @ 0x55d] moov atom not found`, `file:/a.mov: Invalid data …`. */
function complaintOf(complaint: string, path: string): Run {
  const lines = complaint.replaceAll(`file:${path}: `, "").split(/\r?\n/);
  const [cause = "it ended without a word"] = lines.map((line) => line.replace(/^\[[^\]]*\] /, "").trim()).filter(Boolean);
  if (/permission denied/i.test(complaint)) return { failure: "permission denied", passing: true };
  if (/moov atom not found|end of file/i.test(cause)) {
    return { failure: `it is cut off, or no media file at all: ${shortened(cause, 100)}`, passing: false };
  }
  if (/^invalid data found/i.test(cause)) return { failure: "it is no media file that ffprobe knows, or broken", passing: false };
  return { failure: `ffprobe cannot read it: ${shortened(cause, 100)}`, passing: !/invalid data/i.test(complaint) };
}
