import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { FacecutError } from "../../src/errors.js";

const made: string[] = [];
afterAll(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));

/** A folder of its own with these files: text and bytes as they are, anything else as JSON. */
export async function folderOf(files: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "facecut-test-"));
  made.push(folder);
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, typeof content === "string" || content instanceof Uint8Array ? content : JSON.stringify(content));
  }
  return folder;
}

/** The FacecutError an action ends in, as one comparable text; whatever else happens fails the test. */
export async function refusal(action: () => unknown): Promise<{ code: string; text: string; where: string }> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof FacecutError)) throw error;
    return { code: error.code, text: `${error.message} | ${error.cure}`, where: error.where ?? "" };
  }
  throw new Error("nothing was refused");
}

export const occurrence = { StartTime: 61.066353, EndTime: 69.06635, Expression: "Calm", TrackData: [{ Timestamp: 62.03302 }] };
export const clip = { Score: 0.99, EntityId: "440", LabelName: "Ada", Category: "celebrity", OccurrencesInfos: [occurrence] };
export const reply = (fields: object) => ({ RequestId: "5D2C1A70", Success: "true", Code: "200", ...fields });
export const clipPage = (clips: readonly unknown[], total = clips.length) => reply({ MediaClipList: clips, Total: total });
export const mediaPage = (ids: readonly unknown[], total = ids.length) =>
  reply({ MediaInfoList: ids.map((MediaId) => ({ MediaId })), Total: total });
