import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Hash64, hash32 } from "../../src/map/hash.js";

describe("hashes", () => {
  // The reference values of FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
  it("are FNV-1a, of UTF-8 bytes", () => {
    expect(["", "a", "foobar"].map(hash32)).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
    const bytes = [...new TextEncoder().encode("李雷 é")].map((byte) => String.fromCharCode(byte));
    expect(bytes.every((byte) => byte.length === 1)).toBe(true);
    let hash = 0x811c9dc5;
    for (const byte of bytes) hash = Math.imul(hash ^ byte.charCodeAt(0), 0x01000193) >>> 0;
    expect(hash32("李雷 é")).toBe(hash);
  });

  it("of texts one after the other are that of the whole text", () => {
    const text = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const whole = new Hash64().with(a + b).twelveDigits();
        expect(whole).toMatch(/^[0-9a-f]{12}$/);
        expect(new Hash64().with(a).with(b).twelveDigits()).toBe(whole);
        expect(Number.parseInt(whole.slice(0, 8), 16)).toBe(hash32(a + b));
      }),
    );
  });
});
