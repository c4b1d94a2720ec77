import { canDrop, countingOf, type FrameRate } from "../time/frame-rate.js";
import { frameOfLabel, parseTimecode, type TimecodeLabel, timecodeOf } from "../time/timecode.js";
import { rateIn } from "./probe-rate.js";
import type { ProbeReply, Section } from "./probe-reply.js";

/**
 * The start timecode of a file as a label that exists at its rate: from its timecode track (QuickTime `tmcd`), else
 * from the picture, else from the file as a whole (MXF material package), else from any stream. Without a rate it is
 * the label as embedded.
 */
export function startTimecode(reply: ProbeReply, rate: FrameRate | undefined): string | undefined {
  const track = reply.streams.find((stream) => stream.text("codec_tag_string") === "tmcd" && timecodeIn(stream) !== undefined);
  const places = [track, reply.picture, reply.format, ...reply.streams];
  const label = places.map((place) => place && timecodeIn(place)).find((found) => found !== undefined);
  if (label === undefined) return undefined;
  if (rate === undefined) return asWritten(label);
  return atRate(countedAt(label, track && rateIn(track, "avg_frame_rate"), rate), rate);
}

function timecodeIn(place: Section): TimecodeLabel | undefined {
  return parseTimecode(place.tag("timecode") ?? "");
}

/** Some cameras count timecode at 30 while the picture runs at 60: frame 29 of the one is frame 58 of the other. */
function countedAt(label: TimecodeLabel, track: FrameRate | undefined, rate: FrameRate): TimecodeLabel {
  if (track === undefined || track.nominal === rate.nominal) return label;
  const [more, fewer] = [rate.nominal % track.nominal === 0, track.nominal % rate.nominal === 0];
  if (!more && !fewer) return label;
  return { ...label, frames: Math.floor((label.frames * rate.nominal) / track.nominal) };
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
