import type { Finding } from "./finding.js";
import { named } from "./items.js";
import { clipAspects, type Outline, type OutlinedClip, type OutlinedTimeline, timelineAspects } from "./outline.js";
import { type Fault, findingsOf } from "./rule.js";

/** Compares a file with all before it, since no format tells everything: each aspect with the first file that tells it. */
export function compareOutlines(before: readonly Outline[], here: Outline): Finding[] {
  return [
    ...findingsOf(missing, here.file, missingTimelines(before, here)),
    ...timelineAspects.flatMap((aspect, i) => findingsOf(aspect, here.file, timelineFaults(before, here, i))),
    ...clipAspects.flatMap((aspect, i) => findingsOf(aspect, here.file, clipFaults(before, here, i))),
  ];
}

const missing = {
  id: "timeline-missing",
  severity: "error",
  consequence: "What an editor sees depends on which of the files is imported",
} as const;

/** Formats of which one file holds all timelines; of others a file holds one, and the others lie beside it. */
function holdsAll({ format }: Outline): boolean {
  return format === "fcpxml" || format === "fcp7xml";
}

function* missingTimelines(before: readonly Outline[], here: Outline): Generator<Fault> {
  const there = before.find(holdsAll);
  if (there === undefined || !holdsAll(here) || there.timelines.length === here.timelines.length) return;
  const place = here.timelines[0]?.place ?? "line 1";
  for (const lost of without(there.timelines, here.timelines))
    yield { place, what: `The timeline ${named(lost)} of ${there.file} is missing` };
  for (const more of without(here.timelines, there.timelines))
    yield { place: more.place, what: `The timeline ${named(more)} is missing in ${there.file}` };
}

/** Those of `all` that have no namesake among the others; of two namesakes each needs one of its own. */
function without(all: readonly OutlinedTimeline[], others: readonly OutlinedTimeline[]): OutlinedTimeline[] {
  const left = others.map(({ name }) => name);
  return all.filter(({ name }) => {
    const index = left.indexOf(name);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

function* timelineFaults(before: readonly Outline[], here: Outline, aspect: number): Generator<Fault> {
  const verb = timelineAspects[aspect]?.verb;
  for (const [i, { words, place }] of here.timelines.entries()) {
    const ours = words[aspect];
    const told = before
      .map(({ file, ...there }) => ({ file, theirs: sameTimeline(there.timelines, here, i)?.words[aspect] }))
      .find(({ theirs }) => theirs !== undefined);
    if (ours === undefined || told?.theirs === undefined || alike(ours, told.theirs)) continue;
    yield { place, what: `The timeline ${verb} ${ours}, in ${told.file} ${told.theirs}` };
  }
}

/** The timeline that one of `here` is in another file: the one in its place, or where there are more or less, its namesake. */
function sameTimeline(timelines: readonly OutlinedTimeline[], here: Outline, index: number): OutlinedTimeline | undefined {
  if (timelines.length === here.timelines.length) return timelines[index];
  return timelines.find(({ name }) => name === here.timelines[index]?.name);
}

function* clipFaults(before: readonly Outline[], here: Outline, aspect: number): Generator<Fault> {
  for (const [i, { clips }] of here.timelines.entries()) {
    const told = before
      .map(({ file, timelines }) => ({ file, theirs: sameTimeline(timelines, here, i)?.clips ?? [] }))
      .find(({ theirs }) => theirs.length === clips.length && theirs.some(({ words }) => words[aspect] !== undefined));
    if (told !== undefined) yield* differentClips(clips, told.theirs, told.file, aspect);
  }
}

/** What many clips have in common, since they show one file, is told once. */
function* differentClips(
  ours: readonly OutlinedClip[],
  theirs: readonly OutlinedClip[],
  file: string,
  aspect: number,
): Generator<Fault> {
  const told = new Set<string>();
  for (const [i, clip] of ours.entries()) {
    const [here, there] = [clip.words[aspect], theirs[i]?.words[aspect]];
    if (here === undefined || there === undefined || alike(here, there)) continue;
    const what = `${named(clip)} ${clipAspects[aspect]?.verb} ${here}, in ${file} ${there}`;
    if (!told.has(what)) yield { place: clip.place, what };
    told.add(what);
  }
}

/** Signs are no difference: formats and programs forbid some of them in names, and put others in their place. */
function alike(a: string, b: string): boolean {
  return letters(a) === letters(b);
}

function letters(text: string): string {
  return text.normalize("NFC").replace(/[^\p{L}\p{N}]+/gu, "");
}
