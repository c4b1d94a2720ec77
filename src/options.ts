/**
 * Every option, declared once. The command line, its help, template checking and the README's table all come from
 * here, so they cannot disagree. A flag is the key in kebab case: `startTimecode` is `--start-timecode`.
 */
export interface OptionRow {
  readonly type: "text" | "flag";
  readonly group: "Output" | "Timeline" | "Media" | "Search" | "Service" | "Run";
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
    describe: "Options and dialect: generic, or the path of a JSON file",
    example: "--template ./ours.json",
  },
  format: {
    type: "text",
    group: "Output",
    value: "LIST",
    default: "otio,fcpxml,edl,fcp7xml",
    describe: "Formats to write: otio, fcpxml, edl, fcp7xml (also xml, xmeml)",
    example: "--format otio,edl",
    inTemplate: true,
  },
  rate: {
    type: "text",
    group: "Timeline",
    value: "RATE",
    aliases: ["fps"],
    describe:
      "Frames a second of the timeline: 23.976 24 25 29.97df 29.97ndf 30 47.952 48 50 59.94df 59.94ndf 60 (29.97 and 59.94 alone: drop-frame when the start timecode or all media of that rate are); without it the rate of most clip time",
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
      "Face markers: none; appearance (one per clip and person); all (every track point); a spacing such as 1s, or 12 for timeline frames (at most one per face per that much source time)",
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
  force: {
    type: "flag",
    group: "Run",
    describe: "Replace files that exist already, and remove further parts of an earlier export in the same formats",
  },
} as const satisfies Record<string, OptionRow>;

/** Options of a search: `search` has them, and `export` when it searches itself. */
export const searchOptions = {
  faceImageUrl: {
    type: "text",
    group: "Search",
    value: "URL",
    describe: "Image of the face, as a URL the service can read; for a file on this computer, a signed URL of its copy in OSS",
    example: "--face-image-url https://bucket.oss-cn-shanghai.aliyuncs.com/ada.jpg",
  },
  searchLib: {
    type: "text",
    group: "Search",
    value: "NAME",
    describe: "Search library; without it the service's default one",
    example: "--search-lib archive",
  },
  entityId: { type: "text", group: "Search", value: "ID", describe: "Entity to search for, as the service understands it" },
  mediaType: {
    type: "text",
    group: "Search",
    value: "TYPE",
    default: "video",
    describe: "Media to search: video or image",
  },
  namespace: { type: "text", group: "Search", value: "NAME", describe: "Part of the library, set when media were added" },
  customFilters: {
    type: "text",
    group: "Search",
    value: "JSON",
    describe: "Filters on fields set when media were added",
    example: `--custom-filters '{"strField1":"news"}'`,
  },
  utcCreate: {
    type: "text",
    group: "Search",
    value: "JSON",
    describe: "Creation time of the media, in milliseconds",
    example: `--utc-create '{"gte":1761205662998}'`,
  },
  token: {
    type: "text",
    group: "Search",
    value: "TEXT",
    describe: "Name of the search (FaceSearchToken); without it a fresh one",
  },
  mediaId: {
    type: "text",
    group: "Search",
    value: "LIST",
    describe: "Search these assets only, with the --token of a search made elsewhere; MediaIds joined with commas",
  },
  resume: { type: "flag", group: "Search", describe: "Go on with the record in the output folder: ask only for what it lacks" },
  region: {
    type: "text",
    group: "Service",
    value: "REGION",
    default: "cn-shanghai",
    describe: "Region of the service",
    example: "--region ap-southeast-1",
  },
  endpoint: {
    type: "text",
    group: "Service",
    value: "HOST[:PORT]",
    describe: "Host of the service, instead of the region's",
    example: "--endpoint 127.0.0.1:8650",
  },
  protocol: { type: "text", group: "Service", value: "https|http", default: "https", describe: "How to speak to the host" },
  concurrency: { type: "text", group: "Service", value: "N", default: "4", describe: "Calls under way at the same time" },
  qps: {
    type: "text",
    group: "Service",
    value: "N",
    describe: "At most so many calls in any one second, retries included; a fraction above 1 is rounded down",
  },
  timeout: { type: "text", group: "Service", value: "T", default: "30s", describe: "How long one try of a call may take" },
  retries: {
    type: "text",
    group: "Service",
    value: "N",
    default: "5",
    describe: "How often a call that may succeed later is tried again",
  },
} as const satisfies Record<string, OptionRow>;

/** Options of the local stand-in for the service. */
export const emulateOptions = {
  port: { type: "text", group: "Service", value: "N", default: "8650", describe: "Port on this computer; 0 takes a free one" },
  accessKeyId: {
    type: "text",
    group: "Service",
    value: "TEXT",
    default: "emulator",
    describe: "Key id that clients have to sign with; an invented one",
  },
  accessKeySecret: {
    type: "text",
    group: "Service",
    value: "TEXT",
    default: "emulator",
    describe: "Secret that clients have to sign with; an invented one",
  },
  faults: { type: "text", group: "Service", value: "FILE", describe: "JSON that says what trouble to make: docs/emulator.md" },
} as const satisfies Record<string, OptionRow>;

/** Options every command has. */
export const commonOptions = {
  json: { type: "flag", group: "Run", describe: "Print one JSON object on standard output, and nothing else there" },
  quiet: { type: "flag", group: "Run", aliases: ["q"], describe: "Print results and errors only, no warnings and no progress" },
  debug: { type: "flag", group: "Run", describe: "Print the stack trace of an error" },
} as const satisfies Record<string, OptionRow>;

type Given<Table extends Record<string, OptionRow>> = {
  readonly [K in keyof Table]?: Table[K]["type"] extends "flag" ? boolean : string;
};

/** Options as typed: texts not yet read, what was not given absent. */
export type CommonOptions = Given<typeof commonOptions>;
export type ExportOptions = Given<typeof exportOptions>;
export type SearchOptions = Given<typeof searchOptions>;
export type EmulateOptions = Given<typeof emulateOptions>;
export type ExportOptionKey = keyof typeof exportOptions;

/** `startTimecode` as it is typed: `start-timecode`. */
export function flagName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
