/** FNV-1a: a spread of names, not a secret; runs in a browser as well. */

const basis = 0x811c9dc5;
const otherBasis = 0x9747b28c;
const prime = 0x01000193;

/** 32 bits of a text. */
export function hash32(text: string): number {
  return hashOn(basis, text) >>> 0;
}

/** A hash of texts one after the other: two of 32 bits from different beginnings. */
export class Hash64 {
  readonly #one: number;
  readonly #two: number;

  constructor(one = basis, two = otherBasis) {
    this.#one = one;
    this.#two = two;
  }

  /** The hash of all so far and a further text. */
  with(text: string): Hash64 {
    return new Hash64(hashOn(this.#one, text), hashOn(this.#two, text));
  }

  /** The first twelve of its sixteen hexadecimal digits. */
  twelveDigits(): string {
    return fourDigits(this.#one >>> 16) + fourDigits(this.#one & 0xffff) + fourDigits(this.#two >>> 16);
  }
}

const utf8 = new TextEncoder();

/** Goes on hashing with the UTF-8 bytes of a text; of ASCII, these are its characters. */
function hashOn(begun: number, text: string): number {
  let hash = begun;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) return hashBytes(begun, utf8.encode(text));
    hash = Math.imul(hash ^ code, prime);
  }
  return hash;
}

function hashBytes(begun: number, bytes: Uint8Array): number {
  let hash = begun;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, prime);
  return hash;
}

const twoDigits = Array.from({ length: 0x100 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function fourDigits(half: number): string {
  return `${twoDigits[half >>> 8]}${twoDigits[half & 0xff]}`;
}
