import { unreadable } from "./unreadable.js";

/**
 * Bytes of a timeline file as text, piece by piece, without a byte order mark. UTF-16 is known by its mark or its zero
 * bytes, XML by its declaration; anything else is UTF-8, and from the first byte that is not, the code pages in which
 * programs write EDLs (Premiere uses the machine's): GB 18030, which holds GBK, then Windows-1252.
 */
export function* decodeText(chunks: Iterable<Uint8Array>, file: string): Generator<string> {
  let head: Uint8Array = new Uint8Array();
  let decoder: Decoder | undefined;
  for (const chunk of chunks) {
    if (decoder !== undefined) {
      yield decoder.decode(chunk, false);
      continue;
    }
    head = joined(head, chunk);
    if (head.length < headLength) continue;
    decoder = decoderFor(head, file);
    yield decoder.decode(head, false);
  }
  if (decoder !== undefined) yield decoder.decode(new Uint8Array(), true);
  else yield decoderFor(head, file).decode(head, true);
}

/** Bytes that tell an encoding: a mark, or an XML declaration. */
const headLength = 200;

interface Decoder {
  readonly decode: (bytes: Uint8Array, last: boolean) => string;
}

function decoderFor(start: Uint8Array, file: string): Decoder {
  const encoding = encodingOf(start);
  return encoding === undefined ? guessing(file) : strict(encoding, file);
}

/** The encoding that the first bytes tell; undefined when they tell none. */
function encodingOf(start: Uint8Array): string | undefined {
  const [a, b, c] = start;
  if (a === 0xef && b === 0xbb && c === 0xbf) return "utf-8";
  if ((a === 0xff && b === 0xfe) || (b === 0 && c !== 0)) return "utf-16le";
  if ((a === 0xfe && b === 0xff) || (a === 0 && b !== 0)) return "utf-16be";
  const head = String.fromCharCode(...start.subarray(0, headLength));
  const declared = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1];
  // Who can read the declaration byte by byte has no UTF-16 before him, whatever it says.
  return declared === undefined || /^utf-?16/i.test(declared) ? undefined : declared;
}

function strict(encoding: string, file: string): Decoder {
  const decoder = textDecoder(encoding);
  if (decoder === undefined) throw unreadable(file, undefined, `The encoding ${encoding} is not known`);
  return {
    decode: (bytes, last) => {
      try {
        return decoder.decode(bytes, { stream: !last });
      } catch {
        throw unreadable(file, undefined, `The file is not ${encoding}, as it says it is`);
      }
    },
  };
}

function textDecoder(encoding: string) {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    return undefined;
  }
}

/** Tries one code page after the other; what was decoded before stays, since ASCII is the same in all. */
function guessing(file: string): Decoder {
  const left = ["gb18030", "windows-1252"];
  let decoder = strict("utf-8", file);
  // UTF-8 is given whole characters only, so that all bytes of the first one that is none go to the next code page.
  let held = new Uint8Array();
  const decode = (piece: Uint8Array, last: boolean): string => {
    const bytes = joined(held, piece);
    const isUtf8 = left.length === 2;
    const end = last || !isUtf8 ? bytes.length : wholeCharacters(bytes);
    held = bytes.slice(end);
    try {
      return decoder.decode(bytes.subarray(0, end), last || isUtf8);
    } catch (error) {
      const next = left.shift();
      if (next === undefined) throw error;
      decoder = strict(next, file);
      held = new Uint8Array();
      return decode(bytes, last);
    }
  };
  return { decode };
}

/** Length of the bytes without the last character of UTF-8 when not all of it is there. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let length = 1; length <= 3 && length <= bytes.length; length++) {
    const byte = bytes[bytes.length - length] as number;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return length < (byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4) ? bytes.length - length : bytes.length;
  }
  return bytes.length;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
