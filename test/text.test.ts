import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareCodePoints, compareNames, nearest, oneLine, safeFileName, shown, unsigned } from "../src/text.js";

describe("one line of text", () => {
  it.each([
    ["a\nb\r\nc\td", "a b cd"],
    ["a\u0085b\u2028c\u2029d\u001ce", "a b c d e"],
    ["a\u0000b\u0007c\u007f", "abc"],
    ["\u202Eevil\u202C \u2066x\u2069", "evil x"],
    ["\ud800lone \udfff", "lone"],
    ["李雷 👩‍👩‍👧 é", "李雷 👩‍👩‍👧 é"],
    ["ليلى\u200F (1)", "ليلى\u200F (1)"],
  ])("%j", (text, line) => {
    expect(oneLine(text)).toBe(line);
  });

  it("has no line break and no control character left, whatever comes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const line = oneLine(text);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is tested
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect(oneLine(line)).toBe(line);
        expect(line).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });
});

describe("file names", () => {
  it.each([
    ["a/b\\c:d", "a-b-c-d"],
    ["CON", "_CON"],
    ["nul.txt", "_nul.txt"],
    ["trailing. ", "trailing"],
    ["..", "facecut"],
    ["", "facecut"],
    [".hidden", "hidden"],
    ['what? "yes" <no> | *', "what- -yes- -no- - -"],
    ["e\u0301", "é"],
  ])("%j", (text, name) => {
    expect(safeFileName(text)).toBe(name);
  });

  it("fit every file system, whatever comes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        const name = safeFileName(text);
        expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(201);
        expect(name).not.toMatch(/[/\\:*?"<>|]|^\.|[. ]$/);
        expect(name).not.toBe("");
      }),
    );
  });
});

describe("order of names", () => {
  it("counts runs of digits as numbers, the rest by code point", () => {
    const names = ["take 10", "Take 2", "take 2", "take 02b", "第10集", "第9集", "😀", "\uffff"];
    expect(names.sort(compareNames)).toEqual(["Take 2", "take 2", "take 02b", "take 10", "第9集", "第10集", "\uffff", "😀"]);
    for (const [first, second] of [
      ["interview.mp4", "interview2.mp4"],
      ["clip-a.mov", "clip1.mov"],
      ["a b.mov", "a1.mov"],
      ["a", "a1"],
    ] as const) {
      expect(compareNames(first, second)).toBeLessThan(0);
    }
    expect(compareNames("a1", "a01")).toBe(0);
    expect(compareNames("e\u0301", "é")).toBe(0);
    expect(compareCodePoints("a", "ab")).toBeLessThan(0);
  });

  it("is a total order", () => {
    const name = fc.string({ unit: fc.constantFrom("a", "B", "1", "0", "9", " ", "é", "😀", "\uffff") });
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(Math.sign(compareNames(a, b))).toBe(0 - Math.sign(compareNames(b, a)));
        if (compareNames(a, b) <= 0 && compareNames(b, c) <= 0) expect(compareNames(a, c)).toBeLessThanOrEqual(0);
        expect(compareNames(a, a)).toBe(0);
      }),
    );
  });
});

describe("messages", () => {
  it("show values short and without secrets", () => {
    expect(shown("https://h/x.jpg?Expires=1&Signature=abc")).toBe('"https://h/x.jpg?…"');
    expect(shown("key LTAI5tAbCdEfGhIj")).toBe('"key LTAI…"');
    expect(shown("x".repeat(500)).length).toBeLessThan(70);
    expect([shown(" 2"), shown("2\n"), shown(" "), shown("")]).toEqual(['" 2"', '"2 "', '" "', '""']);
    expect([shown([1]), shown({}), shown(null), shown(7)]).toEqual(["a list", "an object", "nothing", "7"]);
  });

  it("and texts from outside lose the query of a signed URL, encoded or not", () => {
    expect(unsigned("x.mp4?Expires=1&OSSAccessKeyId=LTAI&Signature=a%3D rest")).toBe("x.mp4 rest");
    expect(unsigned("https://b/x.mp4%3FExpires%3D1%26Signature%3Da")).toBe("https://b/x.mp4");
    expect(unsigned("what? a=b")).toBe("what? a=b");
    expect(unsigned("a?x-oss-signature-version=OSS4&b")).toBe("a");
  });

  it("guess what was meant, and only that", () => {
    expect(nearest("markes", ["markers", "name"])).toBe("markers");
    expect(nearest("otoi", ["fcpxml", "otio"])).toBe("otio");
    expect(nearest("jion", ["join", "touch"])).toBe("join");
    expect(nearest("iojn", ["join", "touch"])).toBeUndefined();
    expect(nearest("zzz", ["markers", "name"])).toBeUndefined();
  });
});
