import type { MediaFacts, Scan } from "../model/media.js";
import { type Colour, type Plan, type PlannedMedia, type Timeline, timelineEnd, timelineMarkers } from "../model/timeline.js";
import { oneLine } from "../text.js";
import { type FrameRate, frameRate, isWholeOrNtsc } from "../time/frame-rate.js";
import { rescaleCeil } from "../time/rescale.js";
import { framesPerDay } from "../time/timecode.js";
import type { Dialect } from "../write/writer.js";
import {
  clipsByTrack,
  type ExpectedClip,
  type ExpectedMedia,
  type ExpectedSound,
  type ExpectedTimeline,
  gridClip,
  gridMarkers,
  type PlacedClip,
} from "./expected.js";
import { LazyList } from "./lazy-list.js";

/** FCP7 XML: one file for all timelines; source time from the file's first frame on the timeline's grid. */
export function expectFcp7Xml({ timelines }: Plan, dialect: Dialect): ExpectedTimeline[] {
  const onTimeline = dialect.markerPlace.fcp7xml === "timeline";
  return timelines.map((timeline) => ({
    name: oneLine(timeline.name),
    rate: timeline.rate,
    dropFrame: timeline.rate.dropped > 0,
    start: timeline.start,
    duration: timelineEnd(timeline) - timeline.start,
    size: timeline.size,
    written: rates(timeline.rate, ["", "timecode/", "media/video/format/samplecharacteristics/"]),
    clips: clipsByTrack(timeline).map((placed) => clipOf(placed, timeline, dialect)),
    markers: new LazyList(() => (onTimeline ? gridMarkers(timelineMarkers(timeline), shownBy(dialect, timeline)) : [])),
  }));
}

function clipOf(placed: PlacedClip, timeline: Timeline, dialect: Dialect): ExpectedClip {
  const { markers, media, recordRange, sourceIn } = placed.clip;
  const onClip = dialect.markerPlace.fcp7xml === "clip";
  const sourceZero = sourceIn.fromFile - recordRange.start;
  return {
    markers: onClip ? [...gridMarkers(markers, { sourceZero, ...shownBy(dialect, timeline) })] : [],
    sounds: soundsOf(media, dialect.fcp7xml.stereo),
    ...gridClip(placed, timeline, sourceIn.fromFile),
  };
}

/** A clipitem for each channel, in the order of the tracks. */
function soundsOf({ audio }: MediaFacts, stereo: Dialect["fcp7xml"]["stereo"]): ExpectedSound[] {
  const numbers =
    stereo === "pairs" ? inPairs(audio?.streams ?? []) : Array.from({ length: audio?.channels ?? 0 }, (_, i) => i + 1);
  return numbers.map((channel) => ({ channels: [{ channel }] }));
}

/** Both channels of a stereo stream bear its number; tracks of stereo come first, then a track for each other channel. */
function inPairs(streams: readonly number[]): number[] {
  const [pairs, others]: [number[], number[]] = [[], []];
  let number = 0;
  for (const channels of streams) {
    if (channels === 2) pairs.push(++number, number);
    else for (let i = 0; i < channels; i++) others.push(++number);
  }
  return [...pairs, ...others];
}

/** A rate is spelled anew wherever something is counted. */
function rates({ nominal, den }: FrameRate, places: readonly string[]): Record<string, string> {
  const spelled = places.map((place) => [
    [`${place}rate/timebase`, String(nominal)],
    [`${place}rate/ntsc`, den === 1 ? "FALSE" : "TRUE"],
  ]);
  return Object.fromEntries(spelled.flat());
}

/** Premiere's numbers for its marker colours, and Final Cut Pro 7's colours (OpenTimelineIO wiki, "Editorial File Format Notes"). */
const colours: Readonly<Record<Colour, { readonly ppro: string; readonly rgb: string }>> = {
  GREEN: { ppro: "4281828977", rgb: "48,191,72" },
  CYAN: { ppro: "4292277273", rgb: "48,191,191" },
  MAGENTA: { ppro: "4289825711", rgb: "127,0,255" },
  YELLOW: { ppro: "4281049552", rgb: "255,255,0" },
  BLUE: { ppro: "4294741314", rgb: "0,128,255" },
  RED: { ppro: "4281740498", rgb: "255,0,0" },
  WHITE: { ppro: "4294967295", rgb: "255,255,255" },
};

function shownBy({ sameFrame, fcp7xml }: Dialect, { start }: Timeline) {
  const colour = (name: Colour) => (fcp7xml.pproColours ? colours[name].ppro : colours[name].rgb);
  return { start, sameFrame: sameFrame.fcp7xml, colour };
}

const fields: Readonly<Record<Scan, string>> = { progressive: "none", upper: "upper", lower: "lower" };

export function expectFcp7Media({ media, extent }: PlannedMedia): ExpectedMedia {
  const { rate, counting, start, size, audio, reel, scan } = media;
  // A timebase is whole: other rates are declared as the nearest one.
  const declared = isWholeOrNtsc(rate) ? rate : frameRate(rate.nominal, 1);
  return {
    name: oneLine(media.fileName),
    url: media.url,
    rate: declared,
    start: rescaleCeil(start, rate, declared) % framesPerDay(counting),
    duration: rescaleCeil(extent, rate, declared),
    dropFrame: counting.dropped > 0,
    ...(size === undefined ? {} : { size }),
    scan: fields[scan ?? "progressive"],
    written: rates(declared, ["", "timecode/", "media/video/samplecharacteristics/"]),
    channels: audio?.channels ?? 0,
    streams: audio?.streams.length ?? 0,
    ...(audio === undefined ? {} : { sampleRate: audio.sampleRate }),
    ...(reel === undefined ? {} : { reel }),
  };
}
