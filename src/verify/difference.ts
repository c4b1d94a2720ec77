/** Something a written file holds otherwise than the plan. */
export interface Difference {
  readonly file: string;
  /** Which clip, marker or media file, as a message names it; absent when it is the timeline itself. */
  readonly of?: string;
  /** What of it: `source in`. */
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/** Another number of files than planned: which is which is not known. */
export function fileCount(file: string, expected: number, found: number): Difference {
  return { file, what: "number of files", expected: String(expected), found: String(found) };
}

const many = 1000;

/** Collects differences of one file. */
export class Differences {
  readonly list: Difference[] = [];
  readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  /** More would tell nobody more: one thing wrong may put a hundred thousand others out of place. */
  get areMany(): boolean {
    return this.list.length >= many;
  }

  add(of: string | undefined, what: string, expected: unknown, found: unknown): void {
    const texts = { expected: shown(expected), found: shown(found) };
    this.list.push({ file: this.file, ...(of === undefined ? {} : { of }), what, ...texts });
  }

  /** Adds one when the two are not the same; an expectation that is absent is none. */
  compare(of: string | undefined, what: string, expected: string | number | boolean | undefined, found: unknown): void {
    if (expected !== undefined && expected !== found) this.add(of, what, expected, found);
  }
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  return typeof value === "object"
    ? JSON.stringify(value, (_, part) => (typeof part === "bigint" ? String(part) : part))
    : String(value);
}

/** `clip-89aa9b9c56a7 (take-3.mov at 01:00:07:12): source in is 90001, not 90000`. */
export function differenceText({ of, what, expected, found }: Difference): string {
  return `${of === undefined ? "" : `${of}: `}${what} is ${found}, not ${expected}`;
}
