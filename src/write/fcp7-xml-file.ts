import type { MediaFacts, Size } from "../model/media.js";
import type { Plan, PlannedMedia } from "../model/timeline.js";
import type { Counting, FrameRate } from "../time/frame-rate.js";
import { timecodeOf } from "../time/timecode.js";
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
    return [
      textElement(depth, "name", media.fileName),
      textElement(depth, "pathurl", pathUrl(media.url)),
      rate(depth, media.rate),
      textElement(depth, "duration", extent),
      timecode(depth, media.start, media.rate, media.counting),
      element(depth, "media", {}, this.#picture(depth + 1, media) + sound(depth + 1, media)),
    ].join("");
  }

  #picture(depth: number, { rate, size = this.#likelySize }: MediaFacts): string {
    return element(depth, "video", {}, pictureCharacteristics(depth + 1, rate, size));
  }

  #entry(mediaId: string) {
    return this.#planned.get(mediaId) as { planned: PlannedMedia; number: number };
  }
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
