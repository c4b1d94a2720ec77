import type { MediaFacts, Size } from "../model/media.js";
import type { Plan, PlannedMedia } from "../model/timeline.js";
import { type Counting, type FrameRate, frameRate, isWholeOrNtsc } from "../time/frame-rate.js";
import { rescaleCeil } from "../time/rescale.js";
import { framesPerDay, timecodeOf } from "../time/timecode.js";
import { element, textElement } from "./xml.js";

/** A rate is a whole counting base, and whether it runs slower by the NTSC ratio: 23.976 is 24 with `ntsc`. */
export function rate(depth: number, { nominal, den }: FrameRate): string {
  const children = textElement(depth + 1, "timebase", nominal) + textElement(depth + 1, "ntsc", den === 1 ? "FALSE" : "TRUE");
  return element(depth, "rate", {}, children);
}

/** The timecode of a first frame: frame number `frame` from midnight, and its label. */
export function timecode(depth: number, frame: number, speed: FrameRate, counting: Counting): string {
  const children = [
    rate(depth + 1, speed),
    textElement(depth + 1, "string", timecodeOf(frame, counting)),
    textElement(depth + 1, "frame", frame),
    textElement(depth + 1, "displayformat", counting.dropped > 0 ? "DF" : "NDF"),
  ];
  return element(depth, "timecode", {}, children.join(""));
}

/** Size and shape of the picture. Without it Resolve shows nothing, and Premiere falls back to DV. */
export function pictureCharacteristics(depth: number, speed: FrameRate, { width, height }: Size): string {
  const children = [
    rate(depth + 1, speed),
    textElement(depth + 1, "width", width),
    textElement(depth + 1, "height", height),
    textElement(depth + 1, "anamorphic", "FALSE"),
    textElement(depth + 1, "pixelaspectratio", "square"),
    textElement(depth + 1, "fielddominance", "none"),
    textElement(depth + 1, "colordepth", 24),
  ];
  return element(depth, "samplecharacteristics", {}, children.join(""));
}

export function soundCharacteristics(depth: number, sampleRate: number): string {
  const children = textElement(depth + 1, "depth", 16) + textElement(depth + 1, "samplerate", sampleRate);
  return element(depth, "samplecharacteristics", {}, children);
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
    const picture = pictureCharacteristics(depth + 2, speed, media.size ?? this.#likelySize);
    return [
      textElement(depth, "name", media.fileName),
      textElement(depth, "pathurl", pathUrl(media.url)),
      rate(depth, speed),
      textElement(depth, "duration", declared(extent)),
      timecode(depth, start, speed, media.counting),
      element(depth, "media", {}, element(depth + 1, "video", {}, picture) + sound(depth + 1, media)),
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

function sound(depth: number, { audio }: MediaFacts): string {
  if (audio === undefined) return "";
  const children = soundCharacteristics(depth + 1, audio.sampleRate) + textElement(depth + 1, "channelcount", audio.channels);
  return element(depth, "audio", {}, children);
}

/** `file:///C:/a.mov` as Premiere writes it: `file://localhost/C%3a/a.mov`. Other URLs stay as they are. */
function pathUrl(url: string): string {
  return url.replace(/^file:\/\/\/(?:([a-z]):(?=\/))?/i, (_, drive?: string) => `file://localhost/${drive ? `${drive}%3a` : ""}`);
}
