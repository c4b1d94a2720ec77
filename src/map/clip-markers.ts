import type { Clip, Marker, Person } from "../model/timeline.js";
import {
  addCounts,
  countPoints,
  type MarkedClip,
  type MarkedPerson,
  type MarkerRule,
  markersOf,
  type PointCounts,
  spanMarker,
} from "./markers.js";
import type { Span } from "./selections.js";

/** A clip, its people with their points, and how they are marked. */
export interface Marking extends MarkedClip {
  readonly people: readonly MarkedPerson[];
  readonly rule: MarkerRule;
  /** Where whole files are shown: what is marked with its length. */
  readonly spans: readonly (readonly [Person, Span])[] | undefined;
}

/** What becomes of the track points of a clip. */
export function pointCounts(clip: Marking): PointCounts {
  const counts = clip.people.map(({ points }) => countPoints(points, clip, clip.rule));
  return counts.length === 1 ? (counts[0] as PointCounts) : addCounts(counts);
}

/** The markers of all people of a clip in record order; where whole files are shown, one as long as each stretch. */
function clipMarkers(clip: Marking): Marker[] {
  const { people, rule, spans = [] } = clip;
  const [only, another] = people;
  if (only !== undefined && another === undefined && spans.length === 0) return markersOf(only, clip, rule);
  const spanned = spans.flatMap(([person, span]) => spanMarker(person, span, clip) ?? []);
  const markers = [...people.flatMap((person) => markersOf(person, clip, rule)), ...spanned];
  return markers.sort((a, b) => a.recordFrame - b.recordFrame);
}

const marking = Symbol("marking");
// One function for all clips: V8 gives an object with an accessor of its own a hidden class of its own.
const whenAsked: PropertyDescriptor & ThisType<{ readonly [marking]: Marking }> = {
  get() {
    return clipMarkers(this[marking]);
  },
  enumerable: true,
};

/** The clip with its markers, made when asked for: there may be millions, and nobody needs those of all clips at once. */
export function withMarkers(clip: Omit<Clip, "markers">, how: Marking): Clip {
  Object.defineProperty(clip, marking, { value: how });
  return Object.defineProperty(clip, "markers", whenAsked) as Clip;
}
