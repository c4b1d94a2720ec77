import type { ReadClip, Reading, ReadMarker, ReadTimeline } from "../support/oracles.js";

/** The formats, as the files are called that hold them. */
export type Format = "otio" | "edl" | "xml" | "fcpxml";

/** A timeline as it should be read back; from facecut's plan or from the text files in test/oracles/cuts. */
export interface ExpectedTimeline {
  readonly name: string;
  /** `25`, `24000/1001`. */
  readonly rate: string;
  readonly dropped: number;
  /** Frame number of the start timecode. */
  readonly start: number;
  readonly clips: readonly ExpectedClip[];
  /** In frames from the timeline's first. */
  readonly markers: readonly { readonly frame: number; readonly name: string }[];
}

export interface ExpectedClip {
  readonly mediaId: string;
  readonly file: string;
  /** Media frames from the file's first. */
  readonly mediaIn: number;
  /** The media's own timecode label of the in-point, with `;` when it counts drop-frame. */
  readonly label: string;
  readonly mediaRate: string;
  /** Media frames from midnight. */
  readonly mediaStart: number;
  /** Media frames; left out when nobody knows. */
  readonly mediaLength?: number;
  readonly channels: number;
  /** Streams the channels lie in; one when left out. */
  readonly streams?: number;
  /** Timeline frames from the timeline's first. */
  readonly recordIn: number;
  readonly recordOut: number;
}

/** Everything in which the readings of one timeline's files differ from what was expected, one line each. */
export function differences(expected: ExpectedTimeline, readings: Readonly<Record<Format, readonly Reading[]>>): string[] {
  return (Object.keys(readings) as Format[]).flatMap((format) => {
    const faults = readings[format].flatMap(({ path, error }) => (error === undefined ? [] : [`${path}: ${error}`]));
    if (faults.length > 0) return faults;
    const timeline = oneTimeline(readings[format].flatMap(({ timelines }) => timelines ?? []));
    if (timeline === undefined) return [`${format}: no timeline`];
    return timelineDifferences(expected, timeline, format).map((line) => `${format}: ${line}`);
  });
}

/** A list of more than 999 events comes in parts whose record clock runs on: laid end to end they are one. */
function oneTimeline(parts: readonly ReadTimeline[]): ReadTimeline | undefined {
  const [first] = parts;
  if (first === undefined) return undefined;
  const shift = (part: ReadTimeline) => (part.start ?? 0) - (first.start ?? 0);
  const clips = parts.flatMap((part) =>
    part.clips.map((c) => ({ ...c, recordStart: c.recordStart + shift(part), recordEnd: c.recordEnd + shift(part) })),
  );
  return { ...first, clips, markers: parts.flatMap((part) => part.markers.map((m) => ({ ...m, frame: m.frame + shift(part) }))) };
}

function timelineDifferences(expected: ExpectedTimeline, read: ReadTimeline, format: Format): string[] {
  const video = read.clips.filter(({ kind }) => kind === "Video");
  const clips = format === "edl" ? joinedAtMidnight(video, expected) : video;
  const lines: string[] = [];
  const same = (what: string, found: unknown, wanted: unknown) => {
    if (found !== wanted) lines.push(`${what} is ${found}, expected ${wanted}`);
  };
  // Further parts of a list have their number after the name.
  same("name", format === "edl" ? read.name.slice(0, expected.name.length) : read.name, expected.name);
  same("rate", read.rate, expected.rate);
  same("start", read.start, expected.start);
  same("number of clips", clips.length, expected.clips.length);
  for (const [i, clip] of expected.clips.entries()) {
    const found = clips[i];
    if (found !== undefined)
      lines.push(...clipDifferences(clip, found, expected, format).map((line) => `clip ${i + 1}: ${line}`));
  }
  lines.push(...mediaDifferences(expected.clips, clips, format));
  lines.push(...soundDifferences(expected, read, format));
  lines.push(...markerDifferences(expected.markers, read.markers, format));
  return lines;
}

function clipDifferences(expected: ExpectedClip, read: ReadClip, timeline: ExpectedTimeline, format: Format): string[] {
  const lines: string[] = [];
  const same = (what: string, found: unknown, wanted: unknown) => {
    if (found !== wanted) lines.push(`${what} is ${found}, expected ${wanted}`);
  };
  same("name", read.name, expected.file);
  same("record in", read.recordStart, expected.recordIn);
  same("record out", read.recordEnd, expected.recordOut);
  same("length", read.duration, expected.recordOut - expected.recordIn);
  same("rate", read.rate, timeline.rate);
  if (format !== "edl") {
    same("media start", read.availableStart, expected.mediaStart);
    same("media rate", read.availableRate, expected.mediaRate);
    if (expected.mediaLength !== undefined) same("media length", read.availableDuration, expected.mediaLength);
    same("file of the URL", read.url && lastPart(read.url), expected.file);
  }
  lines.push(...sourceDifferences(expected, read, timeline, format));
  return lines;
}

/** A hostile name comes back as it was, except that it is one line; so the URL is only held to its visible part. */
function lastPart(url: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
  const removed = /[\u0000-\u0009\u000B-\u001F\u202A-\u202E]/g;
  return decodeURIComponent(url.slice(url.lastIndexOf("/") + 1))
    .replace(/\n/g, " ")
    .replace(removed, "");
}

/** Clips share a media file exactly where they should: one URL, or in an EDL one reel of eight characters, for each. */
function mediaDifferences(expected: readonly ExpectedClip[], clips: readonly ReadClip[], format: Format): string[] {
  const names = clips.map((clip) => (format === "edl" ? clip.reel : clip.url) ?? "nothing");
  const pairs = new Set(expected.map(({ mediaId }, i) => `${mediaId} ${names[i]}`));
  const media = new Set(expected.map(({ mediaId }) => mediaId));
  const lines =
    format === "edl"
      ? [...new Set(names)].filter((reel) => !/^[A-Z0-9_]{1,8}$/.test(reel)).map((reel) => `the reel "${reel}"`)
      : [];
  if (pairs.size !== media.size || new Set(names).size !== media.size)
    lines.push(`${media.size} media, but read as ${[...pairs].join(", ")}`);
  return lines;
}

// --- in-points -------------------------------------------------------------------------------------------------

/** A position in seconds as an exact fraction. */
type Exact = { readonly num: bigint; readonly den: bigint };

function seconds(frames: number, rate: string): Exact {
  const [num, den = "1"] = rate.split("/");
  return { num: BigInt(frames) * BigInt(den), den: BigInt(num as string) };
}

/** Whole frames of `rate` that have begun by `time`. */
function framesAt(time: Exact, rate: string): bigint {
  const [num, den = "1"] = rate.split("/");
  return (time.num * BigInt(num as string)) / (time.den * BigInt(den));
}

const isFaster = (a: string, b: string) => {
  const [x, y] = [seconds(1, a), seconds(1, b)];
  return x.num * y.den <= y.num * x.den;
};

/**
 * The in-point must be the planned media frame: exactly where the timeline is at least as fast as the media, else
 * less than one timeline frame later. FCPXML counts media frames, so there it is exact always.
 */
function sourceDifferences(expected: ExpectedClip, read: ReadClip, timeline: ExpectedTimeline, format: Format): string[] {
  const { mediaIn, mediaStart, mediaRate } = expected;
  if (format === "fcpxml")
    return read.sourceStart === mediaStart + mediaIn ? [] : [inPoint(expected, read.sourceStart - mediaStart)];
  if (format === "edl" && nominal(mediaRate) === nominal(timeline.rate)) return labelDifferences(expected, read, timeline);
  // FCP7 XML counts from the file's first frame, OTIO and EDLs of another rate from midnight.
  const planned = format === "xml" ? mediaIn : mediaStart + mediaIn;
  const source = sourceTime(read, planned, expected, timeline, format);
  const shown = Number(framesAt(source, mediaRate));
  if (isFaster(timeline.rate, mediaRate)) return shown === planned ? [] : [inPoint(expected, shown - planned + mediaIn)];
  const exact = seconds(planned, mediaRate);
  const late = { num: source.num * exact.den - exact.num * source.den, den: source.den * exact.den };
  const frame = seconds(1, timeline.rate);
  const within = late.num >= 0n && late.num * frame.den < frame.num * late.den;
  return within ? [] : [`${inPoint(expected, shown - planned + mediaIn)}, more than a timeline frame off`];
}

/** Where a clip begins on the source's clock; an EDL's labels begin again at midnight, the other formats count on. */
function sourceTime(
  read: ReadClip,
  planned: number,
  { mediaRate }: ExpectedClip,
  timeline: ExpectedTimeline,
  format: Format,
): Exact {
  const source = seconds(read.sourceStart, timeline.rate);
  const aboutPlanned = Number(framesAt(seconds(planned, mediaRate), timeline.rate));
  const days = format === "edl" ? Math.round((aboutPlanned - read.sourceStart) / framesPerDay(timeline)) : 0;
  return days === 0 ? source : seconds(read.sourceStart + days * framesPerDay(timeline), timeline.rate);
}

/** 24 hours of labels: drop-frame leaves some out in 54 of 60 minutes. */
function framesPerDay({ rate, dropped }: ExpectedTimeline): number {
  return 24 * 3600 * nominal(rate) - 24 * 54 * dropped;
}

function inPoint(expected: ExpectedClip, shown: number): string {
  return `the in-point shows media frame ${shown}, expected ${expected.mediaIn}`;
}

/** An EDL is conformed by label: the media's own, unless drop-frame counting leaves that one out of the list. */
function labelDifferences(expected: ExpectedClip, read: ReadClip, timeline: ExpectedTimeline): string[] {
  const digits = (label: string | undefined) => label?.replaceAll(";", ":");
  if (isLeftOut(expected.label, timeline.dropped)) {
    return read.sourceStart === expected.mediaStart + expected.mediaIn
      ? []
      : [`the source label is ${read.sourceLabel}, expected the frame count of ${expected.label}`];
  }
  return digits(read.sourceLabel) === digits(expected.label)
    ? []
    : [`the source label is ${read.sourceLabel}, expected ${expected.label}`];
}

function isLeftOut(label: string, dropped: number): boolean {
  const [, minutes, seconds, frames] = label.split(/[:;]/).map(Number) as [number, number, number, number];
  return seconds === 0 && frames < dropped && minutes % 10 !== 0;
}

/** Labels a second: the rate rounded up, for none lies a whole thousandth above a whole number.
 */
function nominal(rate: string): number {
  return Number(framesAt({ num: 1001n, den: 1000n }, rate));
}

/** Where source timecode passes midnight an EDL has two events; they are one clip. */
function joinedAtMidnight(clips: readonly ReadClip[], { clips: expected }: ExpectedTimeline): ReadClip[] {
  const joined: ReadClip[] = [];
  for (const clip of clips) {
    const last = joined.at(-1);
    const rest = last !== undefined && expected[joined.length - 1]?.recordOut !== last.recordEnd && clip.sourceStart === 0;
    if (rest) joined[joined.length - 1] = { ...last, recordEnd: clip.recordEnd, duration: last.duration + clip.duration };
    else joined.push(clip);
  }
  return joined;
}

// --- sound and markers -----------------------------------------------------------------------------------------

/** Sound lies under each clip whose media have any, in as many clips as the format makes of it. */
function soundDifferences(expected: ExpectedTimeline, read: ReadTimeline, format: Format): string[] {
  const found = new Map<string, number>();
  for (const place of read.clips.filter(({ kind }) => kind === "Audio").map(placeOf)) {
    found.set(place, (found.get(place) ?? 0) + 1);
  }
  const wanted = new Map(expected.clips.map((c) => [`${c.file} at ${c.recordIn}-${c.recordOut}`, soundClips(c, format)]));
  return [...new Set([...wanted.keys(), ...found.keys()])].flatMap((place) => {
    const [clips, expectedClips] = [found.get(place) ?? 0, wanted.get(place) ?? 0];
    return clips === expectedClips ? [] : [`${clips} clips of sound for ${place}, expected ${expectedClips}`];
  });
}

/** Final Cut Pro 7 XML has a clip for each channel, OpenTimelineIO one for each stream, FCPXML one for all, an EDL none. */
function soundClips({ channels, streams = 1 }: ExpectedClip, format: Format): number {
  if (channels === 0 || format === "edl") return 0;
  return { otio: streams, xml: channels, fcpxml: 1 }[format];
}

function placeOf({ name, recordStart, recordEnd }: ReadClip): string {
  return `${name} at ${recordStart}-${recordEnd}`;
}

/** The same markers in every format; a locator's text goes on after the name. */
function markerDifferences(expected: ExpectedTimeline["markers"], read: readonly ReadMarker[], format: Format): string[] {
  if (read.length !== expected.length) return [`${read.length} markers, expected ${expected.length}`];
  const found = [...read].sort((a, b) => a.frame - b.frame);
  return expected.flatMap(({ frame, name }, i) => {
    const marker = found[i] as ReadMarker;
    const sameName = format === "edl" ? marker.name.startsWith(name) : marker.name === name;
    return marker.frame === frame && sameName
      ? []
      : [`marker ${i + 1} is "${marker.name}" at ${marker.frame}, expected "${name}" at ${frame}`];
  });
}
