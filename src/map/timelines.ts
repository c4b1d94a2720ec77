import type { MediaFacts } from "../model/media.js";
import type { Identity } from "../model/people.js";
import type { Clip, Person, PersonRange, Timeline, Track } from "../model/timeline.js";
import { intersect } from "../time/frame-range.js";
import type { Appearance } from "./appearances.js";
import { ClipIds } from "./clip-ids.js";
import { type Marking, pointCounts, withMarkers } from "./clip-markers.js";
import type { Disclosure } from "./disclosure.js";
import type { LayoutKind, Placed, Reel } from "./layouts.js";
import { type MarkedPerson, type MarkerChoice, type MarkerRule, markerRule, type PointCounts } from "./markers.js";
import { groupBy, type Selection } from "./selections.js";
import type { PointsOf } from "./share-points.js";
import { timelineNames } from "./timeline-names.js";

/** What timelines are built with. */
export interface BuildParts {
  readonly name: string;
  readonly people: ReadonlyMap<string, Person>;
  readonly markers: MarkerChoice;
  readonly layout: LayoutKind | undefined;
  readonly pointsOf: PointsOf;
  readonly disclosure: Disclosure;
}

export interface Built {
  readonly timelines: readonly Timeline[];
  /** The clip each selection became. */
  readonly clips: ReadonlyMap<Selection, string>;
  /** What became of each clip's track points. */
  readonly points: ReadonlyMap<string, PointCounts>;
}

/** What is the same for every clip of a timeline, and what is filled by them. */
interface Building {
  readonly parts: BuildParts;
  readonly reel: Reel;
  readonly rule: MarkerRule;
  readonly ids: ClipIds;
  readonly clips: Map<Selection, string>;
  readonly points: Map<string, PointCounts>;
}

/** Timelines of what was laid out, with names, clips and markers. */
export function buildTimelines(reels: readonly Reel[], parts: BuildParts): Built {
  const [clips, points] = [new Map<Selection, string>(), new Map<string, PointCounts>()];
  const ids = new ClipIds();
  const names = timelineNames(parts.name, reels, parts.layout, parts.disclosure);
  const timelines = reels.map((reel, i): Timeline => {
    const building = { parts, reel, rule: markerRule(parts.markers, reel.rate), ids, clips, points };
    const { rate, size, start } = reel;
    return { name: names[i] as string, rate, size, start, tracks: tracksOf(building) };
  });
  return { timelines, clips, points };
}

function tracksOf(building: Building): Track[] {
  const { reel, parts } = building;
  const clips = reel.clips.map((placed) => clipOf(placed, building));
  if (!reel.trackPerPerson) return [{ name: "V1", clips }];
  const rank = new Map([...parts.people.keys()].map((key, i) => [key, i]));
  const first = (track: readonly Clip[]) => track[0]?.people[0] as Person;
  const tracks = groupBy(clips, (clip) => first([clip]).key);
  return tracks
    .sort((a, b) => (rank.get(first(a).key) as number) - (rank.get(first(b).key) as number))
    .map((track) => ({ name: first(track).name, clips: track }));
}

function clipOf(placed: Placed, building: Building): Clip {
  const { selection, place, record } = placed;
  const { ids } = building;
  const { disclosure, people } = building.parts;
  const media = disclosure.media(selection.media);
  const id = ids.idOf(selection);
  building.clips.set(selection, id);
  const marking = markingOf(placed, media, building);
  building.points.set(id, pointCounts(marking));
  const { score, expression } = disclosure.face({ score: selection.score, expression: selection.expression });
  const clip = {
    id,
    subject: ids.subjectIdOf(selection),
    // Programs relink on the file's name.
    name: media.fileName,
    media,
    people: marking.people.map(({ person }) => person),
    score,
    expression,
    sourceRange: selection.range,
    sourceIn: place.sourceIn,
    recordRange: record,
    appearances: shownAppearances(selection, people),
  };
  return withMarkers(clip, marking);
}

function shownAppearances({ appearances, range }: Selection, people: ReadonlyMap<string, Person>): PersonRange[] {
  const parts = appearances.map(({ identity, range: own }) => {
    const shown = intersect(own, range);
    return shown && { person: people.get(identity.key) as Person, range: shown };
  });
  // A filtered list has room for more, which would be kept for every clip.
  return parts.includes(undefined) ? parts.filter((part) => part !== undefined) : (parts as PersonRange[]);
}

function markingOf({ selection, record }: Placed, media: MediaFacts, { parts, reel, rule }: Building): Marking {
  const { people, range, spans } = selection;
  return {
    media,
    source: range,
    record,
    rate: reel.rate,
    face: parts.disclosure.face,
    people: people.map((identity) => markedPerson(identity, selection, parts)),
    rule: spans === undefined ? rule : "none",
    spans: rule === "none" ? undefined : spans?.map((span) => [parts.people.get(span.identity.key) as Person, span]),
  };
}

function markedPerson({ key }: Identity, selection: Selection, { people, pointsOf }: BuildParts): MarkedPerson {
  const { appearances } = selection;
  const own = selection.people.length === 1 ? appearances : appearances.filter(({ identity }) => identity.key === key);
  const { score, expression } = own[0] as Appearance;
  return { person: people.get(key) as Person, points: pointsOf(selection, own), score, expression };
}
