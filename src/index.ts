/**
 * The library. Stages in the order data runs: a record folder is read (`readRecord`), media facts are gathered
 * (`readMediaMap`, `findMediaFiles`, `gatherMediaFacts`), both are mapped to a plan (`mapToTimeline`), and writers spell the plan as
 * text (`writers`). `exportRecord` does all of it and writes the files. Every error is a `FacecutError`.
 */

export { type Checked, checkFiles } from "./check/check-files.js";
export type { CheckedFile, CheckedFolder, Finding, SkippedFile } from "./check/finding.js";
export * from "./core.js";
export { readRecord } from "./fetch/read-record.js";
export { type FileIndex, type Found, indexFolders } from "./media/find-files.js";
export {
  type FilesOfMedia,
  type FindMediaOptions,
  findMediaFiles,
  type MediaFile,
  type MediaFiles,
} from "./media/media-files.js";
export { readMediaMap } from "./media/media-map.js";
export { defaultCacheFile, type ProbedMedia, type ProbeOptions, type ProbeResult, probeFiles } from "./media/probe.js";
export { mediaMapText, type UnknownMedia } from "./media/write-media-map.js";
export type { ExportOptions } from "./options.js";
export { type ExportProgress, type ExportResult, exportRecord } from "./pipeline.js";
export type { ConformReport } from "./report/conform-report.js";
export { type Difference, differenceText } from "./verify/difference.js";
export { verifyFormat } from "./verify/verify.js";
export { writers } from "./write/writers.js";
export * from "./xml.js";
