import { type FileHandle, open } from "node:fs/promises";

// A fragmented movie has two boxes a second or so; this is as far as a look at the outside should go.
const mostBoxes = 10_000;

/**
 * Whether the media data of a QuickTime or MP4 file (ISO/IEC 14496-12, top-level boxes) go on behind the file's end.
 * ffprobe does not mind that when the index comes first: it reads no further. Throws what the file system says.
 */
export async function isCutOff(path: string, bytes: bigint): Promise<boolean> {
  const file = await open(path);
  try {
    return await dataEndsBehind(file, bytes);
  } finally {
    await file.close();
  }
}

async function dataEndsBehind(file: FileHandle, bytes: bigint): Promise<boolean> {
  const header = Buffer.alloc(16);
  let at = 0n;
  for (let box = 0; box < mostBoxes && at < bytes; box++) {
    const { bytesRead } = await file.read(header, 0, 16, Number(at));
    if (bytesRead < 8) return false;
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
  if (size === 1n) return header.readBigUInt64BE(8);
  return size === 0n ? left : size;
}
