import { describe, expect, it } from "vitest";
import { decodeText } from "../../src/read/decode.js";
import { readEdl } from "../../src/read/read-edl.js";
import type { ReadingSink } from "../../src/read/read-options.js";
import { readTimelines } from "../../src/read/readers.js";
import type { ReadClip, ReadTimeline } from "../../src/read/reading.js";
import { rateOf } from "../support/plans.js";

const read = (text: string, rate: Parameters<typeof rateOf>[0] | undefined = "25") =>
  readTimelines(text, { file: "a.edl", rate: rate && rateOf(rate) });
const only = (text: string, rate?: Parameters<typeof rateOf>[0]) => read(text, rate).timelines[0] as ReadTimeline;
const times = "00:00:01:00 00:00:02:00 01:00:00:00 01:00:01:00";
const event = (columns: string, labels = times) => `TITLE: a\nFCM: NON-DROP FRAME\n${columns} ${labels}\n`;

/** Events of real programs: columns, then clips (reel, channels of sound). */
const events: readonly (readonly [string, string, readonly [pictures: number, sounds: readonly number[]]])[] = [
  ["plain", "001  REEL0001 V     C       ", [1, []]],
  ["trailing blanks and a tab", "001\tAX\tV\tC\t", [1, []]],
  ["Avid's wide form", "000001  A192C014_240105_R1VJ             V     C       ", [1, []]],
  ["no reel", "001 V     C       ", [1, []]],
  ["a reel with blanks", "001  MY TAPE 1 V     C       ", [1, []]],
  ["picture and sound", "001  REEL0001 B     C       ", [1, [1]]],
  ["picture and two channels", "001  REEL0001 AA/V  C       ", [1, [1, 2]]],
  ["picture and the second channel", "001  REEL0001 A2/V  C       ", [1, [2]]],
  ["sound", "001  REEL0001 A     C       ", [0, [1]]],
  ["the twelfth channel", "001  REEL0001 A12   C       ", [0, [12]]],
  ["a dissolve", "001  REEL0001 V     D    025", [1, []]],
  ["a wipe", "001  REEL0001 V     W001 025", [1, []]],
  ["a key", "001  REEL0001 V     K B  025", [1, []]],
];

describe("reading an EDL", () => {
  it.each(events)("%s", (_, columns, [pictures, sounds]) => {
    const { clips, sounds: found } = only(event(columns));
    expect(clips).toHaveLength(pictures);
    expect(found.flatMap(({ channels }) => channels.map(({ channel }) => channel))).toEqual(sounds);
    for (const item of [...clips, ...found])
      expect([item.record, item.source?.start]).toEqual([{ start: 90_000, end: 90_025 }, 25]);
  });

  it.each(["\n", "\r\n", "\r", "\n\n", " \r\n\r\n"])("lines may end with %j", (end) => {
    const text = [
      "TITLE: a",
      "FCM: NON-DROP FRAME",
      `001  AX V C ${times}`,
      "* FROM CLIP NAME: b.mov",
      `002  AX V C ${times}`,
    ].join(end);
    expect(only(text).clips.map(({ name }) => name)).toEqual(["b.mov", "AX"]);
    const inPieces = readTimelines([...text], { file: "a.edl", rate: rateOf("25") });
    expect(inPieces).toEqual(read(text));
  });

  it("takes channels from the AUD lines of a NONE event", () => {
    const { clips, sounds } = only(`${event("001  AX NONE C")}AUD  3    4\n`);
    expect([clips.length, sounds.map(({ channels }) => channels.map(({ channel }) => channel))]).toEqual([0, [[3, 4]]]);
  });

  it("shows the incoming clip of a transition, and none for its first line", () => {
    const text = `${event("002  A V C", "00:00:01:00 00:00:01:00 01:00:00:00 01:00:00:00")}002  B V D 010 ${times}\n* FROM CLIP NAME: a.mov\n* TO CLIP NAME: b.mov\n`;
    expect(only(text).clips.map(({ name, written }) => [name, written.reel, written.transition, written.length])).toEqual([
      ["b.mov", "B", "D", "010"],
    ]);
  });

  it("makes a gap of black, and keeps a speed, comments and names of files", () => {
    const { timelines, media } = read(
      `${event("001  BL V C")}002  AX V C ${times}\nM2   AX       050.0       00:00:01:00\n* FROM CLIP: /m/a b.mov\n*FROM CLIP NAME:  a b.mov\n* * FREEZE FRAME\n* COMMENT: x\n>>> SOURCE AX\n`,
    );
    const [{ clips, gaps }] = timelines as [ReadTimeline];
    expect(gaps.map(({ record }) => record)).toEqual([{ start: 90_000, end: 90_025 }]);
    expect(clips[0]?.written).toMatchObject({ M2: expect.stringContaining("050.0"), COMMENT: "x", "FROM CLIP NAME": "a b.mov" });
    expect(media).toMatchObject([{ name: "a b.mov", reel: "AX", files: [{ kind: "FROM CLIP", url: "/m/a b.mov" }] }]);
  });

  it("reads locators in record time, with `;` too, without text, without colour", () => {
    const drop = `TITLE: a\nFCM: DROP FRAME\n001  AX V C 00:00:59;29 00:01:00;02 00:09:59;29 00:10:00;00\n* LOC: 00:09:59;29 GREEN   ANN · x\n*LOC: 00:09:59;29 Red\n* LOC: 00:09:59;29\n`;
    const [clip] = only(drop, "29.97ndf").clips;
    expect(clip?.record).toEqual({ start: 17_981, end: 17_982 });
    expect(clip?.source).toMatchObject({ start: 1799, end: 1800 });
    expect(clip?.markers.map(({ record, colour, name }) => [record, colour, name])).toEqual([
      [17_981, "GREEN", "ANN · x"],
      [17_981, "Red", ""],
      [17_981, undefined, ""],
    ]);
  });

  it("reads a locator with a line separator in its text, and many at once", () => {
    const line = `* LOC: 01:00:00:00 ${"a".repeat(2000)} ${"b".repeat(2000)}\u2028c\n`;
    const [clip] = only(event("001  AX V C") + line.repeat(400)).clips;
    expect(clip?.markers).toHaveLength(400);
    expect(clip?.markers[0]?.name).toMatch(/^b{2000}\u2028c$/);
  });

  it.each([
    [`001  AX V C 00:01:00;00 00:01:00;01 01:00:00;00 01:00:00;01`, "29.97df", "no-such-label"],
    [`001  AX V C 00:00:00:25 00:00:01:00 01:00:00:00 01:00:00:01`, "25", "no-such-label"],
    [`001  AX V C 00:00:00:00 00:00:01:00 01:00:00:00`, "25", "unknown-line"],
    ["HELLO", "25", "unknown-line"],
    ["", "25", "no-event"],
  ] as const)("tells what is wrong in %j at %s", (line, rate, rule) => {
    expect(read(`TITLE: a\n${line}\n`, rate).problems.map((problem) => problem.rule)).toContain(rule);
  });

  it("takes 24:00:00:00 for the end of the day", () => {
    const { timelines, problems } = read(event("001  AX V C", "23:59:59:24 24:00:00:00 01:00:00:00 01:00:00:01"));
    expect(timelines[0]?.clips[0]?.source?.end).toBe(2_160_000);
    expect(problems).toEqual([]);
  });

  it("counts without a rate by the least base that has all labels", () => {
    const bases = ["23", "24", "29", "49", "59"].map((last) => {
      const { timelines } = readTimelines(event("001  AX V C", `00:00:00:00 00:00:00:${last} 01:00:00:00 01:00:00:${last}`), {
        file: "a.edl",
      });
      return [timelines[0]?.rate, timelines[0]?.clips[0]?.record.start];
    });
    expect(bases).toEqual([86_400, 90_000, 108_000, 180_000, 216_000].map((start) => [undefined, start]));
  });

  it("knows Resolve's marker list from a cut list", () => {
    const text = `TITLE: m\nFCM: NON-DROP FRAME\n\n001  001      V     C        01:00:00:12 01:00:00:13 01:00:00:12 01:00:00:13  \n7 of 9\nscore 0.91 |C:ResolveColorGreen |M:Ann Lee |D:25\n\n002  001      V     C        01:00:02:00 01:00:02:01 01:00:02:00 01:00:02:01  \n |C:ResolveColorRed |M:Bob |D:1\n`;
    expect(only(text)).toMatchObject({
      kind: "markers",
      clips: [],
      markers: [
        { name: "Ann Lee", note: "7 of 9\nscore 0.91", colour: "ResolveColorGreen", record: 90_012, duration: 25 },
        { name: "Bob", note: "", colour: "ResolveColorRed", record: 90_050, duration: 1 },
      ],
    });
  });

  it("changes the code page in the middle, at any cut", () => {
    const bytes = Uint8Array.from([...new TextEncoder().encode(`TITLE: a${" ".repeat(250)}`), 0xcd, 0xf5, 0xcd, 0xf5]);
    for (let cut = 1; cut < bytes.length; cut++) {
      const text = [...decodeText([bytes.subarray(0, cut), bytes.subarray(cut)], "a.edl")].join("");
      expect(text.endsWith(" 王王")).toBe(true);
    }
  });

  it.each([
    ["UTF-8", [..."TITLE: 王"].flatMap((c) => [...new TextEncoder().encode(c)]), "王"],
    ["UTF-8 with a mark", [0xef, 0xbb, 0xbf, ...new TextEncoder().encode("TITLE: 王")], "王"],
    ["UTF-16 with a mark", [0xff, 0xfe, ...utf16("TITLE: 王")], "王"],
    ["UTF-16 without one", utf16("TITLE: 王"), "王"],
    ["UTF-16, big end first", [0xfe, 0xff, ...utf16("TITLE: 王").map((_, i, all) => all[i ^ 1] as number)], "王"],
    ["GBK", [...new TextEncoder().encode("TITLE: "), 0xcd, 0xf5], "王"],
    ["Windows-1252", [...new TextEncoder().encode("TITLE: Zo"), 0xe9, 0x0a], "Zoé"],
  ])("is decoded from %s, whole or byte by byte", (_, bytes, title) => {
    for (const chunks of [[Uint8Array.from(bytes)], bytes.map((byte) => Uint8Array.of(byte))]) {
      expect([...decodeText(chunks, "a.edl")].join("").trim()).toBe(`TITLE: ${title}`);
    }
  });
});

function utf16(text: string): number[] {
  return [...text].flatMap((character) => [character.charCodeAt(0) & 0xff, character.charCodeAt(0) >> 8]);
}

describe("events that are not whole", () => {
  const head = "TITLE: x\nFCM: NON-DROP FRAME\n\n";
  const times = "00:00:00:00 00:00:00:00 01:00:00:00 01:00:00:00";

  it("one without length is a clip, unless a transition of its number follows", () => {
    const alone = readEdl([`${head}001  A V C ${times}\n`], { file: "a.edl" });
    expect(alone.timelines[0]?.clips).toHaveLength(1);
    const dissolve = "001  B V D 025 00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n";
    const both = readEdl([`${head}001  A V C     ${times}\n${dissolve}`], { file: "a.edl" });
    expect(both.timelines[0]?.clips.map(({ written }) => written.reel)).toEqual(["B"]);
  });

  it.each(["002  B V C 00:00:0", "002  B AA/V  C", "002  B V  C        0"])("%s is a problem, not a note", (line) => {
    const whole = "001  A V C 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\n";
    expect(readEdl([`${head}${whole}${line}`], { file: "a.edl" }).problems.map(({ rule }) => rule)).toEqual(["unknown-line"]);
  });
});

describe("handing over clips as they are read", () => {
  const marked = (number: string, frames: string, note = "") =>
    `${number}  AX V C 00:00:00:00 00:00:01:00 01:00:00:${frames} 01:00:01:${frames}\n* LOC: 01:00:00:${frames} RED x\n${note}`;

  /** What a sink is given, and what is left. */
  function handed(chunks: Iterable<string>, rate?: Parameters<typeof rateOf>[0]) {
    const clips: ReadClip[] = [];
    const timelines: ReadTimeline[] = [];
    const sink: ReadingSink = {
      clip: (clip) => clips.push(clip),
      marker: () => {},
      timeline: (timeline) => timelines.push(timeline),
    };
    const reading = readEdl(chunks, { file: "a.edl", rate: rate && rateOf(rate), sink });
    return { clips, timeline: timelines[0] as ReadTimeline, reading };
  }

  it("gives each when the next one begins", () => {
    const pieces = ["TITLE: a\nFCM: NON-DROP FRAME\n", marked("001", "00"), marked("002", "01"), marked("003", "02")];
    const counts: number[] = [];
    const clips: ReadClip[] = [];
    function* watched() {
      for (const piece of pieces) {
        counts.push(clips.length);
        yield piece;
      }
    }
    const sink: ReadingSink = { clip: (clip) => clips.push(clip), marker: () => {}, timeline: () => {} };
    readEdl(watched(), { file: "a.edl", rate: rateOf("25"), sink });
    expect([counts, clips.length]).toEqual([[0, 0, 0, 1], 3]);
  });

  it.each([
    ["plain", "25", marked("001", "00") + marked("002", "01")],
    ["without a rate", undefined, marked("001", "00") + marked("002", "29")],
    ["first with a marker's note", "25", marked("001", "00", "x |C:ResolveColorRed |M:y |D:1\n") + marked("002", "01")],
    ["drop-frame", "29.97df", (marked("001", "04") + marked("002", "05")).replace(/:(?=\d\d(?:\s|$))/gm, ";")],
    ["drop-frame by FCM alone", "29.97df", `FCM: DROP FRAME\n${marked("001", "04")}${marked("002", "05")}`],
    [
      "with a dissolve",
      "25",
      `002  A V C 00:00:01:00 00:00:01:00 01:00:00:00 01:00:00:00\n${marked("002", "00").replace(" C ", " D 010 ")}`,
    ],
  ] as const)("gives the clips of a list that is kept: %s", (_, rate, text) => {
    const kept = readEdl([text], { file: "a.edl", rate: rate && rateOf(rate) });
    const { clips, reading } = handed([text], rate);
    const [timeline] = kept.timelines;
    expect(clips.map((clip) => ({ ...clip, written: {} }))).toEqual(timeline?.clips.map((clip) => ({ ...clip, written: {} })));
    expect(clips.length).toBeGreaterThan(0);
    expect([reading.media, reading.problems]).toEqual([kept.media, kept.problems]);
  });

  it("says in the end that a later event counts otherwise than the head", () => {
    const text = `FCM: NON-DROP FRAME\n${marked("001", "00")}${marked("002", "01")}${marked("003", "02").replaceAll("01:00:00:02", "01:00:00;02")}`;
    const { clips, timeline } = handed([text], "29.97ndf");
    expect([clips[0]?.record.start, timeline.dropFrame]).toEqual([108_000, true]);
  });
});
