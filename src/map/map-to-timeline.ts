import type { FaceRecord } from "../model/matches.js";
import type { MediaFacts } from "../model/media.js";
import { colours, type Person, type Plan } from "../model/timeline.js";
import { oneLine } from "../text.js";
import { type Accounting, account, type DropReason } from "./accounting.js";
import { type ClipNaming, nameClips } from "./clip-names.js";
import { type Disclosure, everything, redaction } from "./disclosure.js";
import { type LayoutWishes, layOut } from "./layouts.js";
import type { MarkerChoice } from "./markers.js";
import { nothingLeft } from "./nothing-left.js";
import { plannedMedia } from "./planned-media.js";
import { type Selection, showingsOf } from "./selections.js";
import { findPeople, type ShapeWishes, shapeAtItsRate } from "./shaping.js";
import { sharePoints } from "./share-points.js";
import type { TimelineSettings } from "./timeline-settings.js";
import { type BuildParts, type Built, buildTimelines } from "./timelines.js";

/** What of a record is to be shown, and how the timelines are to be made. */
export interface MapOptions extends ShapeWishes, LayoutWishes {
  /** Name of the timeline; without one, the person's when there is only one, else `fallbackName`. */
  readonly name?: string;
  readonly fallbackName: string;
  readonly markers: MarkerChoice;
  /** How clips are called; without it, by the media's file name. */
  readonly clipName?: ClipNaming;
  /** The timeline of an earlier mapping, to map some of its clips as they were there. */
  readonly settings?: TimelineSettings;
  /** Keep names, places, scores and boxes back. */
  readonly redact?: boolean;
}

export interface Mapped {
  readonly plan: Plan;
  readonly settings: TimelineSettings;
  readonly accounting: Accounting;
  /** Aliases for people who are not in the record. */
  readonly unusedAliases: readonly string[];
  /** What of the record may be told in files. */
  readonly disclosure: Disclosure;
}

/**
 * Turns what a search found into timelines: occurrences to appearances, appearances to what of the media is shown, that to
 * clips on timelines, track points to markers. Pure. Throws FacecutError: `bad-occurrence` for a time that cannot be,
 * `no-rate`, `no-timeline-rate`, `bad-option` for a name that is not in the record or a time that does not exist, and
 * `nothing-found` when no clip is left.
 */
export function mapToTimeline(record: FaceRecord, facts: ReadonlyMap<string, MediaFacts>, options: MapOptions): Mapped {
  const found = findPeople(record, facts, options);
  const { shaped, settings } = shapeAtItsRate(found, options, options.settings);
  const { reels, dropped } = settings === undefined ? { reels: [], dropped: [] } : layOut(shaped.selections, options, settings);
  const drops = new Map<Selection, DropReason>([...shaped.dropped, ...dropped]);
  const showings = showingsOf([...shaped.selections, ...shaped.dropped.map(([selection]) => selection)]);
  const accountFor = ({ clips, points }: Pick<Built, "clips" | "points">) =>
    account(record, facts, found.traces, shaped, { clips, points, dropped: drops, showings });
  if (settings === undefined || reels.length === 0) {
    const { occurrences } = accountFor({ clips: new Map(), points: new Map() });
    const known = shaped.dropped.filter(([, why]) => why === "not-new").length;
    throw nothingLeft(record, facts, occurrences, known, options.filter);
  }
  const disclosure = options.redact ? redaction(record, facts, found.cast.identities.values()) : everything;
  const people = givePeopleColours(shaped.selections, drops, disclosure);
  const { markers, layout } = options;
  const name = nameOf(people, disclosure, options);
  const parts: BuildParts = { name, people, markers, layout, pointsOf: sharePoints(showings), disclosure };
  const built = buildTimelines(reels, parts);
  const media = plannedMedia(built.timelines, [...facts.values()].map(disclosure.media));
  const plan = { name: parts.name, timelines: built.timelines, media, people: [...parts.people.values()] };
  return {
    plan: options.clipName === undefined ? plan : nameClips(plan, options.clipName),
    settings,
    accounting: disclosure.accounting(accountFor(built)),
    unusedAliases: found.cast.unusedAliases,
    disclosure,
  };
}

/** What the plan is called. */
function nameOf(
  people: ReadonlyMap<string, Person>,
  { redacted }: Disclosure,
  { name, fallbackName }: Pick<MapOptions, "name" | "fallbackName">,
): string {
  const [only, another] = people.values();
  const otherwise = redacted ? "redacted" : fallbackName;
  return oneLine(name ?? (another === undefined ? (only as Person).name : otherwise));
}

/** Names and colours for everybody who is in a clip, in order of first appearance: a person keeps the colour whatever the sorting. */
function givePeopleColours(
  selections: readonly Selection[],
  drops: ReadonlyMap<Selection, DropReason>,
  disclosure: Disclosure,
): Map<string, Person> {
  const people = new Map<string, Person>();
  for (const selection of selections) {
    if (drops.has(selection)) continue;
    for (const identity of selection.people) {
      if (people.has(identity.key)) continue;
      const colour = colours[people.size % colours.length] as Person["colour"];
      people.set(identity.key, { ...disclosure.person(identity), colour });
    }
  }
  return people;
}
