import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanReply, withoutQuery } from "../../src/fetch/clean-reply.js";

const signed = "http://b.oss-cn-shanghai.aliyuncs.com/a%20b.mp4?Expires=1&OSSAccessKeyId=STS.X&Signature=abc%3D&security-token=T";
const plain = "http://b.oss-cn-shanghai.aliyuncs.com/a%20b.mp4";

describe("replies as they are kept", () => {
  it("lose the query of every URL, wherever it stands", () => {
    expect(cleanReply({ FileUrl: signed, list: [{ deep: `see ${signed} and ${signed}` }] })).toEqual({
      FileUrl: plain,
      list: [{ deep: `see ${plain} and ${plain}` }],
    });
  });

  it("also in JSON that is written as text, escaped or not", () => {
    const snapshots = JSON.stringify([signed, { Url: signed, Count: 3 }]);
    expect(cleanReply({ Snapshots: snapshots })).toEqual({ Snapshots: JSON.stringify([plain, { Url: plain, Count: 3 }]) });
    const escaped = JSON.stringify([signed]).replaceAll("&", "\\u0026").replaceAll("/", "\\/");
    expect(cleanReply(escaped)).toBe(JSON.stringify([plain]));
    expect(cleanReply(`${escaped} cut o`)).not.toMatch(/Signature|OSSAccessKeyId|security-token/);
  });

  it("stay the same JSON values otherwise", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!JSON.stringify(value).includes("?"));
        expect(cleanReply(value)).toEqual(value);
      }),
    );
    expect(cleanReply('[ "what?",  1.0 ]')).toBe('[ "what?",  1.0 ]');
    expect(JSON.stringify(cleanReply(JSON.parse('{"__proto__":{"a":1}}')))).toBe('{"__proto__":{"a":1}}');
  });

  it("an image URL loses its query too", () => {
    expect(withoutQuery(signed)).toBe(plain);
    expect(withoutQuery("https://h/a.jpg#x?y")).toBe("https://h/a.jpg");
  });
});
