import { given } from "../model/given.js";
import { durationOf, isLengthOpen, lackOfPictures, ownSeconds, secondsIn } from "./probe-length.js";
import { type Packets, timeBaseOf } from "./probe-packets.js";
import { pixelAspectOf, rotationOf, scanOf, sizeOf } from "./probe-picture.js";
import { isEven, pictureRate } from "./probe-rate.js";
import { type ProbeReply, type Section, wholeOf } from "./probe-reply.js";
import type { ProbedMedia, ProbeResult } from "./probe-result.js";
import { startTimecode } from "./probe-timecode.js";

/** Which packets must be looked at before the facts are known. `length`: only how many there are and how far they reach. */
export type PacketNeed = "none" | "rate" | "length";

export function packetNeed({ format, picture }: ProbeReply): PacketNeed {
  if (picture === undefined || isStill(format, picture) || timeBaseOf(picture) === undefined) return "none";
  if (!isEven(picture)) return "rate";
  return isLengthOpen(format, picture) ? "length" : "none";
}

/** The facts in ffprobe's answer. */
export function factsOf(reply: ProbeReply, packets?: Packets): ProbeResult {
  const { picture, sounds, format } = reply;
  // ffprobe takes text for pictures of a terminal.
  if (picture?.text("codec_name") === "ansi") return { failure: "it is text, not media" };
  if (picture === undefined) return sounds.length > 0 ? { facts: soundFacts(reply) } : { failure: whyNothing(reply) };
  if (isStill(format, picture)) return withPicture(stillFacts(picture));
  const lack = lackOfPictures(reply, picture, pictureRate(picture, packets), packets);
  return lack === undefined ? withPicture(videoFacts(reply, picture, packets)) : { failure: lack };
}

function withPicture(facts: ProbedMedia): ProbeResult {
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
    ...startTimecode(reply, undefined),
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
    ...startTimecode(reply, timing.rate),
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

function audioOf({ sounds }: ProbeReply): ProbedMedia["audio"] {
  const heard = sounds.filter((stream) => (stream.whole("channels") ?? 0) > 0);
  const streams = heard.map((stream) => stream.whole("channels") as number);
  const sampleRate = heard[0]?.whole("sample_rate");
  if (sampleRate === undefined) return undefined;
  return { channels: streams.reduce((sum, channels) => sum + channels, 0), sampleRate, streams };
}
