import type { MediaFacts, Size } from "../model/media.js";
import type { Plan, PlannedMedia } from "../model/timeline.js";
import { type Counting, type FrameRate, frameRate, isWholeOrNtsc } from "../time/frame-rate.js";
import { rescaleCeil } from "../time/rescale.js";
import { framesPerDay, timecodeOf } from "../time/timecode.js";
import { pictureCharacteristics, rate, soundCharacteristics } from "./fcp7-xml-characteristics.js";
import { element, textElement } from "./xml.js";

/** The timecode of a first frame: frame number `frame` from midnight, its label, and perhaps the reel it is of. */
export function timecode(depth: number, frame: number, speed: FrameRate, counting: Counting, reel?: string): string {
  const children = [
    rate(depth + 1, speed),
    textElement(depth + 1, "string", timecodeOf(frame, counting)),
    textElement(depth + 1, "frame", frame),
    textElement(depth + 1, "displayformat", counting.dropped > 0 ? "DF" : "NDF"),
    reel === undefined ? "" : element(depth + 1, "reel", {}, textElement(depth + 2, "name", reel)),
  ];
  return element(depth, "timecode", {}, children.join(""));
}

/** The media files of a document: described in full where first used, and by id alone from then on. */
export class Files {
  readonly #planned: ReadonlyMap<string, { readonly planned: PlannedMedia; readonly number: number }>;
  readonly #described = new Set<string>();
  /** For media of unknown size. */
  readonly #likelySize: Size;

  constructor(plan: Plan) {
    this.#planned = new Map(plan.media.map((planned, index) => [planned.media.mediaId, { planned, number: index + 1 }]));
    this.#likelySize = plan.timelines[0]?.size as Size;
  }

  /** Premiere groups the clips of one file by this. */
  masterClipId({ mediaId }: MediaFacts): string {
    return `masterclip-${this.#entry(mediaId).number}`;
  }

  /** Media frames the file has. */
  extentOf({ mediaId }: MediaFacts): number {
    return this.#entry(mediaId).planned.extent;
  }

  // Resolve silently drops clips whose file is described twice.
  element(depth: number, { mediaId }: MediaFacts): string {
    const { planned, number } = this.#entry(mediaId);
    const id = `file-${number}`;
    if (this.#described.has(mediaId)) return element(depth, "file", { id });
    this.#described.add(mediaId);
    return element(depth, "file", { id }, this.#description(depth + 1, planned));
  }

  #description(depth: number, { media, extent }: PlannedMedia): string {
    const speed = declaredRate(media);
    // Up, so that a clip that reaches to the media's end is inside the file in the declared frames too.
    const declared = (frames: number) => rescaleCeil(frames, media.rate, speed);
    const start = declared(media.start) % framesPerDay(media.counting);
    const picture = pictureCharacteristics(depth + 2, speed, media.size ?? this.#likelySize, media);
    return [
      textElement(depth, "name", media.fileName),
      textElement(depth, "pathurl", pathUrl(media.url)),
      rate(depth, speed),
      textElement(depth, "duration", declared(extent)),
      timecode(depth, start, speed, media.counting, media.reel),
      element(depth, "media", {}, element(depth + 1, "video", {}, picture) + sounds(depth + 1, media)),
    ].join("");
  }

  #entry(mediaId: string) {
    return this.#planned.get(mediaId) as { planned: PlannedMedia; number: number };
  }
}

/** The media's own rate, or the nearest whole one for a rate that timebase and flag cannot spell, such as 12.5. */
function declaredRate({ rate }: MediaFacts): FrameRate {
  return isWholeOrNtsc(rate) ? rate : frameRate(rate.nominal, 1);
}

/**
 * An element for each stream. Where there are several, its channels count on over the whole file, as Premiere writes
 * files of several mono streams; the track indexes of clipitems count the same channels.
 */
function sounds(depth: number, { audio }: MediaFacts): string {
  if (audio === undefined) return "";
  const { streams, sampleRate } = audio;
  let before = 0;
  return streams
    .map((channels) => {
      const numbers = streams.length === 1 ? [] : Array.from({ length: channels }, (_, i) => before + i + 1);
      before += channels;
      return sound(depth, channels, sampleRate, numbers);
    })
    .join("");
}

function sound(depth: number, channels: number, sampleRate: number, numbers: readonly number[]): string {
  const children = [
    soundCharacteristics(depth + 1, sampleRate),
    textElement(depth + 1, "channelcount", channels),
    ...numbers.map((number) => element(depth + 1, "audiochannel", {}, textElement(depth + 2, "sourcechannel", number))),
  ];
  return element(depth, "audio", {}, children.join(""));
}

/**
 * `file:///C:/a.mov` as Premiere writes it: `file://localhost/C%3a/a.mov`. Files on a server (`file://server/…`) and
 * other URLs stay as they are.
 */
function pathUrl(url: string): string {
  const local = /^file:\/\/(?:localhost)?\/(?:([a-z]):(?=\/))?/i;
  return url.replace(local, (_, drive?: string) => `file://localhost/${drive ? `${drive}%3a` : ""}`);
}
