import { type Frames, frameAt, plus, recount } from "../read/frames.js";
import {
  byRecord,
  type ReadClip,
  type Reading,
  type ReadingFormat,
  type ReadMarker,
  type ReadMedia,
  type ReadTimeline,
} from "../read/reading.js";
import { type Counting, canDrop, countingOf, type FrameRate } from "../time/frame-rate.js";
import { framesPerDay } from "../time/timecode.js";
import { groupsOf, isDisabled, isRetimed, mediaById } from "./items.js";
import { slipsOf } from "./slips.js";

/** One timeline of one file, in the words that all formats have. */
export interface Compared {
  readonly file: string;
  readonly format: ReadingFormat;
  readonly timeline: ReadTimeline;
  readonly clips: readonly ComparedClip[];
  /** By timeline frame, from midnight. */
  readonly markers: ReadonlyMap<number, readonly ComparedMarker[]>;
}

export interface ComparedClip {
  readonly clip: ReadClip;
  /** From midnight. */
  readonly start: Frames;
  readonly end: Frames;
  /** Where its source begins, in frames of `rate` from midnight of the media's own clock. */
  readonly source: { readonly frames: Frames; readonly rate: FrameRate } | undefined;
  readonly media: ReadMedia | undefined;
  /** Says which clips show the same file; compared within one file only. */
  readonly mediaKey: string;
  /** Undefined when the format does not tell. */
  readonly hasSound: boolean | undefined;
  /** By how many timeline frames its sound comes early; undefined when the format does not tell, or it has none. */
  readonly slip: Frames | undefined;
  readonly isRetimed: boolean;
}

export interface ComparedMarker {
  readonly name: string;
  readonly place: string;
  /** In frames of `rate`; undefined when it is a point. */
  readonly duration: Frames | undefined;
  readonly rate: FrameRate | undefined;
}

/** The timelines of two files that are one: all of them in their order, or those of one name. */
export function timelinesToCompare(a: Reading, b: Reading): [Compared, Compared][] {
  const [left, right] = [mainTimelines(a), mainTimelines(b)];
  const isInOrder = left.length === right.length;
  return left.flatMap((timeline, i): [Compared, Compared][] => {
    const same = isInOrder ? right[i] : right.find(({ name }) => name === timeline.name);
    if (same === undefined) return [];
    const first = compared(withoutDisabled(timeline, same, b), a);
    return [[first, compared(same, b, first)]];
  });
}

/** Programs leave what is disabled out of edit lists, which have no word for it. */
function withoutDisabled(timeline: ReadTimeline, other: ReadTimeline, { format }: Reading): ReadTimeline {
  const clips = timeline.clips.filter((clip) => !isDisabled(clip));
  return format === "edl" && other.clips.length < timeline.clips.length ? { ...timeline, clips } : timeline;
}

function mainTimelines({ timelines }: Reading): ReadTimeline[] {
  return timelines.filter(({ kind, nested }) => kind === "cuts" && !nested);
}

function compared(timeline: ReadTimeline, reading: Reading, first?: Compared): Compared {
  const media = mediaById(reading);
  const [sounding, slips] = [soundsOf(timeline), slipsOf(timeline)];
  const sorted = timeline.clips.toSorted(byRecord);
  const clips = first !== undefined && reading.format === "edl" ? overMidnight(sorted, timeline, first) : sorted;
  return {
    file: reading.file,
    format: reading.format,
    timeline,
    clips: clips.map((clip) => comparedClip(clip, timeline, { media, sounding, slips, format: reading.format })),
    markers: markersOf(timeline),
  };
}

function markersOf(timeline: ReadTimeline): Compared["markers"] {
  const onClock = (markers: readonly ReadMarker[], rate: FrameRate | undefined) =>
    markers.map(({ name, place, duration, record }) => ({ name, place, duration, record, rate }));
  const own = timeline.clips.flatMap(({ markers, source }) => onClock(markers, source?.rate));
  return groupsOf([...onClock(timeline.markers, timeline.rate), ...own], ({ record }) => frameAt(plus(timeline.start, record)));
}

interface Context {
  readonly media: ReadonlyMap<string, ReadMedia>;
  readonly sounding: ReadonlySet<string | undefined>;
  readonly slips: ReadonlyMap<ReadClip, Frames>;
  readonly format: ReadingFormat;
}

function comparedClip(clip: ReadClip, timeline: ReadTimeline, context: Context): ComparedClip {
  const { media, slips, format } = context;
  const file = clip.media === undefined ? undefined : media.get(clip.media);
  const sounds = hasSound(clip, file, context);
  return {
    clip,
    start: plus(timeline.start, clip.record.start),
    end: plus(timeline.start, clip.record.end),
    source: sourceOf(clip, file, format),
    media: file,
    mediaKey: (format === "edl" ? undefined : file?.files[0]?.url) ?? clip.media ?? clip.name,
    hasSound: sounds,
    slip: sounds ? (slips.get(clip) ?? 0) : undefined,
    isRetimed: isRetimed(clip),
  };
}

/** FCP7 XML counts from the file's first frame: its start timecode comes on top. */
function sourceOf({ source }: ReadClip, media: ReadMedia | undefined, format: ReadingFormat): ComparedClip["source"] {
  if (source?.rate === undefined) return undefined;
  if (format !== "fcp7xml") return { frames: source.start, rate: source.rate };
  if (media?.start === undefined || media.rate === undefined) return undefined;
  return { frames: plus(source.start, recount(media.start, media.rate, source.rate)), rate: source.rate };
}

function hasSound(
  clip: ReadClip,
  media: ReadMedia | undefined,
  { sounding, format }: Pick<Context, "sounding" | "format">,
): boolean | undefined {
  if (format === "edl") return undefined;
  if (format === "fcpxml")
    return media === undefined ? undefined : media.audio !== undefined && clip.written.srcEnable !== "video";
  return sounding.has(clip.link ?? clip.id) || sounding.has(soundKey(clip));
}

/** What tells whether a clip has sound: links, and for files without links what plays at the same time. */
function soundsOf({ sounds }: ReadTimeline): ReadonlySet<string | undefined> {
  return new Set(sounds.flatMap((sound) => [sound.link ?? "", soundKey(sound)]).filter((key) => key !== ""));
}

function soundKey({ media, record }: Pick<ReadClip, "media" | "record">): string {
  return `${media} ${frameAt(record.start)} ${frameAt(record.end)}`;
}

export function countingIn({ rate, dropFrame }: ReadTimeline): Counting | undefined {
  return rate && countingOf(rate, dropFrame === true && canDrop(rate));
}

/** In an edit list a source range over midnight is two events: here they are one again, as in the file before. */
function overMidnight(clips: readonly ReadClip[], timeline: ReadTimeline, first: Compared): ReadClip[] {
  const counting = countingIn(timeline);
  const day = counting && framesPerDay(counting);
  const cuts = new Set(first.clips.map(({ start }) => start));
  const whole: ReadClip[] = [];
  for (const clip of clips) {
    const before = whole.at(-1);
    const isNextDay = before?.source?.end === day && clip.source?.start === 0 && before?.media === clip.media;
    const goesOn = isNextDay && before?.record.end === clip.record.start && !cuts.has(plus(timeline.start, clip.record.start));
    if (before && goesOn) whole[whole.length - 1] = { ...before, record: { start: before.record.start, end: clip.record.end } };
    else whole.push(clip);
  }
  return whole;
}
