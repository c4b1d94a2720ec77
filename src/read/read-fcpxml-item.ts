import { type Fraction, fraction } from "../time/fraction.js";
import type { FrameRate } from "../time/frame-rate.js";
import { parseMediaRate } from "../time/frame-rate.js";
import type { ReadKeyword, ReadMarker } from "./reading.js";
import { minus, noSeconds, plus, reduced, type Seconds, scaled } from "./seconds.js";
import type { XmlElement } from "./xml-events.js";

/** Elements that lie on a timeline or hold others that do. */
export const storyElements = new Set([
  "spine",
  "asset-clip",
  "clip",
  "video",
  "audio",
  "gap",
  "title",
  "ref-clip",
  "sync-clip",
  "mc-clip",
  "audition",
]);

/** Those whose children without a lane are parts of them, not clips of their own (Apple's DTD, `lane`). */
const composites = new Set(["clip", "sync-clip", "mc-clip"]);

/**
 * An open element of a storyline, with the clock of what it holds: an element at local time t is on the sequence at
 * `record + (t - start)`, in seconds from the sequence's first frame (Apple, "Timing attributes").
 */
export class StoryItem {
  readonly element: XmlElement;
  readonly parent: StoryItem | undefined;
  readonly record: Seconds;
  readonly start: Seconds;
  readonly duration: Seconds | undefined;
  /** Lanes above the primary storyline, those of its parents included. */
  readonly lane: number;
  /** A part of a clip: its markers, keywords and media are the clip's. */
  readonly isPart: boolean;
  readonly markers: ReadMarker[] = [];
  readonly keywords: ReadKeyword[] = [];
  /** Media of its first part. */
  partRef: string | undefined;
  /** How much slower its media run on the sequence: set by a `conform-rate` that scales. */
  scale: Fraction | undefined;
  /** Where the next child of a spine begins when it does not say. */
  cursor: Seconds = noSeconds;
  /** Alternatives seen in an audition; the first is the one that shows. */
  alternatives = 0;

  constructor(element: XmlElement, parent: StoryItem | undefined, times: StoryTimes, zero: Seconds) {
    this.element = element;
    this.parent = parent;
    this.start = times.start ?? noSeconds;
    this.duration = times.duration;
    const offset = times.offset ?? (parent?.element.name === "spine" ? parent.cursor : undefined);
    const record = parent ? parent.recordOf(offset ?? noSeconds) : minus(offset ?? noSeconds, zero);
    // Reduced where times are added up, so that no denominator grows from level to level.
    this.record = reduced(record);
    if (parent?.element.name === "spine") parent.cursor = reduced(plus(offset ?? noSeconds, this.duration ?? noSeconds));
    const lane = Number(element.attributes.lane ?? 0);
    this.lane = (parent?.lane ?? 0) + (Number.isSafeInteger(lane) ? lane : 0);
    this.isPart = isPartOf(parent, lane);
  }

  /** Sequence time of a local time. */
  recordOf(local: Seconds): Seconds {
    const since = minus(local, this.start);
    return plus(this.record, this.scale ? scaled(since, this.scale) : since);
  }

  /** The clip it belongs to: itself, or the one it is a part of. */
  get owner(): StoryItem {
    return this.isPart && this.parent ? this.parent.owner : this;
  }

  get ref(): string | undefined {
    return this.element.attributes.ref ?? this.partRef;
  }

  /** `conform-rate`: media that are scaled play each of their frames for one of the sequence's. */
  conform({ attributes }: XmlElement, sequenceRate: FrameRate | undefined): void {
    const source = parseMediaRate(attributes.srcFrameRate ?? "");
    if (attributes.scaleEnabled === "0" || source === undefined || sequenceRate === undefined) return;
    this.scale = fraction(BigInt(source.num) * BigInt(sequenceRate.den), BigInt(source.den) * BigInt(sequenceRate.num));
  }
}

/** The times an element states, in seconds. */
export interface StoryTimes {
  readonly offset: Seconds | undefined;
  readonly start: Seconds | undefined;
  readonly duration: Seconds | undefined;
}

function isPartOf(parent: StoryItem | undefined, lane: number): boolean {
  if (parent === undefined) return false;
  if (parent.element.name === "audition") return parent.alternatives++ > 0 || parent.isPart;
  return parent.isPart || (composites.has(parent.element.name) && lane === 0);
}
