import { canDrop, countingOf, type FrameRate } from "../time/frame-rate.js";
import { frameOfLabel, parseTimecode, type TimecodeLabel, timecodeOf } from "../time/timecode.js";
import { rateIn } from "./probe-rate.js";
import type { ProbeReply, Section } from "./probe-reply.js";
import type { ProbedMedia } from "./probe-result.js";

/**
 * The start timecode of a file as a label that exists at its rate: from its timecode track (QuickTime `tmcd`), else
 * from the picture, else from the file as a whole (MXF material package), else from any stream. Without a rate it is
 * the label as embedded. One that is no label, or exists at no frame of the rate, is kept as the file has it.
 */
export function startTimecode(
  reply: ProbeReply,
  rate: FrameRate | undefined,
): Pick<ProbedMedia, "startTimecode" | "unusableTimecode"> {
  const track = reply.streams.find((stream) => stream.text("codec_tag_string") === "tmcd" && isLabel(stream));
  const places = [track, reply.picture, reply.format, ...reply.streams].filter((place) => place !== undefined);
  const text = (places.find(isLabel) ?? places.find((place) => place.tag("timecode") !== undefined))?.tag("timecode");
  if (text === undefined) return {};
  const label = parseTimecode(text);
  if (rate === undefined) return label === undefined ? {} : { startTimecode: asWritten(label) };
  const counted = label && countedAt(label, track && rateIn(track, "avg_frame_rate"), rate);
  const usable = counted && atRate(counted, rate);
  return usable === undefined ? { unusableTimecode: text } : { startTimecode: usable };
}

function isLabel(place: Section): boolean {
  return parseTimecode(place.tag("timecode") ?? "") !== undefined;
}

/**
 * Some cameras count timecode at 30 while the picture runs at 60: frame 29 of the one is frame 58 of the other. Of 30
 * beside 24 a few labels alone fall on a frame.
 */
function countedAt(label: TimecodeLabel, track: FrameRate | undefined, rate: FrameRate): TimecodeLabel | undefined {
  if (track === undefined || track.nominal === rate.nominal) return label;
  const frames = (label.frames * rate.nominal) / track.nominal;
  const isMultiple = rate.nominal % track.nominal === 0 || track.nominal % rate.nominal === 0;
  return isMultiple || Number.isInteger(frames) ? { ...label, frames: Math.floor(frames) } : undefined;
}

function atRate(label: TimecodeLabel, rate: FrameRate): string | undefined {
  if (label.dropFrame && !canDrop(rate)) return undefined;
  const counting = countingOf(rate, label.dropFrame);
  const frame = frameOfLabel(label, counting);
  return frame === undefined ? undefined : timecodeOf(frame, counting);
}

function asWritten({ hours, minutes, seconds, frames, dropFrame }: TimecodeLabel): string {
  const [h, m, s, f] = [hours, minutes, seconds, frames].map((part) => String(part).padStart(2, "0"));
  return `${h}:${m}:${s}${dropFrame ? ";" : ":"}${f}`;
}
