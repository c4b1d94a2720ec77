import type { FaceRecord, MediaMatches } from "../model/matches.js";
import type { MediaFacts } from "../model/media.js";
import { lengthOf } from "../time/frame-range.js";
import { type TimelineRate, timelineRates } from "../time/frame-rate.js";
import { type Appearance, joinAppearances, type StrayPoint } from "./appearances.js";
import { type Aliases, type Cast, castOf } from "./cast.js";
import { clipId } from "./clip-ids.js";
import { type FilterWishes, occurrenceFilter } from "./filter.js";
import type { LayoutKind } from "./layouts.js";
import { type Lengths, type LengthWishes, lengthsAt, needsRate } from "./lengths.js";
import { type Match, type MatchWish, matchingSelections, understandMatch } from "./match.js";
import { type FoundPerson, readOccurrences, type Trace } from "./occurrences.js";
import { compareMedia, sorted } from "./order.js";
import { cutToLongest, parted, type Selection, selectionOf, wholeMedia, withHandles } from "./selections.js";
import { speedOf, type TimelineSettings, type TimelineWishes, timelineSettings } from "./timeline-settings.js";

/** What of a record is to be shown; what is absent changes nothing. */
export interface ShapeWishes extends LengthWishes {
  readonly filter?: FilterWishes;
  readonly match?: MatchWish;
  /** Leave impossible occurrences out instead of refusing them. */
  readonly skipBad?: boolean;
  readonly aliases?: Aliases;
  readonly layout?: LayoutKind;
  /** Ids of clips that are known, and not wanted again. */
  readonly known?: ReadonlySet<string>;
}

// Lengths in seconds are the same at every rate.
const anyRate = timelineRates[0] as TimelineRate;

/** A record, read: everything that is wanted of it, before time is shaped. */
export interface Found {
  readonly cast: Cast;
  readonly people: readonly FoundPerson[];
  readonly match: Match | undefined;
  /** Every occurrence that was read. */
  readonly traces: readonly Trace[];
}

/** The cut, before clips are laid on a timeline. */
export interface Shaped {
  /** In the order `media`. */
  readonly appearances: readonly Appearance[];
  /** What is to be shown, in the order `media`. */
  readonly selections: readonly Selection[];
  /** What is not, and why. */
  readonly dropped: readonly (readonly [Selection, ShapeDrop])[];
  readonly strayPoints: readonly StrayPoint[];
}

/** Why a part of the media is not shown though it was found. */
export type ShapeDrop = "shorter-than-the-minimum" | "not-new";

/** Reads what is wanted of a record. Throws `bad-occurrence`, and `bad-option` for names that are not in it. */
export function findPeople(record: FaceRecord, facts: ReadonlyMap<string, MediaFacts>, wishes: ShapeWishes): Found {
  const factsOf = ({ mediaId }: MediaMatches) => facts.get(mediaId) as MediaFacts;
  const known = record.matches.filter(({ mediaId }) => facts.has(mediaId));
  const inOrder = known.sort((a, b) => compareMedia(factsOf(a), factsOf(b)));
  const cast = castOf(inOrder, wishes.aliases);
  const filterOf = occurrenceFilter(wishes.filter ?? {}, cast, inOrder.map(factsOf));
  const match = wishes.match && understandMatch(wishes.match, cast.words());
  const traces: Trace[] = [];
  const { skipBad = false, layout } = wishes;
  const people = inOrder.flatMap((matches) => {
    const media = factsOf(matches);
    const reading = {
      media,
      people: cast.identities,
      filter: filterOf(media),
      skipBad,
      byExpression: layout === "per-expression",
      traces,
    };
    return readOccurrences(matches, reading);
  });
  return { cast, people, match, traces };
}

/**
 * Shapes time: joins appearances, evaluates the match, drops what is too short, cuts what is too long, adds handles, leaves
 * out what is known. In this order, on frames of the media.
 */
function shape({ people, match }: Found, wishes: ShapeWishes, lengths: Lengths): Shaped {
  const { appearances, strayPoints } = joinAppearances(people, lengths.mergeGap);
  const inOrder = sorted(appearances, "media");
  const byExpression = wishes.layout === "per-expression";
  const chosen = match
    ? matchingSelections(inOrder, match, lengths)
    : inOrder.map((appearance) => selectionOf(appearance, byExpression));
  const [long, short] = parted(chosen, ({ media, range }) => lengthOf(range) >= lengths.least(media));
  const cut = long.map((each) => cutToLongest(each, lengths));
  const handled = wishes.handles === undefined ? cut : withHandles(cut, lengths, wishes.handles.meet);
  const whole = wishes.layout === "log" ? wholeMedia(handled) : handled;
  const [selections, old] = parted(whole, (each) => wishes.known?.has(clipId(each)) !== true);
  const dropped = [
    ...short.map((each) => [each, "shorter-than-the-minimum"] as const),
    ...old.map((each) => [each, "not-new"] as const),
  ];
  return { appearances: inOrder, selections: sorted(selections, "media"), dropped, strayPoints };
}

// Lengths in timeline frames ask for a rate, and the rate for the clips they shape: a few turns settle nearly everything.
const mostTurns = 3;

/**
 * The shaped cut and its timeline: as kept, else rate, size and start as asked, else those of most clip time. Lengths in timeline frames
 * are read at the timeline's rate. Without settings when nothing is left to show. Throws `no-timeline-rate`, and
 * `bad-option` for a length or start timecode that does not exist at the rate.
 */
export function shapeAtItsRate(
  found: Found,
  wishes: ShapeWishes & TimelineWishes,
  kept?: TimelineSettings,
): { shaped: Shaped; settings?: TimelineSettings } {
  if (kept !== undefined) return shapeAt(kept, found, wishes);
  const clips = found.people.flatMap(({ media, stretches }) => stretches.map(({ range }) => ({ media, range })));
  if (clips.length === 0) return { shaped: { appearances: [], selections: [], dropped: [], strayPoints: [] } };
  let rate = needsRate(wishes) ? speedOf(clips, wishes) : anyRate;
  for (let turn = 1; ; turn++) {
    const shaped = shape(found, wishes, lengthsAt(wishes, rate));
    if (shaped.selections.length === 0) return { shaped };
    const settings = timelineSettings(shaped.selections, wishes);
    if (!needsRate(wishes) || settings.rate.id === rate.id) return { shaped, settings };
    if (turn === mostTurns)
      return { shaped, settings: timelineSettings(shaped.selections, { ...wishes, rate: { rate, countingGiven: true } }) };
    rate = settings.rate;
  }
}

/** Clips keep their ranges on a timeline that was settled by more of them. */
function shapeAt(settings: TimelineSettings, found: Found, wishes: ShapeWishes): ReturnType<typeof shapeAtItsRate> {
  const shaped = shape(found, wishes, lengthsAt(wishes, settings.rate));
  return shaped.selections.length === 0 ? { shaped } : { shaped, settings };
}
