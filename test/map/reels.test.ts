import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reelNames } from "../../src/map/reels.js";
import { media } from "../support/plans.js";

const reelsOf = (...names: string[]) => [
  ...reelNames(names.map((name, i) => media(name, { mediaId: `id-${i}`, url: `file:///${i}` }))).values(),
];

describe("reels", () => {
  it("are the file's name where nothing of it is lost, and a camera's reel and clip", () => {
    expect(reelsOf("A001C001_210101_R1AB.MOV", "A001_C002_0101.R3D", "take-1.mp4", "x.mov")).toEqual([
      "A001C001",
      "A001C002",
      "TAKE1",
      "X",
    ]);
    expect([...reelNames([media("x.mov", { reel: "tape 7" })]).values()]).toEqual(["TAPE7"]);
  });

  it("never take a word CMX 3600 keeps for itself", () => {
    for (const reel of reelsOf("AX.mov", "bl.mov", "BLACK.mov", "Bars.mov", "李雷.mov", ".mov"))
      expect(["", "AX", "BL", "BLACK", "BARS"]).not.toContain(reel);
  });

  it("differ for different files, whatever they are called, and keep to eight characters", () => {
    const name = fc.oneof(fc.string(), fc.constantFrom("clip.mov", "CLIP.MP4", "interview-1.mov", "interview-2.mov", "采访.mov"));
    fc.assert(
      fc.property(fc.array(name, { maxLength: 60 }), (names) => {
        const reels = reelsOf(...names);
        expect(new Set(reels).size).toBe(names.length);
        for (const reel of reels) expect(reel).toMatch(/^[A-Z0-9_]{1,8}$/);
      }),
    );
  });

  it("are the same whatever else is in the library", () => {
    const [a, b, c] = ["INTERVIEW_A.mov", "INTERVIEW_B.mov", "take 1.mov"].map((name) => media(name)) as [
      ReturnType<typeof media>,
      ReturnType<typeof media>,
      ReturnType<typeof media>,
    ];
    expect(reelNames([a, b, c]).get(a)).toBe(reelNames([a]).get(a));
    expect(reelNames([a]).get(a)).toMatch(/^INTE[A-Z0-9]{4}$/);
  });

  it("the media map gives are kept, also when two files share a tape", () => {
    const tapes = ["a.mov", "b.mov"].map((name) => media(name, { reel: "tape 7" }));
    expect([...reelNames(tapes).values()]).toEqual(["TAPE7", "TAPE7"]);
    expect([...reelNames([media("tape7.mov"), ...tapes]).values()].slice(1)).toEqual(["TAPE7", "TAPE7"]);
    expect([...reelNames([media("tape7.mov"), ...tapes]).values()][0]).not.toBe("TAPE7");
  });

  it("do not hang on the order of the files", () => {
    const library = ["interview-1.mov", "interview-2.mov", "采访.mov", "a.mov"].map((name) => media(name));
    const reels = (list: typeof library) => [...reelNames(list)].map(([facts, reel]) => `${facts.fileName} ${reel}`).sort();
    expect(reels([...library].reverse())).toEqual(reels(library));
  });
});
