import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startEmulator } from "../src/emulate/emulator.js";
import { run } from "./faults/command.js";
import { facecut, filesIn, sample, temporaryFolder } from "./support/cli.js";

/** A planted key, token and signed query are in no file, no stream, no debug output and no error, whatever is done. */

const planted = {
  keyId: "LTAI5tPLANTEDkeyid000001",
  keySecret: "PLANTEDsecret0123456789abcdef01",
  token: "CAISPLANTEDsecuritytoken+/0123456789==",
  query: "Expires=1767225600&OSSAccessKeyId=STS.PLANTEDurlkey1&Signature=PLANTEDsig%2Bnature%3D&security-token=PLANTEDurltoken",
};
const url = (path: string) => `https://bucket.oss-cn-shanghai.aliyuncs.com/${path}?${planted.query}`;

const env = {
  ...process.env,
  ALIBABA_CLOUD_ACCESS_KEY_ID: planted.keyId,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: planted.keySecret,
  ALIBABA_CLOUD_SECURITY_TOKEN: planted.token,
  DEBUG: "*",
};

function expectNoSecret(texts: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(texts))
    expect([name, /.{0,60}PLANTED.{0,20}/i.exec(text)?.[0]]).toEqual([name, undefined]);
}

/** A sample whose every URL is signed, also those inside names and notes. */
function signedRecord(): string {
  const folder = join(temporaryFolder(), "record");
  cpSync(sample("one-face-25"), folder, { recursive: true });
  const path = join(folder, "BatchGetMediaInfos", "page-0001.json");
  const { MediaInfos } = JSON.parse(readFileSync(path, "utf8"));
  for (const { MediaBasicInfo, FileInfoList } of MediaInfos) {
    const file = FileInfoList[0].FileBasicInfo;
    MediaBasicInfo.InputURL = url(`masters/${file.FileName}`);
    file.FileUrl = MediaBasicInfo.InputURL;
    MediaBasicInfo.Title = url("title");
    MediaBasicInfo.Snapshots = JSON.stringify([url("snapshot.jpg")]);
    MediaBasicInfo.CoverURL = url("cover.jpg");
  }
  writeFileSync(path, JSON.stringify({ RequestId: url("id"), MediaInfos }));
  return folder;
}

describe("planted secrets", () => {
  it("of a record made by hand are in no output", async () => {
    const record = signedRecord();
    const folder = temporaryFolder();
    const tables = ["--summary", join(folder, "s.csv"), "--write-media-map", join(folder, "m.csv")];
    for (const template of ["generic", "resolve", "avid"]) {
      const out = ["-o", join(folder, template), "--template", template, "--force"];
      const { status, ...streams } = await facecut("export", record, ...out, ...tables, "--debug");
      expect(status).toBe(0);
      expectNoSecret(streams);
    }
    expectNoSecret(filesIn(folder));
    expect(filesIn(folder)["generic/Ada Example.otio"]).toContain(
      "https://bucket.oss-cn-shanghai.aliyuncs.com/masters/interview-a.mp4",
    );
  });

  it("of input that is refused are in no message", async () => {
    const folder = temporaryFolder();
    const write = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const record = sample("one-face-25");
    const out = ["-o", folder, "--dry-run"];
    const commands = [
      ["export", record, ...out, "--media-map", write("a.csv", `media,rate\n${url("a.mov")},x\n`)],
      ["export", record, ...out, "--media-map", write("b.csv", `media,rate\n${url("a.mov")},25\n${url("a.mov")},25\n`)],
      ["export", record, ...out, "--media-map", write("c.csv", `media,original\n${url("a.mov")},${url("b.mov")}\n`)],
      ["export", record, ...out, "--media-map", url("map.csv")],
      ["export", record, ...out, "--aliases", write("d.csv", `${url("a")},x,y\n`)],
      ["export", record, ...out, "--template", url("t.json")],
      ["export", record, ...out, "--template", write("t.json", JSON.stringify({ options: { name: url("n"), sort: url("s") } }))],
      ["export", record, ...out, "--rate", url("r")],
      ["export", record, ...out, "--person", url("p")],
      ["export", record, ...out, "--match", `"${url("p")}`],
      ["export", url("record"), ...out],
      [
        "check",
        write(
          "a.otio",
          JSON.stringify({
            OTIO_SCHEMA: "Timeline.1",
            name: url("n"),
            tracks: { children: [{ children: [{ OTIO_SCHEMA: "Clip.2", name: url("c") }] }] },
          }),
        ),
      ],
      ["check", write("a.xml", `<xmeml><sequence><name>${url("n").replaceAll("&", "&amp;")}</name><${"x"}></xmeml>`)],
      ["search", "--face-image-url", url("f"), "--endpoint", url("e")],
      ["search", "--face-image-url", url("f"), "--utc-create", url("e")],
      ["search", url("f")],
      [url("command")],
      ["export", `--${url("option")}`],
    ];
    for (const command of commands) {
      for (const more of [[], ["--json"]]) {
        const { out: told, err } = await facecut(...command, ...more);
        expectNoSecret({ [`${command.join(" ").replaceAll("PLANTED", "")} out`]: told, err });
      }
    }
  });

  it("of a timeline's path are not in what check prints", async () => {
    const { out } = await facecut("check", url("a.otio"));
    expectNoSecret({ out });
  });

  it("of input that is refused are not in what --debug prints", async () => {
    const { err } = await facecut("export", sample("one-face-25"), "--template", url("t.json"), "--debug");
    expectNoSecret({ err });
  });

  it("of a search in trouble are in no file, no stream, and not in what DEBUG prints", async () => {
    const faults = {
      seed: 1,
      faults: [
        {
          kind: "error",
          every: 3,
          code: "InvalidAccessKeyId.NotFound",
          status: 404,
          message: `${planted.keyId} ${url("m")} ${planted.token}`,
        },
      ],
    } as const;
    const record = signedRecord();
    const keys = { accessKeyId: planted.keyId, accessKeySecret: planted.keySecret };
    const logged: string[] = [];
    const log = (line: string) => logged.push(line);
    const emulators = [
      await startEmulator({ folder: record, port: 0, ...keys, log }),
      await startEmulator({ folder: record, port: 0, ...keys, faults, log }),
    ];
    onTestFinished(async () => void (await Promise.all(emulators.map((one) => one.close()))));
    for (const { endpoint } of emulators) {
      const folder = temporaryFolder();
      const args = ["--face-image-url", url("face.jpg"), "--endpoint", endpoint, "--protocol", "http", "--debug"];
      const { out, err, status } = await run(["export", ...args, "-o", join(folder, "out")], { env });
      expect(status).toBe(endpoint === emulators[0]?.endpoint ? 0 : 4);
      expectNoSecret({ ...filesIn(folder), out, err });
    }
    expectNoSecret({ log: logged.join("\n") });
  });
});
