/**
 * What a face search found, as read from the service's replies: the contract between fetching and mapping.
 * Names are the vendor's (SearchMediaClipByFace, API 2020-11-09); times are seconds from the start of the media.
 */
import type { AudioFacts, Size } from "./media.js";
import type { Warning } from "./warning.js";

/** A face's place in the picture, in pixels from the upper-left corner; X and Y may be negative. */
export interface BoxPosition {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface TrackPoint {
  readonly timestamp: number;
  readonly box?: BoxPosition;
}

/** Track points; a plain list of them is one. */
export interface PointList extends Iterable<TrackPoint> {
  readonly length: number;
  readonly at: (index: number) => TrackPoint | undefined;
}

/** One element of OccurrencesInfos: a stretch of time with the face. `endTime >= startTime`, unless reading was told to keep others. */
export interface Occurrence {
  readonly startTime: number;
  readonly endTime: number;
  readonly expression?: string;
  readonly trackData: PointList;
}

/** One element of MediaClipList. */
export interface MediaClip {
  readonly score?: number;
  readonly entityId?: string;
  readonly labelName?: string;
  readonly category?: string;
  readonly occurrences: readonly Occurrence[];
  /** File and JSON path of the element, for messages: `hits/…/page-0001.json $.MediaClipList[3]`. */
  readonly place: string;
}

/** All clips found in one media asset, duplicates across pages removed. */
export interface MediaMatches {
  readonly mediaId: string;
  readonly clips: readonly MediaClip[];
  /** Elements that came again on a later page. */
  readonly duplicates: number;
}

/** What the service says of one media asset (BatchGetMediaInfos, GetMediaInfo); all of it optional. */
export interface MediaInfo {
  readonly mediaId: string;
  readonly title?: string;
  readonly inputUrl?: string;
  readonly fileName?: string;
  /** `video`, `image`, `audio` or `text`, lower case. */
  readonly mediaType?: string;
  /** Frames a second as the service prints it: a decimal such as `23.976`. */
  readonly fps?: string;
  readonly numFrames?: number;
  /** Seconds, as printed; the video stream's where it has one, else the file's. */
  readonly duration?: string;
  /** Displayed size: turned where the stream says it is shown turned. */
  readonly size?: Size;
  /** 0 channels where the service says that there is no sound. */
  readonly audio?: AudioFacts;
  /** File and JSON path, for messages. */
  readonly place: string;
}

/** A record folder, read. */
export interface FaceRecord {
  readonly matches: readonly MediaMatches[];
  readonly mediaInfos: ReadonlyMap<string, MediaInfo>;
  /** What the record itself says is missing or odd. */
  readonly notes: readonly Warning[];
  /** True when the record itself says that the search behind it did not finish. */
  readonly unfinished?: boolean;
}
