import type { Scan, Size } from "../model/media.js";
import { fraction } from "../time/fraction.js";
import type { Section } from "./probe-reply.js";
import type { ProbedMedia, QuarterTurns } from "./probe-result.js";

/**
 * How far players turn the picture clockwise. ffprobe gives the display matrix as degrees counter-clockwise; before
 * ffmpeg 5 there is also a tag `rotate`, clockwise. A tilt is taken as the nearest quarter turn.
 */
export function rotationOf(picture: Section): QuarterTurns {
  const matrix = picture.sideData("rotation");
  const clockwise = typeof matrix === "number" ? -matrix : Number(picture.tag("rotate") ?? 0);
  if (!Number.isFinite(clockwise)) return 0;
  return ((((Math.round(clockwise / 90) % 4) + 4) % 4) * 90) as QuarterTurns;
}

export function sizeOf(picture: Section, rotation: QuarterTurns): Size | undefined {
  const [width, height] = [picture.whole("width"), picture.whole("height")];
  if (!width || !height) return undefined;
  return isOnItsSide(rotation) ? { width: height, height: width } : { width, height };
}

/** A pixel that lies on its side is as wide as it was high. */
export function pixelAspectOf(picture: Section, rotation: QuarterTurns): ProbedMedia["pixelAspect"] {
  const match = /^(\d{1,9}):(\d{1,9})$/.exec(picture.text("sample_aspect_ratio") ?? "");
  const [across, down] = [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)];
  if (across === 0 || down === 0) return undefined;
  const { num, den } = isOnItsSide(rotation) ? fraction(down, across) : fraction(across, down);
  return { num: Number(num), den: Number(den) };
}

function isOnItsSide(rotation: QuarterTurns): boolean {
  return rotation === 90 || rotation === 270;
}

// The second letter is the field displayed first, by ffmpeg's description; but ffmpeg itself writes `tb` for
// interleaved fields whose frames are top field first, and MediaInfo reads the QuickTime code behind it (9) so too.
const scans: Readonly<Record<string, Scan>> = {
  progressive: "progressive",
  tt: "upper",
  tb: "upper",
  bb: "lower",
  bt: "lower",
};

export function scanOf(picture: Section): Scan | undefined {
  const order = picture.text("field_order") ?? "";
  if (Object.hasOwn(scans, order)) return scans[order];
  return isStandardDv(picture) ? "lower" : undefined;
}

/** DV of 480 or 576 lines: its lower field comes first (IEC 61834-2, SMPTE ST 314), which its containers do not say. */
function isStandardDv(picture: Section): boolean {
  return picture.text("codec_name") === "dvvideo" && [480, 576].includes(picture.whole("height") ?? 0);
}
