import { type ClipNaming, parseClipName } from "../map/clip-names.js";
import type { FilterWishes } from "../map/filter.js";
import { type LayoutKind, layoutKinds } from "../map/layouts.js";
import { type Handles, handlesMeetings, type LengthWishes, refuseImpossibleLengths } from "../map/lengths.js";
import type { MarkerChoice } from "../map/markers.js";
import type { MatchWish } from "../map/match.js";
import { parseMatch } from "../map/match-expression.js";
import { given as known } from "../model/given.js";
import { type ExportOptions, exportOptions } from "../options.js";
import { nearest } from "../text.js";
import { type Duration, parseDuration } from "../time/duration.js";
import { compare } from "../time/fraction.js";
import { type TimelineRate, timelineRates } from "../time/frame-rate.js";
import { badOption, isZero, requireCount, requireDuration, requirePart, requireWord, requireWords } from "./values.js";

/** What of a record is to be shown, and in which shape: options as the mapping takes them. */
export interface ShapeSettings extends LengthWishes {
  readonly filter: FilterWishes;
  readonly match?: MatchWish;
  readonly skipBad: boolean;
  readonly limit?: number;
  readonly layout: LayoutKind;
  readonly clipName?: ClipNaming;
  readonly redact: boolean;
}

/** The text of an option: as given, by the template, or the default. */
export type TextOf = (key: keyof ExportOptions) => string | undefined;

/** Reads the options that shape a cut. Throws `bad-option` naming the option. */
export function shapeSettings(given: ExportOptions, text: TextOf): ShapeSettings {
  const read = <T>(key: keyof ExportOptions, reader: (value: string, option: string) => T) => {
    const value = text(key);
    return value === undefined ? undefined : reader(value, key);
  };
  const lengths = known({
    mergeGap: read("mergeGap", requireDuration),
    matchGap: read("matchGap", requireDuration),
    minLength: read("minLength", requireDuration),
    maxLength: read("maxLength", requireSomeLength),
    groupGap: read("groupGap", requireDuration),
    handles: handlesOf(text("handles") as string, text("handlesMeet") as string),
  });
  // Seconds are compared with seconds, and frames with frames, which is the same at every rate.
  refuseImpossibleLengths(lengths, timelineRates[0] as TimelineRate);
  const layout = requireWord(text("layout") as string, layoutKinds, "layout");
  refuseIdle(given, text, layout);
  return {
    filter: filterOf(given, read),
    skipBad: given.skipBad ?? false,
    redact: requireRedact(given),
    layout,
    ...lengths,
    ...known({
      match: read("match", (value) => ({ text: value, expression: parseMatch(value) })),
      limit: read("limit", requireCount),
      clipName: read("clipName", parseClipName),
    }),
  };
}

/** Refuses a flag that the other options leave nothing to do for: whoever gave it expects something of it. */
function refuseIdle(given: ExportOptions, text: TextOf, layout: LayoutKind): void {
  const isLog = layout === "log";
  const idle: readonly (readonly [option: keyof ExportOptions, isIdle: boolean, without: string])[] = [
    ["matchGap", text("match") === undefined, "without --match"],
    ["handlesMeet", text("handles") === exportOptions.handles.default, "without --handles"],
    ["startTimecode", layout === "source", "with --layout source, which begins where the media do"],
    ["groupGap", layout === "source", "with --layout source, where each clip lies where it happens"],
    ["handles", isLog, "with --layout log, which shows files whole"],
    ["markers", isLog && given.markers?.trim().toLowerCase() !== "none", "with --layout log, which marks each appearance whole"],
  ];
  for (const [option, isIdle, without] of idle) {
    if (given[option] !== undefined && isIdle) {
      throw badOption(option, `The option does nothing ${without}`, "Leave one of them out, or give the other");
    }
  }
}

function filterOf(
  given: ExportOptions,
  read: <T>(key: keyof ExportOptions, reader: (value: string, option: string) => T) => T | undefined,
): FilterWishes {
  const words = (key: "category" | "expression" | "person" | "media") => given[key] && requireWords(given[key], key);
  const [from, until] = [read("from", requireDuration), read("until", requireSomeLength)];
  refuseBackwards(from, until);
  return known({
    minScore: read("minScore", requirePart),
    minFace: read("minFace", requirePart),
    categories: words("category"),
    expressions: words("expression"),
    people: words("person"),
    media: words("media"),
    from,
    until,
  });
}

function requireSomeLength(text: string, option: string): Duration {
  const duration = requireDuration(text, option);
  if (!isZero(duration)) return duration;
  throw badOption(option, "Nothing is as short as that", "Write a length above zero, or leave it out");
}

function refuseBackwards(from: Duration | undefined, until: Duration | undefined): void {
  const backwards =
    (from?.unit === "seconds" && until?.unit === "seconds" && compare(from.seconds, until.seconds) >= 0) ||
    (from?.unit === "frames" && until?.unit === "frames" && from.frames >= until.frames);
  if (backwards) throw badOption("from", "--from is not before --until, so nothing lies between them", "Change one of them");
}

/** `12`, or `12,1s` for head and tail; undefined for none. */
function handlesOf(text: string, meeting: string): Handles | undefined {
  const [head, tail = head, ...more] = text.split(",").map((part) => requireDuration(part, "handles"));
  if (head === undefined || tail === undefined || more.length > 0) {
    throw badOption("handles", `"${text}" is more than a head and a tail`, "Write one length for both, or two: 1s,12");
  }
  const meet = requireWord(meeting, handlesMeetings, "handlesMeet");
  return isZero(head) && isZero(tail) ? undefined : { head, tail, meet };
}

function requireRedact({ redact = false, writeMediaMap }: ExportOptions): boolean {
  if (!redact || writeMediaMap === undefined) return redact;
  throw badOption("redact", "A media map names all files, which --redact keeps back", "Leave one of them out");
}

/** Reads which track points become markers. Throws `bad-option`. */
export function requireMarkers(text: string): MarkerChoice {
  const word = text.trim().toLowerCase();
  const kind = markerKinds.find((choice) => choice === word);
  if (kind !== undefined) return kind;
  const moves = /^moves(?::(.*))?$/.exec(word);
  if (moves !== null) return { moves: moves[1] === undefined ? usualMove : requirePart(moves[1], "markers") };
  const spacing = parseDuration(word);
  if (spacing !== undefined && !isZero(spacing)) return { spacing };
  const near = nearest(word, [...markerKinds, "moves"]);
  throw badOption(
    "markers",
    `"${text}" is not a kind of markers`,
    near === undefined ? "Take none, appearance, all, moves, or a spacing such as 1s or 12 (frames)" : `Did you mean ${near}?`,
  );
}

const markerKinds = ["none", "appearance", "all"] as const;

const usualMove = 0.25;
