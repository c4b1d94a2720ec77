import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { isCutOff } from "../../src/media/probe-cut.js";

const folder = mkdtempSync(join(tmpdir(), "facecut-cut-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A box of `held` bytes whose header says `size`; a `long` header has 64 bits for it. */
function box(type: string, size: number, held: number, long = false): Buffer {
  const bytes = Buffer.alloc(held);
  bytes.writeUInt32BE(long ? 1 : size);
  bytes.write(type, 4, "latin1");
  if (long) bytes.writeBigUInt64BE(BigInt(size), 8);
  return bytes;
}

const head = box("ftyp", 20, 20);
test.each([
  ["whole", [head, box("mdat", 40, 40), box("moov", 16, 16)], false],
  ["data cut", [head, box("moov", 16, 16), box("mdat", 40, 39)], true],
  ["long data cut", [head, box("mdat", 2 ** 40, 99, true)], true],
  ["long data whole", [head, box("mdat", 99, 99, true)], false],
  ["data to the end", [head, box("mdat", 0, 50)], false],
  ["padding cut, which nobody misses", [head, box("mdat", 40, 40), box("free", 90, 12)], false],
  ["no box at all", [Buffer.from("hello world, hello")], false],
  ["a size too small", [head, box("mdat", 3, 16)], false],
  ["less than a header", [head, Buffer.from("mda")], false],
  ["nothing", [], false],
])("%s", async (name, parts, expected) => {
  const bytes = Buffer.concat(parts);
  const path = join(folder, name);
  writeFileSync(path, bytes);
  expect(await isCutOff(path, BigInt(bytes.length))).toBe(expected);
});
