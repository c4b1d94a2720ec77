import { longestToken, unreadable } from "./unreadable.js";

/** A line of a text file, without its end, and its number from 1. */
export interface Line {
  readonly text: string;
  readonly number: number;
}

/** The lines of a text that comes in pieces; they end with CR LF, LF or CR. */
export function* linesOf(chunks: Iterable<string>, file: string): Generator<Line> {
  let number = 0;
  let rest = "";
  // A CR at the end of a piece may be half of a CR LF.
  let held = "";
  for (const chunk of chunks) {
    const text = held + chunk;
    held = text.endsWith("\r") ? "\r" : "";
    const whole = text.slice(0, text.length - held.length);
    const lines = (whole.includes("\r") ? whole.replace(/\r\n?/g, "\n") : whole).split("\n");
    lines[0] = rest + lines[0];
    rest = lines.pop() as string;
    for (const line of lines) yield { text: line, number: ++number };
    if (rest.length > longestToken) throw unreadable(file, `line ${number + 1}`, "A line is longer than 16 MB");
  }
  if (rest !== "") yield { text: rest, number: ++number };
}
