/**
 * Every option, declared once. The command line, its help, template checking and the README's table all come from
 * here, so they cannot disagree. A flag is the key in kebab case: `startTimecode` is `--start-timecode`.
 */
export interface OptionRow {
  readonly type: "text" | "flag";
  readonly group: "Output" | "Timeline" | "Media" | "Run";
  /** One sentence for help and README. */
  readonly describe: string;
  /** What the value looks like, with its unit. */
  readonly value?: string;
  readonly default?: string;
  readonly aliases?: readonly string[];
  readonly example?: string;
  /** True when a template file may set it. */
  readonly inTemplate?: boolean;
}

export const exportOptions = {
  out: {
    type: "text",
    group: "Output",
    value: "DIR",
    default: ".",
    aliases: ["o"],
    describe: "Where files go; a path that ends in a format's extension means that one format, its folder and its name",
    example: "-o cut",
  },
  name: {
    type: "text",
    group: "Output",
    value: "TEXT",
    describe: "Timeline and file name; without it the person's name when there is only one, else the folder's",
    example: "--name 'Ada, all takes'",
  },
  template: {
    type: "text",
    group: "Output",
    value: "NAME|FILE",
    default: "generic",
    aliases: ["to"],
    describe: "Options and dialect for an editing program: a name, or the path of a JSON file",
    example: "--template ./ours.json",
  },
  format: {
    type: "text",
    group: "Output",
    value: "LIST",
    describe: "Formats to write: otio, fcpxml, edl, fcp7xml (also xml, xmeml); without it the template's",
    example: "--format otio,edl",
    inTemplate: true,
  },
  rate: {
    type: "text",
    group: "Timeline",
    value: "RATE",
    aliases: ["fps"],
    describe:
      "Frames a second of the timeline: 23.976 24 25 29.97df 29.97ndf 30 47.952 48 50 59.94df 59.94ndf 60; without it the rate of most clip time",
    example: "--rate 29.97df",
    inTemplate: true,
  },
  size: {
    type: "text",
    group: "Timeline",
    value: "WxH",
    describe: "Frame size of the timeline in pixels; without it the size of most clip time",
    example: "--size 1920x1080",
    inTemplate: true,
  },
  startTimecode: {
    type: "text",
    group: "Timeline",
    value: "TC",
    default: "01:00:00:00",
    aliases: ["start-tc"],
    describe: "Timecode of the timeline's first frame; with ; before the frames it is drop-frame",
    example: "--start-timecode '00:59:50;00'",
    inTemplate: true,
  },
  sort: {
    type: "text",
    group: "Timeline",
    value: "KEY",
    default: "media",
    describe: "Order of the clips: media (file name, then time), time (source timecode across media), score (best first), person",
    example: "--sort score",
    inTemplate: true,
  },
  markers: {
    type: "text",
    group: "Timeline",
    value: "KIND",
    default: "appearance",
    describe:
      "Face markers: none; appearance (one per clip and person); all (every track point); a spacing such as 1s (at most one per face per that much source time)",
    example: "--markers 2s",
    inTemplate: true,
  },
  mediaMap: {
    type: "text",
    group: "Media",
    value: "FILE",
    describe: "CSV or JSON that says where media are and what they are: rate, start timecode, length, size, audio, reel",
    example: "--media-map media.csv",
  },
  mediaRate: {
    type: "text",
    group: "Media",
    value: "RATE",
    describe: "Frames a second of media whose rate nothing else gives",
    example: "--media-rate 25",
  },
  dryRun: { type: "flag", group: "Run", describe: "Do everything but write" },
  force: { type: "flag", group: "Run", describe: "Replace files that exist already" },
  json: { type: "flag", group: "Run", describe: "Print one JSON object on standard output, and nothing else there" },
  quiet: { type: "flag", group: "Run", aliases: ["q"], describe: "Print results and errors only, no warnings and no progress" },
  debug: { type: "flag", group: "Run", describe: "Print the stack trace of an error" },
} as const satisfies Record<string, OptionRow>;

export type ExportOptionKey = keyof typeof exportOptions;

type Row = (typeof exportOptions)[ExportOptionKey];
type ValueOf<R extends Row> = R extends { type: "flag" } ? boolean : R extends { default: string } ? string : string | undefined;

/** The options of `export` as given: texts not yet read, defaults filled in. */
export type ExportOptions = { readonly [K in ExportOptionKey]: ValueOf<(typeof exportOptions)[K]> };

/** `startTimecode` as it is typed: `start-timecode`. */
export function flagName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
