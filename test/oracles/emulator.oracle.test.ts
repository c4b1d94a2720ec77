import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { emulating } from "../emulate/emulating.js";
import { sample } from "../support/cli.js";
import { oracle, titled } from "../support/oracles.js";

/** The emulator, believed by a client nobody here wrote: the vendor's own, for Python (alibabacloud_ice20201109). */
const python = oracle("python");
const record = sample("two-people-23976");
const accessKeySecret = "invented+secret/0123456789=";

function recorded(name: string) {
  return JSON.parse(readFileSync(join(record, name), "utf8"));
}

async function answersOf(secret: string, token = "人 *+/=&") {
  const { emulator } = await emulating(record, { accessKeyId: "invented", accessKeySecret });
  const script = join("test", "oracles", "ice_client.py");
  const run = promisify(execFile)(python as string, [script, emulator.endpoint, "invented", secret, token], { encoding: "utf8" });
  return { answers: JSON.parse((await run).stdout), stats: emulator.stats() };
}

describe.skipIf(python === undefined)(titled("the vendor's Python client", "python"), () => {
  test("completes all four operations", async () => {
    const { answers, stats } = await answersOf(accessKeySecret);
    const { SearchMediaByFace, SearchMediaClipByFace, GetMediaInfo, BatchGetMediaInfos } = answers;
    const listing = recorded("SearchMediaByFace/page-0001.json");
    const first = listing.MediaInfoList[0].MediaId;
    const clips = recorded(`SearchMediaClipByFace/${first}/page-0001.json`);
    const { MediaInfos } = recorded("BatchGetMediaInfos/page-0001.json");
    const { MediaInfoList, Total } = listing;
    expect(SearchMediaByFace.body).toMatchObject({ Success: "true", Code: "200", MediaInfoList, Total });
    expect(SearchMediaClipByFace.body).toMatchObject({ MediaClipList: clips.MediaClipList, Total: clips.Total });
    expect(GetMediaInfo.body.MediaInfo).toEqual(MediaInfos.find((info: { MediaId: string }) => info.MediaId === first));
    expect(BatchGetMediaInfos.body).toMatchObject({ MediaInfos, IgnoredList: ["unknown"] });
    expect(stats.byAction).toEqual({ SearchMediaByFace: 1, SearchMediaClipByFace: 1, GetMediaInfo: 1, BatchGetMediaInfos: 1 });
  });

  test("is refused when one byte of the secret differs", async () => {
    const { answers, stats } = await answersOf(accessKeySecret.replace("9", "8"));
    expect(Object.values(answers)).toEqual(Array(4).fill({ code: "SignatureDoesNotMatch" }));
    expect(stats.byAction).toEqual({});
  });
});
