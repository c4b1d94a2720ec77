import { longestToken, unreadable } from "./unreadable.js";

/** The lines of a text that comes in pieces, without their ends, which are CR LF, LF or CR. */
export function* linesOf(chunks: Iterable<string>, file: string): Generator<string> {
  let number = 0;
  let rest = "";
  // A CR at the end of a piece may be half of a CR LF.
  let held = "";
  for (const chunk of chunks) {
    const text = held + chunk;
    held = text.endsWith("\r") ? "\r" : "";
    const length = text.length - held.length;
    let [start, lf, cr] = [0, -1, -1];
    while (start < length) {
      if (lf < start) lf = indexOrEnd(text, "\n", start);
      if (cr < start) cr = indexOrEnd(text, "\r", start);
      const end = Math.min(lf, cr);
      if (end >= length) break;
      yield rest + text.slice(start, end);
      number++;
      rest = "";
      start = cr + 1 === lf ? lf + 1 : end + 1;
    }
    rest += text.slice(start, length);
    if (rest.length > longestToken) throw unreadable(file, `line ${number + 1}`, "A line is longer than 16 MB");
  }
  if (rest !== "") yield rest;
}

function indexOrEnd(text: string, mark: string, from: number): number {
  const index = text.indexOf(mark, from);
  return index < 0 ? text.length : index;
}
