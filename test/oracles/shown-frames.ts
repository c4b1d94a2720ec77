import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { type Exact, exact, frameOfLabel, isBefore, minus, nearest, sum, timeOf } from "../support/exact-time.js";
import type { ShownPicture } from "../support/frame-numbers.js";
import type { ReadClip, ReadTimeline } from "../support/oracles.js";

/** Which picture of its file a timeline shows, by what other people's readers say of the timeline. */

/** A file, by what ffprobe says of it. */
export interface Media {
  readonly fileName: string;
  readonly rate: Exact;
  /** Its first label as a frame number from midnight, and the label. */
  readonly start: bigint;
  readonly label: string;
  readonly pictures: readonly ShownPicture[];
  /** What its first picture holds. */
  readonly firstNumber: number;
}

export const formats = ["otio", "fcpxml", "edl", "xml"] as const;
export type Format = (typeof formats)[number];

/** The number of the picture that a clip shows `offset` timeline frames after its in-point. */
function numberShown(clip: ReadClip, offset: number, media: Media, timeline: Exact, format: Format): number {
  const time = (format === "edl" ? listTime : fileTime)(clip, offset, media, timeline, format);
  const { pictures, rate, fileName } = media;
  const isInside = time.num >= 0n && isBefore(time, timeOf(BigInt(pictures.length), rate));
  if (!isInside) throw new Error(`${fileName} has no picture at ${time.num}/${time.den} s`);
  return (pictures.findLast((picture) => !isBefore(time, picture.time)) as ShownPicture).number;
}

/** A time from the file's first frame. FCP7 XML counts so; the others count the file's timecode in. */
function fileTime({ sourceStart }: ReadClip, offset: number, media: Media, timeline: Exact, format: Format): Exact {
  const source = timeOf(BigInt(sourceStart), format === "fcpxml" ? media.rate : timeline);
  const fileStart = format === "xml" ? exact("0") : timeOf(media.start, media.rate);
  return sum(sum(source, timeOf(BigInt(offset), timeline)), minus(fileStart));
}

/**
 * A list is conformed by label and frame for frame where both sides count as many frames a second, else by real time.
 * Labels begin again at midnight.
 */
function listTime({ sourceStart, sourceLabel = "" }: ReadClip, offset: number, media: Media, timeline: Exact): Exact {
  const day = (rate: Exact, label: string) => timeOf(frameOfLabel(`24:00:00${label.at(-3)}00`, rate), rate);
  if (nearest(media.rate) === nearest(timeline)) {
    const own = [...sourceLabel].with(-3, media.label.at(-3) as string).join("");
    const played = frameOfLabel(own, media.rate) - media.start + BigInt(offset);
    return fromMidnight(timeOf(played, media.rate), day(media.rate, media.label));
  }
  const real = sum(timeOf(BigInt(sourceStart), timeline), minus(timeOf(media.start, media.rate)));
  return sum(fromMidnight(real, day(timeline, sourceLabel)), timeOf(BigInt(offset), timeline));
}

function fromMidnight(time: Exact, day: Exact): Exact {
  return time.num < 0n ? sum(time, day) : time;
}

export const pictureClips = ({ clips }: ReadTimeline) => clips.filter(({ kind }) => kind === "Video");

/** What a timeline shows on one of its frames: a picture's number, minus that of the file's first. */
export function frameShown(timeline: ReadTimeline, format: Format, frame: number, media: Media): number {
  const clip = pictureClips(timeline).find(({ recordStart, recordEnd }) => recordStart <= frame && frame < recordEnd);
  if (clip === undefined) throw new Error(`${format} shows nothing at ${frame}`);
  const file = clip.url === null ? clip.name : basename(fileURLToPath(clip.url));
  if (file !== media.fileName) throw new Error(`${format} shows ${file} at ${frame}, not ${media.fileName}`);
  return numberShown(clip, frame - clip.recordStart, media, exact(timeline.rate), format) - media.firstNumber;
}

/** Media frames that a shown picture may be before and behind the planned one. */
export type Slack = readonly [early: number, late: number];
export const exactly: Slack = [0, 0];

/**
 * Nothing where each media frame begins with a timeline frame. Else the in-point is exact where the timeline is at
 * least as fast, and less than one timeline frame late otherwise; the rest is within one timeline frame. At the file's
 * end a clip ends with the last timeline frame that lies in the file on every format's grid.
 */
export function slackOf(timeline: Exact, media: Exact): { in: Slack; inside: Slack; end: Slack } {
  const [frame, unit] = [media.num * timeline.den, media.den * timeline.num];
  const spans = (n: bigint) => Number((n * frame + unit - 1n) / unit);
  if (unit % frame === 0n) return { in: exactly, inside: exactly, end: exactly };
  return { in: frame < unit ? exactly : [0, spans(1n) - 1], inside: [-spans(1n), spans(1n)], end: [1 - spans(3n), 0] };
}
