import { execFile, spawn } from "node:child_process";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { type Exact, exact } from "./exact-time.js";

/**
 * Media whose every picture holds a number as black and white blocks, so that a test can see which picture of which
 * file a timeline shows. 24 bits of number, 8 of check sum: a picture that was damaged or mixed is no number.
 */
const across = 8;
const down = 4;
const block = 8;
const width = across * block;
const height = down * block;

/** What ffmpeg is told to make. */
export interface NumberedMedia {
  readonly path: string;
  /** `30000/1001`. */
  readonly rate: string;
  readonly frames: number;
  /** Number of the first picture; the others count on. */
  readonly first: number;
  /** The encoder, and whatever else stands between input and output. */
  readonly encoding: readonly string[];
}

/** Writes a file of numbered pictures. */
export async function makeNumbered(ffmpeg: string, media: NumberedMedia): Promise<void> {
  const input = ["-f", "rawvideo", "-pix_fmt", "gray", "-video_size", `${width}x${height}`, "-framerate", media.rate, "-i", "-"];
  const output = ["-threads", "1", ...media.encoding, `file:${media.path}`];
  const child = spawn(ffmpeg, ["-v", "error", "-y", ...input, ...output], { stdio: ["pipe", "ignore", "inherit"] });
  const ended = new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => (status === 0 ? resolve() : reject(new Error(`ffmpeg ended with ${status}: ${media.path}`))));
  });
  await Promise.all([pipeline(pictures(media), child.stdin), ended]);
}

function* pictures({ first, frames }: NumberedMedia): Generator<Buffer> {
  for (let frame = 0; frame < frames; frame++) yield pictureOf(first + frame);
}

/** A grey picture that holds a number of 24 bits. */
function pictureOf(number: number): Buffer {
  const bits = ((number << 8) | checkSum(number)) >>> 0;
  const picture = Buffer.alloc(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = Math.floor(y / block) * across + Math.floor(x / block);
      picture[y * width + x] = (bits >>> bit) & 1 ? 235 : 16;
    }
  }
  return picture;
}

/** The number a picture holds. Throws when it holds none. */
function numberIn(picture: Buffer): number {
  let bits = 0;
  for (let bit = 0; bit < across * down; bit++) {
    const [x, y] = [(bit % across) * block + block / 2, Math.floor(bit / across) * block + block / 2];
    const level = picture[y * width + x] as number;
    if (level > 80 && level < 170) throw new Error("a picture holds a grey block");
    if (level >= 170) bits |= 1 << bit;
  }
  const number = bits >>> 8;
  if ((bits & 0xff) !== checkSum(number)) throw new Error("a picture's check sum is wrong");
  return number;
}

/** Not zero for zero: a black picture holds no number. */
function checkSum(number: number): number {
  return ((number * 167) ^ (number >>> 8) ^ (number >>> 16) ^ 0xa5) & 0xff;
}

/** A picture of a file: the number it holds, and when it begins to be shown, from the file's first. */
export interface ShownPicture {
  readonly time: Exact;
  readonly number: number;
}

const run = promisify(execFile);
const maxBuffer = 2 ** 28;

/** Every picture of a file in the order of showing: decoded by ffmpeg, timed by what ffprobe says of its packets. */
export async function shownPictures(ffmpeg: string, path: string): Promise<ShownPicture[]> {
  const decode = ["-nostdin", "-v", "error", "-threads", "1", "-i", `file:${path}`, "-fps_mode", "passthrough"];
  const { stdout } = await run(ffmpeg, [...decode, "-f", "rawvideo", "-pix_fmt", "gray", "-"], { encoding: "buffer", maxBuffer });
  const times = await packetTimes(path);
  const size = width * height;
  if (stdout.length !== times.length * size)
    throw new Error(`${path}: ${times.length} packets, ${stdout.length / size} pictures`);
  return times.map((time, i) => ({ time, number: numberIn(stdout.subarray(i * size, (i + 1) * size)) }));
}

async function packetTimes(path: string): Promise<Exact[]> {
  const entries = ["-select_streams", "v:0", "-show_entries", "stream=time_base:packet=pts", "-of", "json"];
  const { stdout } = await run("ffprobe", ["-v", "error", ...entries, `file:${path}`], { maxBuffer });
  const { streams, packets } = JSON.parse(stdout) as { streams: [{ time_base: string }]; packets: { pts: number }[] };
  const { num, den } = exact(streams[0].time_base);
  const ticks = packets.map(({ pts }) => BigInt(pts)).sort((a, b) => (a < b ? -1 : 1));
  return ticks.map((tick) => ({ num: (tick - (ticks[0] as bigint)) * num, den }));
}
