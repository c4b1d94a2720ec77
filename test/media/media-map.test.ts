import { join, resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FacecutError } from "../../src/errors.js";
import { readMediaMap } from "../../src/media/media-map.js";
import { readRow } from "../../src/media/media-map-row.js";
import { readTable } from "../../src/media/media-map-table.js";
import { checkMapTimes } from "../../src/media/media-times.js";
import { frameRate } from "../../src/time/frame-rate.js";
import { folderOf, refusal } from "../fetch/record-fixture.js";
import { sweep } from "../support/sweep.js";

async function mapFile(content: unknown, name = "media.csv"): Promise<string> {
  return join(await folderOf({ [name]: content }), name);
}
const rowsOf = async (content: unknown) => (await readMediaMap(await mapFile(content))).rows;
async function refused(content: unknown) {
  const file = await mapFile(content);
  const error = await refusal(() => readMediaMap(file));
  return { ...error, where: error.where.replaceAll(file, "media.csv") };
}
const cell = (column: string, value: string) => `media,${column}\na1,"${value}"\n`;

const header = "media,original,proxy,rate,start_timecode,duration,width,height,scan,pixel_aspect,audio,reel,name";
const values = "a1,/m/a b.mov,/p/a.mp4,29.97df,01:00:00;00,61.5,1920,1080,upper,1:1,1+1,R001,Take 1";
const whole = {
  media: "a1",
  original: resolve("/m/a b.mov"),
  proxy: resolve("/p/a.mp4"),
  clock: { rate: frameRate(30000, 1001), dropFrame: true },
  startTimecode: "01:00:00;00",
  duration: "61.5",
  size: { width: 1920, height: 1080 },
  scan: "upper",
  pixelAspect: { num: 1, den: 1 },
  streams: [1, 1],
  reel: "R001",
  name: "Take 1",
};

describe("a media map", () => {
  it.each([
    ["commas", `${header}\n${values}\n`],
    ["semicolons", `${header}\n${values.replace("01:00:00;00", '"01:00:00;00"')}`.replaceAll(",", ";")],
    [
      "a first line for spreadsheets",
      `sep=;\r\n${header}\n${values.replace("01:00:00;00", '"01:00:00;00"')}`.replaceAll(",", ";"),
    ],
    ["tabs", `${header}\n${values}`.replaceAll(",", "\t")],
    ["a byte order mark, CRLF and blank cells at the end", `\ufeff${header},\r\n${values},\r\n`],
    ["capitals and blanks in the header", `${header.toUpperCase().replaceAll(",", " , ")}\n${values}`],
    ["JSON text", [Object.fromEntries(header.split(",").map((key, i) => [key, values.split(",")[i]]))]],
  ])("is read with %s", async (_, content) => {
    expect(await rowsOf(content)).toEqual([{ ...whole, place: expect.stringMatching(/media\.csv(, row 2| \$\[0\])$/) }]);
  });

  it("is read from JSON with numbers and null", async () => {
    const [row] = await rowsOf([{ media: "a1", rate: 25, width: 1920, height: 1080, audio: 5.1, duration: 10, reel: null }]);
    expect(row).toMatchObject({
      clock: { rate: frameRate(25, 1) },
      size: { width: 1920, height: 1080 },
      streams: [6],
      duration: "10",
    });
    expect(row).not.toHaveProperty("reel");
  });

  it("needs nothing but the first column", async () => {
    expect(await rowsOf("media\na1\n视频 1.mp4\n")).toEqual([
      { media: "a1", place: expect.stringContaining("row 2") },
      { media: "视频 1.mp4", place: expect.stringContaining("row 3") },
    ]);
    expect(await rowsOf("media\n")).toEqual([]);
  });

  it("leads from its own folder", async () => {
    const file = await mapFile("media,original\na1,sub/a.mov\nb1,C:\\m\\b.mov\nc1,\\\\srv\\s\\c.mov\nd1,https://h/d.mov\n");
    const { rows } = await readMediaMap(file);
    expect(rows.map((row) => row.original)).toEqual([
      join(file, "..", "sub", "a.mov"),
      "C:\\m\\b.mov",
      "\\\\srv\\s\\c.mov",
      "https://h/d.mov",
    ]);
  });

  it("leads to locations in their usual spelling", async () => {
    const rows = await rowsOf(
      "media,original\na1,file:/m/a.mov\nb1,\\\\?\\C:\\m\\b.mov\nc1,\\\\?\\UNC\\srv\\s\\c.mov\nd1,FILE:///m/d.mov\n",
    );
    expect(rows.map((row) => row.original)).toEqual(["file:///m/a.mov", "C:\\m\\b.mov", "\\\\srv\\s\\c.mov", "FILE:///m/d.mov"]);
  });

  it.each([
    ["1", 1, 1],
    ["16:11", 16, 11],
    ["1.33", 4, 3],
    ["1.3333", 4, 3],
    ["1.46", 16, 11],
    ["1.4587", 16, 11],
    ["1.42", 64, 45],
    ["1.07", 16, 15],
    ["0.91", 10, 11],
    ["1.21", 40, 33],
    ["1.09", 12, 11],
    ["1.5", 3, 2],
    ["133/100", 133, 100],
  ])("takes pixels %s as %d:%d", async (aspect, num, den) => {
    expect((await rowsOf(cell("pixel_aspect", aspect)))[0]?.pixelAspect).toEqual({ num, den });
  });

  it.each([
    ["2@44100", [2], 44100],
    ["1+1@96000", [1, 1], 96000],
    ["stereo", [2], undefined],
  ])("takes the sound %s with its sample rate", async (audio, streams, sampleRate) => {
    const [row] = await rowsOf(cell("audio", audio));
    expect([row?.streams, row?.sampleRate]).toEqual([streams, sampleRate]);
  });

  it.each([
    ["2", [2]],
    ["1+1", [1, 1]],
    ["5.1", [6]],
    ["5.1+2", [6, 2]],
    ["none", []],
    ["None", []],
    ["0", []],
  ])("takes the sound %s as streams of %j channels", async (audio, streams) => {
    expect((await rowsOf(cell("audio", audio)))[0]?.streams).toEqual(streams);
  });

  it.each([
    ["25", { rate: frameRate(25, 1) }],
    ["23.98", { rate: frameRate(24000, 1001) }],
    ["15", { rate: frameRate(15, 1) }],
    ["59.94NDF", { rate: frameRate(60000, 1001), dropFrame: false }],
  ])("takes the rate %s", async (rate, clock) => {
    expect((await rowsOf(cell("rate", rate)))[0]?.clock).toEqual(clock);
  });

  it("counts rows as a spreadsheet does, with blank lines and cells of several lines", async () => {
    const { where } = await refused('media,name,rate\n\na1,"two\nlines",25\n,,\nb1,,x\n');
    expect(where).toBe("media.csv, row 5, column rate");
  });
});

describe("wrong cells are refused with row, column and value", () => {
  it.each([
    ["rate", "fast"],
    ["rate", "0"],
    ["rate", "-25"],
    ["start_timecode", "1:00:00"],
    ["start_timecode", "01:00:00.00"],
    ["start_timecode", "3600"],
    ["duration", "-1"],
    ["duration", "0"],
    ["duration", "NaN"],
    ["duration", "1e"],
    ["width", "1920"],
    ["height", "1080"],
    ["audio", "quadro"],
    ["audio", "5.1+"],
    ["audio", "2@0"],
    ["audio", "2@"],
    ["audio", "none@48000"],
  ])("%s %s", async (column, value) => {
    const { code, where, text } = await refused(cell(column, value));
    expect(code).toBe("bad-media-map");
    expect(where).toMatch(/^media\.csv, row 2, column (width|height|rate|start_timecode|duration|audio)$/);
    expect(text).toMatch(/^Found .* where .* is expected/);
  });

  it.each(["0", "-5", "19.2", "1920px", "1e3"])("width %s", async (width) => {
    const { where, text } = await refused(`media,width,height\na1,${width},1080\n`);
    expect([where, text.includes(`"${width}"`)]).toEqual(["media.csv, row 2, column width", true]);
  });

  it.each(["", "*", "a*"])("media %j", async (media) => {
    expect((await refused(`media,name\n${media},x\n`)).where).toBe("media.csv, row 2, column media");
  });

  it.each([
    ["a label that drop-frame leaves out", "29.97", "01:01:00;00"],
    ["a label that drop-frame leaves out at 59.94", "59.94", "01:01:00;03"],
    ["drop-frame at a rate without it", "25", "01:00:00;00"],
    ["drop-frame at a rate said to be without it", "29.97ndf", "01:00:00;00"],
    ["a frame the rate does not have", "25", "01:00:00:25"],
    ["a second that does not exist", "25", "01:00:60:00"],
  ])("%s", async (_, rate, timecode) => {
    for (const column of ["start_timecode", "duration"]) {
      const { code, where, text } = await refused(`media,rate,${column}\na1,${rate},"${timecode}"\n`);
      expect([code, where]).toEqual(["bad-media-map", `media.csv, row 2, column ${column}`]);
      expect(text).toContain(timecode);
    }
  });

  it("a length of no frames, and one beyond counting", async () => {
    expect((await refused("media,rate,duration\na1,25,00:00:00:00\n")).where).toContain("column duration");
    expect((await refused("media,rate,duration\na1,25,1e300\n")).where).toContain("column duration");
  });

  it("secrets of a URL are not shown", async () => {
    expect((await refused(cell("rate", "https://h/a?Signature=SECRET"))).text).not.toContain("SECRET");
  });
});

describe("wrong tables are refused", () => {
  it.each([
    ["no header", "a1,/m/a.mov\n", "media.csv, row 1", "no column"],
    ["an unknown column", "media,orginal\na1,x\n", "media.csv, row 1", "Did you mean original?"],
    ["another unknown column", "media,start timecode\na1,x\n", "media.csv, row 1", "Did you mean start_timecode?"],
    ["no column media", "original\n/m/a.mov\n", "media.csv, row 1", "no column media"],
    ["a column twice", "media,name,name\na1,b,c\n", "media.csv, row 1", "name occurs twice"],
    ["a cell too many", "media,name\na1,b,c\n", "media.csv, row 2", 'Cell 3 of the row, "c"'],
    ["a quote that is not closed", 'media,name\na1,"b\n', "media.csv", "not proper CSV"],
    ["an empty file", "\n", "media.csv", "is empty"],
    ["another encoding", new Uint8Array([0xff, 0xfe, 0x6d, 0]), "media.csv", "not UTF-8"],
    ["broken JSON", "[{", "media.csv", "not JSON"],
    ["JSON that is no list", { media: "a1" }, "media.csv", "not a list"],
    ["a list of something else", ["a1"], "media.csv $[0]", '"a1"'],
    ["an unknown key", [{ media: "a1", fps: 25 }], "media.csv $[0]", '"fps"'],
    ["a key of another kind", [{ media: "a1" }, { media: "b1", rate: [25] }], "media.csv $[1], column rate", "a list"],
    ["a boolean", [{ media: true }], "media.csv $[0], column media", "true"],
    ["no media", [{ name: "x" }], "media.csv $[0], column media", "nothing"],
  ])("%s", async (_, content, where, text) => {
    const error = await refused(content);
    expect(error.code).toBe("bad-media-map");
    expect(error.where).toContain(where);
    expect(error.text).toContain(text);
  });

  it.each([
    ["a1", "a1"],
    ["caf\u00e9.mp4", "cafe\u0301.mp4"],
    ["https://h/a b.mp4", "https://h/a%20b.mp4?Signature=x"],
    ["https://h/m/*", "https://h/m/*"],
  ])("two rows for one media asset: %s and %s", async (one, other) => {
    const { code, where } = await refused(`media\n${one}\nx\n${other}\n`);
    expect([code, where]).toEqual(["bad-media-map", "media.csv, row 2, and media.csv, row 4"]);
  });

  it.each([
    ["a missing file", "none.csv", "it does not exist"],
    ["a folder", ".", "it is a folder, not a file"],
  ])("%s", async (_, name, text) => {
    const folder = await folderOf({});
    const error = await refusal(() => readMediaMap(join(folder, name)));
    expect(error.code).toBe("bad-media-map");
    expect(error.text).toContain(text);
  });
});

describe("any text", () => {
  const words = [
    "media",
    "rate",
    "duration",
    ",",
    ";",
    "\t",
    "\n",
    '"',
    "25",
    "29.97df",
    "01:00:00;00",
    "1e300",
    "a1",
    "*",
    "https://h/",
    "\ufeff",
    "[",
  ];
  const csv = fc.oneof(
    fc.array(fc.constantFrom(...words)).map((parts) => parts.join("")),
    fc.array(fc.constantFrom(...words.slice(6))).map((parts) => `media,rate,duration\n${parts.join(",")}`),
  );
  const value = fc.oneof(fc.constantFrom(...words), fc.jsonValue({ maxDepth: 1 }));
  const row = fc.dictionary(
    fc.constantFrom("media", "rate", "start_timecode", "duration", "width", "height", "audio", "__proto__"),
    value,
  );
  const json = fc.oneof(fc.jsonValue(), fc.array(row)).map((rows) => JSON.stringify(rows));

  it("gives rows or bad-media-map", () => {
    fc.assert(
      fc.property(fc.oneof(csv, json, fc.string()), (text) => {
        const outcome = outcomeOf(() =>
          readTable("m", text)
            .map((each) => readRow("m", each))
            .forEach(checkMapTimes),
        );
        expect(["rows", "bad-media-map"]).toContain(outcome);
      }),
      { numRuns: sweep(300, 3000) },
    );
  });
});

function outcomeOf(read: () => void): unknown {
  try {
    read();
    return "rows";
  } catch (error) {
    return error instanceof FacecutError ? error.code : error;
  }
}
