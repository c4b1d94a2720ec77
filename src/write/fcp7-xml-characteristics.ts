import type { PixelAspect, Scan, Size } from "../model/media.js";
import type { FrameRate } from "../time/frame-rate.js";
import { element, textElement } from "./xml.js";

/** What Final Cut Pro 7 XML says of a picture or a sound: the element `samplecharacteristics`, and the rate in it. */

/** A rate is a whole counting base, and whether it runs slower by the NTSC ratio: 23.976 is 24 with `ntsc`. */
export function rate(depth: number, { nominal, den }: FrameRate): string {
  const children = textElement(depth + 1, "timebase", nominal) + textElement(depth + 1, "ntsc", den === 1 ? "FALSE" : "TRUE");
  return element(depth, "rate", {}, children);
}

/** Scan and shape of pixels, where they are known; else progressive and square. */
interface PictureShape {
  readonly scan?: Scan;
  readonly pixelAspect?: PixelAspect;
}

/** Size and shape of the picture. Without it Resolve shows nothing, and Premiere falls back to DV. */
export function pictureCharacteristics(depth: number, speed: FrameRate, size: Size, shape: PictureShape = {}): string {
  const { width, height } = size;
  const { word, anamorphic } = pixelsOf(size, shape.pixelAspect ?? { num: 1, den: 1 });
  const children = [
    rate(depth + 1, speed),
    textElement(depth + 1, "width", width),
    textElement(depth + 1, "height", height),
    textElement(depth + 1, "anamorphic", anamorphic ? "TRUE" : "FALSE"),
    textElement(depth + 1, "pixelaspectratio", word),
    textElement(depth + 1, "fielddominance", shape.scan === "upper" || shape.scan === "lower" ? shape.scan : "none"),
    textElement(depth + 1, "colordepth", 24),
  ];
  return element(depth, "samplecharacteristics", {}, children.join(""));
}

export function soundCharacteristics(depth: number, sampleRate: number): string {
  const children = textElement(depth + 1, "depth", 16) + textElement(depth + 1, "samplerate", sampleRate);
  return element(depth, "samplecharacteristics", {}, children);
}

interface Pixels {
  readonly word: string;
  /** 16:9 on the lines of 4:3, which only standard definition has. */
  readonly anamorphic: boolean;
  readonly aspect: number;
}

// Apple, "Final Cut Pro XML Interchange Format", Elements Catalog, pixelaspectratio: a word for each, no numbers.
// biome-ignore format: one row a word
const pixelTable: readonly Pixels[] = [
  { word: "square",         anamorphic: false, aspect: 1 },
  { word: "NTSC-601",       anamorphic: false, aspect: 10 / 11 },
  { word: "NTSC-601",       anamorphic: true,  aspect: 40 / 33 },
  { word: "PAL-601",        anamorphic: false, aspect: 59 / 54 },
  { word: "PAL-601",        anamorphic: true,  aspect: 118 / 81 },
  { word: "HD-(1440x1080)", anamorphic: false, aspect: 4 / 3 },
  { word: "HD-(960x720)",   anamorphic: false, aspect: 4 / 3 },
  { word: "HD-(1280x1080)", anamorphic: false, aspect: 3 / 2 },
];

// The nearest word: so the several ratios in use for one standard (59:54, 16:15, 12:11) all find theirs, and a ratio
// that has none is stretched too little or too much by as little as can be.
function pixelsOf({ height }: Size, { num, den }: PixelAspect): Pixels {
  const aspect = num / den;
  const distance = (pixels: Pixels) => Math.max(aspect / pixels.aspect, pixels.aspect / aspect);
  const known = pixelTable.filter(({ word }) => word !== (height === 720 ? "HD-(1440x1080)" : "HD-(960x720)"));
  return known.reduce((nearest, pixels) => (distance(pixels) < distance(nearest) ? pixels : nearest));
}
