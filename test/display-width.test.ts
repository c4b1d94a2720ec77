import { describe, expect, it } from "vitest";
import { displayWidth, padded } from "../src/display-width.js";

describe("the width of a text", () => {
  it.each([
    ["", 0],
    ["Ada", 3],
    ["张伟.mov", 8],
    ["ｶﾅ", 2],
    ["カナ「」", 8],
    ["ＡＢ，", 6],
    ["한국", 4],
    ["\u{20000}", 2],
    ["Zoe\u0301", 3],
    ["a\u200Db", 2],
    ["🎬 1", 4],
    ["naïve – Ü…", 10],
  ])("%j takes %i columns", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it("is filled up with blanks, and never cut", () => {
    expect(padded("张", 4)).toBe("张  ");
    expect(padded("张伟", 3)).toBe("张伟");
  });
});
