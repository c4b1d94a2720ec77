import { given } from "../model/given.js";
import type { FaceRecord } from "../model/matches.js";
import type { MediaFacts } from "../model/media.js";
import { identifyPeople } from "../model/people.js";
import { type Clip, colours, type Person, type Plan, type Timeline } from "../model/timeline.js";
import { oneLine } from "../text.js";
import type { FrameRange } from "../time/frame-range.js";
import { type Accounting, account, nothingFound } from "./accounting.js";
import { type Appearance, appearancesIn, type Losses } from "./appearances.js";
import { type MarkerChoice, markersOf, type PointCounts } from "./markers.js";
import { compareMedia, type SortKey, sortAppearances } from "./order.js";
import { type GridPlace, placeOnGrid, recordRanges } from "./place-clips.js";
import { plannedMedia } from "./planned-media.js";
import { type TimelineSettings, type TimelineWishes, timelineSettings } from "./timeline-settings.js";

/** How the timeline is to be made. */
export interface MapOptions extends TimelineWishes {
  /** Name of the timeline; without one, the person's when there is only one, else `fallbackName`. */
  readonly name?: string;
  readonly fallbackName: string;
  readonly sort: SortKey;
  readonly markers: MarkerChoice;
}

export interface Mapped {
  readonly plan: Plan;
  readonly settings: TimelineSettings;
  readonly accounting: Accounting;
}

/**
 * Turns what a search found into timelines: occurrences to appearances, appearances to clips back to back from
 * the start timecode, track points to markers. Pure. Throws FacecutError: `bad-occurrence` for a time before the
 * media's start, `no-rate`, `no-timeline-rate`, `bad-option` for a start timecode that does not exist, and
 * `nothing-found` when no clip is left.
 */
export function mapToTimeline(record: FaceRecord, facts: ReadonlyMap<string, MediaFacts>, options: MapOptions): Mapped {
  const losses: Losses = { cutToMedia: 0, outsideMedia: 0, pointsOutside: 0 };
  const appearances = sortAppearances(findAppearances(record, facts, losses), "media");
  if (appearances.length === 0) throw nothingFound(record, facts, losses);
  const people = givePeopleColours(appearances);
  const settings = timelineSettings(appearances, options);
  const placed = sortAppearances(appearances, options.sort).flatMap((appearance) => {
    const place = placeOnGrid(appearance.range, appearance.media, settings.rate);
    return place === undefined ? [] : [{ appearance, place }];
  });
  if (placed.length === 0) throw nothingFound(record, facts, losses);
  const name = options.name ?? (people.size === 1 ? ([...people.values()][0] as Person).name : options.fallbackName);
  const points = new Map<string, PointCounts>();
  const timelines = cutIntoTimelines(placed, oneLine(name), settings, people, options.markers, points);
  const plan = {
    name: oneLine(name),
    timelines,
    media: plannedMedia(timelines, [...facts.values()]),
    people: [...people.values()],
  };
  return { plan, settings, accounting: account(record, facts, losses, appearances, placed.length, points) };
}

interface Placed {
  readonly appearance: Appearance;
  readonly place: GridPlace;
}

function findAppearances(record: FaceRecord, facts: ReadonlyMap<string, MediaFacts>, losses: Losses): Appearance[] {
  const known = record.matches.filter(({ mediaId }) => facts.has(mediaId));
  const inOrder = known.sort((a, b) => compareMedia(facts.get(a.mediaId) as MediaFacts, facts.get(b.mediaId) as MediaFacts));
  const people = identifyPeople(inOrder);
  return inOrder.flatMap((matches) => appearancesIn(matches, facts.get(matches.mediaId) as MediaFacts, people, losses));
}

/** People in order of first appearance, so that a person keeps the colour whatever the sorting. */
function givePeopleColours(appearances: readonly Appearance[]): Map<string, Person> {
  const people = new Map<string, Person>();
  for (const { identity } of appearances) {
    if (people.has(identity.key)) continue;
    people.set(identity.key, { ...identity, colour: colours[people.size % colours.length] as Person["colour"] });
  }
  return people;
}

function cutIntoTimelines(
  placed: readonly Placed[],
  name: string,
  settings: TimelineSettings,
  people: ReadonlyMap<string, Person>,
  markers: MarkerChoice,
  points: Map<string, PointCounts>,
): Timeline[] {
  const { rate, size, start } = settings;
  const lengths = placed.map(({ place }) => place.length);
  let next = 0;
  return recordRanges(lengths, start, rate).map((ranges, i) => {
    const clips = ranges.map((record) => {
      const clip = clipOf(placed[next] as Placed, record, `clip-${++next}`, settings, people, markers, points);
      return clip;
    });
    return { name: i === 0 ? name : `${name}-${i + 1}`, rate, size, start, tracks: [{ name: "V1", clips }] };
  });
}

function clipOf(
  { appearance, place }: Placed,
  recordRange: FrameRange,
  id: string,
  { rate }: TimelineSettings,
  people: ReadonlyMap<string, Person>,
  choice: MarkerChoice,
  points: Map<string, PointCounts>,
): Clip {
  const { media, range, identity, score, expression } = appearance;
  const person = people.get(identity.key) as Person;
  const { markers, counts } = markersOf(appearance, person, { source: range, record: recordRange }, rate, choice);
  points.set(id, counts);
  return {
    id,
    name: media.name,
    media,
    people: [person],
    ...given({ score, expression }),
    sourceRange: range,
    sourceIn: place.sourceIn,
    recordRange,
    markers,
    appearances: [{ person, range }],
  };
}
