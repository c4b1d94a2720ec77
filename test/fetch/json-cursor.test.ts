import { describe, expect, it } from "vitest";
import { JsonCursor } from "../../src/fetch/json-cursor.js";
import { refusal } from "./record-fixture.js";

const cursor = (value: unknown) => new JsonCursor("page.json", value);
const parsed = (text: string) => cursor(JSON.parse(text));

describe("numbers", () => {
  it.each([
    [1, 1],
    [-0, 0],
    [1e-7, 1e-7],
    ["62.03302", 62.03302],
    ["-5", -5],
    ["1E+2", 100],
    ["-0", 0],
    [null, undefined],
    [undefined, undefined],
  ])("takes %j as %j", (value, expected) => {
    expect(cursor({ N: value }).number("N")).toBe(expected);
  });

  it.each(["", " ", "NaN", "Infinity", "12:04", "0x10", "1.", ".5", "01", "+1", "1e999", " 1", true, {}, [], [1]])(
    "refuses %j",
    async (value) => {
      const { code, where } = await refusal(() => cursor({ N: value }).number("N"));
      expect([code, where]).toEqual(["bad-reply", "page.json $.N"]);
    },
  );

  it("refuses numbers that JSON can write but no number can hold", async () => {
    expect((await refusal(() => parsed('{"N":1e999}').number("N"))).code).toBe("bad-reply");
  });

  it("refuses a number that is missing where one is required", async () => {
    expect((await refusal(() => cursor({}).requireNumber("N"))).text).toMatch(/^Found nothing where a number is expected/);
  });

  it.each([-1, 1.5, "2.5", 2 ** 53])("refuses %j as a count", async (value) => {
    expect((await refusal(() => cursor({ N: value }).count("N"))).code).toBe("bad-reply");
  });
});

describe("text", () => {
  it.each([
    ["Ada", "Ada"],
    [440, "440"],
    [2 ** 53 - 1, "9007199254740991"],
    [true, "true"],
    ["", undefined],
    [" \t", undefined],
    [null, undefined],
  ])("takes %j as %j", (value, expected) => {
    expect(cursor({ T: value }).text("T")).toBe(expected);
  });

  it.each(['{"T":9007199254740993}', '{"T":1e999}', '{"T":{}}', '{"T":["a"]}'])("refuses %s", async (json) => {
    expect((await refusal(() => parsed(json).text("T"))).code).toBe("bad-reply");
  });

  it("refuses text that is missing where it is required", async () => {
    expect((await refusal(() => cursor({ T: "" }).requireText("T"))).code).toBe("bad-reply");
  });
});

describe("objects and lists", () => {
  it.each([
    ["plain", { L: [{ N: 1 }, { N: 2 }] }],
    ["wrapped as the vendor's older clients have it", { L: { Item: [{ N: 1 }, { N: 2 }] } }],
  ])("reads a %s list", (_, value) => {
    expect(cursor(value).list("L", (at) => at.number("N"))).toEqual([1, 2]);
  });

  it("takes a missing list or object as none", () => {
    expect(cursor({ L: null }).list("L", () => 1)).toBeUndefined();
    expect(cursor({}).object("O", () => 1)).toBeUndefined();
  });

  it.each([{}, { a: [], b: [] }, { a: 1 }, "[]", 3])("refuses %j as a list", async (value) => {
    expect((await refusal(() => cursor({ L: value }).list("L", () => 1))).where).toBe("page.json $.L");
  });

  it("names the place in nested lists, wrapped ones too", async () => {
    const value = { A: [{}, { B: { "odd key": [{ N: 1 }, { N: "x" }] } }] };
    const { where } = await refusal(() => cursor(value).list("A", (at) => at.list("B", (b) => b.number("N"))));
    expect(where).toBe('page.json $.A[1].B["odd key"][1].N');
  });

  it("names the place of an element that is no object", async () => {
    expect((await refusal(() => cursor({ A: [{}, null] }).list("A", () => 1))).where).toBe("page.json $.A[1]");
  });

  it("is back where it was after a list or an object", () => {
    const at = cursor({ N: 1, A: [{ B: { N: 2 } }] });
    expect(at.list("A", (a) => [a.object("B", (b) => b.path), a.path])).toEqual([["$.A[0].B", "$.A[0]"]]);
    expect([at.path, at.number("N")]).toEqual(["$", 1]);
  });

  it("does not let __proto__ give it fields", () => {
    const at = parsed('{"__proto__":{"N":1,"T":"x"},"L":{"__proto__":[{"N":2}]}}');
    expect([at.number("N"), at.text("T"), at.has("N")]).toEqual([undefined, undefined, false]);
    expect(at.list("L", (item) => item.number("N"))).toEqual([2]);
  });
});

describe("messages", () => {
  it.each([
    ["x".repeat(500), /^Found "x{59}…" where/],
    ["two\nlines\u202e", /^Found "two lines" where/],
    ["https://h/a.mp4?Signature=SECRET&x=1", /^Found "https:\/\/h\/a\.mp4\?…" where/],
    ["key LTAI5tSECRETSECRET", /^Found "key LTAI…" where/],
    [{ big: 1 }, /^Found an object where/],
  ])("show %j short, on one line and without secrets", async (value, expected) => {
    expect((await refusal(() => cursor({ N: value }).number("N"))).text).toMatch(expected);
  });
});
