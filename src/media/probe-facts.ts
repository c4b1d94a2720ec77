import { given } from "../model/given.js";
import { wholeFrames } from "./media-times.js";
import type { Packets } from "./probe-packets.js";
import { pixelAspectOf, rotationOf, scanOf, sizeOf } from "./probe-picture.js";
import { isEven, type PictureRate, pictureRate } from "./probe-rate.js";
import { type ProbeReply, type Section, wholeOf } from "./probe-reply.js";
import type { ProbedMedia, ProbeResult } from "./probe-result.js";
import { startTimecode } from "./probe-timecode.js";

/** Which packets must be looked at before the facts are known. `length`: only to count them. */
export type PacketNeed = "none" | "rate" | "length";

export function packetNeed({ format, picture }: ProbeReply): PacketNeed {
  if (picture === undefined || isStill(format, picture)) return "none";
  if (!isEven(picture)) return "rate";
  const hasLength = (picture.whole("nb_frames") ?? 0) > 0 || ownSeconds(picture) !== undefined;
  return hasLength ? "none" : "length";
}

/** The facts in ffprobe's answer. */
export function factsOf(reply: ProbeReply, packets?: Packets): ProbeResult {
  const { picture, sounds, format } = reply;
  // ffprobe takes text for pictures of a terminal.
  if (picture?.text("codec_name") === "ansi") return { failure: "it is text, not media" };
  if (picture === undefined) return sounds.length > 0 ? { facts: soundFacts(reply) } : { failure: whyNothing(reply) };
  const facts = isStill(format, picture) ? stillFacts(picture) : videoFacts(reply, picture, packets);
  return facts.size === undefined ? { failure: "its picture cannot be read: it is cut off or broken" } : { facts };
}

function whyNothing({ streams }: ProbeReply): string {
  const isKnown = streams.some((stream) => stream.text("codec_name") !== undefined);
  return isKnown ? "it holds neither picture nor sound" : "nothing in it can be read: it is cut off or broken";
}

function soundFacts(reply: ProbeReply): ProbedMedia {
  return given({
    kind: "audio" as const,
    variableRate: false,
    rotation: 0 as const,
    startTimecode: startTimecode(reply, undefined),
    timeReference: wholeOf(reply.format.tag("time_reference")),
    seconds: reply.sounds.map(ownSeconds).find((text) => text !== undefined) ?? secondsIn(reply.format),
    audio: audioOf(reply),
  });
}

function stillFacts(picture: Section): ProbedMedia {
  return { kind: "still", variableRate: false, ...shapeOf(picture) };
}

function videoFacts(reply: ProbeReply, picture: Section, packets: Packets | undefined): ProbedMedia {
  const timing = pictureRate(picture, packets);
  return given({
    kind: "video" as const,
    rate: timing.rate,
    variableRate: timing.variable,
    startTimecode: startTimecode(reply, timing.rate),
    duration: durationOf(reply, picture, timing, packets),
    scan: scanOf(picture),
    audio: audioOf(reply),
    ...shapeOf(picture),
  });
}

function shapeOf(picture: Section) {
  const rotation = rotationOf(picture);
  return given({ rotation, size: sizeOf(picture, rotation), pixelAspect: pixelAspectOf(picture, rotation) });
}

const stillBrands = ["heic", "heix", "heim", "heis", "mif1", "avif"];

/** ffprobe gives a still image the rate of a film of such images. */
function isStill(format: Section, picture: Section): boolean {
  const name = format.text("format_name") ?? "";
  if (name === "image2" || name.endsWith("_pipe")) return true;
  return stillBrands.includes(format.tag("major_brand") ?? "") && (picture.whole("nb_frames") ?? 1) <= 1;
}

/**
 * Length in frames. Frames of a variable rate are not equally long, so there only time counts; an edit list may hide
 * frames that `nb_frames` counts.
 */
function durationOf(reply: ProbeReply, picture: Section, timing: PictureRate, packets?: Packets): number | undefined {
  const { rate, variable } = timing;
  const timed = (text: string | undefined) => (text && rate ? wholeFrames(Number(text), rate) : undefined);
  const own = timed(ownSeconds(picture));
  const counted = packets?.complete ? packets.count || undefined : undefined;
  if (variable) return own ?? timed(secondsIn(reply.format));
  const stored = picture.whole("nb_frames") || undefined;
  const shown = stored !== undefined && own !== undefined && stored > own + 1 ? own : stored;
  return counted ?? shown ?? own ?? timed(secondsIn(reply.format));
}

/** Length of one stream, in decimal seconds: Matroska gives it as a tag. */
function ownSeconds(stream: Section): string | undefined {
  return secondsIn(stream) ?? clockSeconds(stream.tag("duration") ?? "");
}

/** `00:01:01.500000000` as `61.500000000`. */
function clockSeconds(text: string): string | undefined {
  const match = /^(\d{2,4}):(\d{2}):(\d{2})(\.\d{1,9})?$/.exec(text);
  if (match === null) return undefined;
  const [hours, minutes, seconds] = [1, 2, 3].map((group) => Number(match[group])) as [number, number, number];
  return `${(hours * 60 + minutes) * 60 + seconds}${match[4] ?? ""}`;
}

function secondsIn(section: Section): string | undefined {
  const text = section.text("duration") ?? "";
  return /^\d{1,9}(\.\d{1,9})?$/.test(text) && Number(text) > 0 ? text : undefined;
}

function audioOf({ sounds }: ProbeReply): ProbedMedia["audio"] {
  const heard = sounds.filter((stream) => (stream.whole("channels") ?? 0) > 0);
  const streams = heard.map((stream) => stream.whole("channels") as number);
  const sampleRate = heard[0]?.whole("sample_rate");
  if (sampleRate === undefined) return undefined;
  return { channels: streams.reduce((sum, channels) => sum + channels, 0), sampleRate, streams };
}
