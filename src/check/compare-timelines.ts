import { compareFrames, type Frames, frameAt } from "../read/frames.js";
import { count } from "../text.js";
import { rateName, sameRate } from "../time/frame-rate.js";
import { compareMarkers } from "./compare-markers.js";
import { compareShownFiles } from "./compare-shown-files.js";
import { compareSources } from "./compare-sources.js";
import type { Compared, ComparedClip } from "./compared.js";
import type { Difference, Values } from "./difference.js";
import { isDisabled, labelAt, named } from "./items.js";
import { isSameLength, type Length, lengthOf } from "./lengths.js";

/** What differs in `b` from `a`. */
export function compareTimelines(a: Compared, b: Compared): Difference[] {
  const wrong = differentClocks(a, b) ?? differentCounts(a, b);
  if (wrong !== undefined) return [wrong];
  return [...compareClips(a, b), ...compareMarkers(a, b)];
}

/** Without the same clock nothing else can be compared. */
function differentClocks(a: Compared, b: Compared): Difference | undefined {
  const [x, y] = [a.timeline, b.timeline];
  const { place } = y;
  if (x.rate && y.rate && !sameRate(x.rate, y.rate)) {
    const what = `The timeline runs at ${rateName(y.rate)} frames a second, in ${a.file} at ${rateName(x.rate)}`;
    return { rule: "rate-differs", place, what };
  }
  // Edit lists do not say where their timeline starts.
  if (b.format === "edl" || a.format === "edl" || compareFrames(x.start, y.start) === 0) return undefined;
  const [here, there] = [labelAt(y.start, y.rate, y.dropFrame), labelAt(x.start, x.rate, x.dropFrame)];
  return { rule: "start-differs", place, what: `The timeline starts at ${here}, in ${a.file} at ${there}` };
}

function differentCounts(a: Compared, b: Compared): Difference | undefined {
  if (a.clips.length === b.clips.length) return undefined;
  const index = a.clips.findIndex((clip, i) => {
    const other = b.clips[i];
    return other === undefined || compareFrames(clip.start, other.start) !== 0 || compareFrames(clip.end, other.end) !== 0;
  });
  const [first, place] = [a.clips[index] ?? b.clips[a.clips.length], b.clips[index]?.clip.place ?? b.timeline.place];
  const from = first ? `, from ${named(first.clip)} at ${labelIn(a, first.start)} on` : "";
  return { rule: "clip-count-differs", place, what: `There are ${b.clips.length} clips, in ${a.file} ${a.clips.length}${from}` };
}

function labelIn({ timeline }: Compared, frames: ComparedClip["start"]): string {
  return labelAt(frames, timeline.rate, timeline.dropFrame);
}

function* compareClips(a: Compared, b: Compared): Generator<Difference> {
  const [ours, theirs] = [firstUses(b.clips), firstUses(a.clips)];
  for (const [i, there] of a.clips.entries()) {
    const here = b.clips[i] as ComparedClip;
    const differences = [
      differentRecord(here, there, a),
      compareSources(there, here, a, b),
      differentMedia(i, ours, theirs, b) ?? (isFirstUse(i, ours) ? compareShownFiles(here, there, a, b) : undefined),
      differentLength(here, there),
      differentEnabling(here, there),
      differentSound(here, there) ?? differentSlip(here, there),
      differentSpeed(here, there),
    ];
    for (const found of differences) if (found) yield differenceOf(found, here, a);
  }
}

function differenceOf({ rule, verb, here, there }: Values, { clip }: ComparedClip, { file }: Compared): Difference {
  return { rule, place: clip.place, what: `${named(clip)} ${verb} ${here}, in ${file} ${there}` };
}

function differentRecord(here: ComparedClip, there: ComparedClip, a: Compared): Values | undefined {
  const rule = "record-differs";
  if (compareFrames(here.start, there.start) !== 0)
    return { rule, verb: "begins at", here: labelIn(a, here.start), there: labelIn(a, there.start) };
  if (compareFrames(here.end, there.end) === 0) return undefined;
  return { rule, verb: "ends at", here: labelIn(a, here.end), there: labelIn(a, there.end) };
}

/** For each clip the number of the first that shows the same file. */
function firstUses(clips: readonly ComparedClip[]): number[] {
  const first = new Map<string, number>();
  return clips.map(({ mediaKey }, i) => {
    if (!first.has(mediaKey)) first.set(mediaKey, i);
    return first.get(mediaKey) as number;
  });
}

/** What is wrong with a file is told once. */
function isFirstUse(index: number, first: readonly number[]): boolean {
  return first[index] === index;
}

function differentMedia(index: number, ours: readonly number[], theirs: readonly number[], b: Compared): Values | undefined {
  const [here, there] = [ours[index] as number, theirs[index] as number];
  if (here === there) return undefined;
  const shown = (first: number) => (first === index ? "of its own" : `of ${named((b.clips[first] as ComparedClip).clip)}`);
  return { rule: "media-differs", verb: "shows the file", here: shown(here), there: shown(there) };
}

/** How long the media are, where both files say it. */
function differentLength({ media: here }: ComparedClip, { media: there }: ComparedClip): Values | undefined {
  const [ours, theirs] = [here && lengthOf(here), there && lengthOf(there)];
  if (ours === undefined || theirs === undefined || isSameLength(ours, theirs)) return undefined;
  const shown = ({ frames, rate }: Length) => `${frameAt(frames)} frames at ${rateName(rate)}`;
  return { rule: "media-length-differs", verb: "has media of", here: shown(ours), there: shown(theirs) };
}

function differentSound(here: ComparedClip, there: ComparedClip): Values | undefined {
  if (here.hasSound === undefined || there.hasSound === undefined || here.hasSound === there.hasSound) return undefined;
  const words = (has: boolean) => (has ? "sound" : "no sound");
  return { rule: "sound-differs", verb: "has", here: words(here.hasSound), there: words(there.hasSound) };
}

function differentEnabling(here: ComparedClip, there: ComparedClip): Values | undefined {
  const words = ({ clip }: ComparedClip) => (isDisabled(clip) ? "disabled" : "enabled");
  if (words(here) === words(there)) return undefined;
  return { rule: "enabled-differs", verb: "is", here: words(here), there: words(there) };
}

function differentSlip(here: ComparedClip, there: ComparedClip): Values | undefined {
  const { slip: ours } = here;
  const { slip: theirs } = there;
  if (ours === undefined || theirs === undefined || compareFrames(ours, theirs) === 0) return undefined;
  return { rule: "sound-differs", verb: "has", here: slipText(ours), there: slipText(theirs) };
}

function slipText(slip: Frames): string {
  const order = compareFrames(slip, 0);
  if (order === 0) return "sound in step";
  const frames = Math.abs(frameAt(slip));
  return `sound ${count(frames, "frame")} ${order > 0 ? "early" : "late"}`;
}

function differentSpeed(here: ComparedClip, there: ComparedClip): Values | undefined {
  if (here.isRetimed === there.isRetimed) return undefined;
  const words = (isRetimed: boolean) => (isRetimed ? "another speed" : "normal speed");
  return { rule: "speed-differs", verb: "plays at", here: words(here.isRetimed), there: words(there.isRetimed) };
}
