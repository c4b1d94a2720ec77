import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";

/**
 * A zip file of stored entries (PKWARE, "APPNOTE.TXT", sections 4.3 to 4.5): video does not shrink, and readers of
 * bundles want it stored. Sizes and sums stand in front of each entry, so they are written when it is complete; entries
 * beyond 4 GB, and what lies behind them, have their numbers in Zip64 fields.
 */
export class ZipWriter {
  readonly #file: FileHandle;
  readonly #entries: Entry[] = [];
  #position = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Adds an entry; `isLarge` when it may reach 4 GB. */
  async add(name: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, isLarge: boolean): Promise<void> {
    const entry = { name: Buffer.from(name), offset: this.#position, isLarge, size: 0, sum: 0 };
    await this.#append(localHeader(entry));
    for await (const chunk of chunks) {
      entry.size += chunk.length;
      entry.sum = crc32(chunk, entry.sum);
      await this.#append(chunk);
    }
    if (!isLarge && entry.size >= most32) throw new RangeError(`${name} is larger than was said`);
    const header = localHeader(entry);
    await this.#file.write(header, 0, header.length, entry.offset);
    this.#entries.push(entry);
  }

  /** Writes the directory. */
  async end(): Promise<void> {
    const start = this.#position;
    for (const entry of this.#entries) await this.#append(directoryEntry(entry));
    const directory = { start, size: this.#position - start, count: this.#entries.length };
    await this.#append(endOfDirectory(directory, this.#position));
  }

  async #append(bytes: Uint8Array): Promise<void> {
    await this.#file.write(bytes, 0, bytes.length, this.#position);
    this.#position += bytes.length;
  }
}

interface Entry {
  readonly name: Buffer;
  /** Where its header begins. */
  readonly offset: number;
  readonly isLarge: boolean;
  size: number;
  sum: number;
}

const [most16, most32] = [0xffff, 0xffffffff];
const [plainVersion, zip64Version] = [20, 45];
const utf8Names = 0x0800;
// Always the same: the first day there is, 1 January 1980.
const date = 0x21;
// Made on Unix: a plain file that everybody may read.
const [unix, mode] = [3 << 8, 0o100644 * 0x10000];

type Field = readonly [bytes: 2 | 4 | 8, value: number];

/** Fields of 2, 4 and 8 bytes, one after the other. */
function fields(...values: readonly Field[]): Buffer {
  const buffer = Buffer.alloc(values.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes, value] of values) {
    if (bytes === 8) buffer.writeBigUInt64LE(BigInt(value), at);
    else buffer.writeUIntLE(value, at, bytes);
    at += bytes;
  }
  return buffer;
}

function zip64Field(...values: readonly number[]): Buffer {
  return values.length === 0
    ? Buffer.alloc(0)
    : fields([2, 1], [2, 8 * values.length], ...values.map((value) => [8, value] as const));
}

function localHeader(entry: Entry): Buffer {
  const { name, isLarge, size } = entry;
  const extra = isLarge ? zip64Field(size, size) : zip64Field();
  const head = fields([4, 0x04034b50], ...common(entry, isLarge ? zip64Version : plainVersion, extra));
  return Buffer.concat([head, name, extra]);
}

/** What the header before a file and its entry in the directory have in common. */
function common({ name, isLarge, size, sum }: Entry, version: number, extra: Buffer): Field[] {
  const shown = isLarge ? most32 : size;
  return [
    [2, version],
    [2, utf8Names],
    [2, 0],
    [2, 0],
    [2, date],
    [4, sum],
    [4, shown],
    [4, shown],
    [2, name.length],
    [2, extra.length],
  ];
}

function directoryEntry(entry: Entry): Buffer {
  const { name, isLarge, size, offset } = entry;
  const isFar = offset >= most32;
  const extra = zip64Field(...(isLarge ? [size, size] : []), ...(isFar ? [offset] : []));
  const version = isLarge || isFar ? zip64Version : plainVersion;
  const head = fields(
    [4, 0x02014b50],
    [2, unix + version],
    ...common(entry, version, extra),
    [2, 0],
    [2, 0],
    [2, 0],
    [4, mode],
    [4, isFar ? most32 : offset],
  );
  return Buffer.concat([head, name, extra]);
}

function endOfDirectory({ start, size, count }: { start: number; size: number; count: number }, at: number): Buffer {
  const end = (n: number, length: number, from: number) =>
    fields([4, 0x06054b50], [2, 0], [2, 0], [2, n], [2, n], [4, length], [4, from], [2, 0]);
  if (start < most32 && size < most32 && count < most16) return end(count, size, start);
  const zip64 = fields(
    [4, 0x06064b50],
    [8, 44],
    [2, unix + zip64Version],
    [2, zip64Version],
    [4, 0],
    [4, 0],
    [8, count],
    [8, count],
    [8, size],
    [8, start],
  );
  const locator = fields([4, 0x07064b50], [4, 0], [8, at], [4, 1]);
  return Buffer.concat([zip64, locator, end(most16, most32, most32)]);
}
