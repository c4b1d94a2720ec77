import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkFiles } from "../../src/check/check-files.js";
import { facecut, filesIn, sample, temporaryFolder } from "../support/cli.js";

/** What fuzzing found, each made as small as it gets. */

async function checked(name: string, text: string) {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, text);
  return (await checkFiles([path])).findings;
}

const otio = (members: string) =>
  `{"OTIO_SCHEMA":"Timeline.1","tracks":{"OTIO_SCHEMA":"Stack.1",${members}"children":[{"OTIO_SCHEMA":"Track.1","kind":"Video","children":[]}]}}`;

describe("found by fuzzing", () => {
  it("an OTIO file without these faults is read", async () => {
    expect((await checked("a.otio", otio(""))).map(({ rule }) => rule)).not.toContain("unreadable");
  });

  it("a list in the place of an OTIO marker", async () => {
    expect(await checked("a.otio", otio('"markers":[[]],'))).toBeDefined();
  });

  it("a list in the place of an OTIO clip", async () => {
    const text = otio("").replace('"kind":"Video","children":[]', '"kind":"Video","children":[[]]');
    expect(await checked("a.otio", text)).toBeDefined();
  });

  it("an FCPXML sequence longer than any integer", async () => {
    const text = `<fcpxml version="1.10"><resources><format id="r1" frameDuration="1/25s"/></resources><library><event><project><sequence format="r1" duration="9007199254740993s"><spine><gap duration="1s"/></spine></sequence></project></event></library></fcpxml>`;
    expect(await checked("a.fcpxml", text)).toBeDefined();
  });

  it("locators of an EDL whose events have low frame numbers", async () => {
    const event = "001  A        V     C        00:00:59:40 00:01:00:21 01:00:00:00 01:00:00:41";
    const findings = await checked("a.edl", `TITLE: a\n\n${event}\n* FROM CLIP NAME: a.mov\n* LOC: 01:00:00:55 GREEN   Ada\n`);
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("two people at once in the EDL of a source layout", async () => {
    const out = join(temporaryFolder(), "out");
    const run = await facecut("export", sample("two-people-23976"), "-o", out, "--layout", "source", "--format", "edl");
    expect(run.status).toBe(0);
    const lists = Object.keys(filesIn(out)).filter((name) => name.endsWith(".edl"));
    expect((await facecut("check", ...lists.map((name) => join(out, name)))).out).not.toContain("[record-overlap]");
  });

  it("media of a rate that FCP7 XML cannot name", async () => {
    const [out, map] = [join(temporaryFolder(), "out"), join(temporaryFolder(), "map.csv")];
    writeFileSync(map, "media,rate\ninterview-a.mp4,24.72\n");
    expect((await facecut("export", sample("one-face-25"), "-o", out, "--media-map", map)).status).toBe(0);
    const timelines = Object.keys(filesIn(out)).filter((name) => !name.endsWith(".json"));
    expect((await facecut("check", ...timelines.map((name) => join(out, name)))).out).not.toContain("[media-length-differs]");
  });
});
