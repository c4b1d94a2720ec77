import type { OptionRow } from "./option-row.js";

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
    words: ["video", "image"],
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
    words: ["cn-shanghai", "cn-beijing", "cn-hangzhou", "cn-shenzhen", "ap-southeast-1", "us-west-1"],
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
  protocol: {
    type: "text",
    group: "Service",
    value: "https|http",
    default: "https",
    words: ["https", "http"],
    describe: "How to speak to the host",
  },
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

/** Options of `facecut search`. */
export const searchCommandOptions = {
  out: {
    type: "text",
    group: "Output",
    value: "DIR",
    default: "hits",
    aliases: ["o"],
    describe: "Record folder to make",
    example: "-o hits",
  },
  ...searchOptions,
} as const satisfies Record<string, OptionRow>;
