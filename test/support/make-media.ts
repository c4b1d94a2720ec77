import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A tiny media file: its name, and what ffmpeg is told between the inputs' start and the output's name. */
export interface Recipe {
  readonly name: string;
  readonly args: readonly string[];
}

/** A moving test picture of 64x36 as an input. */
export function picture(rate: string, seconds = 1): string[] {
  return ["-f", "lavfi", "-i", `testsrc=size=64x36:rate=${rate}:duration=${seconds}`];
}

/** A tone as an input; `layout` is ffmpeg's word: mono, stereo, 5.1. */
export function tone(layout = "mono", seconds = 1): string[] {
  return ["-f", "lavfi", "-i", `anullsrc=channel_layout=${layout}:sample_rate=48000:duration=${seconds}`];
}

/** Makes the files in a folder, a few at a time. */
export async function makeMedia(ffmpeg: string, folder: string, recipes: readonly Recipe[]): Promise<void> {
  const left = [...recipes];
  const worker = async () => {
    for (let recipe = left.pop(); recipe !== undefined; recipe = left.pop()) {
      await run(ffmpeg, ["-nostdin", "-v", "error", "-threads", "1", "-y", ...recipe.args, `file:${join(folder, recipe.name)}`]);
    }
  };
  await Promise.all([worker(), worker(), worker()]);
}

const matrices = {
  90: [0, 1, -1, 0],
  180: [-1, 0, 0, -1],
  270: [0, -1, 1, 0],
} as const;

/**
 * Writes the display matrix a phone writes when it is held turned (ISO/IEC 14496-12, `tkhd`): ffmpeg's own option for
 * it changed between versions.
 */
export function turnMovie(path: string, clockwise: keyof typeof matrices): void {
  const bytes = readFileSync(path);
  const matrixAt = bytes.indexOf("tkhd") + 44;
  const [a, b, c, d] = matrices[clockwise];
  [a, b, 0, c, d, 0].forEach((value, i) => {
    bytes.writeInt32BE(value * 0x10000, matrixAt + 4 * i);
  });
  writeFileSync(path, bytes);
}

/** Decodes the first frame as one byte a pixel, turned as players turn it, or as stored. */
export async function firstFrame(ffmpeg: string, path: string, turned: boolean): Promise<Buffer> {
  const input = [...(turned ? [] : ["-noautorotate"]), "-i", `file:${path}`];
  const output = ["-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "gray", "pipe:1"];
  const { stdout } = await run(ffmpeg, ["-nostdin", "-v", "error", ...input, ...output], { encoding: "buffer" });
  return stdout;
}
