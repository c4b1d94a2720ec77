import { Problems } from "./problems.js";
import { EdlClock, isDropFrame } from "./read-edl-clock.js";
import { type EdlEvent, EdlList } from "./read-edl-lines.js";
import { keptOf, keptTimeline, type ReadOptions } from "./read-options.js";
import type { ReadClip, ReadGap, Reading, ReadMarker, ReadMedia, ReadSound, ReadTimeline, Written } from "./reading.js";

/**
 * CMX 3600 edit decision lists, the fixed-column and Avid's wide form, and Resolve's marker lists. A list does not say
 * where its timeline starts: `start` is 0 and record frames count from midnight.
 */
export function readEdl(chunks: Iterable<string>, options: ReadOptions): Reading {
  const problems = new Problems(options.file);
  const list = new EdlList(problems);
  const events = list.events(chunks);
  const first = firstOf(events, options);
  if (first.length === 0) problems.add("line 1", "no-event", "The list has no event");
  const reader = new EdlReader(list, new EdlClock(list, first, options.rate, problems), options, problems);
  const all = joined(first, events);
  const timeline = first.length > 0 && first.every(isMarker) ? reader.markerList(all) : reader.cutList(all);
  const timelines = [keptTimeline(timeline, 0, options.sink)];
  const media = [...reader.media.values()];
  return { format: "edl", file: options.file, version: undefined, timelines, media, browserClips: [], problems: problems.list };
}

/**
 * The events that say what kind of list it is and how it counts. Any may contradict those before it; but who takes clips
 * as they come gets them by what the first ones say, and `dropFrame` in the end.
 */
function firstOf(events: Iterator<EdlEvent>, { rate, sink }: ReadOptions): EdlEvent[] {
  const first: EdlEvent[] = [];
  for (let next = events.next(); !next.done; next = events.next()) {
    first.push(next.value);
    if (sink !== undefined && rate !== undefined && !isMarker(next.value)) break;
  }
  return first;
}

function* joined(first: readonly EdlEvent[], rest: Iterable<EdlEvent>): Generator<EdlEvent> {
  yield* first;
  yield* rest;
}

const tag = /\|([CMD]):([^|]*)/g;

/** Every event of Resolve's marker lists has a line `note |C:colour |M:name |D:frames`. */
function isMarker({ notes }: EdlEvent): boolean {
  return notes.some((note) => /\|[CM]:/.test(note));
}

const nothing: Written = {};

type EdlItem = Pick<ReadClip, "id" | "record" | "source" | "place" | "written">;

class EdlReader {
  readonly media = new Map<string, ReadMedia>();
  readonly #list: EdlList;
  readonly #clock: EdlClock;
  readonly #problems: Problems;
  readonly #rate: ReadOptions["rate"];
  readonly #sink: ReadOptions["sink"];

  constructor(list: EdlList, clock: EdlClock, { rate, sink }: ReadOptions, problems: Problems) {
    this.#list = list;
    this.#clock = clock;
    this.#rate = rate;
    this.#sink = sink;
    this.#problems = problems;
  }

  cutList(events: Iterable<EdlEvent>): ReadTimeline {
    const [clips, sounds, gaps]: [ReadClip[], ReadSound[], ReadGap[]] = [[], [], []];
    for (const event of events) {
      const item = this.#item(event);
      const { video, audio } = channelsOf(event);
      if (item.record.start === item.record.end && event.isOutgoing) continue;
      if (/^(BL|BLACK)$/i.test(event.reel)) gaps.push({ track: video ?? 1, record: item.record, place: item.place });
      else {
        const media = this.#mediaOf(event);
        if (video !== undefined) clips.push(this.#clip(event, item, media, video));
        if (audio.length > 0) sounds.push(soundOf(item, media, audio));
      }
    }
    return { ...this.#timeline("cuts"), clips, sounds, gaps };
  }

  markerList(events: Iterable<EdlEvent>): ReadTimeline {
    const markers = [...events].map((event) => this.#resolveMarker(event));
    return { ...this.#timeline("markers"), markers };
  }

  #timeline(kind: ReadTimeline["kind"]): ReadTimeline {
    const { title, fcm } = this.#list;
    const dropFrame = isDropFrame(this.#list);
    const empty = { clips: [], sounds: [], gaps: [], markers: [] };
    const written = { TITLE: title, ...(fcm === undefined ? {} : { FCM: fcm }) };
    const facts = { id: undefined, name: title, rate: this.#rate, dropFrame, start: 0, duration: undefined, size: undefined };
    return { ...facts, kind, nested: false, ...empty, place: "line 1", written };
  }

  /** What clips and sounds have in common. */
  #item(event: EdlEvent): EdlItem {
    const { number, labels, line } = event;
    const [sourceIn, sourceOut, recordIn, recordOut] = labels.map((label) => this.#clock.frame(label, line));
    return {
      id: number,
      record: { start: recordIn as number, end: recordOut as number },
      source: { start: sourceIn as number, end: sourceOut as number, rate: this.#rate },
      place: `line ${line}`,
      written: this.#written(event),
    };
  }

  #clip(event: EdlEvent, { id, record, source, place, written }: EdlItem, media: ReadMedia, track: number): ReadClip {
    const clip: ReadClip = {
      id,
      kind: "event",
      name: media.name,
      track,
      record,
      source,
      media: media.id,
      link: undefined,
      markers: this.#locators(event),
      keywords: [],
      place,
      written,
    };
    return keptOf(clip, 0, this.#sink);
  }

  // Who takes the clips as they come looks at what they are, not at how it is written.
  #written(event: EdlEvent): Written {
    return this.#sink === undefined ? writtenOf(event) : nothing;
  }

  /** A list names media by reel; where many share one (`AX`), the clip's name tells them apart. */
  #mediaOf(event: EdlEvent): ReadMedia {
    const name = nameOf(event);
    const id = `${event.reel} ${name}`;
    const known = this.media.get(id);
    if (known !== undefined) return known;
    const media = mediaOf(id, name, event);
    this.media.set(id, media);
    return media;
  }

  /** Locators count record time, as Avid writes them; the text is the name, since nothing parts a note from it. */
  #locators({ locators }: EdlEvent): ReadMarker[] {
    return locators.map(({ label, colour, text, line }) => ({
      name: text,
      note: "",
      colour,
      record: this.#clock.frame(label, line),
      duration: undefined,
      source: undefined,
      kind: "LOC",
      place: `line ${line}`,
    }));
  }

  #resolveMarker({ notes, labels, line }: EdlEvent): ReadMarker {
    const text = notes.join("\n");
    const tags = new Map([...text.matchAll(tag)].map(([, key, value = ""]) => [key, value.trim()]));
    const place = `line ${line}`;
    return {
      name: tags.get("M") ?? "",
      note: (text.split("|")[0] as string).trim(),
      colour: tags.get("C"),
      record: this.#clock.frame(labels[2], line),
      duration: this.#problems.frames(tags.get("D"), place, "|D:"),
      source: undefined,
      kind: "event",
      place,
    };
  }
}

function soundOf(item: EdlItem, { id, name }: ReadMedia, audio: readonly number[]): ReadSound {
  return { ...item, name, track: audio[0] as number, media: id, link: undefined, channels: audio.map(plainChannel) };
}

/** In a transition the comments name both clips; the event shows the incoming one. */
function nameOf({ comments, transition, reel }: EdlEvent): string {
  const incoming = transition === "C" ? undefined : comments.get("TO CLIP NAME");
  return incoming ?? comments.get("FROM CLIP NAME") ?? comments.get("SOURCE FILE") ?? reel;
}

function mediaOf(id: string, name: string, { reel, comments, line }: EdlEvent): ReadMedia {
  const files = ["FROM CLIP", "FROM FILE", "SOURCE FILE"].flatMap((kind) => {
    const url = comments.get(kind);
    return url === undefined ? [] : [{ kind, url, extent: undefined }];
  });
  const unknown = { rate: undefined, start: undefined, duration: undefined, dropFrame: undefined, size: undefined };
  const picture = { scan: undefined, pixelAspect: undefined, audio: undefined };
  return { id, name, files, ...unknown, ...picture, reel, place: `line ${line}`, written: {} };
}

function writtenOf({ number, reel, channels, transition, length, labels, fcm, comments, speed }: EdlEvent): Written {
  const [sourceIn, sourceOut, recordIn, recordOut] = labels;
  const columns = { event: number, reel, channels, transition, sourceIn, sourceOut, recordIn, recordOut };
  const more = { length, FCM: fcm, M2: speed };
  const given = Object.entries(more).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(comments), ...columns, ...Object.fromEntries(given) };
}

const plainChannel = (channel: number) => ({ stream: undefined, channel });

/** `V`, `B` (picture and A1), `AA/V`, `A2`, or `NONE` with the channels on `AUD` lines. */
function channelsOf({ channels, moreChannels }: EdlEvent): { video: number | undefined; audio: number[] } {
  const words = channels === "B" ? ["V", "A"] : channels === "NONE" ? [] : channels.split("/");
  const video = words.find((word) => /^V\d*$/.test(word));
  const audio = words.flatMap((word) => (word === "AA" ? [1, 2] : /^A\d*$/.test(word) ? [Number(word.slice(1) || 1)] : []));
  // Programs have words of their own for pictures; what is no sound is one.
  const isPicture = video !== undefined || (audio.length === 0 && channels !== "NONE");
  return { video: isPicture ? Number(video?.slice(1) || 1) : undefined, audio: [...audio, ...moreChannels] };
}
