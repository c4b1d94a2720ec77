import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { checkFiles } from "../../src/check/check-files.js";
import { rules } from "../../src/check/rules.js";
import { parseTimelineRate, type TimelineRate } from "../../src/time/frame-rate.js";
import { facecut, sample, temporaryFolder } from "../support/cli.js";
import { edited, expectedText, rulesIn, written } from "./broken.js";
import { crc32, zip } from "./zip.js";

const otio = expectedText("one-face-25/Ada Example.otio");

describe("bundles", () => {
  it("reads .otioz, stored or deflated, whatever lies beside", async () => {
    for (const method of ["stored", "deflated"] as const) {
      const bundle = zip([
        { name: "media/a b.mov", content: Buffer.alloc(5000), method: "stored" },
        { name: "content.otio", content: Buffer.from(otio), method },
      ]);
      const { files, findings } = await checkFiles(written({ "a.otioz": bundle }));
      expect(findings).toEqual([]);
      expect(files[0]).toMatchObject({ format: "otio", clips: 6, markers: 6 });
    }
  });

  it("reads .otiod, and asks for its version file", async () => {
    const bundle = join(temporaryFolder(), "a.otiod");
    mkdirSync(bundle);
    writeFileSync(join(bundle, "content.otio"), otio);
    expect(rulesIn(await checkFiles([bundle]))).toEqual(["warning bundle-version"]);
    writeFileSync(join(bundle, "version.txt"), "1.0.0");
    expect(rulesIn(await checkFiles([bundle, `${bundle}/`]))).toEqual([]);
  });

  it("reads .fcpxmld", async () => {
    const bundle = join(temporaryFolder(), "a.fcpxmld");
    mkdirSync(bundle);
    writeFileSync(join(bundle, "Info.fcpxml"), expectedText("one-face-25/Ada Example.fcpxml"));
    expect((await checkFiles([bundle])).files[0]).toMatchObject({ format: "fcpxml", clips: 6 });
  });

  it("are compared with the files beside them", async () => {
    const shorter = Buffer.from(otio.replaceAll('"value": 90000.0', '"value": 180000.0'));
    const bundle = zip([{ name: "content.otio", content: shorter, method: "deflated" }]);
    const files = written({ "a.otioz": bundle, "a.fcpxml": expectedText("one-face-25/Ada Example.fcpxml") });
    expect(rulesIn(await checkFiles(files))).toEqual(["error start-differs"]);
  });
});

describe("hostile bundles", () => {
  const bomb = () => deflateRawSync(Buffer.alloc(64 * 1024 * 1024, " "));
  const size = 64 * 1024 * 1024;
  type Bundle = readonly [what: string, make: () => Uint8Array, said: RegExp];
  const bundles: readonly Bundle[] = [
    ["a zip bomb", () => zip([{ name: "content.otio", raw: bomb(), size, crc: 0 }]), /would be 64 MB/],
    [
      "a zip bomb that lies about its size",
      () => zip([{ name: "content.otio", raw: bomb(), size: 1000, crc: 0 }]),
      /too many bytes/,
    ],
    ["no timeline in it", () => zip([{ name: "other.otio", content: Buffer.from(otio), method: "stored" }]), /no content.otio/],
    ["no zip", () => Buffer.from(otio), /End of central directory/i],
    [
      "a zip that is cut off",
      () => zip([{ name: "content.otio", content: Buffer.from(otio), method: "deflated" }]).slice(0, -30),
      /End of central directory/i,
    ],
    [
      "a path out of the bundle",
      () => zip([{ name: "../content.otio", content: Buffer.from(otio), method: "stored" }]),
      /invalid relative path/,
    ],
  ];

  it.each(bundles)("%s", async (_, make, said) => {
    const { findings } = await checkFiles(written({ "a.otioz": make() }));
    expect(findings).toMatchObject([{ severity: "error", rule: "unreadable" }]);
    expect(findings[0]?.what).toMatch(said);
  });
});

describe("files that cannot be read", () => {
  it("are findings, and do not stop the others", async () => {
    const [good, bad, cut] = written({ "good.otio": otio, "bad.fcpxml": "<fcpxml", "cut.otio": otio.slice(0, 3000) }) as [
      string,
      string,
      string,
    ];
    const { files, findings } = await checkFiles([bad, good, cut]);
    expect(findings.map(({ rule, file }) => [rule, file])).toEqual([
      ["unreadable", bad],
      ["unreadable", cut],
    ]);
    expect(files.map(({ format }) => format)).toEqual([undefined, "otio", undefined]);
  });

  it("are a bundle without its timeline, and a timeline that is broken off", async () => {
    const bundle = join(temporaryFolder(), "a.otiod");
    mkdirSync(bundle);
    const { findings } = await checkFiles([bundle, ...written({ "a.otio": '{"OTIO_SCHEMA": "Timel' })]);
    expect(findings.map(({ rule, what }) => [rule, what])).toEqual([
      ["unreadable", expect.stringContaining("does not exist")],
      ["unreadable", expect.not.stringContaining("no timeline")],
    ]);
  });

  it.each([
    ["a.txt", "hello"],
    ["a.csv", "a,b\n1,2\n"],
    ["a.json", '{"a":1}'],
    ["b.json", "[1]"],
    ["a.otio", "hello"],
    ["a.fcpxml", "<plist/>"],
    ["a.html", "<!DOCTYPE html><html/>"],
  ])("and that are no timelines are told which files are: %s, %j", async (name, text) => {
    const { findings } = await checkFiles(written({ [name]: text }));
    expect(findings).toMatchObject([{ severity: "error", rule: "unreadable", place: "line 1" }]);
    expect(findings[0]?.what).toMatch(/^The file is no timeline of a format that facecut reads: OpenTimelineIO .*\.otiod.*EDL/);
  });

  it.each(["a.txt", "a.edl", "a.otio", "a.fcpxml"])("and that are empty are said to be: %s", async (name) => {
    const { findings } = await checkFiles(written({ [name]: "\uFEFF \r\n" }));
    expect(findings).toMatchObject([{ severity: "error", rule: "unreadable", what: "The file is empty" }]);
  });
});

describe("findings", () => {
  it("come by file, then place, then rule", async () => {
    const clips = otio.replaceAll('"Clip.2"', '"Clip.9"').replace('"Track.1"', '"Track.9"');
    const files = written({ "b.otio": clips, "a.edl": expectedText("one-face-25/Ada Example.edl").replaceAll(" C  ", " X  ") });
    const { findings } = await checkFiles(files);
    const places = findings.map(({ file, place, rule }) => [files.indexOf(file), place, rule] as const);
    const sorted = [...places].sort(
      ([a, b, c], [x, y, z]) => a - x || b.localeCompare(y, "en", { numeric: true }) || c.localeCompare(z),
    );
    expect(places.length).toBeGreaterThan(8);
    expect(places).toEqual(sorted);
  });
});

describe("an edit list alone", () => {
  const list = { source: "two-people-23976", name: "cut.edl" };
  /** The list that Avid's template writes of a sample, beside a report as it is edited. */
  async function listBeside(edit: (report: string) => string): Promise<string> {
    const out = temporaryFolder();
    await facecut("export", sample(list.source), "-o", out, "--to", "avid", "--name", "cut");
    const report = join(out, "cut.report.json");
    writeFileSync(report, edit(readFileSync(report, "utf8")));
    return join(out, list.name);
  }

  it("has the rate of the export that the report beside it tells of", async () => {
    const file = await listBeside((report) => report);
    expect(rulesIn(await checkFiles([file]))).toEqual([]);
    writeFileSync(file, edited(readFileSync(file, "utf8"), [[/(\d\d:){3}\d\d(?=\r\n)/, "01:00:07:13"]]));
    expect(rulesIn(await checkFiles([file]))).toContain("error length-mismatch");
  });

  it.each([
    ["of other files", (report: string) => report.replace('"cut.edl"', '"cut2.edl"')],
    ["with a rate that is none", (report: string) => report.replace('"rate":"23.976"', '"rate":"7"')],
    ["that is none", () => "{"],
  ])("has no rate of a report %s", async (_, edit) => {
    expect(rulesIn(await checkFiles([await listBeside(edit)]))).toEqual(["warning rate-unknown"]);
  });
});

describe("edit lists beside a file that tells a rate", () => {
  const edl = expectedText("one-face-25/Ada Example.edl");
  // At 24 the list has a label that there is not; at 25 it has not.
  const late = edited(edl, [[/01:00:00:00(?= \d\d:)/, "01:00:00:24"]]);

  it.each([
    ["have the rate of that file without --rate", [], false],
    ["have that of --rate when it is given", ["--rate", "24"], true],
  ])("%s", async (_, options, isWrong) => {
    const files = written({ "a.otio": otio, "a.edl": late });
    const { out } = await facecut("check", ...files, ...options, "--json");
    const rules = JSON.parse(out).findings.map(({ rule }: { rule: string }) => rule);
    expect(rules.includes("no-such-label")).toBe(isWrong);
  });

  it("leave the other files what they say", async () => {
    const { findings } = await checkFiles(
      written({ "a.otio": otio, "a.fcpxml": expectedText("one-face-25/Ada Example.fcpxml") }),
      {
        rate: parseTimelineRate("24")?.rate as TimelineRate,
      },
    );
    expect(findings).toEqual([]);
  });
});

describe("the tables of rules", () => {
  it("have one row for a rule and format, each with its source and consequence", () => {
    const keys = rules.flatMap(({ id, formats }) => formats.map((format) => `${id} ${format}`));
    expect(new Set(keys).size).toBe(keys.length);
    expect(rules.filter(({ source, consequence }) => source === "" || consequence === "")).toEqual([]);
    expect(rules.filter(({ find, watch }) => (find === undefined) === (watch === undefined))).toEqual([]);
  });

  it("list at most a hundred places of a rule in a file", async () => {
    const text = expectedText("twelve-hundred-25/twelve-hundred-25.otio").replaceAll('"Clip.2"', '"Clip.9"');
    const { findings } = await checkFiles(written({ "a.otio": text }));
    expect(findings).toHaveLength(101);
    expect(findings.at(-1)?.what).toMatch(/There are \d{4} more of this kind/);
  });
});

it("the zips of these tests hold the sum that zips hold", () => {
  expect(crc32(Buffer.from("123456789"))).toBe(0xcbf43926);
});
