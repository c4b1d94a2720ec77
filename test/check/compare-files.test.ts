import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkFiles } from "../../src/check/check-files.js";
import { type LayoutKind, layoutKinds } from "../../src/map/layouts.js";
import { mapToTimeline } from "../../src/map/map-to-timeline.js";
import type { Plan } from "../../src/model/timeline.js";
import { dialectOf } from "../../src/write/dialect.js";
import type { Dialect } from "../../src/write/writer.js";
import { writers } from "../../src/write/writers.js";
import { anyDialect } from "../support/any-dialect.js";
import { sample } from "../support/cli.js";
import { plans } from "../support/plans.js";
import { randomRecord } from "../support/random-records.js";
import { sweep } from "../support/sweep.js";
import { type Edits, edited, expectedText, rulesIn, written } from "./broken.js";

const extensions = ["otio", "fcpxml", "xml", "edl"] as const;
type Extension = (typeof extensions)[number];

/** The files of a sample side by side, one of them edited. */
async function compared(which: Extension, edits: Edits, name = "one-face-25/Ada Example") {
  const texts = extensions.map((extension) => {
    const text = expectedText(`${name}.${extension}`);
    return [`a.${extension}`, extension === which ? edited(text, edits) : text] as const;
  });
  return checkFiles(written(Object.fromEntries(texts)));
}

const clip4 = /<start>151<\/start>\s*<end>251<\/end>\s*<in>100<\/in>\s*<out>200<\/out>/;
const oneLater = "<start>151</start><end>251</end><in>101</in><out>201</out>";
const lastEvent = /\r\n006 [\s\S]*$/;

const otherFile: Edits = [[/masters\/interview-a/g, "masters/interview-z"]];
const disabled: Readonly<Record<"otio" | "fcpxml" | "xml", Edits>> = {
  otio: [['"enabled": true,\n            "media', '"enabled": false,\n            "media']],
  fcpxml: [['name="night-c.mp4" start="10000', 'enabled="0" name="night-c.mp4" start="10000']],
  xml: [[/(?<=<clipitem id="clipitem-4">[\s\S]*?<enabled>)TRUE/, "FALSE"]],
};

type Row = readonly [rule: string, which: Extension, what: string, edits: Edits, said: RegExp];

const rows: readonly Row[] = [
  [
    "error source-differs",
    "xml",
    "a source one frame later",
    [[clip4, oneLater]],
    /"night-c.mp4" shows its media from 00:00:04:01 .*00:00:04:00/,
  ],
  [
    "error source-differs",
    "edl",
    "a source one frame later",
    [["00:00:04:00 00:00:08:00", "00:00:04:01 00:00:08:01"]],
    /from 00:00:04:01 .*00:00:04:00/,
  ],
  [
    "error source-differs",
    "fcpxml",
    "a source one frame later",
    [['start="10000/2500s" duration="10000/2500s" format', 'start="10100/2500s" duration="10000/2500s" format']],
    /00:00:04:01/,
  ],
  [
    "error record-differs",
    "edl",
    "a record range one frame later",
    [["00:00:04:20 00:00:09:13 01:00:12:01 01:00:16:19", "00:00:04:20 00:00:09:13 01:00:12:02 01:00:16:20"]],
    /"street-b.mov" begins at 01:00:12:02, in .* 01:00:12:01/,
  ],
  [
    "error clip-count-differs",
    "edl",
    "a clip less",
    [[lastEvent, ""]],
    /There are 5 clips, in .* 6, from "street-b.mov" at 01:00:12:01 on/,
  ],
  [
    "error media-differs",
    "edl",
    "another reel",
    [["002  INTESJES", "002  INTEABCD"]],
    /"interview-a.mp4" shows the file of its own, in .* of "interview-a.mp4"/,
  ],
  [
    "error marker-differs",
    "edl",
    "a locator less",
    [[/\* LOC: 01:00:03:10.*\r\n/, ""]],
    /At 01:00:03:10 there is no marker, in .* "Ada Example"/,
  ],
  [
    "error marker-differs",
    "edl",
    "a locator of another name",
    [[/(?<=LOC: 01:00:03:10 GREEN {3})Ada/, "Ida"]],
    /"Ida Example · score/,
  ],
  [
    "error marker-differs",
    "xml",
    "a marker one frame later",
    [["<in>85</in>", "<in>86</in>"]],
    /At 01:00:03:10 there is no marker/,
  ],
  [
    "error start-differs",
    "xml",
    "another start",
    [[/<string>01:00:00:00<\/string>\s*<frame>90000/, "<string>02:00:00:00</string><frame>180000"]],
    /starts at 02:00:00:00, in .* 01:00:00:00/,
  ],
  [
    "error sound-differs",
    "xml",
    "no sound",
    [
      [/<audio>\s*<numOutputChannels>[\s\S]*?<\/media>/, "</media>"],
      [/<link>[\s\S]*?<\/link>/g, ""],
    ],
    /"interview-a.mp4" has no sound, in .* sound/,
  ],
  [
    "error speed-differs",
    "edl",
    "another speed",
    [
      ["00:00:04:00 01:00:00:00", "00:00:07:00 01:00:00:00"],
      ["* FROM", "M2   INTESJES       050.0                00:00:01:00\r\n* FROM"],
    ],
    /plays at another speed, in .* normal speed/,
  ],
  [
    "error media-length-differs",
    "fcpxml",
    "media that are one frame longer",
    [['start="0s" duration="26000/2500s" hasVideo', 'start="0s" duration="26100/2500s" hasVideo']],
    /"night-c.mp4" has media of 261 frames at 25, in .* 260 frames at 25/,
  ],
  [
    "error file-differs",
    "xml",
    "another file",
    otherFile,
    /"interview-a.mp4" shows the file "interview-z.mp4", in .* "interview-a.mp4"/,
  ],
  ["error file-differs", "fcpxml", "another file", otherFile, /shows the file "interview-z.mp4"/],
  ["error file-differs", "otio", "another file", otherFile, /shows the file "interview-a.mp4", in .* "interview-z.mp4"/],
  [
    "error file-differs",
    "edl",
    "another clip name",
    [[/(?<=FROM CLIP NAME: )interview-a/g, "interview-z"]],
    /shows the file "interview-z.mp4", in .* "interview-a.mp4"/,
  ],
  [
    "error file-differs",
    "edl",
    "another source file",
    [[/FROM CLIP NAME: interview-a.mp4/g, "FROM CLIP NAME: Ada\r\n* SOURCE FILE: interview-z.mp4"]],
    /shows the file "interview-z.mp4", in .* "interview-a.mp4"/,
  ],
  ["error enabled-differs", "fcpxml", "a disabled clip", disabled.fcpxml, /"night-c.mp4" is disabled, in .* enabled/],
  ["error enabled-differs", "xml", "a disabled clip", disabled.xml, /"night-c.mp4" is disabled, in .* enabled/],
  ["error enabled-differs", "otio", "a disabled clip", disabled.otio, /"interview-a.mp4" is enabled, in .* disabled/],
  [
    "error sound-differs",
    "xml",
    "slipped sound",
    [[/(?<=<clipitem id="clipitem-1-a1">[\s\S]*?)<in>25<\/in>\s*<out>100/, "<in>27</in><out>102"]],
    /"interview-a.mp4" has sound 2 frames early, in .* sound in step/,
  ],
];

const dropFrame = "one-face-2997-drop/Ada Example";

describe("what only some formats tell is compared wherever it is told", () => {
  const outlined = async (files: Readonly<Record<string, string>>) => {
    const { findings } = await checkFiles(written(files));
    return findings.map(({ severity, rule, what }) => `${severity} ${rule}: ${what.replace(/\/\S*\//, "")}`);
  };

  it.each([
    ["fcpxml", [[/(?<=<sequence[^>]*)tcFormat="DF"/, 'tcFormat="NDF"']], "counts non-drop-frame, in a.xml drop-frame"],
    [
      "edl",
      [
        ["FCM: DROP", "FCM: NON-DROP"],
        [/;/g, ":"],
      ],
      "counts non-drop-frame, in a.xml drop-frame",
    ],
  ] as const)("counting, in .%s", async (extension, edits, said) => {
    const text = (ending: string) => expectedText(`${dropFrame}.${ending}`);
    const files = { "a.otio": text("otio"), "a.xml": text("xml"), [`a.${extension}`]: edited(text(extension), edits) };
    expect(await outlined(files)).toContain(`error counting-differs: The timeline ${said}`);
  });

  const one = (ending: string) => expectedText(`one-face-25/Ada Example.${ending}`);
  const beside = (xml: Edits) => outlined({ "a.otio": one("otio"), "a.fcpxml": one("fcpxml"), "a.xml": edited(one("xml"), xml) });

  it("the frame size, channels of sound, and the name", async () => {
    expect(await beside([["<width>320<", "<width>640<"]])).toEqual([
      "error size-differs: The timeline is 640x180, in a.fcpxml 320x180",
    ]);
    expect(await beside([["<channelcount>2<", "<channelcount>6<"]])).toEqual([
      'warning channels-differ: "interview-a.mp4" has media with 6 channels, in a.fcpxml 2 channels',
    ]);
    expect(await beside([["<name>Ada Example<", "<name>Bob<"]])).toEqual([
      'warning name-differs: The timeline is called "Bob", in a.otio "Ada Example"',
    ]);
  });
});

describe("files of several timelines", () => {
  const people = ["Ada", "Bob"] as const;

  /** A cut in FCPXML and Final Cut Pro 7 XML, a timeline for each name. */
  const several = (fcpxml: readonly string[], xml: readonly string[]) => {
    const plan = planOf("per-person");
    const named = (names: readonly string[]): Plan => ({
      ...plan,
      timelines: names.map((name) => ({ ...(plan.timelines[people.indexOf(name as "Ada")] as Plan["timelines"][number]), name })),
    });
    const text = (writer: (typeof writers)["fcpxml"], names: readonly string[]) =>
      [...(writer.write(named(names), ["a"], dialectOf({}))[0]?.chunks ?? [])].join("");
    return written({ "a.fcpxml": text(writers.fcpxml, fcpxml), "a.xml": text(writers.fcp7xml, xml) });
  };

  it("hold all of them", async () => {
    expect(rulesIn(await checkFiles(several(people, people)))).toEqual([]);
    const [lost, more] = [await checkFiles(several(people, ["Ada"])), await checkFiles(several(["Bob"], people))];
    expect(lost.findings).toMatchObject([{ severity: "error", rule: "timeline-missing" }]);
    expect(lost.findings[0]?.what).toMatch(/^The timeline "Bob" of .*a\.fcpxml is missing$/);
    expect(more.findings.map(({ rule, what }) => [rule, what])).toEqual([
      ["timeline-missing", expect.stringMatching(/^The timeline "Ada" is missing in .*a\.fcpxml$/)],
    ]);
  });

  it("mark the same stretches", async () => {
    const plan = planOf("log");
    const paths = filesOf(plan, dialectOf({}));
    expect(rulesIn(await checkFiles(paths))).toEqual([]);
    const xml = paths.find((path) => path.endsWith(".xml")) as string;
    const text = readFileSync(xml, "utf8");
    const [whole, from = "", to = ""] = /<marker>[\s\S]*?<in>(\d+)<\/in>\s*<out>(\d+)<\/out>/.exec(text) ?? [];
    writeFileSync(
      xml,
      text.replace(whole as string, () => (whole as string).replace(`<out>${to}<`, `<out>${Number(to) + 5}<`)),
    );
    const { findings } = await checkFiles(paths);
    const length = Number(to) - Number(from);
    expect(findings.map(({ rule, what }) => [rule, what])).toEqual([
      ["marker-length-differs", expect.stringContaining(`is ${length + 5} frames long, in `)],
    ]);
    expect(findings[0]?.what).toMatch(new RegExp(` ${length}$`));
  });
});

/** The first random cut of two people. */
function planOf(layout: LayoutKind): Plan {
  for (let seed = 1; ; seed++) {
    const { record, facts, options } = randomRecord(seed);
    const { plan } = mapToTimeline(record, facts, { ...options, startTimecode: "00:00:00:00", markers: "appearance", layout });
    if (plan.people.length >= 2) return plan;
  }
}

describe("files of one timeline", () => {
  it.each(rows)("%s in .%s: %s", async (rule, which, _, edits, said) => {
    const checked = await compared(which, edits);
    const differences = checked.findings.filter((finding) => finding.rule.endsWith("-differs"));
    expect([...new Set(differences.map(({ severity, rule: found }) => `${severity} ${found}`))]).toContain(rule);
    expect(differences.map(({ what }) => what).join("\n")).toMatch(said);
  });

  it("name the file that differs, and the other", async () => {
    const { findings } = await compared("edl", [["00:00:04:00 00:00:08:00", "00:00:04:01 00:00:08:01"]]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.file).toMatch(/a\.edl$/);
    expect(findings[0]?.what).toMatch(/a\.otio/);
    expect(findings[0]?.place).toBe("line 19");
  });

  it("are told apart by folder and name", async () => {
    const text = expectedText("one-face-25/Ada Example.edl");
    const other = expectedText("one-face-2997-nondrop/Ada Example.otio");
    expect(rulesIn(await checkFiles([...written({ "a.edl": text }), ...written({ "a.otio": other })]))).toEqual([
      "warning rate-unknown",
    ]);
    expect(rulesIn(await checkFiles(written({ "a.edl": text, "b.otio": other })))).toEqual(["warning rate-unknown"]);
    expect(rulesIn(await checkFiles(written({ "a.edl": text, "a.otio": other })))).toContain("error clip-count-differs");
  });

  it("may spell one file in different ways", async () => {
    const [folder, name] = ["/Volumes/Media/", "Zo\u00e9 50% & 1.mov"];
    const url = `file://${folder}Zoe%CC%81%2050%25%20%26%201.mov`;
    const otio = expectedText("one-face-25/Ada Example.otio").replaceAll(/"https:[^"]*interview-a.mp4"/g, `"${folder}${name}"`);
    const xml = expectedText("one-face-25/Ada Example.xml").replace(/https:\S*interview-a.mp4/, url.replace("//", "//localhost"));
    const fcpxml = expectedText("one-face-25/Ada Example.fcpxml").replace(/https:\S*interview-a.mp4/, url);
    const edl = expectedText("one-face-25/Ada Example.edl").replaceAll("interview-a.mp4", name.toUpperCase());
    expect(rulesIn(await checkFiles(written({ "a.otio": otio, "a.xml": xml, "a.fcpxml": fcpxml, "a.edl": edl })))).toEqual([]);
  });

  it("may point to the original in one program and to the proxy in another", async () => {
    const proxy =
      '"proxy": { "OTIO_SCHEMA": "ExternalReference.1", "target_url": "proxies/interview-a_proxy.mov" }, "DEFAULT_MEDIA"';
    const otio = expectedText("one-face-25/Ada Example.otio").replaceAll(/"DEFAULT_MEDIA"(?=: \{)/g, proxy);
    const xml = edited(expectedText("one-face-25/Ada Example.xml"), [
      [/https:\S*interview-a.mp4/, "file:///p/interview-a_proxy.mov"],
    ]);
    expect(rulesIn(await checkFiles(written({ "a.otio": otio, "a.xml": xml })))).toEqual([]);
  });

  it("are conformed by one reel", async () => {
    const reel = (name: string): Edits => [
      [/(?<=interview-a.mp4<\/pathurl>[\s\S]*?<displayformat>NDF<\/displayformat>)/, `<reel><name>${name}</name></reel>`],
    ];
    const edl = expectedText("one-face-25/Ada Example.edl").replaceAll("INTESJES", "A001C002");
    const beside = async (name: string) => {
      const xml = edited(expectedText("one-face-25/Ada Example.xml"), reel(name));
      return (await checkFiles(written({ "a.xml": xml, "a.edl": edl }))).findings;
    };
    expect(await beside("A001_C002_0101")).toEqual([]);
    expect(await beside("B001C002")).toMatchObject([
      { rule: "reel-differs", what: expect.stringMatching(/"interview-a.mp4" is on the reel "A001C002", in .* "B001C002"/) },
    ]);
  });

  it("leave disabled clips out of an edit list", async () => {
    const edl = edited(expectedText("one-face-25/Ada Example.edl"), [[/004 {2}NIGHTC[\s\S]*?(?=005)/, ""]]);
    const xml = edited(expectedText("one-face-25/Ada Example.xml"), disabled.xml);
    const { findings } = await checkFiles(written({ "a.xml": xml, "a.edl": edl }));
    expect(findings.filter(({ rule }) => rule !== "marker-differs")).toEqual([]);
  });

  it("hold one rate", async () => {
    const files = {
      "a.fcpxml": expectedText("one-face-25/Ada Example.fcpxml"),
      "a.otio": expectedText("one-face-2997-drop/Ada Example.otio"),
    };
    expect(rulesIn(await checkFiles(written(files)))).toEqual(["error rate-differs"]);
  });

  it("take the parts of an edit list for one, and notice a missing part", async () => {
    const folder = join(sample("twelve-hundred-25"), "expected");
    const paths = readdirSync(folder).map((name) => join(folder, name));
    expect(rulesIn(await checkFiles(paths))).toEqual([]);
    expect(rulesIn(await checkFiles(paths.filter((path) => !path.includes(".002."))))).toEqual(["error clip-count-differs"]);
  });

  it("do not hold a list of markers to be cuts", async () => {
    const event =
      "001  001      V     C        01:00:00:12 01:00:00:13 01:00:00:12 01:00:00:13  \r\n |C:ResolveColorRed |M:Ann |D:1\r\n";
    const files = {
      "a.otio": expectedText("one-face-25/Ada Example.otio"),
      "a.edl": `TITLE: x\r\nFCM: NON-DROP FRAME\r\n\r\n${event}`,
    };
    expect(rulesIn(await checkFiles(written(files)))).toEqual([]);
  });
});

/** All files of a plan, written side by side. */
function filesOf(plan: Plan, dialect: Dialect): string[] {
  const names = plan.timelines.map((_, i) => `cut-${i}`);
  const { otio, fcpxml, edl, fcp7xml } = writers;
  const files = [otio, fcpxml, edl, fcp7xml].flatMap((writer) => writer.write(plan, names, dialect));
  return written(Object.fromEntries(files.map(({ name, chunks }) => [name, [...chunks].join("")])));
}

describe("what facecut writes raises nothing", () => {
  it.each(readdirSync(sample("")).filter((name) => !["README.md", "media", "no-matches-25"].includes(name)))(
    "sample %s",
    async (name) => {
      const folder = join(sample(name), "expected");
      const paths = readdirSync(folder).map((file) => join(folder, file));
      const { files, findings } = await checkFiles(paths);
      expect(findings).toEqual([]);
      expect(files.map(({ file }) => file)).toEqual(paths);
      expect(files.every(({ clips }) => clips > 0)).toBe(true);
    },
  );

  it.each(Object.entries(plans))("plan %s", async (_, make) => {
    expect((await checkFiles(filesOf(make(), dialectOf({})))).findings).toEqual([]);
  });

  // Rates without a word in conform-rate, sources over midnight, drop-frame media in non-drop timelines, reels and so on.
  it("random plans, for any program", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1_000_000 }), anyDialect, async (seed, dialect) => {
        const { record, facts, options } = randomRecord(seed);
        const layout = layoutKinds[seed % layoutKinds.length] as LayoutKind;
        // Whole files need more room before midnight.
        const start = layout === "log" ? { startTimecode: "00:00:00:00" } : {};
        const paths = filesOf(mapToTimeline(record, facts, { ...options, ...start, layout }).plan, dialect);
        expect((await checkFiles(paths)).findings).toEqual([]);
      }),
      { numRuns: sweep(30, 240) },
    );
  });
});
