import type { MediaFacts, Size } from "../model/media.js";
import { element, textElement } from "./xml.js";

/**
 * The filter Basic Motion with the scale at which a picture just fits the sequence, in percent of its own size (Premiere
 * exports in opencinemac/test-timelines). Nothing when it does already, or its size is not known.
 */
export function fitScale(depth: number, { size, pixelAspect }: MediaFacts, frame: Size): string {
  if (size === undefined) return "";
  const { num, den } = pixelAspect ?? { num: 1, den: 1 };
  // Width as shown is width * num / den; of both factors the smaller one, compared without division.
  const byWidth = { num: frame.width * den, den: size.width * num };
  const byHeight = { num: frame.height, den: size.height };
  const scale = byWidth.num * byHeight.den < byHeight.num * byWidth.den ? byWidth : byHeight;
  return scale.num === scale.den ? "" : basicMotion(depth, percent(scale));
}

/** Four decimals, cut off: so the picture never reaches over the edge. */
function percent({ num, den }: { readonly num: number; readonly den: number }): string {
  const tenThousandths = (BigInt(num) * 1_000_000n) / BigInt(den);
  const decimals = String(tenThousandths % 10_000n)
    .padStart(4, "0")
    .replace(/0+$/, "");
  return `${tenThousandths / 10_000n}${decimals && `.${decimals}`}`;
}

function basicMotion(depth: number, scale: string): string {
  const parameter = [
    textElement(depth + 3, "parameterid", "scale"),
    textElement(depth + 3, "name", "Scale"),
    textElement(depth + 3, "valuemin", 0),
    textElement(depth + 3, "valuemax", 1000),
    textElement(depth + 3, "value", scale),
  ];
  const effect = [
    textElement(depth + 2, "name", "Basic Motion"),
    textElement(depth + 2, "effectid", "basic"),
    textElement(depth + 2, "effectcategory", "motion"),
    textElement(depth + 2, "effecttype", "motion"),
    textElement(depth + 2, "mediatype", "video"),
    element(depth + 2, "parameter", {}, parameter.join("")),
  ];
  return element(depth, "filter", {}, element(depth + 1, "effect", {}, effect.join("")));
}
