import { linesOf } from "./lines.js";
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
  /** It is the outgoing clip of a transition: the next event tells. */
  isOutgoing: boolean;
  /** Lines of no known form: the text of a marker, in a marker list. */
  readonly notes: string[];
}

const label = String.raw`\d{1,3}[:;.,]\d{1,2}[:;.,]\d{1,2}[:;.,]\d{1,3}`;
const eventLine = new RegExp(String.raw`^\s*(\d{1,9})\s+(.+?)\s+(${label})\s+(${label})\s+(${label})\s+(${label})\s*$`);
const middle = /^(?:(.*?)\s+)?(\S+)\s+(C|D|W\d*|K(?:\s?[BO])?)(?:\s+(\d+))?$/i;
const locatorLine = new RegExp(String.raw`^\*[\s*]*LOC:\s*(${label})(?:\s+(\S+)\s*([\s\S]*))?$`);
const holdsLabel = new RegExp(`\\b${label}\\b`);
// Real lines stay below 250 characters; matching the expressions against very long ones would take its time.
const longestLine = 4096;

/** A list while its events are read, one by one and once. What it says of itself is what has been read of it so far. */
export class EdlList {
  title = "";
  /** The `FCM` of the head. */
  fcm: string | undefined;
  /** A record time has a `;`. */
  hasSemicolon = false;
  readonly #problems: Problems;
  #event: EdlEvent | undefined;
  /** The `FCM` in force. */
  #fcm: string | undefined;

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  /** The events with their comments, in the order of the file: each when the next one begins. */
  *events(chunks: Iterable<string>): Generator<EdlEvent> {
    let line = 0;
    for (const whole of linesOf(chunks, this.#problems.file)) {
      line++;
      const text = whole.trim();
      // Nearly every line is a comment of an event: it need not be tried as anything else.
      if (this.#event !== undefined && text.startsWith("*")) addComment(this.#event, text, line);
      else if (text !== "" && !this.#addToHead(text)) {
        const complete = this.#addToEvents(text, line);
        if (complete !== undefined) yield complete;
      }
    }
    if (this.#event !== undefined) yield this.#event;
  }

  /** False for a line that says nothing of what follows. */
  #addToHead(text: string): boolean {
    if (text.startsWith("FCM:")) {
      this.#fcm = text.slice(4).trim();
      if (this.#event === undefined) this.fcm ??= this.#fcm;
    } else if (text.startsWith("TITLE:") && this.#event === undefined) this.title ||= text.slice(6).trim();
    else return false;
    return true;
  }

  /** The event that is complete, when another one begins. */
  #addToEvents(text: string, line: number): EdlEvent | undefined {
    const event = this.#event;
    const next = eventOf(text, line, this.#fcm);
    if (next !== undefined) {
      this.#event = next;
      this.hasSemicolon ||= next.labels[2].includes(";");
      if (event !== undefined) event.isOutgoing = isOutgoing(event, next);
      return event;
    }
    if (event === undefined || !addToEvent(event, text))
      this.#problems.add(`line ${line}`, "unknown-line", "The line is neither an event nor part of one");
    return undefined;
  }
}

/** The first line of a transition is the outgoing clip; the second has the same number. */
function isOutgoing({ number, transition }: EdlEvent, next: EdlEvent): boolean {
  return transition === "C" && next.number === number && next.transition !== "C";
}

function eventOf(text: string, line: number, fcm: string | undefined): EdlEvent | undefined {
  if (text.length > longestLine) return undefined;
  const [, number, words, ...labels] = eventLine.exec(text) ?? [];
  const [, reel = "", channels, transition, length] = middle.exec(words ?? "") ?? [];
  if (number === undefined || channels === undefined || transition === undefined) return undefined;
  const [a, b, c, d] = labels as [string, string, string, string];
  return {
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
    isOutgoing: false,
    notes: [],
  };
}

/** False for a line that belongs to no event. */
function addToEvent(event: EdlEvent, text: string): boolean {
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
  const [, label, colour, words = ""] = locatorLine.exec(comment.slice(0, longestLine)) ?? [];
  if (label !== undefined) {
    event.locators.push({ label, colour, text: words.trim(), line });
    return;
  }
  const text = comment.replace(/^\*[\s*]*/, "");
  const colon = text.indexOf(":");
  const key = colon > 0 && colon < 40 ? text.slice(0, colon).trim() : "";
  if (key !== "" && !event.comments.has(key)) event.comments.set(key, text.slice(colon + 1).trim());
}
