import { type Line, linesOf } from "./lines.js";
import type { Problems } from "./problems.js";

/** A locator comment: record time, colour word, free text. */
interface EdlLocator {
  readonly label: string;
  readonly colour: string | undefined;
  readonly text: string;
  readonly line: number;
}

/** One event of a list, as it is written, with the lines that follow it. */
export interface EdlEvent {
  readonly line: number;
  readonly number: string;
  readonly reel: string;
  readonly channels: string;
  readonly transition: string;
  /** Frames of a transition, as written. */
  readonly length: string | undefined;
  /** Source in, source out, record in, record out. */
  readonly labels: readonly [string, string, string, string];
  /** The `FCM` in force. */
  readonly fcm: string | undefined;
  readonly locators: EdlLocator[];
  /** Comments of the form `* KEY: text`, the first of each key. */
  readonly comments: Map<string, string>;
  /** Channels that an `AUD` line adds. */
  readonly moreChannels: number[];
  speed: string | undefined;
  /** Lines of no known form: the text of a marker, in a marker list. */
  readonly notes: string[];
}

export interface EdlList {
  title: string;
  /** The `FCM` of the head. */
  fcm: string | undefined;
  readonly events: EdlEvent[];
}

const label = String.raw`\d{1,3}[:;.,]\d{1,2}[:;.,]\d{1,2}[:;.,]\d{1,3}`;
const eventLine = new RegExp(String.raw`^\s*(\d{1,9})\s+(.+?)\s+(${label})\s+(${label})\s+(${label})\s+(${label})\s*$`);
const middle = /^(?:(.*?)\s+)?(\S+)\s+(C|D|W\d*|K(?:\s?[BO])?)(?:\s+(\d+))?$/i;
const locatorLine = new RegExp(String.raw`^LOC:\s*(${label})(?:\s+(\S+)\s*(.*))?$`);
const holdsLabel = new RegExp(`\\b${label}\\b`);
// Real lines stay below 250 characters; matching the expressions against very long ones would take its time.
const longestLine = 4096;
const star = 42;

/** The events of a list with their comments, in the order of the file. */
export function readEdlLines(chunks: Iterable<string>, problems: Problems): EdlList {
  const list: EdlList = { title: "", fcm: undefined, events: [] };
  let fcm: string | undefined;
  for (const line of linesOf(chunks, problems.file)) {
    const text = line.text.trim();
    if (text === "") continue;
    const event = list.events.at(-1);
    // Nearly every line is a comment of an event: it need not be tried as anything else.
    if (event !== undefined && text.startsWith("*")) {
      addComment(event, text, line.number);
      continue;
    }
    if (text.startsWith("FCM:")) {
      fcm = text.slice(4).trim();
      if (event === undefined) list.fcm ??= fcm;
    } else if (text.startsWith("TITLE:") && event === undefined) list.title ||= text.slice(6).trim();
    else if (!addEvent(list, line, fcm) && !addToEvent(event, text)) {
      problems.add(`line ${line.number}`, "unknown-line", "The line is neither an event nor part of one");
    }
  }
  return list;
}

function addEvent(list: EdlList, { text, number: line }: Line, fcm: string | undefined): boolean {
  if (text.length > longestLine) return false;
  const [, number, words, ...labels] = eventLine.exec(text) ?? [];
  const [, reel = "", channels, transition, length] = middle.exec(words ?? "") ?? [];
  if (number === undefined || channels === undefined || transition === undefined) return false;
  const [a, b, c, d] = labels as [string, string, string, string];
  list.events.push({
    line,
    number,
    reel,
    channels: channels.toUpperCase(),
    transition: transition.toUpperCase(),
    length,
    labels: [a, b, c, d],
    fcm,
    locators: [],
    comments: new Map(),
    moreChannels: [],
    speed: undefined,
    notes: [],
  });
  return true;
}

/** False for a line that belongs to no event. */
function addToEvent(event: EdlEvent | undefined, text: string): boolean {
  if (event === undefined) return false;
  if (/^M2\s/.test(text)) event.speed ??= text;
  else if (/^AUD\s/.test(text)) event.moreChannels.push(...(text.match(/\d+/g) ?? []).slice(0, 99).map(Number));
  // Something like an event that is none is a fault; other text may be a note.
  else if (/^\d{3,9}\s/.test(text) && looksLikeEvent(text.slice(0, longestLine))) return false;
  else event.notes.push(text);
  return true;
}

/** It holds a timecode, or begins with reel, channels and transition: an event whose times were cut off. */
function looksLikeEvent(text: string): boolean {
  return holdsLabel.test(text) || /^\d{3,9}\s+\S+\s+(?:[VB]|A{1,2}\d*|A{1,2}\/V|NONE)\s+(?:C|D|W\d+|K)\b/.test(text);
}

function addComment(event: EdlEvent, comment: string, line: number): void {
  const text = comment.startsWith("* ") && comment.charCodeAt(2) > star ? comment.slice(2) : comment.replace(/^\*[\s*]*/, "");
  const [, label, colour, words = ""] = text.startsWith("LOC:") ? (locatorLine.exec(text.slice(0, longestLine)) ?? []) : [];
  if (label !== undefined) {
    event.locators.push({ label, colour, text: words.trim(), line });
    return;
  }
  const colon = text.indexOf(":");
  const key = colon > 0 && colon < 40 ? text.slice(0, colon).trim() : "";
  if (key !== "" && !event.comments.has(key)) event.comments.set(key, text.slice(colon + 1).trim());
}
