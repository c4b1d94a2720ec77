import { type Clip, clipsOf, type Marker, type Timeline } from "../model/timeline.js";
import { oneLine } from "../text.js";
import { contains, type FrameRange, frameRange, lengthOf } from "../time/frame-range.js";
import type { Counting } from "../time/frame-rate.js";
import { framesPerDay, timecodeOf } from "../time/timecode.js";
import type { Dialect } from "./dialect.js";
import { type EdlForm, edlForm } from "./edl-form.js";
import { edlReels } from "./edl-reels.js";
import { formats } from "./formats.js";
import type { OutputFile, Writer } from "./writer.js";

/**
 * CMX 3600 edit decision lists: picture cuts with fixed columns, CRLF, one list per 999 events. The grammar is the
 * one Avid, Premiere and Resolve write and read; columns are those of pycmx's fixed-column parser.
 */
export const edl: Writer = {
  ...formats.edl,
  write: (plan, baseNames, { edl: dialect }) => {
    const style: ListStyle = { dialect, form: edlForm(dialect), reels: edlReels(plan, dialect) };
    return plan.timelines.flatMap((timeline, i) =>
      whyLeftOut(timeline, dialect) ? [] : lists(timeline, baseNames[i] as string, style),
    );
  },
};

/**
 * Why a timeline has no list: clips lie one over the other, which one track of events cannot say; or some of its media
 * count other frames than the list would.
 */
export function whyLeftOut(timeline: Timeline, { mixedRates }: Dialect["edl"]): "overlap" | "rates" | undefined {
  const clips = [...clipsOf(timeline)].sort((a, b) => a.recordRange.start - b.recordRange.start);
  if (clips.some(({ recordRange }, i) => recordRange.end > (clips[i + 1]?.recordRange.start ?? Infinity))) return "overlap";
  const isOther = ({ media }: Clip) => media.rate.nominal !== timeline.rate.nominal;
  return mixedRates === "leave_out" && clips.some(isOther) ? "rates" : undefined;
}

/** What all lists of an export have in common. */
interface ListStyle {
  readonly dialect: Dialect["edl"];
  readonly form: EdlForm;
  readonly reels: ReadonlyMap<Clip["media"], string>;
}

interface Event {
  readonly clip: Clip;
  /** Frame number of the source in-label in the list's counting. */
  readonly sourceStart: number;
  readonly record: FrameRange;
}

function lists(timeline: Timeline, baseName: string, style: ListStyle): OutputFile[] {
  const { mostEvents } = style.form;
  const events = timeline.tracks
    .flatMap((track) => track.clips)
    .sort((a, b) => a.recordRange.start - b.recordRange.start)
    .flatMap((clip) => eventsOf(clip, timeline.rate));
  const parts = Math.max(1, Math.ceil(events.length / mostEvents));
  return Array.from({ length: parts }, (_, part) => {
    const number = parts === 1 ? "" : String(part + 1).padStart(3, "0");
    const title = `${timeline.name}${number && ` ${number}`}`;
    const ofPart = events.slice(part * mostEvents, (part + 1) * mostEvents);
    // The record clock runs on from list to list, so that the parts stack without an offset.
    return { name: `${baseName}${number && `.${number}`}.edl`, chunks: listText(title, timeline.rate, ofPart, style) };
  });
}

/** One event; two for a source range over midnight, where the labels begin again. */
function eventsOf(clip: Clip, counting: Counting): Event[] {
  const day = framesPerDay(counting);
  const sourceStart = clip.sourceIn.edl % day;
  const record = clip.recordRange;
  const beforeMidnight = day - sourceStart;
  if (lengthOf(record) <= beforeMidnight) return [{ clip, sourceStart, record }];
  const cut = record.start + beforeMidnight;
  return [
    { clip, sourceStart, record: frameRange(record.start, cut) },
    { clip, sourceStart: 0, record: frameRange(cut, record.end) },
  ];
}

function* listText(title: string, counting: Counting, events: readonly Event[], style: ListStyle): Generator<string> {
  const lines = style.dialect.lineEnd === "crlf" ? linesIn("\r\n") : linesIn("\n");
  // The list says twice how it counts, because some readers look only at FCM and others only at the `;`.
  yield lines(`TITLE: ${title}`, `FCM: ${counting.dropped > 0 ? "DROP FRAME" : "NON-DROP FRAME"}`);
  for (const [i, event] of events.entries()) {
    yield lines("", eventLine(i + 1, event, counting, style), ...comments(event, counting, style));
  }
}

function eventLine(number: number, { clip, sourceStart, record }: Event, counting: Counting, style: ListStyle): string {
  // Out is the first frame after the event. A source out at midnight is 24:00:00:00: 00:00:00:00 would lie before the in.
  const times = [sourceStart, sourceStart + lengthOf(record), record.start, record.end].map((frame) =>
    timecodeOf(frame, counting),
  );
  const { digits, reel } = style.form;
  const name = (style.reels.get(clip.media) as string).padEnd(reel);
  return `${String(number).padStart(digits, "0")}  ${name} ${"V".padEnd(4)}  ${"C".padEnd(4)}     ${times.join(" ")}`;
}

// `FROM CLIP NAME` is the one name comment every program takes; `FROM CLIP` and `FROM FILE` make Premiere call
// the media UNKNOWN (OpenTimelineIO issue 1178).
function comments({ clip, record }: Event, counting: Counting, { dialect, form }: ListStyle): string[] {
  const people = clip.people.map(({ name }) => name).join(", ");
  const score = clip.score === undefined ? "" : ` · score ${clip.score.toFixed(2)}`;
  const inside = dialect.locators ? clip.markers.filter((marker) => contains(record, marker.recordFrame)) : [];
  return [
    `FROM CLIP NAME: ${clip.media.fileName}`,
    ...(dialect.sourceFile ? [`SOURCE FILE: ${clip.media.fileName}`] : []),
    `COMMENT: ${people}${score}`,
    ...inside.map((marker) => locator(marker, counting, form)),
  ].map((text) => `${form.comment}${text}`);
}

/** A locator counts record time, as Avid writes it. */
function locator({ recordFrame, person, note }: Marker, counting: Counting, { colour }: EdlForm): string {
  return `LOC: ${timecodeOf(recordFrame, counting)} ${colour(person.colour).padEnd(7)} ${person.name}${note && ` · ${note}`}`;
}

/** Names in a text begin no line of their own, which could be an event. */
function linesIn(lineEnd: string) {
  return (...texts: readonly string[]) => texts.map((text) => oneLine(text) + lineEnd).join("");
}
