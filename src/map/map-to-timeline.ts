import { given } from "../model/given.js";
import type { FaceRecord } from "../model/matches.js";
import type { MediaFacts } from "../model/media.js";
import { identifyPeople } from "../model/people.js";
import { type Clip, colours, type Person, type Plan, type Timeline } from "../model/timeline.js";
import { oneLine } from "../text.js";
import type { FrameRange } from "../time/frame-range.js";
import { type Accounting, account, type DropReason, nothingFound, nothingNew } from "./accounting.js";
import { type Appearance, appearancesIn, type Findings } from "./appearances.js";
import { ClipIds, clipId } from "./clip-ids.js";
import { type MarkerChoice, type MarkerRule, markerRule, markersOf, type PointCounts } from "./markers.js";
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
  /** Ids of the clips that are wanted; all, when absent. */
  readonly only?: ReadonlySet<string>;
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
  const findings: Findings = { traces: [], strayPoints: [] };
  const found = sortAppearances(findAppearances(record, facts, findings), "media");
  if (found.length === 0) throw nothingFound(record, facts, findings);
  const { appearances, dropped } = wanted(found, options.only);
  if (appearances.length === 0) throw nothingNew(found.length);
  const settings = timelineSettings(appearances, options);
  const { placed, tooShort } = placeAll(sortAppearances(appearances, options.sort), settings);
  if (placed.length === 0) throw nothingFound(record, facts, findings);
  const left = new Set(tooShort);
  const people = givePeopleColours(appearances.filter((appearance) => !left.has(appearance)));
  const [only, another] = people.values();
  const name = oneLine(options.name ?? (another === undefined ? (only as Person).name : options.fallbackName));
  const layout: Layout = {
    settings,
    people,
    rule: markerRule(options.markers, settings.rate),
    points: new Map(),
    clips: new Map(),
  };
  const timelines = cutIntoTimelines(placed, name, layout);
  const media = plannedMedia(timelines, [...facts.values()]);
  const plan = { name, timelines, media, people: [...people.values()] };
  for (const appearance of tooShort) dropped.set(appearance, "too-short-for-a-frame");
  return { plan, settings, accounting: account(record, facts, findings, { ...layout, dropped }) };
}

function wanted(found: readonly Appearance[], only: ReadonlySet<string> | undefined) {
  const isWanted = (appearance: Appearance) => only?.has(clipId(appearance)) ?? true;
  const dropped = new Map<Appearance, DropReason>();
  for (const appearance of found) if (!isWanted(appearance)) dropped.set(appearance, "not-new");
  return { appearances: found.filter((appearance) => !dropped.has(appearance)), dropped };
}

interface Placed {
  readonly appearance: Appearance;
  readonly place: GridPlace;
}

/** What is the same for every clip of a plan. */
interface Layout {
  readonly settings: TimelineSettings;
  readonly people: ReadonlyMap<string, Person>;
  readonly rule: MarkerRule;
  /** Filled with what became of each clip's track points. */
  readonly points: Map<string, PointCounts>;
  /** Filled with the clip each appearance became. */
  readonly clips: Map<Appearance, string>;
}

function findAppearances(record: FaceRecord, facts: ReadonlyMap<string, MediaFacts>, findings: Findings): Appearance[] {
  const known = record.matches.filter(({ mediaId }) => facts.has(mediaId));
  const inOrder = known.sort((a, b) => compareMedia(facts.get(a.mediaId) as MediaFacts, facts.get(b.mediaId) as MediaFacts));
  const people = identifyPeople(inOrder);
  return inOrder.flatMap((matches) => appearancesIn(matches, facts.get(matches.mediaId) as MediaFacts, people, findings));
}

function placeAll(appearances: readonly Appearance[], { rate }: TimelineSettings): { placed: Placed[]; tooShort: Appearance[] } {
  const [placed, tooShort]: [Placed[], Appearance[]] = [[], []];
  for (const appearance of appearances) {
    const place = placeOnGrid(appearance.range, appearance.media, rate);
    if (place === undefined) tooShort.push(appearance);
    else placed.push({ appearance, place });
  }
  return { placed, tooShort };
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

function cutIntoTimelines(placed: readonly Placed[], name: string, layout: Layout): Timeline[] {
  const { rate, size, start } = layout.settings;
  const rows = placed.values();
  const ids = new ClipIds();
  return recordRanges(
    placed.map(({ place }) => place.length),
    start,
    rate,
  ).map((ranges, i) => {
    const clips = ranges.map((range) => {
      const next = rows.next().value as Placed;
      return clipOf(next, range, ids.idOf(next.appearance), layout);
    });
    return { name: i === 0 ? name : `${name}-${i + 1}`, rate, size, start, tracks: [{ name: "V1", clips }] };
  });
}

function clipOf({ appearance, place }: Placed, recordRange: FrameRange, id: string, layout: Layout): Clip {
  const { media, range, identity, score, expression } = appearance;
  const person = layout.people.get(identity.key) as Person;
  const where = { source: range, record: recordRange };
  const { markers, counts } = markersOf(appearance, person, where, layout.settings.rate, layout.rule);
  layout.points.set(id, counts);
  layout.clips.set(appearance, id);
  return {
    id,
    // Programs relink on the file's name.
    name: media.fileName,
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
