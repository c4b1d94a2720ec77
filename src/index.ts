/**
 * The library. Stages in the order data runs: a record folder is read (`readRecord`), media facts are gathered
 * (`readMediaMap`, `findMediaFiles`, `gatherMediaFacts`), both are mapped to a plan (`mapToTimeline`), and writers spell the plan as
 * text (`writers`). `exportRecord` does all of it and writes the files. Every error is a `FacecutError`.
 */

export { type Checked, checkFiles } from "./check/check-files.js";
export type { CheckedFile, CheckedFolder, Finding, SkippedFile } from "./check/finding.js";
export { type ErrorCode, type ExitStatus, errorCodes, exitStatus, FacecutError } from "./errors.js";
export { readRecord } from "./fetch/read-record.js";
export type { Accounting, DropReason, Fate } from "./map/accounting.js";
export { parseClipName } from "./map/clip-names.js";
export { type MapOptions, type Mapped, mapToTimeline } from "./map/map-to-timeline.js";
export type { MarkerChoice, PointCounts } from "./map/markers.js";
export { parseMatch } from "./map/match-expression.js";
export type { SortKey } from "./map/order.js";
export { type Summary, type SummaryRow, summaryOf } from "./map/summary.js";
export type { TimelineSettings, TimelineWishes } from "./map/timeline-settings.js";
export { type FileIndex, type Found, indexFolders } from "./media/find-files.js";
export { type GatheredFacts, gatherMediaFacts, type MediaFactsOptions, type VariableRateChoice } from "./media/media-facts.js";
export {
  type FilesOfMedia,
  type FindMediaOptions,
  findMediaFiles,
  type MediaFile,
  type MediaFiles,
} from "./media/media-files.js";
export { type MediaMap, readMediaMap } from "./media/media-map.js";
export { defaultCacheFile, type ProbedMedia, type ProbeOptions, type ProbeResult, probeFiles } from "./media/probe.js";
export { mediaMapText, type UnknownMedia } from "./media/write-media-map.js";
export { joinRecords } from "./model/join-records.js";
export type { BoxPosition, FaceRecord, MediaClip, MediaInfo, MediaMatches, Occurrence, TrackPoint } from "./model/matches.js";
export type {
  AudioFacts,
  DoubtCode,
  FactSource,
  MediaDoubt,
  MediaFactName,
  MediaFacts,
  MediaUse,
  PixelAspect,
  Scan,
  Size,
} from "./model/media.js";
export type {
  Clip,
  Colour,
  Marker,
  Person,
  PersonRange,
  Plan,
  PlannedMedia,
  SourceIn,
  Timeline,
  Track,
} from "./model/timeline.js";
export type { Warning } from "./model/warning.js";
export type { ExportOptions } from "./options.js";
export { type ExportProgress, type ExportResult, exportRecord } from "./pipeline.js";
export { readTimelines } from "./read/readers.js";
export type { Reading } from "./read/reading.js";
export type { ConformReport } from "./report/conform-report.js";
export type { Duration } from "./time/duration.js";
export type { Fraction } from "./time/fraction.js";
export type { FrameRange } from "./time/frame-range.js";
export {
  type Counting,
  type FrameRate,
  frameRate,
  parseMediaRate,
  parseTimelineRate,
  type RateWord,
  type TimelineRate,
  timelineRates,
} from "./time/frame-rate.js";
export { frameOfLabel, framesPerDay, parseTimecode, type TimecodeLabel, timecodeOf } from "./time/timecode.js";
export { type Difference, differenceText } from "./verify/difference.js";
export { verifyFormat } from "./verify/verify.js";
export { type Companion, type CompanionId, companions } from "./write/companions.js";
export { type Dialect, type DialectChoices, dialectOf, quirks } from "./write/dialect.js";
export type { Bundle, BundledFile, FormatId, OutputFile, Writer } from "./write/writer.js";
export { writers } from "./write/writers.js";
