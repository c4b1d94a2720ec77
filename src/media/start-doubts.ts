import type { MediaDoubt, MediaFacts, MediaUse } from "../model/media.js";
import { rateName } from "../time/frame-rate.js";
import { parseTimecode, timecodeOf } from "../time/timecode.js";
import { embeddedLabel, embeddedStart, startSaid, type Witness } from "./media-claims.js";
import type { MediaClock } from "./media-map-row.js";
import { assumedStart, type MediaStart } from "./media-times.js";
import { contradiction, type Said } from "./sourced.js";

/** What is odd about the start timecode of one asset: another one elsewhere, another counting, or none that can be. */
export function startDoubts(witness: Witness, clock: MediaClock, { fileName, use }: MediaFacts): MediaDoubt[] {
  const differing = contradiction(fileName, startsHeard(witness, clock, use), {
    code: "start-differs",
    same: (a, b) => a.start === b.start && a.counting.dropped === b.counting.dropped,
    show: (said) => timecodeOf(said.start, said.counting),
  });
  return [...(differing.length > 0 ? differing : otherCounting(witness, clock, fileName)), ...unusable(witness, clock, fileName)];
}

/** A proxy without timecode may have lost it; but where clips point to it, it counts from zero. */
function startsHeard(witness: Witness, clock: MediaClock, use: MediaUse): Said<MediaStart> {
  const said = startSaid(witness, clock);
  const countsFromZero = use === "proxy" && witness.proxy !== undefined && embeddedLabel(witness.proxy) === undefined;
  return countsFromZero ? [...said.slice(0, -1), ["proxy probe", assumedStart(clock)]] : said;
}

/** The media map says how timecode counts, and the label in the file is written the other way. */
function otherCounting({ original, proxy }: Witness, { rate, dropFrame }: MediaClock, fileName: string): MediaDoubt[] {
  const [text, source] = original?.startTimecode ? [original.startTimecode, "probe"] : [proxy?.startTimecode, "proxy probe"];
  if (dropFrame === undefined || text === undefined || parseTimecode(text)?.dropFrame === dropFrame) return [];
  const counted = `${rateName(rate)}${dropFrame ? "df" : "ndf"}`;
  return [{ code: "start-differs", detail: `${fileName}: ${counted} (media map), ${text} (${source})` }];
}

/** A file's timecode of which no frame has the label; no matter where the media map gives another. */
function unusable(witness: Witness, clock: MediaClock, fileName: string): MediaDoubt[] {
  const [[, mapped]] = startSaid(witness, clock) as [Said<MediaStart>[number]];
  const file = witness.original ?? witness.proxy;
  const label = file && embeddedLabel(file);
  if (mapped !== undefined || label === undefined || (file && embeddedStart(file, clock) !== undefined)) return [];
  const detail = `${fileName} carries timecode ${label}, which does not exist at ${rateName(clock.rate)}`;
  return [{ code: "unusable-timecode", detail }];
}
