import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAliases } from "../../src/aliases.js";
import { decodeMediaId, encodeMediaId } from "../../src/fetch/record-folder.js";
import { readMediaMap } from "../../src/media/media-map.js";
import { safeFileName } from "../../src/text.js";
import { facecut, filesIn, sample, temporaryFolder } from "../support/cli.js";

/** What Windows and macOS refuse, fold or rewrite, by the functions that decide about names and lines. */

const devices = ["CON", "con", "Prn", "AUX", "NUL", "COM1", "com9", "LPT1", "lpt9", "CON.txt", "nul.tar.gz"];
// https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
const refusedByWindows = /[<>:"/\\|?*]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

describe("names of files", () => {
  it.each([...devices, "a.", "a ", "a:b", "a|b", 'a"b', "...", "a\\b", "C:\\x", "aux .txt", "\u202econ"])(
    "%j is one that Windows takes",
    (name) => {
      const safe = safeFileName(name);
      expect([safe, refusedByWindows.test(safe), safe.length > 0]).toEqual([safe, false, true]);
    },
  );

  it("are the same whether accents are written as one character or two", () => {
    expect(safeFileName("Cafe\u0301")).toBe(safeFileName("Caf\u00e9"));
  });

  it("fit 255 bytes with every extension, and UTF-16 units too", () => {
    for (const text of ["x".repeat(400), "王".repeat(400), "😀".repeat(400), "e\u0301".repeat(400)])
      expect(new TextEncoder().encode(`${safeFileName(text)}.resolve-markers.001.edl`).length).toBeLessThan(256);
  });
});

describe("folders named by MediaIds, with the care Windows and macOS need", () => {
  const ids = fc.oneof(
    fc.string({ unit: "grapheme-composite" }),
    fc.constantFrom(...devices, ".", "..", "a.", "a ", "A", "a", "~", "\0"),
  );

  it("are names that Windows takes, and read back", () => {
    fc.assert(
      fc.property(
        ids.filter((id) => id !== ""),
        (id) => {
          const name = encodeMediaId(id, true);
          expect([name, refusedByWindows.test(name)]).toEqual([name, false]);
          expect(decodeMediaId(name)).toBe(id.replace(/\p{Surrogate}/gu, "\uFFFD"));
        },
      ),
    );
  });

  it("differ in more than case and in more than how accents are written", () => {
    fc.assert(
      fc.property(ids, ids, (a, b) => {
        const fold = (id: string) => encodeMediaId(id, true).toLowerCase().normalize("NFD");
        expect(fold(a) === fold(b)).toBe(a === b);
      }),
    );
    const differ = [
      ["Ab", "aB"],
      ["\u00e9", "e\u0301"],
      ["CON", "con"],
      ["ſ", "s"],
      ["K", "k"],
      ["İ", "i"],
    ];
    for (const [a, b] of differ)
      expect(encodeMediaId(a as string, true).toLowerCase()).not.toBe(encodeMediaId(b as string, true).toLowerCase());
  });
});

describe("lines", () => {
  const ends = [
    ["LF", "\n"],
    ["CR LF", "\r\n"],
    ["CR", "\r"],
  ] as const;

  it.each(ends)("ended by %s: tables are read alike, with or without a byte order mark", async (_name, end) => {
    const folder = temporaryFolder();
    for (const mark of ["", "\uFEFF"]) {
      writeFileSync(join(folder, "map.csv"), `${mark}${["media,rate", "a.mov,25", "b.mov,29.97df", ""].join(end)}`);
      writeFileSync(join(folder, "aliases.csv"), `${mark}${["who,name", "7,Ada", "8,Bob", ""].join(end)}`);
      expect((await readMediaMap(join(folder, "map.csv"))).rows.map(({ media }) => media)).toEqual(["a.mov", "b.mov"]);
      expect([...(await readAliases(join(folder, "aliases.csv")))]).toEqual([
        ["7", "Ada"],
        ["8", "Bob"],
      ]);
    }
  });

  it.each(ends)("ended by %s: timelines are read alike", async (_name, end) => {
    const folder = temporaryFolder();
    for (const [name, text] of Object.entries(filesIn(join(sample("one-face-25"), "expected"))))
      writeFileSync(join(folder, name), text.replaceAll(/\r?\n/g, end));
    const { status, out } = await facecut("check", ...Object.keys(filesIn(folder)).map((name) => join(folder, name)));
    expect([status, out.match(/6 clips, 16 markers|6 clips, \d+ markers; nothing wrong/g)?.length]).toEqual([0, 4]);
  });
});
