import { describe, expect, it } from "vitest";
import { type Clip, changedClip } from "../../src/model/timeline.js";

describe("a changed clip", () => {
  it("has the changes and all the rest, and its markers are not made before somebody asks", () => {
    let asked = 0;
    const clip = { id: "clip-1", name: "a.mov" } as Clip;
    Object.defineProperty(clip, "markers", { get: () => [++asked], enumerable: true });
    const changed = changedClip(clip, { name: "Ada" });
    expect([changed.id, changed.name, clip.name, asked]).toEqual(["clip-1", "Ada", "a.mov", 0]);
    expect([changed.markers, asked]).toEqual([[1], 1]);
  });
});
