import type { MediaDoubt, MediaFacts, MediaUse } from "../model/media.js";
import { rateName } from "../time/frame-rate.js";
import { timecodeOf } from "../time/timecode.js";
import { audioSaid, clockSaid, durationSaid, pixelAspectSaid, scanSaid, sizeSaid, type Witness } from "./media-claims.js";
import type { FilesOfMedia, MediaFile } from "./media-file.js";
import type { MediaClock } from "./media-map-row.js";
import { locationName } from "./media-url.js";
import { contradiction } from "./sourced.js";
import { startDoubts } from "./start-doubts.js";

/** What is odd about the files of one asset. */
export function fileDoubts({ original, proxy }: FilesOfMedia, fileName: string, wanted: MediaUse): MediaDoubt[] {
  const seen = wanted === "proxy" || proxy === undefined ? proxy : { ...proxy, unseen: false };
  const doubts = [original, seen].flatMap((file) => (file === undefined ? [] : doubtsOf(file, fileName)));
  return wanted === "proxy" && proxy === undefined ? [...doubts, { code: "no-proxy", detail: fileName }] : doubts;
}

function doubtsOf(file: MediaFile, fileName: string): MediaDoubt[] {
  const { location, exists, unseen, soughtName, probed } = file;
  const why = whyUnreadable(file);
  const doubt = (code: MediaDoubt["code"], detail: string): MediaDoubt[] => [{ code, detail }];
  return [
    ...(exists === false ? doubt("missing-file", location) : []),
    ...(unseen ? doubt("unseen-file", location) : []),
    ...(why === undefined ? [] : doubt("unreadable-file", `${location}: ${why}`)),
    ...(soughtName === undefined ? [] : doubt("other-extension", `${soughtName} found as ${location}`)),
    ...(probed?.variableRate === true ? doubt("variable-rate", locationName(location) ?? fileName) : []),
  ];
}

/** Why a file shows no pictures. */
export function whyUnreadable({ failure, probed }: Pick<MediaFile, "failure" | "probed">): string | undefined {
  return failure ?? (probed?.kind === "audio" ? "it holds sound alone" : undefined);
}

/** Facts of which the sources disagree. Values below a second's length or the same in other words do not. */
export function contradictions(witness: Witness, clock: MediaClock, facts: MediaFacts): MediaDoubt[] {
  const { fileName, rate, counting } = facts;
  const second = rate.nominal;
  return [
    ...contradiction(fileName, clockSaid(witness, undefined), {
      code: "rate-differs",
      same: (a, b) => a.rate.num === b.rate.num && a.rate.den === b.rate.den,
      show: (said) => rateName(said.rate),
    }),
    ...startDoubts(witness, clock, facts),
    ...contradiction(fileName, durationSaid(witness, clock), {
      code: "length-differs",
      same: (a, b) => Math.abs(a - b) <= second,
      show: (frames) => timecodeOf(frames, counting),
    }),
    // A proxy is smaller: that is what it is for.
    ...contradiction(fileName, sizeSaid({ ...witness, proxy: undefined }), {
      code: "size-differs",
      same: (a, b) => a.width === b.width && a.height === b.height,
      show: ({ width, height }) => `${width}x${height}`,
    }),
    ...contradiction(fileName, pixelAspectSaid(witness), {
      code: "pixel-aspect-differs",
      same: (a, b) => a.num * b.den === b.num * a.den,
      show: ({ num, den }) => `${num}:${den}`,
    }),
    ...contradiction(fileName, scanSaid(witness), { code: "scan-differs", same: (a, b) => a === b, show: (scan) => scan }),
    ...contradiction(fileName, audioSaid(witness), {
      code: "sound-differs",
      same: (a, b) => a.channels === b.channels,
      show: ({ channels, streams }) => (channels === 0 ? "none" : streams.join("+")),
    }),
  ];
}
