import type { AudioFacts, FactSource, MediaFacts } from "../../src/model/media.js";
import type { Clip, Colour, Marker, Person, Plan, PlannedMedia, Timeline, Track } from "../../src/model/timeline.js";
import { type FrameRange, frameRange, lengthOf } from "../../src/time/frame-range.js";
import { countingOf, type FrameRate, type TimelineRate, type TimelineRateId, timelineRates } from "../../src/time/frame-rate.js";
import { rescaleCeil, rescaleFloor } from "../../src/time/rescale.js";
import { frameOfLabel, parseTimecode, type TimecodeLabel } from "../../src/time/timecode.js";

/** Hand-built plans for the writers' tests: a row of cuts becomes a timeline, timelines become a plan. */

export function rateOf(id: TimelineRateId): TimelineRate {
  return timelineRates.find((row) => row.id === id) as TimelineRate;
}

/** Frame number of a label that exists. */
export function frameAt(label: string, counting: { nominal: number; dropped: number }): number {
  return frameOfLabel(parseTimecode(label) as TimecodeLabel, counting) as number;
}

export function person(name: string, colour: Colour = "GREEN"): Person {
  return { key: `label:${name}`, name, colour };
}

export interface MediaOptions extends Partial<Omit<MediaFacts, "rate" | "start" | "counting">> {
  readonly rate?: FrameRate;
  readonly dropFrame?: boolean;
  /** Start timecode as a label. */
  readonly startTimecode?: string;
}

/** Sound at 48 kHz, of streams with so many channels. */
export function sound(...streams: readonly number[]): AudioFacts {
  return { channels: streams.reduce((sum, channels) => sum + channels, 0), sampleRate: 48000, streams };
}

/** Every fact from one source. */
export function factsFrom(source: FactSource): MediaFacts["sources"] {
  return {
    rate: source,
    start: source,
    duration: source,
    size: source,
    pixelAspect: source,
    scan: source,
    audio: source,
    url: source,
  };
}

/** Media of 1,000 frames at 25, 1920x1080, stereo, without start timecode, unless told. */
export function media(fileName: string, options: MediaOptions = {}): MediaFacts {
  const { rate = rateOf("25"), dropFrame = false, startTimecode = "00:00:00:00", ...facts } = options;
  const counting = countingOf(rate, dropFrame);
  return {
    mediaId: `id-${fileName}`,
    fileName,
    name: fileName,
    url: `file:///media/${encodeURIComponent(fileName)}`,
    use: "original",
    rate: { num: rate.num, den: rate.den, nominal: rate.nominal },
    counting,
    start: frameAt(startTimecode, counting),
    duration: 1000,
    size: { width: 1920, height: 1080 },
    audio: sound(2),
    sources: { ...factsFrom("service"), start: "media map", url: "media map" },
    ...facts,
  };
}

/** What to show: media frames `from` to `to` with these people, after `gap` empty timeline frames. */
export interface Cut {
  readonly media: MediaFacts;
  readonly from: number;
  readonly to: number;
  readonly people: readonly Person[];
  readonly name?: string;
  readonly gap?: number;
  readonly score?: number;
  /** Media frames with a face; every one becomes a marker. */
  readonly points?: readonly { readonly person: Person; readonly frame: number; readonly note?: string }[];
  /** Where people appear, when not in the whole cut. */
  readonly appearances?: readonly { readonly person: Person; readonly range: FrameRange }[];
}

export interface TimelineOptions {
  readonly rate?: TimelineRate;
  readonly startTimecode?: string;
  readonly size?: { readonly width: number; readonly height: number };
}

/** A timeline of one track per row of cuts, laid back to back from the start timecode. */
export function timeline(name: string, rows: readonly (readonly Cut[])[], options: TimelineOptions = {}): Timeline {
  const { rate = rateOf("25"), startTimecode = "01:00:00:00", size = { width: 1920, height: 1080 } } = options;
  const start = frameAt(startTimecode, rate);
  return {
    name,
    rate,
    size,
    start,
    tracks: rows.map((cuts, row) => track(`V${row + 1}`, `${name} ${row + 1}`, cuts, rate, start)),
  };
}

function track(name: string, id: string, cuts: readonly Cut[], rate: TimelineRate, start: number): Track {
  let cursor = start;
  const clips = cuts.map((cut, index) => {
    const clip = clipOf(cut, `${id}.${index + 1}`, cursor + (cut.gap ?? 0), rate);
    cursor = clip.recordRange.end;
    return clip;
  });
  return { name, clips };
}

function clipOf(cut: Cut, id: string, recordStart: number, rate: TimelineRate): Clip {
  const { media, from, to, people } = cut;
  const fromMidnight = rescaleCeil(media.start + from, media.rate, rate);
  const sourceRange = frameRange(from, to);
  return {
    id,
    subject: JSON.stringify([media.mediaId, people[0]?.key]),
    name: cut.name ?? media.fileName,
    media,
    people,
    ...(cut.score === undefined ? {} : { score: cut.score }),
    sourceRange,
    sourceIn: { media: from, fromFile: rescaleCeil(from, media.rate, rate), fromMidnight, edl: fromMidnight },
    recordRange: frameRange(recordStart, recordStart + rescaleCeil(lengthOf(sourceRange), media.rate, rate)),
    markers: (cut.points ?? []).map((point) => markerOf(point, cut, recordStart, rate)),
    appearances: cut.appearances ?? people.map((who) => ({ person: who, range: sourceRange })),
  };
}

function markerOf(point: NonNullable<Cut["points"]>[number], cut: Cut, recordStart: number, rate: TimelineRate): Marker {
  const recordFrame = recordStart + rescaleFloor(point.frame - cut.from, cut.media.rate, rate);
  return { person: point.person, recordFrame, mediaFrame: point.frame, note: point.note ?? "score 0.99 · Calm" };
}

/** A plan of these timelines: media and people as its clips use them, in the order they come. */
export function plan(name: string, ...timelines: Timeline[]): Plan {
  const clips = timelines.flatMap((one) => one.tracks.flatMap((track) => track.clips));
  const used = [...new Set(clips.map((clip) => clip.media))];
  return {
    name,
    timelines,
    media: used.map((one, index) => plannedMedia(one, index, clips)),
    people: [...new Set(clips.flatMap((clip) => clip.people))],
  };
}

function plannedMedia(media: MediaFacts, index: number, clips: readonly Clip[]): PlannedMedia {
  const own = clips.filter((clip) => clip.media === media);
  return {
    media,
    extent: media.duration ?? Math.max(...own.map((clip) => clip.sourceRange.end)),
    reel: `REEL${index + 1}`,
    appearances: own.flatMap((clip) => clip.appearances),
  };
}

const ada = person("Ada Lovelace", "GREEN");
const wang = person("王小明", "CYAN");

/** Sample plans, each named by what is special about it. */
export const plans = {
  /** Two cuts of one file at 25, three markers, two of them of two people on one frame. */
  twoPeople25: () => {
    const film = media("A 01.mov", { startTimecode: "10:00:00:00" });
    const first = { media: film, from: 50, to: 150, people: [ada], points: [{ person: ada, frame: 62 }] };
    const both = [
      { person: ada, frame: 210, note: "score 0.91" },
      { person: wang, frame: 210, note: "score 0.83" },
    ];
    return plan(
      "Ada & 王",
      timeline("Ada & 王", [[first, { media: film, from: 200, to: 250, people: [ada, wang], points: both }]]),
    );
  },
  /** A file that starts at 19:05:12:03, at 23.976. */
  lateTimecode23976: () => {
    const rate = rateOf("23.976");
    const film = media("LATE.mov", { rate, startTimecode: "19:05:12:03", duration: 24000 });
    const cut = { media: film, from: 1001, to: 1049, people: [ada], points: [{ person: ada, frame: 1010 }] };
    return plan("Late", timeline("Late", [[cut]], { rate }));
  },
  /** Drop-frame file and timeline at 29.97. */
  dropFrame2997: () => {
    const rate = rateOf("29.97df");
    const film = media("DROP.mxf", { rate, dropFrame: true, startTimecode: "00:59:00;02", duration: 20000 });
    const cut = { media: film, from: 1790, to: 1850, people: [ada], points: [{ person: ada, frame: 1800 }] };
    return plan("Drop", timeline("Drop", [[cut]], { rate, startTimecode: "00:10:00;00" }));
  },
  /** 24 and 25 on a timeline of 25; the file at 24 is silent and of another size. */
  mixed24In25: () => {
    const slow = media("24.mp4", {
      rate: rateOf("24"),
      size: { width: 3840, height: 2160 },
      duration: 480,
      startTimecode: "01:00:00:00",
    });
    const { audio: _, ...silent } = slow;
    const cut = { media: silent, from: 49, to: 97, people: [ada], points: [{ person: ada, frame: 73 }] };
    return plan("Mixed", timeline("Mixed", [[cut, { media: media("25.mp4"), from: 0, to: 10, people: [wang] }]]));
  },
  /** A hole before and between clips. */
  gaps: () => {
    const film = media("GAPS.mov");
    const cut = { media: film, people: [ada] };
    return plan(
      "Gaps",
      timeline("Gaps", [
        [
          { ...cut, from: 0, to: 20, gap: 10 },
          { ...cut, from: 30, to: 40, gap: 25 },
        ],
      ]),
    );
  },
  /** Files without sound, with one, two and six channels, one after the other. */
  soundKinds: () => {
    const cuts = [0, 1, 2, 6].map((channels) => {
      const { audio: _, ...silent } = media(`sound-${channels}.mov`);
      const film: MediaFacts = channels === 0 ? silent : { ...silent, audio: sound(channels) };
      return { media: film, from: 10, to: 20, people: [ada] };
    });
    return plan("Sound", timeline("Sound", [cuts]));
  },
  /** Two timelines that share a file. */
  twoTimelines: () => {
    const film = media("SHARED.mov");
    const other = media("OTHER.mov");
    const point = (who: Person, frame: number) => [{ person: who, frame }];
    return plan(
      "Both",
      timeline("Ada", [[{ media: film, from: 0, to: 25, people: [ada], points: point(ada, 5) }]]),
      timeline("Wang", [
        [
          { media: other, from: 5, to: 25, people: [wang], points: point(wang, 6) },
          { media: film, from: 50, to: 60, people: [wang], points: point(wang, 55) },
        ],
      ]),
    );
  },
  /** A track per person; the second begins later and overlaps the first. */
  twoTracks: () => {
    const film = media("TRACKS.mov");
    const rows = [
      [{ media: film, from: 0, to: 50, people: [ada] }],
      [{ media: film, from: 20, to: 60, people: [wang], gap: 20 }],
    ];
    return plan("Tracks", timeline("Tracks", rows));
  },
  /** Names no format was made for, in every place a name goes. */
  hostileNames: () => {
    const odd = person(`a'b"<>&/\\,\n\u0001 &amp; &nope; 王 😀`);
    const film = media(`c'd"<>&,;é 😀.mov`, { url: "file:///media/c%27d%22%3C%3E%26%2C%3B%C3%A9%20%F0%9F%98%80.mov" });
    const points = [{ person: odd, frame: 1, note: `"quoted" <note> & 'more'\tü` }];
    return plan(
      odd.name,
      timeline(odd.name, [[{ media: film, from: 0, to: 10, name: `${odd.name} · ${film.fileName}`, people: [odd], points }]]),
    );
  },
} satisfies Record<string, () => Plan>;
