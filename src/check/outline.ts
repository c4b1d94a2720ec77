import { byRecord, type ReadClip, type Reading, type ReadingFormat, type ReadMedia, type ReadTimeline } from "../read/reading.js";
import { count } from "../text.js";
import { canDrop } from "../time/frame-rate.js";
import type { Severity } from "./finding.js";
import { mediaById, named } from "./items.js";

/** What of a file is kept while others are read: words for each aspect, undefined where the file does not tell. */
export interface Outline {
  readonly file: string;
  readonly format: ReadingFormat;
  readonly timelines: readonly OutlinedTimeline[];
}

type Words = readonly (string | undefined)[];

export interface OutlinedTimeline {
  readonly name: string;
  readonly place: string;
  readonly words: Words;
  readonly clips: readonly OutlinedClip[];
}

export interface OutlinedClip {
  readonly name: string;
  readonly place: string;
  readonly words: Words;
}

/** Something that only some formats tell, and that is the same in all that do. */
interface Aspect<T> {
  readonly id: string;
  readonly severity: Severity;
  readonly consequence: string;
  /** As in "The timeline counts". */
  readonly verb: string;
  readonly words: (thing: T, format: ReadingFormat) => string | undefined;
}

export const timelineAspects: readonly Aspect<ReadTimeline>[] = [
  {
    id: "counting-differs",
    severity: "error",
    consequence: "Programs count the timecode in different ways: what is said of one cut points elsewhere in the other",
    verb: "counts",
    words: ({ rate, dropFrame }) => {
      if (rate === undefined || dropFrame === undefined || !canDrop(rate)) return undefined;
      return dropFrame ? "drop-frame" : "non-drop-frame";
    },
  },
  {
    id: "size-differs",
    severity: "error",
    consequence: "Pictures are framed or scaled in one program otherwise than in the other",
    verb: "is",
    words: ({ size }) => size && `${size.width}x${size.height}`,
  },
  {
    id: "name-differs",
    severity: "warning",
    consequence: "An editor takes the two for different timelines",
    verb: "is called",
    // Titles of edit lists are cut short, and many programs write one of their own.
    words: (timeline, format) => (format === "edl" ? undefined : named(timeline)),
  },
];

/** A clip, and its media. */
interface ClipOfMedia {
  readonly clip: ReadClip;
  readonly media: ReadMedia | undefined;
}

/** Not the clips' names: each program's cut may call them by its own pattern. */
export const clipAspects: readonly Aspect<ClipOfMedia>[] = [
  {
    id: "channels-differ",
    severity: "warning",
    consequence: "Channels may be missing in one program, or come out on other tracks",
    verb: "has media with",
    words: ({ media }) => (media?.audio?.channels ? count(media.audio.channels, "channel") : undefined),
  },
];

export function outlineOf(reading: Reading): Outline {
  const { file, format } = reading;
  const media = mediaById(reading);
  const cuts = reading.timelines.filter(({ kind, nested }) => kind === "cuts" && !nested);
  return { file, format, timelines: cuts.map((timeline) => outlineTimeline(timeline, media, format)) };
}

function outlineTimeline(timeline: ReadTimeline, media: ReadonlyMap<string, ReadMedia>, format: ReadingFormat): OutlinedTimeline {
  const { name, place, clips } = timeline;
  const outlineClip = (clip: ReadClip): OutlinedClip => {
    const whole = { clip, media: media.get(clip.media ?? "") };
    return { name: clip.name, place: clip.place, words: clipAspects.map(({ words }) => words(whole, format)) };
  };
  const words = timelineAspects.map((aspect) => aspect.words(timeline, format));
  return { name, place, words, clips: clips.toSorted(byRecord).map(outlineClip) };
}
