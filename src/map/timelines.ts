import { given } from "../model/given.js";
import type { Identity } from "../model/people.js";
import type { Clip, Marker, Person, PersonRange, Timeline, Track } from "../model/timeline.js";
import { intersect } from "../time/frame-range.js";
import type { Appearance } from "./appearances.js";
import { ClipIds } from "./clip-ids.js";
import type { Disclosure } from "./disclosure.js";
import type { LayoutKind, Placed, Reel } from "./layouts.js";
import {
  addCounts,
  type ClipPlace,
  type MarkerChoice,
  type MarkerRule,
  markerRule,
  markersOf,
  type PointCounts,
  spanMarker,
} from "./markers.js";
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

function clipOf({ selection, place, record }: Placed, building: Building): Clip {
  const { range, score, expression } = selection;
  const media = building.disclosure.media(selection.media);
  const id = building.ids.idOf(selection);
  building.clips.set(selection, id);
  const { markers, counts } = marked(selection, { source: range, record }, building);
  building.points.set(id, counts);
  return {
    id,
    // Programs relink on the file's name.
    name: media.fileName,
    media,
    people: selection.people.map(({ key }) => building.people.get(key) as Person),
    ...building.disclosure.face(given({ score, expression })),
    sourceRange: range,
    sourceIn: place.sourceIn,
    recordRange: record,
    markers,
    appearances: shownAppearances(selection, building),
  };
}

function shownAppearances({ appearances, range }: Selection, { people }: Building): PersonRange[] {
  return appearances.flatMap(({ identity, range: own }) => {
    const shown = intersect(own, range);
    return shown === undefined ? [] : [{ person: people.get(identity.key) as Person, range: shown }];
  });
}

/** The markers of all people of a clip in record order; where whole files are shown, one as long as each stretch. */
function marked(selection: Selection, place: ClipPlace, building: Building): { markers: Marker[]; counts: PointCounts } {
  const { people, appearances, spans } = selection;
  const { disclosure } = building;
  const media = disclosure.media(selection.media);
  const { rate } = building.reel;
  const rule = spans === undefined ? building.rule : "none";
  const personOf = ({ key }: Identity) => building.people.get(key) as Person;
  const byPerson = new Map(groupBy(appearances, ({ identity }) => identity.key).map((own) => [own[0]?.identity.key, own]));
  const each = people.map((identity) => {
    const own = byPerson.get(identity.key) as Appearance[];
    const { score, expression } = own[0] as Appearance;
    const points = building.pointsOf(selection, own).map(disclosure.face);
    return markersOf(
      { person: personOf(identity), points, ...disclosure.face(given({ score, expression })) },
      media,
      place,
      rate,
      rule,
    );
  });
  const spanned = (spans ?? []).flatMap(
    (span) => spanMarker(personOf(span.identity), disclosure.face(span), media, place, rate) ?? [],
  );
  const markers = [...each.flatMap((one) => one.markers), ...spanned];
  const inOrder = people.length === 1 && spans === undefined ? markers : markers.sort((a, b) => a.recordFrame - b.recordFrame);
  return { markers: inOrder, counts: addCounts(each.map(({ counts }) => counts)) };
}
