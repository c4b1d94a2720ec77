import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseObject } from "../../src/service/outcome.js";

describe("an answer's JSON", () => {
  it.each([
    ['{"a":9007199254740993}', { a: "9007199254740993" }],
    ['{"a":-12345678901234567890,"b":[1,12345678901234567890 ]}', { a: "-12345678901234567890", b: [1, "12345678901234567890"] }],
    ['{"a":9007199254740991,"b":1234567890123456}', { a: 9007199254740991, b: 1234567890123456 }],
    [
      '{"a":0.12345678901234567890,"b":12345678901234567890.5,"c":12345678901234567890e2}',
      { a: 0.12345678901234568, b: 1.2345678901234567e19, c: 1.2345678901234568e21 },
    ],
    [
      '{"a":"12345678901234567890","b":"\\": 12345678901234567890, \\\\"}',
      { a: "12345678901234567890", b: '": 12345678901234567890, \\' },
    ],
  ])("%s keeps whole numbers whole", (json, value) => {
    expect(parseObject(json)).toEqual(value);
  });

  it.each([
    "[1]",
    "12345678901234567890",
    "null",
    '"x"',
    "",
    "{",
    '{"a":12345678901234567890',
    '{"a":12345678901234567890,"b":"x',
  ])("%j is no object", (json) => {
    expect(parseObject(json)).toBeUndefined();
  });

  it("is what it was where no number is too large", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue()), (value) => {
        const json = JSON.stringify(value);
        const withLarge = `{"large":12345678901234567890,${json.slice(1).replace(/^}/, '"x":1}')}`;
        const { large, ...rest } = parseObject(withLarge) as Record<string, unknown>;
        expect(large).toBe("12345678901234567890");
        const same = (parsed: unknown) =>
          JSON.stringify(parsed, (_, part) => (typeof part === "number" && !Number.isSafeInteger(part) ? String(part) : part));
        if (json !== "{}" && !("large" in value)) expect(same(rest)).toBe(same(JSON.parse(json)));
      }),
    );
  });

  it("made to be looked at again and again takes no time", () => {
    const started = process.cpuUsage().user;
    expect(parseObject(`{"a":12345678901234567890,"${'\\"'.repeat(1_000_000)}`)).toBeUndefined();
    expect(process.cpuUsage().user - started).toBeLessThan(5e6);
  });
});
