import type { PointList, TrackPoint } from "../model/matches.js";
import { compareCodePoints } from "../text.js";

/** What is known of every face of an occurrence. */
export interface Known {
  readonly score?: number | undefined;
  readonly expression?: string | undefined;
}

/** The track points of one occurrence, and what is known of all of them. */
export interface FaceTrack extends Known {
  readonly points: PointList;
}

/** The tracks of one media file, and the frame of each of their points. Points are numbered from the first track's first. */
interface Tracks {
  readonly tracks: readonly FaceTrack[];
  /** The number of each track's first point. */
  readonly begins: readonly number[];
  /** By number of the point: its media frame from the file's first, the one showing at that instant, and its track's index. */
  readonly frames: Float64Array;
  readonly trackOf: Uint32Array;
}

/** Track points of one person in one media file, in frame order. There may be millions: each is some numbers side by side. */
export class FacePoints {
  readonly #of: Tracks;
  /** Numbers of points, also of others. */
  readonly #order: Uint32Array;
  readonly #first: number;
  readonly length: number;

  constructor(of: Tracks, order: Uint32Array, first: number, length: number) {
    this.#of = of;
    this.#order = order;
    this.#first = first;
    this.length = length;
  }

  /** The media frame of a point. */
  frameAt(index: number): number {
    return this.#of.frames[this.#number(index)] as number;
  }

  trackAt(index: number): FaceTrack {
    return this.#of.tracks[this.#of.trackOf[this.#number(index)] as number] as FaceTrack;
  }

  /** A point as the service gave it. */
  at(index: number): TrackPoint {
    return pointOf(this.#of, this.#number(index));
  }

  /** The first index, from `index` on, of a point on this frame or a later one. */
  firstFrom(frame: number, index: number): number {
    let first = index;
    while (first < this.length && this.frameAt(first) < frame) first++;
    return first;
  }

  /** Those from one index up to, without, another. */
  slice(first: number, end: number): FacePoints {
    return new FacePoints(this.#of, this.#order, this.#first + first, end - first);
  }

  /** The points of several lists of one media file in frame order; of equal frames, those of the earlier list first. */
  static joined(lists: readonly FacePoints[]): FacePoints {
    const [only, another] = lists as [FacePoints, FacePoints?];
    if (another === undefined) return only;
    const all = [...new Set(lists.map((list) => list.#of))];
    const of = all.length === 1 ? only.#of : together(all);
    const firsts = firstNumbers(all);
    const numbers = lists.flatMap((list) => {
      const first = firsts.get(list.#of) as number;
      return Array.from(list.#order.subarray(list.#first, list.#first + list.length), (number) => first + number);
    });
    numbers.sort((a, b) => (of.frames[a] as number) - (of.frames[b] as number));
    return new FacePoints(of, Uint32Array.from(numbers), 0, numbers.length);
  }

  #number(index: number): number {
    return this.#order[this.#first + index] as number;
  }
}

/** Tracks one after the other: a record may list a media file twice. */
function together(all: readonly Tracks[]): Tracks {
  const list = new TrackList();
  for (const { tracks, begins, frames } of all) {
    tracks.forEach((track, i) => {
      list.add(track, (_, point) => frames[(begins[i] as number) + point]);
    });
  }
  return list.finished();
}

/** The number that the first point of each then has. */
function firstNumbers(all: readonly Tracks[]): ReadonlyMap<Tracks, number> {
  let next = 0;
  return new Map(
    all.map((of) => {
      const first = next;
      next += of.frames.length;
      return [of, first];
    }),
  );
}

/** Gathers the tracks of one media file. */
export class TrackList {
  readonly #tracks: FaceTrack[] = [];
  readonly #begins: number[] = [];
  readonly #frames: number[] = [];

  /** Adds a track and returns its index; `frameOf` says on which frame a time is, or that there is none. */
  add(track: FaceTrack, frameOf: (timestamp: number, index: number) => number | undefined): number {
    const { points } = track;
    this.#begins.push(this.#frames.length);
    for (let i = 0; i < points.length; i++) {
      this.#frames.push(frameOf((points.at(i) as TrackPoint).timestamp, i) ?? Number.NaN);
    }
    return this.#tracks.push(track) - 1;
  }

  /** The points of each list of tracks in frame order, without those that are on no frame. */
  pointsOf(lists: readonly (readonly number[])[]): FacePoints[] {
    const tracks = this.finished();
    const order = new Uint32Array(tracks.frames.length);
    let filled = 0;
    return lists.map((list) => {
      const first = filled;
      for (const track of list) filled = addNumbers(tracks, track, order, filled);
      putInOrder(tracks, order.subarray(first, filled));
      return new FacePoints(tracks, order, first, filled - first);
    });
  }

  finished(): Tracks {
    const frames = new Float64Array(this.#frames);
    const trackOf = new Uint32Array(frames.length);
    this.#begins.forEach((begin, track) => {
      trackOf.fill(track, begin, this.#begins[track + 1]);
    });
    return { tracks: this.#tracks, begins: this.#begins, frames, trackOf };
  }
}

/** Adds the numbers of a track's points; returns how far the list is then filled. */
function addNumbers({ begins, frames }: Tracks, track: number, to: Uint32Array, filled: number): number {
  const end = begins[track + 1] ?? frames.length;
  let next = filled;
  for (let number = begins[track] as number; number < end; number++) {
    if (!Number.isNaN(frames[number])) to[next++] = number;
  }
  return next;
}

/** The service gives no order, but nearly always has this one. */
function putInOrder(of: Tracks, order: Uint32Array): void {
  for (let i = 1; i < order.length; i++) {
    if (comparePoints(of, order[i - 1] as number, order[i] as number) > 0) {
      order.sort((a, b) => comparePoints(of, a, b) || a - b);
      return;
    }
  }
}

function pointOf({ tracks, begins, trackOf }: Tracks, number: number): TrackPoint {
  const track = trackOf[number] as number;
  return (tracks[track] as FaceTrack).points.at(number - (begins[track] as number)) as TrackPoint;
}

// What is left equal here is the same point twice.
function comparePoints(of: Tracks, a: number, b: number): number {
  return (of.frames[a] as number) - (of.frames[b] as number) || compareContents(of, a, b);
}

function compareContents(of: Tracks, a: number, b: number): number {
  const [left, right] = [of.tracks[of.trackOf[a] as number], of.tracks[of.trackOf[b] as number]] as [FaceTrack, FaceTrack];
  const [here, there] = [pointOf(of, a), pointOf(of, b)];
  return (
    here.timestamp - there.timestamp ||
    (right.score ?? -1) - (left.score ?? -1) ||
    compareCodePoints(contentOf(left, here), contentOf(right, there))
  );
}

function contentOf({ expression }: FaceTrack, { box }: TrackPoint): string {
  return JSON.stringify([expression, box?.x, box?.y, box?.w, box?.h]);
}
