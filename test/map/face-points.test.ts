import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FacePoints, TrackList } from "../../src/map/face-points.js";

const point = fc.record({ timestamp: fc.nat({ max: 30 }) });
const tracks = fc.array(fc.array(point, { maxLength: 6 }), { maxLength: 5 });
/** Two points a frame; none for every seventh. */
const frameOf = (time: number) => (time % 7 === 6 ? undefined : Math.floor(time / 2));

function pointsOf(...lists: { timestamp: number }[][][]): FacePoints[] {
  const all = new TrackList();
  return all.pointsOf(lists.map((list) => list.map((points, i) => all.add({ points, score: i / 10 }, frameOf))));
}

const timesOf = (points: FacePoints) => Array.from({ length: points.length }, (_, i) => points.at(i).timestamp);

describe("face points", () => {
  it("are those of their own tracks, by frame and time, without those on no frame", () => {
    fc.assert(
      fc.property(tracks, tracks, (one, two) => {
        const found = pointsOf(one, two);
        const expected = [one, two].map((list) => list.flat().map(({ timestamp }) => timestamp));
        expect(found.map(timesOf)).toEqual(
          expected.map((times) => times.filter((time) => frameOf(time) !== undefined).sort((a, b) => a - b)),
        );
        for (const points of found)
          for (const [i, time] of timesOf(points).entries()) expect(points.frameAt(i)).toBe(frameOf(time));
      }),
    );
  });

  it("know the track of each: of the same instant, the better score first", () => {
    const [points] = pointsOf([[{ timestamp: 4 }], [{ timestamp: 2 }, { timestamp: 4 }]]) as [FacePoints];
    expect(timesOf(points)).toEqual([2, 4, 4]);
    expect([0, 1, 2].map((i) => points.trackAt(i).score)).toEqual([0.1, 0.1, 0]);
  });

  it("are joined with those of the same file that were gathered apart", () => {
    fc.assert(
      fc.property(tracks, tracks, (one, two) => {
        const [first, second, both] = [...pointsOf(one), ...pointsOf(two), ...pointsOf([...one, ...two])] as [
          FacePoints,
          FacePoints,
          FacePoints,
        ];
        const frames = (points: FacePoints) => Array.from({ length: points.length }, (_, i) => points.frameAt(i));
        const joined = FacePoints.joined([first, second]);
        expect(frames(joined)).toEqual(frames(both));
        expect(timesOf(joined).toSorted((a, b) => a - b)).toEqual(timesOf(both));
      }),
    );
  });

  it("are parted by frame and joined again", () => {
    fc.assert(
      fc.property(tracks, fc.nat({ max: 16 }), (list, frame) => {
        const [points] = pointsOf(list) as [FacePoints];
        const border = points.firstFrom(frame, 0);
        const [before, after] = [points.slice(0, border), points.slice(border, points.length)];
        expect(timesOf(before).every((time) => Math.floor(time / 2) < frame)).toBe(true);
        expect(timesOf(after).every((time) => Math.floor(time / 2) >= frame)).toBe(true);
        expect(timesOf(FacePoints.joined([after, before]))).toEqual(timesOf(points));
      }),
    );
  });
});
