import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PackedPoints } from "../../src/fetch/packed-points.js";

const number = fc.double({ noNaN: true });
const box = fc.record({ x: number, y: number, w: number, h: number });
const points = fc.array(fc.record({ timestamp: number, box }, { requiredKeys: ["timestamp"] }));

describe("packed points", () => {
  it("are the points that were packed, with and without a box, one by one and in a row", () => {
    fc.assert(
      fc.property(points, (list) => {
        const packed = new PackedPoints(list);
        expect(packed.length).toBe(list.length);
        expect([...packed]).toEqual(list);
        expect(list.map((_, i) => packed.at(i))).toEqual(list);
      }),
    );
  });
});
