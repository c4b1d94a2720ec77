import type { PointList, TrackPoint } from "../model/matches.js";

const width = 5;

/** Track points side by side in one list of numbers, a third of what they take as objects: a search may find millions. */
export class PackedPoints implements PointList {
  /** Timestamp, X, Y, W, H of each in turn; NaN where there is no box. */
  readonly #numbers: readonly number[];

  constructor(points: readonly TrackPoint[]) {
    const numbers: number[] = [];
    for (const { timestamp, box } of points) {
      if (box === undefined) numbers.push(timestamp, Number.NaN, Number.NaN, Number.NaN, Number.NaN);
      else numbers.push(timestamp, box.x, box.y, box.w, box.h);
    }
    // A copy is as long as need be; a list that has grown is longer.
    this.#numbers = numbers.slice();
  }

  get length(): number {
    return this.#numbers.length / width;
  }

  at(index: number): TrackPoint {
    const timestamp = this.#number(index, 0);
    const x = this.#number(index, 1);
    if (Number.isNaN(x)) return { timestamp };
    return { timestamp, box: { x, y: this.#number(index, 2), w: this.#number(index, 3), h: this.#number(index, 4) } };
  }

  #number(index: number, column: number): number {
    return this.#numbers[width * index + column] as number;
  }

  *[Symbol.iterator](): Iterator<TrackPoint> {
    for (let i = 0; i < this.length; i++) yield this.at(i);
  }
}
