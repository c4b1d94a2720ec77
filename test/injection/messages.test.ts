import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { facecut, sample, temporaryFolder } from "../support/cli.js";

/** Texts of files that are shown on the screen: none of them moves the cursor, colours, or begins a line of its own. */

const attack = "\u001b[2J\u001b[31mx\u009b1A\u202e\r\n  error: fake [fake]\nfacecut: fake\u0007";
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const forbidden = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]/;

async function shown(...args: string[]): Promise<string> {
  const { out, err } = await facecut(...args);
  expect(forbidden.exec(`${out}${err}`)?.[0]).toBeUndefined();
  expect(`${out}${err}`).not.toMatch(/^(facecut: fake| {2}error: fake)/m);
  return `${out}${err}`;
}

function file(name: string, content: string | object): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const time = (value: unknown, rate: unknown = 25) => ({ OTIO_SCHEMA: "RationalTime.1", value, rate });
const range = { OTIO_SCHEMA: "TimeRange.1", start_time: time(-5), duration: time(0.5) };
const clip = {
  OTIO_SCHEMA: "Clip.2",
  name: attack,
  source_range: range,
  media_references: { [attack]: { OTIO_SCHEMA: attack } },
  active_media_reference_key: attack,
};
const otio = {
  OTIO_SCHEMA: "Timeline.1",
  name: attack,
  tracks: {
    OTIO_SCHEMA: "Stack.1",
    children: [{ OTIO_SCHEMA: "Track.1", kind: attack, name: attack, children: [clip, { OTIO_SCHEMA: attack }] }],
  },
};
const xml = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no way to write them
  text.replace(/[&<"]/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "\u0085");
const fcpxml = `<fcpxml version="${xml(attack)}"><resources><format id="${xml(attack)}" frameDuration="1/25s"/></resources><project name="${xml(attack)}"><sequence format="${xml(attack)}" ${"x"}="1"><spine><asset-clip ref="${xml(attack)}" name="${xml(attack)}" duration="1/3s"/></spine></sequence></project></fcpxml>`;
const xmeml = `<xmeml version="5"><sequence id="${xml(attack)}"><name>${xml(attack)}</name><rate><timebase>25</timebase></rate><media><video><track><clipitem id="${xml(attack)}"><name>${xml(attack)}</name><file id="${xml(attack)}"/><start>0</start><end>5</end><in>0</in><out>6</out></clipitem></track></video></media></sequence></xmeml>`;
const edl = `TITLE: ${attack}\n001  A\u001b[2J\u202e V     C        00:00:00:00 00:00:00:99 01:00:00:00 01:00:01:00\n* FROM CLIP NAME: ${attack}\n`;

describe("findings of check", () => {
  it.each([
    ["a.otio", otio],
    ["a.fcpxml", fcpxml],
    ["a.xml", xmeml],
    ["a.edl", edl],
    ["broken.otio", `{"OTIO_SCHEMA":"Timeline.1","${JSON.stringify(attack).slice(1, -1)}":{"x" 1}}`],
    ["broken.xml", `<xmeml><\u001b[2J/>`],
    ["unknown.xml", `<?xml version="1.0" encoding="\u001b[31m"?><xmeml/>`],
  ])("in %s", async (name, content) => {
    expect(await shown("check", file(name, content))).toMatch(/error|warning/);
  });

  it("between two files", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "a.otio"), JSON.stringify(otio));
    writeFileSync(join(folder, "a.xml"), xmeml);
    writeFileSync(join(folder, "a.fcpxml"), fcpxml);
    expect(await shown("check", join(folder, "a.otio"), join(folder, "a.xml"), join(folder, "a.fcpxml"))).toContain("error");
  });
});

describe("refusals", () => {
  const one = sample("one-face-25");
  const out = ["--dry-run", "-o", "nowhere"];
  it.each([
    [
      "a media map's column",
      () => ["export", one, ...out, "--media-map", file("m.csv", `media,${attack.replace(/[\r\n]/g, "")}\n1,2\n`)],
    ],
    ["a media map's cell", () => ["export", one, ...out, "--media-map", file("m.json", [{ media: "a", rate: attack }])]],
    ["a template's key", () => ["export", one, ...out, "--template", file("t.json", { [attack]: 1 })]],
    ["a template's value", () => ["export", one, ...out, "--template", file("t.json", { options: { sort: attack } })]],
    ["a template's parent", () => ["export", one, ...out, "--template", file("t.json", { extends: attack })]],
    ["an alias", () => ["export", one, ...out, "--aliases", file("a.csv", `"${attack}","x","y"\n`)]],
    ["a report", () => ["export", one, ...out, "--since", file("r.json", { version: attack, clips: [] })]],
    ["a fault", () => ["emulate", one, "--faults", file("f.json", { faults: [{ kind: attack }] })]],
    ["a person", () => ["export", one, ...out, "--person", attack]],
    ["an expression", () => ["export", one, ...out, "--match", `"${attack}" and`]],
    ["a rate", () => ["export", one, ...out, "--rate", attack]],
    ["an option", () => ["export", one, `--${attack}`]],
    ["a command", () => [attack]],
    ["a folder", () => ["export", attack, ...out]],
    ["a timeline", () => ["check", attack]],
  ])("that repeat %s", async (_what, args) => {
    expect(await shown(...args())).toMatch(/facecut: |unreadable/);
  });

  it("that repeat what a reply holds, and where", async () => {
    const folder = join(temporaryFolder(), "record");
    const media = join(folder, "SearchMediaClipByFace", "m");
    mkdirSync(media, { recursive: true });
    const pages: object[] = [
      { MediaClipList: [{ Score: attack }] },
      { MediaClipList: [{ OccurrencesInfos: [{ StartTime: attack }] }] },
      { Success: "false", Code: attack, Message: attack },
      { MediaClipList: { [attack]: [1] } },
    ];
    for (const page of pages) {
      writeFileSync(join(media, "page-0001.json"), JSON.stringify(page));
      expect(await shown("export", folder, ...out)).toMatch(/facecut: .*\[(bad|wrong)-reply\]/);
    }
  });
});
