import { FacecutError } from "../errors.js";
import { given } from "../model/given.js";
import type { BoxPosition, MediaClip, Occurrence, TrackPoint } from "../model/matches.js";
import type { JsonCursor, JsonObject } from "./json-cursor.js";
import { openReply } from "./open-reply.js";
import { PackedPoints } from "./packed-points.js";
import type { RecordFile } from "./record-folder.js";

/** A clip and the JSON it was read from, by which it is told apart from others. */
export interface FoundClip {
  readonly clip: MediaClip;
  readonly json: JsonObject;
}

/** How a record is read. */
export interface ReadOptions {
  /** Keep occurrences that end before they start, for the mapping to leave out and list, instead of refusing them. */
  readonly skipBad?: boolean;
}

/** One page of SearchMediaClipByFace. */
export interface ClipPage {
  readonly clips: readonly FoundClip[];
  /** Clips of this media in all pages together, as the service counts them. */
  readonly total?: number;
}

/**
 * Reads a reply of SearchMediaClipByFace (API version 2020-11-09). Unknown fields are ignored. Throws
 * `wrong-reply`, `bad-reply`, or `bad-occurrence` when an occurrence ends before it starts.
 */
export function parseClips(file: RecordFile, value: unknown, { skipBad = false }: ReadOptions = {}): ClipPage {
  const reply = openReply(file.path, value, "SearchMediaClipByFace");
  const clips = reply.list("MediaClipList", (at) => foundClip(at, file, skipBad)) ?? [];
  return given({ clips, total: reply.count("Total") });
}

function foundClip(at: JsonCursor, file: RecordFile, skipBad: boolean): FoundClip {
  const clip: MediaClip = given({
    score: at.number("Score"),
    entityId: at.text("EntityId"),
    labelName: at.text("LabelName"),
    category: at.text("Category"),
    occurrences: at.list("OccurrencesInfos", (occurrenceAt) => occurrence(occurrenceAt, file, skipBad)) ?? [],
    place: `${file.path} ${at.path}`,
  });
  return { clip, json: at.value };
}

function occurrence(at: JsonCursor, file: RecordFile, skipBad: boolean): Occurrence {
  const startTime = at.requireNumber("StartTime");
  const endTime = at.requireNumber("EndTime");
  if (endTime < startTime && !skipBad) throw endsBeforeStart(startTime, endTime, `${file.path} ${at.path}`);
  const trackData = new PackedPoints(at.list("TrackData", trackPoint) ?? []);
  return given({ startTime, endTime, expression: at.text("Expression"), trackData });
}

function endsBeforeStart(startTime: number, endTime: number, where: string): FacecutError {
  return new FacecutError("bad-occurrence", {
    what: `EndTime ${endTime} lies before StartTime ${startTime}`,
    where,
    cure: "Correct the times, or leave impossible occurrences out with --skip-bad",
  });
}

function trackPoint(at: JsonCursor): TrackPoint {
  const timestamp = at.requireNumber("Timestamp");
  const box = at.object("BoxPosition", boxPosition);
  return box === undefined ? { timestamp } : { timestamp, box };
}

/** A box that lacks a number is none. X and Y may be negative: a face half out of the picture. */
function boxPosition(at: JsonCursor): BoxPosition | undefined {
  const [x, y, w, h] = [at.number("X"), at.number("Y"), at.number("W"), at.number("H")];
  if (w !== undefined && w < 0) throw at.refuse("W", "a width from 0 up");
  if (h !== undefined && h < 0) throw at.refuse("H", "a height from 0 up");
  return x === undefined || y === undefined || w === undefined || h === undefined ? undefined : { x, y, w, h };
}
