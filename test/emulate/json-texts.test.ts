import fc from "fast-check";
import { expect, it } from "vitest";
import { elementTexts, listText, memberTexts, objectText } from "../../src/emulate/json-texts.js";

const value = fc.jsonValue({ noUnicodeString: false });
const spacing = fc.constantFrom(undefined, 1, "\t");

it("cuts a list into its elements", () => {
  fc.assert(
    fc.property(fc.array(value), spacing, (list, space) => {
      const texts = elementTexts(JSON.stringify(list, null, space));
      expect(texts.map((text) => JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(list)));
      expect(texts.filter((text) => text !== text.trim())).toEqual([]);
    }),
  );
});

it("cuts an object into its members", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: "binary" }), value), spacing, (object, space) => {
      const texts = memberTexts(JSON.stringify(object, null, space));
      const read = Object.fromEntries([...texts].map(([key, text]) => [key, JSON.parse(text)]));
      expect(read).toEqual(JSON.parse(JSON.stringify(object)));
    }),
  );
});

it("joins what it cut", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: "binary" }), fc.array(value)), (object) => {
      const members = [...memberTexts(JSON.stringify(object))].map(([key, list]) => [key, listText(elementTexts(list))] as const);
      expect(JSON.parse(objectText(members))).toEqual(JSON.parse(JSON.stringify(object)));
    }),
  );
});

it("leaves every value as it is written", () => {
  expect(elementTexts(' [ 1.0 , -0, 1E400 ,12345678901234567890, "a\\u0041,]\\"[" , { "b" : [ ] } ] ')).toEqual([
    "1.0",
    "-0",
    "1E400",
    "12345678901234567890",
    '"a\\u0041,]\\"["',
    '{ "b" : [ ] }',
  ]);
  expect(memberTexts('{"a":1,"a" : 2.0}')).toEqual(new Map([["a", "2.0"]]));
});

it("takes strings of megabytes", () => {
  const long = JSON.stringify('\\"'.repeat(1_000_000));
  expect(elementTexts(`[${long},1]`)).toEqual([long, "1"]);
});
