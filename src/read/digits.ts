const digit0 = "0".charCodeAt(0);
/** So many digits are always exact as a number. */
const exactDigits = 15;

/** The whole number that a part of a text spells; undefined when it is no digits, or too many. */
export function wholeNumber(text: string, from = 0, to = text.length): number | undefined {
  if (from >= to || to - from > exactDigits) return undefined;
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - digit0;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}
