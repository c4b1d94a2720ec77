import type { FrameRate } from "../time/frame-rate.js";
import { wholeFrames } from "./media-times.js";
import type { Packets } from "./probe-packets.js";
import { isEven, type PictureRate } from "./probe-rate.js";
import type { ProbeReply, Section } from "./probe-reply.js";

/**
 * Length in frames. Frames of a variable rate are not equally long, so there only time counts; an edit list may hide
 * frames that `nb_frames` counts.
 */
export function durationOf(reply: ProbeReply, picture: Section, timing: PictureRate, packets?: Packets): number | undefined {
  const { rate, variable } = timing;
  const timed = (text: string | undefined) => (text && rate ? wholeFrames(Number(text), rate) : undefined);
  const own = timed(ownSeconds(picture));
  if (variable) return own ?? timed(secondsIn(reply.format));
  const counted = packets?.complete ? packets.count || undefined : undefined;
  const stored = picture.whole("nb_frames") || undefined;
  const shown = stored !== undefined && own !== undefined && stored > own + 1 ? own : stored;
  const trusted = own === undefined || !isEven(picture) || isNear(counted, own, reply.format) ? counted : undefined;
  return trusted ?? shown ?? own ?? timed(secondsIn(reply.format));
}

/** Streams of these are as long as the times in them, of which the first and the last frames may have none. */
const measuredFormats = /^mpeg(ts)?$/;

/** Whether a count of packets is that of frames: where the two fields of each have packets of their own, it is twice that. */
function isNear(counted: number | undefined, own: number, format: Section): boolean {
  if (counted === undefined || !measuredFormats.test(format.text("format_name") ?? "")) return false;
  return own <= counted && 2 * counted < 3 * own;
}

/** Formats whose head says how long the file should be, and whose demuxers stop without a word where it is cut. */
const declaredFormats = /^(matroska|mxf|avi)\b/;

/** Whether that can be told by the packets. */
function declaresLength(format: Section): boolean {
  return declaredFormats.test(format.text("format_name") ?? "");
}

/** Whether packets tell more of the length than the reply does. */
export function isLengthOpen(format: Section, picture: Section): boolean {
  if (declaresLength(format) || measuredFormats.test(format.text("format_name") ?? "")) return true;
  return (picture.whole("nb_frames") ?? 0) === 0 && ownSeconds(picture) === undefined;
}

/** That the pictures end early, in words: by more than a second, or more than a frame and two percent. */
export function lackOfPictures(
  { format }: ProbeReply,
  picture: Section,
  { rate, variable }: PictureRate,
  packets?: Packets,
): string | undefined {
  if (!packets?.complete || packets.count === 0 || rate === undefined || variable || !declaresLength(format)) return undefined;
  const expected = wholeFrames(Number(ownSeconds(picture) ?? 0) - lateStart(format, picture), rate) ?? 0;
  const found = Math.max(packets.count, reach(packets, rate));
  const missing = expected - found;
  if (missing <= rate.nominal && (missing <= 1 || missing * 50 <= expected)) return undefined;
  return `it is cut off: ${found} of its ${expected} pictures are there`;
}

/** Matroska's length of a stream counts from the file's start. */
function lateStart(format: Section, picture: Section): number {
  const start = Number(picture.text("start_time") ?? 0);
  return format.text("format_name")?.startsWith("matroska") && start > 0 ? start : 0;
}

/** The frames from the first to the last: where some in between were dropped, more than are there. */
function reach({ times, timeBase }: Packets, rate: FrameRate): number {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return 0;
  const ticks = (last - first) * timeBase.num * BigInt(rate.num) * 2n + timeBase.den * BigInt(rate.den);
  return Number(ticks / (2n * timeBase.den * BigInt(rate.den))) + 1;
}

/** Length of one stream, in decimal seconds: Matroska gives it as a tag. */
export function ownSeconds(stream: Section): string | undefined {
  return secondsIn(stream) ?? clockSeconds(stream.tag("duration") ?? "");
}

/** `00:01:01.500000000` as `61.500000000`. */
function clockSeconds(text: string): string | undefined {
  const match = /^(\d{2,4}):(\d{2}):(\d{2})(\.\d{1,9})?$/.exec(text);
  if (match === null) return undefined;
  const [hours, minutes, seconds] = [1, 2, 3].map((group) => Number(match[group])) as [number, number, number];
  return `${(hours * 60 + minutes) * 60 + seconds}${match[4] ?? ""}`;
}

export function secondsIn(section: Section): string | undefined {
  const text = section.text("duration") ?? "";
  return /^\d{1,9}(\.\d{1,9})?$/.test(text) && Number(text) > 0 ? text : undefined;
}
