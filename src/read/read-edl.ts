import { Problems } from "./problems.js";
import { EdlClock, isDropFrame } from "./read-edl-clock.js";
import { type EdlEvent, type EdlList, readEdlLines } from "./read-edl-lines.js";
import { keptOf, keptTimeline, type ReadOptions } from "./read-options.js";
import type { ReadClip, ReadGap, Reading, ReadMarker, ReadMedia, ReadSound, ReadTimeline, Written } from "./reading.js";

/**
 * CMX 3600 edit decision lists, the fixed-column and Avid's wide form, and Resolve's marker lists. A list does not say
 * where its timeline starts: `start` is 0 and record frames count from midnight.
 */
export function readEdl(chunks: Iterable<string>, options: ReadOptions): Reading {
  const problems = new Problems(options.file);
  const list = readEdlLines(chunks, problems);
  if (list.events.length === 0) problems.add("line 1", "no-event", "The list has no event");
  const reader = new EdlReader(list, options, problems);
  const timelines = [keptTimeline(isMarkerList(list) ? reader.markerList() : reader.cutList(), 0, options.sink)];
  const media = [...reader.media.values()];
  return { format: "edl", file: options.file, version: undefined, timelines, media, browserClips: [], problems: problems.list };
}

const tag = /\|([CMD]):([^|]*)/g;

/** Every event of Resolve's marker lists has a line `note |C:colour |M:name |D:frames`. */
function isMarkerList({ events }: EdlList): boolean {
  return events.length > 0 && events.every(({ notes }) => notes.some((note) => /\|[CM]:/.test(note)));
}

class EdlReader {
  readonly media = new Map<string, ReadMedia>();
  readonly #list: EdlList;
  readonly #clock: EdlClock;
  readonly #problems: Problems;
  readonly #rate: ReadOptions["rate"];
  readonly #sink: ReadOptions["sink"];

  constructor(list: EdlList, { rate, sink }: ReadOptions, problems: Problems) {
    this.#list = list;
    this.#rate = rate;
    this.#sink = sink;
    this.#problems = problems;
    this.#clock = new EdlClock(list, rate, problems);
  }

  cutList(): ReadTimeline {
    const [clips, sounds, gaps]: [ReadClip[], ReadSound[], ReadGap[]] = [[], [], []];
    for (const [i, event] of this.#list.events.entries()) {
      const times = this.#times(event);
      const { video, audio } = channelsOf(event);
      if (times.record.start === times.record.end && isOutgoing(event, this.#list.events[i + 1])) continue;
      if (/^(BL|BLACK)$/i.test(event.reel)) gaps.push({ track: video ?? 1, record: times.record, place: times.place });
      else {
        const item = { ...this.#item(event), ...times };
        if (video !== undefined)
          clips.push(
            keptOf({ ...item, kind: "event", track: video, markers: this.#locators(event), keywords: [] }, 0, this.#sink),
          );
        if (audio.length > 0) sounds.push({ ...item, track: audio[0] as number, channels: audio.map(plainChannel) });
      }
    }
    return { ...this.#timeline("cuts"), clips, sounds, gaps };
  }

  markerList(): ReadTimeline {
    return { ...this.#timeline("markers"), markers: this.#list.events.map((event) => this.#resolveMarker(event)) };
  }

  #timeline(kind: ReadTimeline["kind"]): ReadTimeline {
    const { title, fcm } = this.#list;
    const dropFrame = isDropFrame(this.#list);
    const empty = { clips: [], sounds: [], gaps: [], markers: [] };
    const written = { TITLE: title, ...(fcm === undefined ? {} : { FCM: fcm }) };
    const facts = { id: undefined, name: title, rate: this.#rate, dropFrame, start: 0, duration: undefined, size: undefined };
    return { ...facts, kind, nested: false, ...empty, place: "line 1", written };
  }

  #times({ labels, line }: EdlEvent) {
    const [sourceIn, sourceOut, recordIn, recordOut] = labels.map((label) => this.#clock.frame(label, line));
    return {
      record: { start: recordIn as number, end: recordOut as number },
      source: { start: sourceIn as number, end: sourceOut as number, rate: this.#rate },
      place: `line ${line}`,
    };
  }

  #item(event: EdlEvent) {
    return { id: event.number, name: nameOf(event), media: this.#mediaOf(event), link: undefined, written: this.#written(event) };
  }

  // Who takes the clips as they come looks at what they are, not at how it is written.
  #written(event: EdlEvent): Written {
    return this.#sink === undefined ? writtenOf(event) : {};
  }

  /** A list names media by reel; where many share one (`AX`), the clip's name tells them apart. */
  #mediaOf(event: EdlEvent): string {
    const name = nameOf(event);
    const id = `${event.reel} ${name}`;
    if (!this.media.has(id)) this.media.set(id, mediaOf(id, name, event));
    return id;
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

/** The first line of a transition is the outgoing clip, without length; the second has the same number. */
function isOutgoing({ number, transition }: EdlEvent, next: EdlEvent | undefined): boolean {
  return transition === "C" && next !== undefined && next.number === number && next.transition !== "C";
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
