/**
 * What of the library needs nothing of Node, for a browser or another program: replies that are at hand become a record
 * (`parseReplies`), media facts are gathered from it (`gatherMediaFacts`), both are mapped to a plan (`mapToTimeline`),
 * and a writer spells the plan as text (`otio`, `edl`, `csv`; those of XML are in `xml.ts`, since the package they go
 * through asks for two of Node's modules). Timeline files become plain clips again (`readTimelines`). Every error is a
 * `FacecutError`.
 */

export { type ErrorCode, type ExitStatus, errorCodes, exitStatus, FacecutError } from "./errors.js";
export type { ReadOptions } from "./fetch/parse-clips.js";
export { parseReplies, type Replies } from "./fetch/parse-replies.js";
export type { Accounting, DropReason, Fate } from "./map/accounting.js";
export { parseClipName } from "./map/clip-names.js";
export { type MapOptions, type Mapped, mapToTimeline } from "./map/map-to-timeline.js";
export type { MarkerChoice, PointCounts } from "./map/markers.js";
export { parseMatch } from "./map/match-expression.js";
export type { SortKey } from "./map/order.js";
export { type Summary, type SummaryRow, summaryOf } from "./map/summary.js";
export type { TimelineSettings, TimelineWishes } from "./map/timeline-settings.js";
export { type GatheredFacts, gatherMediaFacts, type MediaFactsOptions, type VariableRateChoice } from "./media/media-facts.js";
export type { MediaMap } from "./media/media-map-keys.js";
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
export { readTimelines } from "./read/readers.js";
export type { Reading } from "./read/reading.js";
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
export { type Companion, type CompanionId, companions } from "./write/companions.js";
export { csv } from "./write/csv.js";
export { type Dialect, type DialectChoices, dialectOf, quirks } from "./write/dialect.js";
export { edl } from "./write/edl.js";
export { otio } from "./write/otio.js";
export type { Bundle, BundledFile, FormatId, OutputFile, Writer } from "./write/writer.js";
