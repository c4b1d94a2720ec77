import { EndlessFraction } from "./frames.js";
import { readEdl } from "./read-edl.js";
import { readFcp7Xml } from "./read-fcp7-xml.js";
import { readFcpxml } from "./read-fcpxml.js";
import type { ReadOptions } from "./read-options.js";
import { readOtio } from "./read-otio.js";
import type { Reading, ReadingFormat } from "./reading.js";
import { unreadable } from "./unreadable.js";

export type Reader = (chunks: Iterable<string>, options: ReadOptions) => Reading;

/** Every format that can be read. */
export const readers: Readonly<Record<ReadingFormat, Reader>> = {
  otio: guarded(readOtio),
  fcpxml: guarded(readFcpxml),
  edl: guarded(readEdl),
  fcp7xml: guarded(readFcp7Xml),
};

/** Exact times whose fractions grow without end make a file unreadable: no program writes such rates. */
function guarded(read: Reader): Reader {
  return (chunks, options) => {
    try {
      return read(chunks, options);
    } catch (error) {
      throw error instanceof EndlessFraction ? unreadable(options.file, undefined, error.message) : error;
    }
  };
}

/**
 * Reads a timeline file of any of the formats, from its text in one piece or many. The format is known by the text;
 * extensions lie (`.xml` may be either XML). Throws `bad-timeline` when it is none of them, broken or hostile.
 */
export function readTimelines(text: string | Iterable<string>, options: ReadOptions): Reading {
  const chunks = (typeof text === "string" ? pieces(text) : text)[Symbol.iterator]();
  const head = headOf(chunks);
  const format = formatOf(head, options.file);
  if (format === undefined) throw unreadable(options.file, "line 1", "The file is neither OTIO, FCPXML, FCP7 XML nor an EDL");
  return readers[format](joined(head, chunks), options);
}

const pieceLength = 64 * 1024;

/** A text in pieces that can be read one by one; the string itself would give single characters. */
export function* pieces(text: string): Generator<string> {
  for (let from = 0; from < text.length; from += pieceLength) yield text.slice(from, from + pieceLength);
}

/** Enough of a text to know its format. */
function headOf(chunks: Iterator<string>): string {
  let head = "";
  while (head.length < pieceLength) {
    const { done, value } = chunks.next();
    if (done) break;
    head += value;
  }
  return head;
}

function* joined(head: string, rest: Iterator<string>): Generator<string> {
  yield head;
  for (let next = rest.next(); !next.done; next = rest.next()) yield next.value;
}

function formatOf(head: string, file: string): ReadingFormat | undefined {
  const start = head.trimStart();
  if (start.startsWith("{")) return "otio";
  if (start.startsWith("<")) return xmlFormat(start);
  return /\.edl$/i.test(file) || /^(?:TITLE:|FCM:|\d{3,6}\s)/m.test(head) ? "edl" : undefined;
}

/** By the document type or root element; comments before them do not count. */
function xmlFormat(head: string): ReadingFormat | undefined {
  const [, name] = /<(?:!DOCTYPE\s+)?([A-Za-z][\w-]*)/.exec(head.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, "")) ?? [];
  return name === "fcpxml" ? "fcpxml" : name === "xmeml" ? "fcp7xml" : undefined;
}
