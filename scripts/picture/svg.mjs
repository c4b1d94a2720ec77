// SVG as text: elements, numbers, and texts that fit.

const references = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** An element; `content` is SVG already. */
export function tag(name, attributes, content = "") {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${typeof value === "number" ? short(value) : escaped(value)}"`,
  );
  return `<${name}${written.join("")}${content === "" ? "/>" : `>${content}</${name}>`}`;
}

export function escaped(text) {
  return text.replace(/[&<>"]/g, (sign) => references[sign]);
}

/** Hundredths of a pixel are enough. */
function short(number) {
  return String(Math.round(number * 100) / 100);
}

const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\u3000-\u303F\uFF00-\uFF60]/u;

/** Widths in parts of the font's size, as bold Helvetica has them or wider: nobody knows which font is there. */
function widthOfSign(sign) {
  if (wide.test(sign)) return 1.05;
  if (/[\p{Mark}\p{Cf}]/u.test(sign)) return 0;
  if (/[MW@%—…]/.test(sign)) return 0.98;
  if (/[\p{Lu}&+=<>#]/u.test(sign)) return 0.75;
  return /[-ijlftr.,:;'|!() ]/.test(sign) ? 0.39 : 0.61;
}

export function widthOf(text, size) {
  return [...text].reduce((sum, sign) => sum + widthOfSign(sign), 0) * size;
}

const signs = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The text, cut to a width with an ellipsis; empty where not even two signs fit. */
export function fitted(text, size, width) {
  if (widthOf(text, size) <= width) return text;
  const parts = [...signs.segment(text)].map(({ segment }) => segment);
  while (parts.length > 0 && widthOf(`${parts.join("")}…`, size) > width) parts.pop();
  return parts.length < 2 ? "" : `${parts.join("").replace(/[\s.]+$/, "")}…`;
}

/** A text on one line that is never wider than `width`. */
export function label(text, { size, width, ...attributes }) {
  const shown = fitted(text, size, width);
  return shown === "" ? "" : tag("text", { "font-size": size, ...attributes }, escaped(shown));
}
