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

  it.each([
    "https://b.oss/It's a.jpg?Expires=1&OSSAccessKeyId=LTAIx&Signature=SIG&security-token=TOK",
    "https://b.oss/a.jpg?response-content-disposition=attachment;filename='x y'&Expires=1&Signature=SIG",
    'https://b.oss/a.jpg?x="<>\\&Signature=SIG',
    "https://b.oss/a.jpg%3FExpires%3D1%26Signature%3DSIG",
    "//b.oss/a.jpg?OSSAccessKeyId=LTAIx&Signature=SIG",
    "see b.oss/a.jpg?Signature=SIG and more",
    "https://b.oss/a.jpg#Signature=SIG",
    "bare Signature=SIG",
    '["https:\\/\\/b.oss\\/a.jpg\\u003fExpires\\u003d1\\u0026Signature\\u003dSIG',
    "https://b.oss/a?x-oss-signature=SIG&x-oss-credential=LTAIx",
  ])("hold no signature: %s", (text) => {
    expect(JSON.stringify(cleanReply({ text, [text]: 1, inside: JSON.stringify([text]) }))).not.toMatch(/SIG|LTAIx|TOK/);
  });

  it("a user and password in a URL go too", () => {
    expect(cleanReply("https://user:pw@h/a.jpg")).toBe("https://h/a.jpg");
    expect(withoutQuery("https://user:pw@h/a.jpg?x")).toBe("https://h/a.jpg");
  });

  it("take one pass, however long a text is", () => {
    for (const part of ["a", "?", "x-oss-", "Signature", "signature=? ", "https://"]) {
      const text = part.repeat(200_000);
      const started = process.cpuUsage().user;
      cleanReply(text);
      // Quadratic time would take minutes; the bound is no measure of speed.
      expect(process.cpuUsage().user - started).toBeLessThan(5e6);
    }
  });

  it("stay the same JSON values otherwise", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!/[?=@]/.test(JSON.stringify(value)));
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
