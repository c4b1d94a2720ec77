import type { Size } from "../model/media.js";
import type { Plan, PlannedMedia } from "../model/timeline.js";
import { oneLine } from "../text.js";
import { type FrameRate, sameRate } from "../time/frame-rate.js";
import { framesPerDay, timecodeOf } from "../time/timecode.js";
import type { Dialect } from "./dialect.js";
import { edlReels } from "./edl-reels.js";
import { plainPath } from "./plain-path.js";
import type { OutputFile } from "./writer.js";

/**
 * An Avid log of the media: what they are called, which reel and timecode they have, who is in them (Avid MediaLog
 * User's Guide, "Avid Log Specifications"). A log has one frame rate, so there is one for each.
 */
export function ale(plan: Plan, [baseName]: readonly string[], { edl }: Dialect): OutputFile[] {
  const reels = edlReels(plan, edl);
  const [timeline] = plan.timelines;
  if (timeline === undefined) return [];
  return ratesOf(plan).map((rate, _, all) => {
    const ofRate = plan.media.filter(({ media }) => sameRate(media.rate, rate));
    const rows = ofRate.map((planned) => rowOf(planned, reels.get(planned.media) as string));
    const name = all.length === 1 ? `${baseName}.ale` : `${baseName}.${fps(rate)}.ale`;
    return { name, chunks: [logText(rate, timeline.size, rows)] };
  });
}

function ratesOf({ media }: Plan): FrameRate[] {
  return media.map(({ media: { rate } }) => rate).filter((rate, i, all) => all.findIndex((other) => sameRate(other, rate)) === i);
}

const columns = ["Name", "Tracks", "Start", "End", "Tape", "Source File", "Source Path", "Comments"];

function logText(rate: FrameRate, size: Size, rows: readonly (readonly string[])[]): string {
  const heading = [
    ["FIELD_DELIM", "TABS"],
    ["VIDEO_FORMAT", videoFormat(size)],
    ["AUDIO_FORMAT", "48khz"],
    ["FPS", fps(rate)],
  ];
  const lines = [["Heading"], ...heading, [], ["Column"], columns, [], ["Data"], ...rows];
  return lines.map((cells) => `${cells.map(cell).join("\t")}\r\n`).join("");
}

function rowOf({ media, extent, appearances }: PlannedMedia, reel: string): string[] {
  const { fileName, url, start, counting, audio } = media;
  const day = framesPerDay(counting);
  const sound = Array.from({ length: audio?.channels ?? 0 }, (_, i) => `A${i + 1}`);
  const people = new Set(appearances.map(({ person }) => person.name));
  const [from, to] = [start, start + extent].map((frame) => timecodeOf(frame % day, counting));
  return [fileName, `V${sound.join("")}`, from as string, to as string, reel, fileName, plainPath(url), [...people].join(", ")];
}

/** Avid's words for the usual frame sizes. */
function videoFormat({ width, height }: Size): string {
  const words: Readonly<Record<string, string>> = { "1920x1080": "1080", "1280x720": "720", "720x576": "PAL", "720x486": "NTSC" };
  return words[`${width}x${height}`] ?? "CUSTOM";
}

/** `23.976`, `25`, `59.94`: decimals cut off after the third, a last 0 left out. */
function fps({ num, den }: FrameRate): string {
  const thousandths = String(Math.floor((num * 1000) / den)).padStart(4, "0");
  return `${thousandths.slice(0, -3)}.${thousandths.slice(-3)}`.replace(/\.?0+$/, "");
}

function cell(text: string): string {
  return oneLine(text.replaceAll("\t", " "));
}
