import type { MediaFacts } from "../model/media.js";
import type { Identity } from "../model/people.js";
import { type FrameRange, frameRange, intersect } from "../time/frame-range.js";
import type { Appearance } from "./appearances.js";
import type { Known } from "./face-points.js";
import type { HandlesMeet, Lengths } from "./lengths.js";

/** A part of a media file that is to be a clip. */
export interface Selection extends Known {
  readonly media: MediaFacts;
  /** What is shown, handles included; media frames from the file's first. */
  readonly range: FrameRange;
  /** What it was before it was cut to the longest length. */
  readonly whole: FrameRange;
  /** What it was selected for; only selections for the same become one clip. */
  readonly subject: string;
  /** Who is in it, the one it was selected for first. */
  readonly people: readonly Identity[];
  /** The appearances it was selected for, or that overlap with it. */
  readonly appearances: readonly Appearance[];
  /** What to mark with its length, where whole files are shown. */
  readonly spans?: readonly Span[];
}

/** One person's stretch of a selection. */
export interface Span extends Known {
  readonly identity: Identity;
  readonly range: FrameRange;
}

/** An appearance for itself; with `byExpression`, appearances of another expression have another subject. */
export function selectionOf(appearance: Appearance, byExpression: boolean): Selection {
  const { identity, media, range, score, expression } = appearance;
  return {
    media,
    range,
    whole: range,
    subject: byExpression ? JSON.stringify([identity.key, expression]) : identity.key,
    people: appearance.people,
    appearances: [appearance],
    score,
    expression,
  };
}

/** Cut to the longest length, the head kept. */
export function cutToLongest(selection: Selection, { most }: Lengths): Selection {
  const { start, end } = selection.range;
  const longest = start + most(selection.media);
  return end <= longest ? selection : { ...selection, range: frameRange(start, longest) };
}

/**
 * The selections with handles, inside their media. Where those of two selections for the same meet, they become one
 * clip (`join`), or each gets its share of the frames between (`touch`): no frame is in two.
 */
export function withHandles(selections: readonly Selection[], lengths: Lengths, meet: HandlesMeet): Selection[] {
  return groupBy(selections, ({ media, subject }) => JSON.stringify([media.mediaId, subject])).flatMap((group) => {
    const inOrder = group.toSorted((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
    return meet === "join" ? joinMeeting(inOrder.map((each) => extended(each, lengths))) : touching(inOrder, lengths);
  });
}

function extended(selection: Selection, { head, tail }: Lengths): Selection {
  const { media, range } = selection;
  const start = Math.max(0, range.start - head(media));
  const end = Math.min(media.duration ?? Number.POSITIVE_INFINITY, range.end + tail(media));
  return { ...selection, range: frameRange(start, end) };
}

function joinMeeting(selections: readonly Selection[]): Selection[] {
  const groups: Selection[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const next of selections) {
    if (next.range.start > end) groups.push([next]);
    else groups.at(-1)?.push(next);
    end = Math.max(end, next.range.end);
  }
  return groups.map(joinAll);
}

/** One selection of all: whoever is in any of them, the best score, the first expression. */
function joinAll(group: readonly Selection[]): Selection {
  const [first, another] = group as [Selection, Selection?];
  if (another === undefined) return first;
  const people = new Map(group.flatMap((each) => each.people.map((person) => [person.key, person] as const)));
  const score = group.reduce((best, each) => Math.max(best, each.score ?? -Infinity), -Infinity);
  const span = (key: "range" | "whole") =>
    frameRange(
      first[key].start,
      group.reduce((end, each) => Math.max(end, each[key].end), 0),
    );
  return {
    media: first.media,
    range: span("range"),
    whole: span("whole"),
    subject: first.subject,
    people: [...people.values()],
    appearances: [...new Set(group.flatMap(({ appearances }) => appearances))],
    score: score === -Infinity ? undefined : score,
    expression: group.find(({ expression }) => expression !== undefined)?.expression,
  };
}

function touching(selections: readonly Selection[], lengths: Lengths): Selection[] {
  return selections.map((selection, i) => {
    const { start, end } = extended(selection, lengths).range;
    const [before, after] = [selections[i - 1], selections[i + 1]];
    const from = before === undefined ? start : Math.max(start, border(before, selection, lengths));
    const to = after === undefined ? end : Math.min(end, border(selection, after, lengths));
    return { ...selection, range: frameRange(from, to) };
  });
}

/** The frame where one ends and the next begins when their handles meet: each gets its part of the frames between. */
function border(a: Selection, b: Selection, { head, tail }: Lengths): number {
  const [before, after] = [tail(a.media), head(b.media)];
  const between = b.range.start - a.range.end;
  return before + after === 0 ? a.range.end : a.range.end + Math.floor((between * before) / (before + after));
}

/** Each media file once and whole, as far as its end is known, with what was selected of it as spans. */
export function wholeMedia(selections: readonly Selection[]): Selection[] {
  return groupBy(selections, ({ media }) => media.mediaId).map((group) => {
    const all = joinAll(group);
    const range = frameRange(0, all.media.duration ?? all.range.end);
    return { ...all, range, whole: range, subject: "media", spans: group.flatMap(spansOf) };
  });
}

function spansOf({ appearances, range }: Selection): Span[] {
  return appearances.flatMap(({ identity, range: own, score, expression }) => {
    const shown = intersect(own, range);
    return shown === undefined ? [] : [{ identity, range: shown, score, expression }];
  });
}

/** Groups in the order of their first members. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** Those for which it holds, and the others. */
export function parted<T>(items: readonly T[], holds: (item: T) => boolean): [yes: T[], no: T[]] {
  const [yes, no]: [T[], T[]] = [[], []];
  for (const item of items) (holds(item) ? yes : no).push(item);
  return [yes, no];
}

/** The selections that show each appearance. */
export function showingsOf(selections: Iterable<Selection>): Map<Appearance, Selection[]> {
  const showings = new Map<Appearance, Selection[]>();
  for (const selection of selections) {
    for (const appearance of selection.appearances) {
      const known = showings.get(appearance);
      if (known === undefined) showings.set(appearance, [selection]);
      else known.push(selection);
    }
  }
  return showings;
}
