import type { Timeline } from "../model/timeline.js";
import type { Dialect } from "./dialect.js";
import { metadataNames } from "./quirks/otio.js";

/** What programs read of a timeline and its tracks that OpenTimelineIO itself has no words for. */

type OtioDialect = Dialect["otio"];

/** Kinds of sound tracks by channels: those two that exports of the programs show. */
const kinds: readonly (string | undefined)[] = [undefined, "Mono", "Stereo"];

export function timelineMetadata({ sequenceFormat }: OtioDialect): object {
  return sequenceFormat ? { [metadataNames.links]: { MetadataVersion: "1.0" } } : {};
}

export function stackMetadata({ rate, size }: Timeline, { sequenceFormat }: OtioDialect): object {
  if (!sequenceFormat) return {};
  const format = {
    AudioFrameRate: 48000,
    PixelAspectRatio: { denominator: 1, numerator: 1 },
    VideoFrameRate: rate.num / rate.den,
    VideoResolution: { height: size.height, width: size.width },
  };
  return { [metadataNames.links]: format };
}

/** Of a track whose sounds have these numbers of channels. One whose clips differ says nothing: the program decides. */
export function trackMetadata([channels, ...others]: readonly number[], dialect: OtioDialect): object {
  const kind = others.length === 0 ? kinds[channels ?? 0] : undefined;
  if (kind === undefined) return {};
  const links = { AudioChannels: { ChannelType: kind, NumberOfChannels: channels } };
  return {
    ...(dialect.links !== "ids" ? { [metadataNames.groups]: { "Audio Type": kind } } : {}),
    ...(dialect.sequenceFormat ? { [metadataNames.links]: links } : {}),
  };
}
