import { deflateRawSync } from "node:zlib";

/** Zip files as these tests need them (PKWARE, APPNOTE.TXT): good ones, and ones that lie. */
export type ZipEntry =
  | { readonly name: string; readonly content: Uint8Array; readonly method: "stored" | "deflated" }
  | { readonly name: string; readonly raw: Uint8Array; readonly size: number; readonly crc: number };

export function zip(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { name, data, fields } = packed(entry);
    const local = Buffer.concat([words([4, 0x04034b50], [2, 20]), fields, name, data]);
    directory.push(
      Buffer.concat([words([4, 0x02014b50], [2, 20], [2, 20]), fields, words([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), name]),
    );
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const count = entries.length;
  const end = words([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, central.length], [4, offset], [2, 0]);
  return Buffer.concat([...parts, central, end]);
}

/** Flags, method, time, date, sum, sizes, lengths of name and extra field: the same in both headers. */
function packed(entry: ZipEntry) {
  const name = Buffer.from(entry.name);
  const isStored = "method" in entry && entry.method === "stored";
  const data = "raw" in entry ? entry.raw : isStored ? entry.content : deflateRawSync(entry.content);
  const [size, sum] = "raw" in entry ? [entry.size, entry.crc] : [entry.content.length, crc32(entry.content)];
  const fields = words(
    [2, 0],
    [2, isStored ? 0 : 8],
    [2, 0],
    [2, 0x21],
    [4, sum],
    [4, data.length],
    [4, size],
    [2, name.length],
    [2, 0],
  );
  return { name, data, fields };
}

function words(...fields: readonly (readonly [bytes: number, value: number])[]): Buffer {
  return Buffer.concat(
    fields.map(([bytes, value]) => {
      const field = Buffer.alloc(bytes);
      field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );
}

export function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
