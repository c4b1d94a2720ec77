import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { endsInZeros, isCutOff } from "../../src/media/probe-cut.js";

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

/** An element of Matroska (RFC 8794): its id, a length of eight bytes, and what is held of it. */
function element(id: number[], length: number, held: number): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(length));
  size[0] = 0x01;
  return Buffer.concat([Buffer.from(id), size, Buffer.alloc(held)]);
}
const ebml = element([0x1a, 0x45, 0xdf, 0xa3], 5, 5);
const segment = [0x18, 0x53, 0x80, 0x67];

/** A partition pack of MXF (SMPTE ST 377-1, 7.1) that says where the footer is. */
function partition(footer: number, runIn = 0): Buffer {
  const key = [0x06, 0x0e, 0x2b, 0x34, 0x02, 0x05, 0x01, 0x01, 0x0d, 0x01, 0x02, 0x01, 0x01, 0x02, 0x04, 0x00];
  const pack = Buffer.alloc(200);
  pack.writeBigUInt64BE(BigInt(footer), 24);
  return Buffer.concat([Buffer.alloc(runIn, "x"), Buffer.from([...key, 0x83, 0, 0, 200]), pack]);
}

test.each([
  ["Matroska, whole", [ebml, element(segment, 40, 40)], false],
  ["Matroska, cut", [ebml, element(segment, 40, 39)], true],
  ["Matroska, more behind", [ebml, element(segment, 40, 50)], false],
  ["Matroska, most of it missing", [ebml, element(segment, 2 ** 48, 40)], true],
  ["Matroska, length unknown", [ebml, Buffer.from([...segment, 0x01, 255, 255, 255, 255, 255, 255, 255])], false],
  ["Matroska, no segment", [ebml], false],
  ["MXF, whole", [partition(220), Buffer.alloc(50)], false],
  ["MXF, cut", [partition(220)], true],
  ["MXF, cut behind a run-in", [partition(229, 10)], true],
  ["MXF, footer not known", [partition(0)], false],
])("%s", async (name, parts, expected) => {
  const bytes = Buffer.concat(parts);
  const path = join(folder, name);
  writeFileSync(path, bytes);
  expect(await isCutOff(path, BigInt(bytes.length))).toBe(expected);
});

test.each([
  ["zeros at the end", Buffer.concat([Buffer.from("movie"), Buffer.alloc(5000)]), true],
  ["a byte at the end", Buffer.concat([Buffer.alloc(5000), Buffer.from("x")]), false],
  ["a little padding", Buffer.concat([Buffer.from("movie"), Buffer.alloc(100)]), false],
])("%s", async (name, bytes, expected) => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  expect(await endsInZeros(path, BigInt(bytes.length))).toBe(expected);
});
