import { describe, expect, it } from "vitest";
import { checkFiles } from "../../src/check/check-files.js";
import { checkEdited, type Edits, edited, expectedText, rulesIn, written } from "./broken.js";

const plain = "one-face-25/Ada Example.edl";
const drop = "one-face-2997-drop/Ada Example.edl";
const many = "twelve-hundred-25/twelve-hundred-25.001.edl";

type Row = readonly [rules: string | readonly string[], what: string, file: string, edits: Edits, rate?: string];

const event1 = "00:00:01:00 00:00:04:00 01:00:00:00 01:00:03:00";
const event2 = "00:00:06:00 00:00:09:00 01:00:03:00 01:00:06:00";

const rows: readonly Row[] = [
  ["error length-mismatch", "source out", plain, [["00:00:04:00 01:00:00:00", "00:00:04:01 01:00:00:00"]]],
  ["error no-length", "record backwards", plain, [[event1, "00:00:01:00 00:00:04:00 01:00:00:00 00:59:58:00"]]],
  ["error record-overlap", "begins too early", plain, [[event2, "00:00:05:24 00:00:09:00 01:00:02:24 01:00:06:00"]]],
  ["error no-such-label", "25 frames at 25", plain, [["* LOC: 01:00:00:05", "* LOC: 01:00:00:25"]]],
  ["error no-such-label", "dropped label", drop, [["score 0.88\r\n", "score 0.88\r\n* LOC: 00:59:00;00 RED x\r\n"]], "29.97df"],
  ["error fcm-mismatch", "; in a non-drop list", plain, [["01:00:00:00 01:00:03:00", "01:00:00;00 01:00:03:00"]]],
  ["error fcm-mismatch", ": in a drop list", drop, [["00:58:50;00 00:58:51;20", "00:58:50:00 00:58:51:20"]], "29.97df"],
  ["error fcm-mismatch", "FCM of the other kind", drop, [["FCM: DROP", "FCM: NON-DROP"]], "29.97df"],
  ["warning fcm-unspelled", "no ; at all", drop, [[/;/g, ":"]], "29.97df"],
  [["error drop-frame-rate", "error length-mismatch"], "drop-frame at 30", drop, [[/FCM: .*/, "FCM: DROP FRAME "]], "30"],
  ["error event-number", "the same number again", plain, [["002  INTESJES", "001  INTESJES"]]],
  ["warning long-event-number", "four digits", plain, [["003  NIGHTC", "0003  NIGHTC"]]],
  ["error reel-blank", "a reel of two words", plain, [[/^003 {2}NIGHTC {3}/m, "003  NIGHT C  "]]],
  [
    "error reel-collision",
    "two files, one reel",
    plain,
    [
      ["003  NIGHTC  ", "003  INTESJES"],
      ["00:00:02:00 00:00:02:01", "00:00:02:10 00:00:02:11"],
    ],
  ],
  ["warning marker-outside", "after its clip", plain, [["* LOC: 01:00:00:05", "* LOC: 01:00:05:00"]]],
  ["error unknown-line", "a comment before the first event", plain, [["FCM:", "* CREATED BY HAND\nFCM:"]]],
  [
    ["error unknown-line", "warning marker-outside"],
    "an event without record out",
    plain,
    [["01:00:03:00 01:00:06:00", "01:00:03:00"]],
  ],
  [["warning long-event-number", "warning too-many-events"], "a thousand", many, [[/$/, thousandth()]]],
  [
    "warning record-order",
    "the first event last",
    plain,
    [
      [/01:00:00:00 01:00:03:00/, "02:00:00:00 02:00:03:00"],
      ["* LOC: 01:00:00:05", "* LOC: 02:00:00:05"],
    ],
  ],
  ["warning locator-colour", "a colour that is none", plain, [["05 GREEN", "05 GRUEN"]]],
  ["warning locator-colour", "no colour", plain, [["05 GREEN   Ada Example", "05 Ada Example"]]],
  ["warning locator-colour", "no text either", plain, [[/(?<=LOC: 01:00:00:05).*/, ""]]],
  [
    "warning duplicate-locator",
    "the same line twice",
    plain,
    [[/\* LOC: 01:00:00:05.*\r\n/, "* LOC: 01:00:00:05 GREEN   x\r\n* LOC: 01:00:00:05 Green x\r\n"]],
  ],
  ["warning event-order", "a number less than the one before", plain, [["004  NIGHTC", "002  NIGHTC"]]],
  [
    "error no-such-label",
    "a 25th hour",
    plain,
    [
      [/01:00:12:01 01:00:16:19/, "24:00:12:01 24:00:16:19"],
      ["* LOC: 01:00:12:06", "* COMMENT: "],
    ],
  ],
];

function thousandth(): string {
  return "\r\n1000  AB12     V     C        00:00:00:00 00:00:01:00 09:00:00:00 09:00:01:00\r\n";
}

describe("rules of edit lists", () => {
  for (const [rules, what, file, edits, rate] of rows)
    it(`${rules}: ${what}`, async () => {
      expect(rulesIn(await checkEdited(file, edits, rate))).toEqual([rules].flat());
    });

  it("take a speed change for one", async () => {
    const m2: Edits = [
      ["00:00:04:00 01:00:00:00", "00:00:07:00 01:00:00:00"],
      ["* FROM", "M2   INTESJES       050.0                00:00:01:00\r\n* FROM"],
    ];
    expect(rulesIn(await checkEdited(plain, m2))).toEqual([]);
  });

  it("that need a rate are left out without one", async () => {
    const files = written({ "alone.edl": edited(expectedText(plain), [["00:00:04:00 01:00:00:00", "00:00:04:01 01:00:00:00"]]) });
    expect(rulesIn(await checkFiles(files))).toEqual(["warning rate-unknown"]);
  });

  it("take Avid's colours in both its forms, and two people on one frame", async () => {
    const loc = (...lines: readonly string[]) => lines.map((line) => `* LOC: 01:00:00:05 ${line}\r\n`).join("");
    const edits: Edits = [[/\* LOC: 01:00:00:05.*\r\n/, loc("Green   Ada", "Green   Ida", "CYAN    Ada", "forest")]];
    expect(rulesIn(await checkEdited(plain, edits))).toEqual([]);
  });

  it("take sound for events of the same order", async () => {
    const sound = "004  NIGHTC   A     C        00:00:04:00 00:00:08:00 01:00:06:01 01:00:10:01\r\n";
    expect(rulesIn(await checkEdited(plain, [["005  STREETB", `${sound}005  STREETB`]]))).toEqual([]);
    const early = sound.replace("004", "002");
    expect(rulesIn(await checkEdited(plain, [["005  STREETB", `${early}005  STREETB`]]))).toEqual(["warning event-order"]);
  });

  it("know the colours of marker lists", async () => {
    const list = (colour: string) =>
      `TITLE: x\r\n\r\n001  001      V     C        01:00:00:12 01:00:00:13 01:00:00:12 01:00:00:13  \r\n |C:${colour} |M:Ann |D:1\r\n`;
    expect(rulesIn(await checkFiles(written({ "markers.edl": list("ResolveColorLavender") })))).toEqual([]);
    expect(rulesIn(await checkFiles(written({ "markers.edl": list("ResolveColorOchre") })))).toEqual(["warning locator-colour"]);
  });

  it("hold for marker lists too", async () => {
    const event =
      "001      V     C        01:00:00:12 01:00:00:13 01:00:00:12 01:00:00:13  \r\n |C:ResolveColorRed |M:Ann |D:1\r\n";
    const list = `TITLE: x\r\nFCM: NON-DROP FRAME\r\n\r\n001  ${event}\r\n002  ${event}`;
    expect(rulesIn(await checkFiles(written({ "markers.edl": list })))).toEqual(["warning same-frame-markers"]);
  });
});
