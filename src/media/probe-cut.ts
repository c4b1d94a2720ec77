import { type FileHandle, open } from "node:fs/promises";

/**
 * Whether a file is shorter than its own head says: the media data of a QuickTime or MP4 file, the segment of a
 * Matroska file, or the footer of an MXF file would lie behind its end. ffprobe does not mind that when the index comes
 * first, or there is none: it reads no further. Throws what the file system says.
 */
export async function isCutOff(path: string, bytes: bigint): Promise<boolean> {
  return await reading(path, async (file) => {
    const head = await bytesAt(file, 0, mostRunIn);
    if (head.indexOf(ebmlId) === 0) return segmentEnd(head) > bytes;
    const partition = head.indexOf(partitionKey);
    return partition < 0 ? await dataEndsBehind(file, bytes) : footerAt(head.subarray(partition)) + BigInt(partition) >= bytes;
  });
}

// Less may be padding.
const emptyEnd = 4096;

/** Whether a file ends in nothing but zeros, as one does whose copy has been given its room, but not its end yet. */
export async function endsInZeros(path: string, bytes: bigint): Promise<boolean> {
  return await reading(path, async (file) => {
    const end = await bytesAt(file, Math.max(0, Number(bytes) - emptyEnd), emptyEnd);
    return end.length === emptyEnd && end.every((byte) => byte === 0);
  });
}

/** Whether there is nothing but zeros at a place. */
export async function isEmptyAt(path: string, at: number, length: number): Promise<boolean> {
  return await reading(path, async (file) => (await bytesAt(file, at, length)).every((byte) => byte === 0));
}

async function reading<T>(path: string, read: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path);
  try {
    return await read(file);
  } finally {
    await file.close();
  }
}

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, at);
  return buffer.subarray(0, bytesRead);
}

// A fragmented movie has two boxes a second or so; this is as far as a look at the outside should go.
const mostBoxes = 10_000;

/** The top-level boxes of ISO/IEC 14496-12. */
async function dataEndsBehind(file: FileHandle, bytes: bigint): Promise<boolean> {
  let at = 0n;
  for (let box = 0; box < mostBoxes && at < bytes; box++) {
    const header = await bytesAt(file, Number(at), 16);
    if (header.length < 8) return false;
    const size = boxSize(header, bytes - at);
    if (size < 8n) return false;
    if (at + size > bytes) return header.toString("latin1", 4, 8) === "mdat";
    at += size;
  }
  return false;
}

/** A size of 1 is followed by the true one in 64 bits; 0 is all that is left. */
function boxSize(header: Buffer, left: bigint): bigint {
  const size = BigInt(header.readUInt32BE(0));
  if (size === 1n && header.length === 16) return header.readBigUInt64BE(8);
  return size === 0n ? left : size;
}

const ebmlId = Buffer.from("1a45dfa3", "hex");
const segmentId = Buffer.from("18538067", "hex");

/** Where Matroska's segment ends (RFC 9559); 0 where that is not said. */
function segmentEnd(head: Buffer): bigint {
  const header = variableSize(head, 4);
  const at = header === undefined ? -1 : header.end + Number(header.size ?? 0n);
  if (at < 0 || head.indexOf(segmentId, at) !== at) return 0n;
  const segment = variableSize(head, at + 4);
  return segment?.size === undefined ? 0n : BigInt(segment.end) + segment.size;
}

/** A length of one to eight bytes (RFC 8794, section 4), whose first bit set says of how many; all ones is unknown. */
function variableSize(head: Buffer, at: number): { size?: bigint; end: number } | undefined {
  const width = Math.clz32(head[at] ?? 0) - 23;
  const end = at + width;
  if (width > 8 || end > head.length) return undefined;
  const bits = BigInt(7 * width);
  const size = BigInt(`0x${head.toString("hex", at, end)}`) & ((1n << bits) - 1n);
  return size === (1n << bits) - 1n ? { end } : { size, end };
}

// A header partition pack (SMPTE ST 377-1) begins the file, or follows a run-in of less than 64 KiB.
const partitionKey = Buffer.from("060e2b34020501010d01020101", "hex");
const mostRunIn = 0x10000 + 256;

/** Where the footer of an MXF file begins, counted from its header; 0 where that is not said. */
function footerAt(pack: Buffer): bigint {
  const length = pack[16] ?? 0;
  // The length of the pack takes one byte, or as many more as its low bits say; the footer's place follows 24 bytes in.
  const value = 17 + (length > 0x80 ? length - 0x80 : 0);
  return pack.length < value + 32 ? 0n : pack.readBigUInt64BE(value + 24);
}
