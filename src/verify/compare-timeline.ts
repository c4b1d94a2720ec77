import { isDisabled } from "../check/items.js";
import type { MediaFacts } from "../model/media.js";
import { compareFrames, type Frames, frameAt } from "../read/frames.js";
import type { ReadClip, Reading, ReadKeyword, ReadMarker, ReadSound, ReadTimeline, Written } from "../read/reading.js";
import { type FrameRate, rateName, sameRate } from "../time/frame-rate.js";
import { Differences } from "./difference.js";
import type { ExpectedClip, ExpectedKeyword, ExpectedMarker, ExpectedSound, ExpectedTimeline } from "./expected.js";

/** What of an expected clip is compared when all is known. */
type Passed = Omit<ExpectedClip, "markers" | "keywords">;

/** Which read media each planned one turned out to be; filled while clips are compared. */
export type MediaIds = Map<MediaFacts, string>;

/**
 * Compares a timeline with what is read of it: markers and keywords while they pass, so that nobody has to keep them, the
 * rest when all of it is known.
 */
export class TimelineComparison {
  readonly #expected: ExpectedTimeline;
  readonly #ids: MediaIds;
  readonly #differences: Differences;
  readonly #passing: Differences;
  readonly #clips: Iterator<ExpectedClip>;
  readonly #markers: Iterator<ExpectedMarker>;
  /** The clips that have passed, without what was compared then. */
  readonly #passed: Passed[] = [];
  #markersDue = 0;
  #markersRead = 0;

  constructor(expected: ExpectedTimeline, ids: MediaIds, differences: Differences) {
    this.#expected = expected;
    this.#ids = ids;
    this.#differences = differences;
    this.#passing = new Differences(differences.file);
    this.#clips = expected.clips[Symbol.iterator]();
    this.#markers = expected.markers[Symbol.iterator]();
  }

  /** The next clip of the file. */
  clip(read: ReadClip): void {
    const clip = this.#nextClip();
    if (clip === undefined || this.#passing.areMany) return;
    compareMarkers(clip.called, clip.markers, read.markers, this.#passing);
    if (clip.keywords !== undefined) compareKeywords(clip.called, clip.keywords, read.keywords, this.#passing);
  }

  /** The next marker of the timeline itself. */
  marker(read: ReadMarker): void {
    this.#markersRead++;
    const { done, value } = this.#markers.next();
    if (done) return;
    this.#markersDue++;
    if (!this.#passing.areMany) compareMarker(undefined, this.#markersRead, value, read, this.#passing);
  }

  /** The timeline is complete. */
  end(read: ReadTimeline): void {
    const [ids, differences] = [this.#ids, this.#differences];
    compareHead(this.#expected, read, differences);
    compareWritten(undefined, this.#expected.written, read.written, differences);
    while (this.#nextClip() !== undefined);
    const expected = this.#passed.splice(0).sort((a, b) => compareFrames(a.recordIn, b.recordIn) || a.track - b.track);
    if (expected.length !== read.clips.length) {
      differences.add(undefined, "number of clips", expected.length, read.clips.length);
      return;
    }
    const sounds = soundsByLink(read.sounds);
    for (const [i, clip] of expected.entries()) {
      const found = read.clips[i] as ReadClip;
      compareClip(clip, found, ids, differences);
      compareSounds(clip, found, (found.link === undefined ? undefined : sounds.get(found.link)) ?? [], differences);
    }
    const soundsExpected = expected.reduce((sum, clip) => sum + clip.sounds.length, 0);
    differences.compare(undefined, "number of sound clips", soundsExpected, read.sounds.length);
    this.#endMarkers();
  }

  #nextClip(): ExpectedClip | undefined {
    const { done, value } = this.#clips.next();
    if (done) return undefined;
    // Key by key: after spreading, V8 gives every clip a hidden class of its own.
    const { called, name, track, recordIn, recordOut, sourceIn, sourceOut, sourceRate, media, sounds } = value;
    this.#passed.push({ called, name, track, recordIn, recordOut, sourceIn, sourceOut, sourceRate, media, sounds });
    return value;
  }

  #endMarkers(): void {
    while (!this.#markers.next().done) this.#markersDue++;
    this.#differences.compare(undefined, "number of markers", this.#markersDue, this.#markersRead);
    this.#differences.list.push(...this.#passing.list);
  }
}

function compareHead(
  { name, rate, dropFrame, start, duration, size }: ExpectedTimeline,
  read: ReadTimeline,
  to: Differences,
): void {
  to.compare(undefined, "name of the timeline", name, read.name);
  if (read.rate === undefined || !sameRate(rate, read.rate)) {
    to.add(undefined, "frame rate of the timeline", rateName(rate), read.rate && rateName(read.rate));
  }
  to.compare(undefined, "drop-frame", dropFrame, read.dropFrame);
  to.compare(undefined, "start of the timeline", start, read.start);
  to.compare(undefined, "length of the timeline", duration, read.duration);
  to.compare(undefined, "width of the timeline", size?.width, read.size?.width);
  to.compare(undefined, "height of the timeline", size?.height, read.size?.height);
}

/** Values that the format spells itself. */
export function compareWritten(called: string | undefined, expected: Written = {}, read: Written, to: Differences): void {
  for (const [key, value] of Object.entries(expected)) to.compare(called, key, value, read[key]);
}

function compareClip(expected: Passed, read: ReadClip, ids: MediaIds, to: Differences): void {
  const { called } = expected;
  to.compare(called, "name", expected.name, read.name);
  to.compare(called, "track", expected.track, read.track);
  to.compare(called, "disabled", false, isDisabled(read));
  compareFrame(called, "record in", expected.recordIn, read.record.start, to);
  compareFrame(called, "record out", expected.recordOut, read.record.end, to);
  compareFrame(called, "source in", expected.sourceIn, read.source?.start, to);
  compareFrame(called, "source out", expected.sourceOut, read.source?.end, to);
  compareRate(called, expected.sourceRate, read.source?.rate, to);
  const known = ids.get(expected.media);
  if (known === undefined && read.media !== undefined) ids.set(expected.media, read.media);
  else to.compare(called, "media", known ?? "a media file", read.media);
}

function compareRate(called: string, expected: FrameRate | undefined, read: FrameRate | undefined, to: Differences): void {
  if (expected !== undefined && (read === undefined || !sameRate(read, expected)))
    to.add(called, "source frame rate", rateName(expected), read && rateName(read));
}

/** An expectation that is absent is none. */
export function compareFrame(
  called: string,
  what: string,
  expected: Frames | undefined,
  read: Frames | undefined,
  to: Differences,
): void {
  if (expected !== undefined && (read === undefined || compareFrames(expected, read) !== 0)) to.add(called, what, expected, read);
}

function compareMarkers(
  called: string | undefined,
  expected: readonly ExpectedMarker[],
  read: readonly ReadMarker[],
  to: Differences,
): void {
  if (expected.length !== read.length) {
    to.add(called, "number of markers", expected.length, read.length);
    return;
  }
  for (const [i, marker] of expected.entries()) compareMarker(called, i + 1, marker, read[i] as ReadMarker, to);
}

// A name for a message is put together only when there is something to say: there may be many markers.
function compareMarker(
  called: string | undefined,
  number: number,
  expected: ExpectedMarker,
  read: ReadMarker,
  to: Differences,
): void {
  const what = (property: string) => `marker ${number}'s ${property}`;
  // On another grid than the timeline's a marker lies between two frames, and shows on the first.
  if (frameAt(read.record) !== expected.record) to.add(called, what("frame"), expected.record, read.record);
  if (expected.source !== undefined && read.source !== expected.source) {
    to.add(called, what("source frame"), expected.source, read.source);
  }
  if (read.duration !== expected.duration) to.add(called, what("length"), expected.duration, read.duration);
  if (read.name !== expected.name) to.add(called, what("name"), expected.name, read.name);
  if (read.note !== expected.note) to.add(called, what("note"), expected.note, read.note);
  if (read.colour !== expected.colour) to.add(called, what("colour"), expected.colour, read.colour);
}

/** Words over stretches of source time, in their order. */
export function compareKeywords(
  called: string,
  expected: readonly ExpectedKeyword[],
  read: readonly ReadKeyword[],
  to: Differences,
): void {
  if (expected.length !== read.length) to.add(called, "number of keywords", expected.length, read.length);
  for (const [i, { value, start, end }] of expected.entries()) {
    const keyword = read[i];
    if (keyword === undefined) return;
    to.compare(called, `keyword ${i + 1}`, value, keyword.value);
    compareFrame(called, `start of keyword ${i + 1}`, start, keyword.source?.start, to);
    compareFrame(called, `end of keyword ${i + 1}`, end, keyword.source?.end, to);
  }
}

/** The pieces of sound that lie with each picture, by what links them. */
export function soundsByLink(sounds: readonly ReadSound[]): ReadonlyMap<string, ReadSound[]> {
  const byLink = new Map<string, ReadSound[]>();
  for (const sound of sounds) {
    if (sound.link === undefined) continue;
    const linked = byLink.get(sound.link);
    if (linked === undefined) byLink.set(sound.link, [sound]);
    else linked.push(sound);
  }
  return byLink;
}

function compareSounds({ called, sounds }: Passed, clip: ReadClip, linked: readonly ReadSound[], to: Differences): void {
  if (sounds.length !== linked.length) {
    to.add(called, "number of sound clips linked to it", sounds.length, linked.length);
    return;
  }
  const inOrder = linked.length > 1 ? [...linked].sort((a, b) => a.track - b.track) : linked;
  for (const [i, sound] of inOrder.entries())
    compareSound(`${called}, sound ${i + 1}`, sounds[i] as ExpectedSound, sound, clip, to);
}

function compareSound(called: string, expected: ExpectedSound, read: ReadSound, clip: ReadClip, to: Differences): void {
  compareFrame(called, "record in", clip.record.start, read.record.start, to);
  compareFrame(called, "record out", clip.record.end, read.record.end, to);
  compareFrame(called, "source in", clip.source?.start, read.source?.start, to);
  compareFrame(called, "source out", clip.source?.end, read.source?.end, to);
  compareRate(called, clip.source?.rate, read.source?.rate, to);
  to.compare(called, "name", clip.name, read.name);
  to.compare(called, "disabled", false, isDisabled(read));
  to.compare(called, "media", clip.media, read.media);
  const channels = (list: ExpectedSound["channels"] | ReadSound["channels"]) =>
    list.map(({ stream, channel }) => (stream === undefined ? channel : `${stream}.${channel}`)).join(" ");
  to.compare(called, "channels", channels(expected.channels), channels(read.channels));
}

/** What a reader could not read as meant is a difference too. */
export function compareProblems({ problems }: Reading, differences: Differences): void {
  for (const { place, rule, what } of problems) differences.add(place, rule, "nothing wrong", what);
}
