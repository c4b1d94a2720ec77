import { given } from "../model/given.js";
import type { MediaFacts } from "../model/media.js";
import type { Identity } from "../model/people.js";
import type { Clip, Person, PersonRange, Timeline, Track } from "../model/timeline.js";
import { intersect } from "../time/frame-range.js";
import type { Appearance } from "./appearances.js";
import { ClipIds, subjectId } from "./clip-ids.js";
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
interface Building extends BuildParts {
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
    const building = { ...parts, reel, rule: markerRule(parts.markers, reel.rate), ids, clips, points };
    const { rate, size, start } = reel;
    return { name: names[i] as string, rate, size, start, tracks: tracksOf(building) };
  });
  return { timelines, clips, points };
}

function tracksOf(building: Building): Track[] {
  const { reel, people } = building;
  const clips = reel.clips.map((placed) => clipOf(placed, building));
  if (!reel.trackPerPerson) return [{ name: "V1", clips }];
  const rank = new Map([...people.keys()].map((key, i) => [key, i]));
  const first = (track: readonly Clip[]) => track[0]?.people[0] as Person;
  const tracks = groupBy(clips, (clip) => first([clip]).key);
  return tracks
    .sort((a, b) => (rank.get(first(a).key) as number) - (rank.get(first(b).key) as number))
    .map((track) => ({ name: first(track).name, clips: track }));
}

function clipOf(placed: Placed, building: Building): Clip {
  const { selection, place, record } = placed;
  const { range, score, expression } = selection;
  const media = building.disclosure.media(selection.media);
  const id = building.ids.idOf(selection);
  building.clips.set(selection, id);
  const marking = markingOf(placed, media, building);
  building.points.set(id, pointCounts(marking));
  const clip = {
    id,
    subject: subjectId(selection),
    // Programs relink on the file's name.
    name: media.fileName,
    media,
    people: selection.people.map(({ key }) => building.people.get(key) as Person),
    ...building.disclosure.face(given({ score, expression })),
    sourceRange: range,
    sourceIn: place.sourceIn,
    recordRange: record,
    appearances: shownAppearances(selection, building),
  };
  return withMarkers(clip, marking);
}

function shownAppearances({ appearances, range }: Selection, { people }: Building): PersonRange[] {
  return appearances.flatMap(({ identity, range: own }) => {
    const shown = intersect(own, range);
    return shown === undefined ? [] : [{ person: people.get(identity.key) as Person, range: shown }];
  });
}

function markingOf({ selection, record }: Placed, media: MediaFacts, building: Building): Marking {
  const { people, appearances, spans, range } = selection;
  const { disclosure, reel, pointsOf } = building;
  const personOf = ({ key }: Identity) => building.people.get(key) as Person;
  const clip = { media, source: range, record, rate: reel.rate, face: disclosure.face };
  const marked = people.map((identity): MarkedPerson => {
    const own = people.length === 1 ? appearances : appearances.filter(({ identity: { key } }) => key === identity.key);
    const { score, expression } = own[0] as Appearance;
    return { person: personOf(identity), points: pointsOf(selection, own), known: { score, expression } };
  });
  if (spans === undefined) return { clip, people: marked, rule: building.rule };
  const marks = building.rule === "none" ? [] : spans;
  return { clip, people: marked, rule: "none", spans: marks.map((span) => [personOf(span.identity), span] as const) };
}
