/**
 * An exact fraction of bigints, reduced and with a positive denominator from birth, so that equal values
 * have equal fields. Used where a decimal enters or times of different rates meet; frames are plain integers.
 */
export interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

/** `num / den`, reduced. Throws RangeError when `den` is zero. */
export function fraction(num: bigint | number, den: bigint | number = 1n): Fraction {
  if (Number(den) === 0) throw new RangeError("a fraction cannot have the denominator 0");
  if (Number.isSafeInteger(num) && Number.isSafeInteger(den)) return plainFraction(num as number, den as number);
  const [n, d] = [BigInt(num), BigInt(den)];
  const divisor = greatestCommonDivisor(n, d) * (d < 0n ? -1n : 1n);
  return Object.freeze({ num: n / divisor, den: d / divisor });
}

// The same with remainders of plain numbers, which take a tenth of the time.
function plainFraction(num: number, den: number): Fraction {
  let [x, y] = [Math.abs(num), Math.abs(den)];
  while (y !== 0) [x, y] = [y, x % y];
  const divisor = den < 0 ? -x : x;
  return Object.freeze({ num: BigInt(num / divisor), den: BigInt(den / divisor) });
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

export const zero: Fraction = fraction(0n);

export function add(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.den + b.num * a.den, a.den * b.den);
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.num, a.den * b.den);
}

/** Negative when a < b, 0 when equal, positive when a > b. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Largest whole number not above `a`. */
export function floor(a: Fraction): bigint {
  const quotient = a.num / a.den;
  return a.num < 0n && quotient * a.den !== a.num ? quotient - 1n : quotient;
}

/** Smallest whole number not below `a`. */
export function ceil(a: Fraction): bigint {
  return -floor({ num: -a.num, den: a.den });
}

const decimalPattern = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/** A decimal text such as `62.03302` or `1e-7` as an exact fraction; undefined when it is none. */
export function parseDecimal(text: string): Fraction | undefined {
  const match = decimalPattern.exec(text);
  if (match === null) return undefined;
  const [, sign, whole, decimals = "", exponent = "0"] = match;
  const digits = BigInt(`${sign}${whole}${decimals}`);
  const scale = decimals.length - Number(exponent);
  return scale >= 0 ? fraction(digits, 10n ** BigInt(scale)) : fraction(digits * 10n ** BigInt(-scale));
}

/** The value rounded to so many decimals, half away from zero: `-0.250`. */
export function decimalText({ num, den }: Fraction, decimals: number): string {
  const scale = 10n ** BigInt(decimals);
  const size = num < 0n ? -num : num;
  const rounded = (2n * size * scale + den) / (2n * den);
  const digits = String(rounded).padStart(decimals + 1, "0");
  const sign = num < 0n && rounded > 0n ? "-" : "";
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
