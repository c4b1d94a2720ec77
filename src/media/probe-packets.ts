import { type Fraction, fraction } from "../time/fraction.js";
import type { Section } from "./probe-reply.js";

/** When the frames of a picture stream are shown. */
export interface Packets {
  /** In units of `timeBase` seconds, ascending; frames without a time are left out. */
  readonly times: readonly bigint[];
  readonly timeBase: Fraction;
  /** Frames listed, with or without a time. */
  readonly count: number;
  /** False when only the beginning of the file was read. */
  readonly complete: boolean;
}

/** What to ask ffprobe for; {@link readPackets} reads the answer. */
export const packetEntries = ["-show_entries", "packet=pts,flags", "-of", "csv=p=0"];

/** Seconds of one unit of a stream's times; undefined where the stream has none. */
export function timeBaseOf(picture: Section): Fraction | undefined {
  const [, num = "0", den = "0"] = /^(\d{1,9})\/(\d{1,9})$/.exec(picture.text("time_base") ?? "") ?? [];
  return Number(num) === 0 || Number(den) === 0 ? undefined : fraction(BigInt(num), BigInt(den));
}

/** Reads lines such as `512,K__`. Packets that an edit list hides (flag `D`) are shown by no player. */
export function readPackets(lines: string, picture: Section, complete: boolean): Packets | undefined {
  const timeBase = timeBaseOf(picture);
  if (timeBase === undefined) return undefined;
  const shown = [...lines.matchAll(/^(-?\d+|N\/A),([^D\r\n]*)\r?$/gm)].map((match) => match[1] as string);
  const times = shown.filter((time) => time !== "N/A").map(BigInt);
  return {
    times: times.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
    timeBase,
    count: shown.length,
    complete,
  };
}
