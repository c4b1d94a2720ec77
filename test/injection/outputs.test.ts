import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { encodeMediaId } from "../../src/fetch/record-folder.js";
import { facecut, filesIn, type Run, temporaryFolder } from "../support/cli.js";
import { readXml, type XmlElement } from "../support/read-xml.js";
import { full } from "../support/sweep.js";

/**
 * Names that would be something else where they are written: markup, further events of an EDL, formulas, commands to a
 * terminal, another reading direction. Every file has the same shape as with plain names, and nothing else in it.
 */

const attacks: Readonly<Record<string, string>> = {
  "XML elements": `</name></clip><asset-clip ref="r1" name="x"/><!--`,
  "XML attributes": `" onload="x" a='`,
  "the end of CDATA": "]]><evil/>",
  entities: "&lt;&#10;&x;&amp;#10;",
  "a processing instruction": "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>",
  HTML: `<img src=x onerror=alert(1)><script>alert(1)</script>`,
  "an EDL event": "x\n002  EVIL     V     C        00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\n* FROM CLIP NAME: evil",
  "an EDL event after a carriage return": "x\r\n\r\nM2   AX 000.0 00:00:00:00\rTITLE: evil",
  "an EDL event after other line ends":
    "x\u0085003  E V C\u2028* LOC: 01:00:00:00 RED evil\u2029\u000b\u000c\u001c\u001d\u001eFCM: DROP FRAME",
  "a formula": "=cmd|' /C calc'!A0",
  "a formula after blanks": " \t=1+1",
  "a formula in other signs": '＝HYPERLINK("http://x")',
  "plus, minus, at": "+1-1@SUM(A1)",
  "cells and rows": 'a","b"\r\n"c\td;e,"',
  JSON: '"}],"version":99,"x":[{"',
  "terminal commands": "\u001b[2J\u001b]0;evil\u0007\u001b[31m\u009b2J\u0008\u0008\u007f\rfacecut: all is well",
  "another reading direction": "\u202egpj.exe\u202c\u2066abc\u2069\u202a\u202d",
  "half characters": "\ud83d x \ude00 \ufffe \uffff",
  NUL: "a\0b",
  "a path": "../../../../tmp/evil",
  "a device of Windows": "CON",
  "a pattern of String.replace": "$& $1 $` $' $$",
  "names of JavaScript's own": "__proto__",
};

/** A record of one media asset and one person, whose every text is the given one after a word that tells the field. */
function record(folder: string, attack: string): void {
  const text = (field: string) => `${attack}${field}`;
  const write = (name: string, fields: object) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), JSON.stringify({ RequestId: "R", Success: "true", Code: "200", ...fields }));
  };
  const point = (Timestamp: number) => ({ Timestamp, BoxPosition: { X: 1, Y: 2, W: 3, H: 4 } });
  const occurrence = (from: number) => ({
    StartTime: from,
    EndTime: from + 1,
    Expression: text("mood"),
    TrackData: [point(from)],
  });
  const clip = {
    Score: 0.9,
    EntityId: text("id"),
    LabelName: text("person"),
    Category: text("kind"),
    OccurrencesInfos: [occurrence(1), occurrence(4)],
  };
  // Half characters do not come through the name of a folder.
  const MediaId = text("media").replace(/\p{Surrogate}/gu, "");
  write(`SearchMediaClipByFace/${encodeMediaId(MediaId)}/page-0001.json`, { MediaClipList: [clip], Total: 1 });
  const file = {
    FileName: text("file.mov"),
    FileUrl: `https://h/${text("file.mov")}`,
    Duration: "10.0",
    Width: "320",
    Height: "180",
  };
  const VideoStreamInfoList = [{ Fps: "25.0", Duration: "10.0", NumFrames: "250", Width: "320", Height: "180" }];
  const MediaBasicInfo = { MediaId, InputURL: `https://h/${text("file.mov")}`, Title: text("title"), MediaType: "video" };
  write("BatchGetMediaInfos/page-0001.json", {
    MediaInfos: [{ MediaId, MediaBasicInfo, FileInfoList: [{ FileBasicInfo: file, VideoStreamInfoList }] }],
  });
  writeFileSync(
    join(folder, "search.json"),
    JSON.stringify({ version: 1, faceSearchToken: text("token"), searchLibName: text("lib"), endpoint: "h", complete: false }),
  );
}

const endings = /(\.report|\.resolve-markers|\.avid-markers)?\.(otio|fcpxml|edl|xml|csv|json|ale|txt)$/;

const programs = [
  ["--template", "resolve"],
  ["--template", "premiere"],
  ["--template", "final-cut"],
  ["--template", "avid"],
];
const runs = [["--format", "otio,fcpxml,edl,fcp7xml,csv", "--markers", "all"], ...(full ? programs : [])];

interface Exported {
  readonly run: Run;
  /** By extension: the names come from the texts. */
  readonly files: readonly (readonly [extension: string, text: string])[];
}

async function exported(attack: string, options: readonly string[]): Promise<Exported> {
  const folder = temporaryFolder();
  record(join(folder, "record"), attack);
  const [out, more] = [join(folder, "out"), join(folder, "more")];
  mkdirSync(more);
  const tables = ["--summary", join(more, "summary.csv")];
  const run = await facecut("export", join(folder, "record"), "-o", out, ...tables, ...options);
  expect([run.status, run.err]).toEqual([0, expect.anything()]);
  const files = [out, more].flatMap((place) => Object.entries(filesIn(place)));
  const byExtension = files.map(([name, text]) => [endings.exec(name)?.[0] ?? name, text] as const);
  expect(Object.keys(filesIn(folder)).filter((name) => !/^(record|out|more)\//.test(name))).toEqual([]);
  return { run, files: byExtension.sort(([a], [b]) => (a < b ? -1 : 1)) };
}

/** What a file is made of, whatever its texts say. */
function shape(extension: string, text: string): unknown {
  if (/xml$/.test(extension)) return elements(readXml(text));
  if (extension === ".report.json") return keys(withoutTold(JSON.parse(text)));
  if (/(otio|json)$/.test(extension)) return keys(JSON.parse(text));
  if (/csv$/.test(extension)) return (parse(text, { bom: true }) as string[][]).map((row) => row.length);
  if (/edl$/.test(extension)) return text.split("\r\n").map((line) => /^(\d+|\*|\* [A-Z ]+:|[A-Z]+:)?/.exec(line)?.[0]);
  return text.split(/\r\n|\n/).map((line) => line.split("\t").length);
}

/** A report but for what it says of odd names. */
function withoutTold(report: { warnings: readonly { code: string }[] }): object {
  return { ...report, warnings: report.warnings.filter(({ code }) => code !== "hidden-characters") };
}

function elements({ name, attributes, children }: XmlElement): unknown {
  return [name, Object.keys(attributes), children.map(elements)];
}

function keys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keys);
  return typeof value === "object" && value !== null
    ? Object.entries(value).map(([key, member]) => [key, keys(member)])
    : typeof value;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069\uFFFE\uFFFF]|\p{Surrogate}/u;
const formula = /^[\s"']*[=+\-@＝＋－＠]/;

function expectHarmless(extension: string, text: string): void {
  expect([extension, forbidden.exec(text)?.[0]]).toEqual([extension, undefined]);
  if (!extension.endsWith(".csv")) return;
  const cells = (parse(text, { bom: true }) as string[][]).flat();
  expect(cells.filter((cell) => formula.test(cell) && !cell.startsWith("'"))).toEqual([]);
}

describe.each(runs)("exported with %s %s", (...options) => {
  const plainOnce = beforeFirst(() => exported("plain ", options));

  it.each(Object.entries(attacks).filter((_, i) => full || i % 3 === 0))(
    "%s is a name and nothing else",
    async (_what, attack) => {
      const [plain, attacked] = [await plainOnce(), await exported(attack, options)];
      expect(attacked.files.map(([extension]) => extension)).toEqual(plain.files.map(([extension]) => extension));
      for (const [i, [extension, text]] of attacked.files.entries()) {
        expectHarmless(extension, text);
        expect([extension, shape(extension, text)]).toEqual([extension, shape(extension, plain.files[i]?.[1] as string)]);
      }
      for (const told of [attacked.run.out, attacked.run.err]) expect(forbidden.exec(told)?.[0]).toBeUndefined();
      expect(lines(attacked)).toBe(lines(plain) + (isHidden(attack) ? 2 : 0));
      expect(attacked.run.err.match(/names? with .* written without them: .*\[hidden-characters\]/g) ?? []).toHaveLength(
        isHidden(attack) ? 1 : 0,
      );
    },
  );
});

function lines({ run }: Exported): number {
  return `${run.out}${run.err}`.split("\n").length;
}

/** Whether something of a text cannot be written as it is, which is told. */
function isHidden(text: string): boolean {
  return /[\n\t]/.test(text.trim()) || forbidden.test(text);
}

function beforeFirst<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

it("what is left out of names is told on the screen and in the report, with a number and examples", async () => {
  const { run, files } = await exported(attacks["terminal commands"] as string, ["--format", "otio"]);
  const told =
    /^warning: (\d+) names with line breaks, control characters or signs .*: "\[2J\]0;evil.*" and \d+ more \[hidden-characters\]$/m;
  expect(run.err).toMatch(told);
  const report = files.find(([extension]) => extension === ".report.json")?.[1] as string;
  const warning = JSON.parse(report).warnings.find(({ code }: { code: string }) => code === "hidden-characters");
  expect(run.err).toContain(`warning: ${warning.what} [hidden-characters]\n  do: ${warning.cure}\n`);
});

describe("a media map that is written", () => {
  async function written(attack: string): Promise<string> {
    const folder = temporaryFolder();
    record(join(folder, "record"), attack);
    const map = join(folder, "map.csv");
    const run = await facecut("export", join(folder, "record"), "-o", join(folder, "out"), "--write-media-map", map);
    expect([run.status, run.err]).toEqual([0, expect.anything()]);
    return filesIn(folder)["map.csv"] as string;
  }

  it.each(["a formula", "a formula after blanks", "cells and rows", "an EDL event"])("holds %s as text", async (attack) => {
    const cells = (parse(await written(attacks[attack] as string), { bom: true }) as string[][]).flat();
    expect(cells.filter((cell) => formula.test(cell) && !cell.startsWith("'"))).toEqual([]);
    expect(cells.length % 13).toBe(0);
  });

  it.each(["terminal commands", "another reading direction", "NUL"])("holds no %s", async (attack) => {
    expect(forbidden.exec(await written(attacks[attack] as string))?.[0]).toBeUndefined();
  });
});
