import type { MediaDoubt, MediaFacts, MediaUse } from "../model/media.js";
import { rateName } from "../time/frame-rate.js";
import { timecodeOf } from "../time/timecode.js";
import {
  audioSaid,
  clockSaid,
  durationSaid,
  pixelAspectSaid,
  scanSaid,
  sizeSaid,
  startSaid,
  type Witness,
} from "./media-claims.js";
import type { FilesOfMedia, MediaFile } from "./media-files.js";
import type { MediaClock } from "./media-map-row.js";
import { contradiction } from "./sourced.js";

/** What is odd about the files of one asset. */
export function fileDoubts(files: FilesOfMedia, fileName: string, wanted: MediaUse): MediaDoubt[] {
  const doubts = [files.original, files.proxy].flatMap((file) => (file === undefined ? [] : doubtsOf(file, fileName)));
  return wanted === "proxy" && files.proxy === undefined ? [...doubts, { code: "no-proxy", detail: fileName }] : doubts;
}

function doubtsOf({ location, exists, soughtName, failure, probed }: MediaFile, fileName: string): MediaDoubt[] {
  const why = failure ?? (probed?.kind === "audio" ? "it holds sound alone" : undefined);
  const doubt = (code: MediaDoubt["code"], detail: string): MediaDoubt[] => [{ code, detail }];
  return [
    ...(exists === false ? doubt("missing-file", location) : []),
    ...(why === undefined ? [] : doubt("unreadable-file", `${location}: ${why}`)),
    ...(soughtName === undefined ? [] : doubt("other-extension", `${soughtName} found as ${location}`)),
    ...(probed?.variableRate === true ? doubt("variable-rate", fileName) : []),
  ];
}

/** Facts of which the sources disagree. Values below a second's length or the same in other words do not. */
export function contradictions(witness: Witness, clock: MediaClock, { fileName, rate, counting }: MediaFacts): MediaDoubt[] {
  const second = rate.nominal;
  return [
    ...contradiction(fileName, clockSaid(witness, undefined), {
      code: "rate-differs",
      same: (a, b) => a.rate.num === b.rate.num && a.rate.den === b.rate.den,
      show: (said) => rateName(said.rate),
    }),
    ...contradiction(fileName, startSaid(witness, clock), {
      code: "start-differs",
      same: (a, b) => a.start === b.start && a.counting.dropped === b.counting.dropped,
      show: (said) => timecodeOf(said.start, said.counting),
    }),
    ...contradiction(fileName, durationSaid(witness, clock), {
      code: "length-differs",
      same: (a, b) => Math.abs(a - b) <= second,
      show: (frames) => timecodeOf(frames, counting),
    }),
    ...contradiction(fileName, sizeSaid(witness), {
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
