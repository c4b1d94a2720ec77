import type { Streams } from "./streams.js";

/** Shows how far long work is: a changing line on a terminal, one line per step elsewhere, nothing when quiet. */
export interface ProgressLine {
  readonly step: (line: string) => void;
  readonly status: (what: string, done: number, total: number) => void;
}

const silent: ProgressLine = { step: () => {}, status: () => {} };
const eraseLine = "\r\u001b[K";
const millisecondsBetween = 100;

/** `detail` adds what else is to be said of the moment, such as calls made. */
export function progressLine({ err, terminal }: Streams, quiet: boolean, detail: () => string = () => ""): ProgressLine {
  if (quiet) return silent;
  if (!terminal) return { step: (line) => err(`facecut: ${line}\n`), status: () => {} };
  let [shownAt, task, started] = [0, "", 0];
  return {
    step: (line) => err(`${eraseLine}facecut: ${line}\n`),
    status: (what, done, total) => {
      const now = Date.now();
      if (what !== task) [task, started] = [what, now];
      if (now - shownAt < millisecondsBetween && done < total) return;
      shownAt = now;
      err(`${eraseLine}${what}: ${done} of ${total}${timeLeft(now - started, done, total)}${detail()}`);
    },
  };
}

function timeLeft(elapsed: number, done: number, total: number): string {
  if (done === 0 || done >= total || elapsed < 1000) return "";
  const seconds = Math.ceil(((elapsed / done) * (total - done)) / 1000);
  return seconds < 60 ? `, ${seconds} s left` : `, ${Math.ceil(seconds / 60)} min left`;
}
