import { describe, expect, it } from "vitest";
import { formatWarnings } from "../../src/format-warnings.js";
import type { Plan } from "../../src/model/timeline.js";
import { dialectOf } from "../../src/write/dialect.js";
import { edl } from "../../src/write/edl.js";
import { frameAt, media, person, plan, plans, rateOf, timeline } from "../support/plans.js";

const dialect = dialectOf({ markerPlace: { otio: "clip", fcp7xml: "timeline" } });
const ada = person("Ada Lovelace");

function files(made: Plan): { name: string; text: string }[] {
  return edl
    .write(
      made,
      made.timelines.map((_, i) => `cut${i === 0 ? "" : `-${i + 1}`}`),
      dialect,
    )
    .map(({ name, chunks }) => ({ name, text: [...chunks].join("") }));
}

describe("edit decision lists", () => {
  it("have fixed columns, CRLF, and the file's name", () => {
    const cut = {
      media: media("INTERV_A1.MOV", { startTimecode: "10:00:00:00" }),
      from: 50,
      to: 135,
      people: [ada],
      score: 0.91,
      points: [{ person: ada, frame: 62, note: "score 0.91" }],
    };
    const [file] = files(plan("Faces 25", timeline("Faces 25", [[cut]])));
    expect(file?.name).toBe("cut.edl");
    expect(file?.text).toBe(
      [
        "TITLE: Faces 25",
        "FCM: NON-DROP FRAME",
        "",
        "001  REEL1    V     C        10:00:02:00 10:00:05:10 01:00:00:00 01:00:03:10",
        "* FROM CLIP NAME: INTERV_A1.MOV",
        "* COMMENT: Ada Lovelace · score 0.91",
        "* LOC: 01:00:00:12 GREEN   Ada Lovelace · score 0.91",
        "",
      ].join("\r\n"),
    );
  });

  it("say drop-frame twice", () => {
    const rate = rateOf("29.97df");
    const source = media("CAMA_0001.MXF", { rate, dropFrame: true, startTimecode: "00:00:58;00", duration: 100_000 });
    const [file] = files(
      plan("DF", timeline("DF", [[{ media: source, from: 0, to: 122, people: [ada] }]], { rate, startTimecode: "01:00:00;00" })),
    );
    expect(file?.text).toContain("FCM: DROP FRAME\r\n");
    expect(file?.text).toContain("00:00:58;00 00:01:02;04 01:00:00;00 01:00:04;02");
  });

  it("110,000 frames in, say what the table says", () => {
    const expected = { "23.976": "01:16:23:08", "29.97ndf": "01:01:06:20", "29.97df": "01:01:10;10" } as const;
    for (const [id, label] of Object.entries(expected) as [keyof typeof expected, string][]) {
      const rate = rateOf(id);
      const source = media("long.mov", {
        rate,
        dropFrame: rate.dropped > 0,
        startTimecode: rate.dropped > 0 ? "00:00:00;00" : "00:00:00:00",
        duration: 200_000,
      });
      const cuts = [
        { media: source, from: 0, to: 110_000, people: [ada] },
        { media: source, from: 110_000, to: 110_001, people: [ada] },
      ];
      const start = rate.dropped > 0 ? "00:00:00;00" : "00:00:00:00";
      const [file] = files(plan("long", timeline("long", [cuts], { rate, startTimecode: start })));
      const event = file?.text.split("\r\n").find((line) => line.startsWith("002  "));
      expect(
        event
          ?.slice(29)
          .split(" ")
          .filter((_, i) => i % 2 === 0),
      ).toEqual([label, label]);
    }
  });

  it("split past 999 events, the record clock running on", () => {
    const source = media("a.mov", { duration: 100_000 });
    const cuts = Array.from({ length: 2001 }, (_, i) => ({ media: source, from: i * 10, to: i * 10 + 2, people: [ada] }));
    const made = files(plan("many", timeline("many", [cuts])));
    expect(made.map(({ name }) => name)).toEqual(["cut.001.edl", "cut.002.edl", "cut.003.edl"]);
    const events = made.map(({ text }) => text.split("\r\n").filter((line) => /^\d{3} /.test(line)));
    expect(events.map((list) => list.length)).toEqual([999, 999, 3]);
    expect(events.map((list) => list[0]?.slice(0, 3))).toEqual(["001", "001", "001"]);
    expect(events[1]?.[0]?.slice(53, 64)).toBe(events[0]?.at(-1)?.slice(65, 76));
    expect(made[1]?.text).toMatch(/^TITLE: many 002\r\n/);
  });

  it("make two events of a source range over midnight", () => {
    const source = media("night.mov", { startTimecode: "23:59:58:00" });
    const cut = {
      media: source,
      from: 40,
      to: 90,
      people: [ada],
      points: [
        { person: ada, frame: 45, note: "" },
        { person: ada, frame: 60, note: "" },
      ],
    };
    const [file] = files(plan("night", timeline("night", [[cut]])));
    const lines = file?.text.split("\r\n").filter((line) => /^(\d{3} |\* LOC)/.test(line));
    expect(lines?.map((line) => line.replace(/^(\d{3}) .{24}/, "$1"))).toEqual([
      "001 23:59:59:15 24:00:00:00 01:00:00:00 01:00:00:10",
      "* LOC: 01:00:00:05 GREEN   Ada Lovelace",
      "002 00:00:00:00 00:00:01:15 01:00:00:10 01:00:02:00",
      "* LOC: 01:00:00:20 GREEN   Ada Lovelace",
    ]);
  });

  it("a name cannot make an event or a comment of its own", () => {
    const evil = person(
      "x\r\n002  AX       V     C        00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00".replace(/[\r\n]+/g, " "),
    );
    const source = media("a\r\n* LOC: 00:00:00:00 RED x.mov");
    const [file] = files(
      plan(
        "t",
        timeline("t\r\n003  AX", [[{ media: source, from: 0, to: 5, people: [evil], points: [{ person: evil, frame: 1 }] }]]),
      ),
    );
    expect(file?.text.split("\r\n").filter((line) => /^\d{3} /.test(line))).toHaveLength(1);
    expect(file?.text.split("\r\n").filter((line) => line.startsWith("* LOC"))).toHaveLength(1);
  });

  it("knows where its frames are", () => {
    expect(frameAt("01:01:10;10", rateOf("29.97df"))).toBe(110_000);
  });
});

describe("clips that lie one over the other", () => {
  it("have no list: an EDL has one track", () => {
    const of = plans.twoTracks();
    expect(edl.write(of, ["cut"], dialectOf({}))).toEqual([]);
    expect(formatWarnings(of, { formats: ["edl"], dialect: dialectOf({}) })).toMatchObject([
      { code: "edl-left-out", what: expect.stringContaining("an EDL has one track") },
    ]);
  });
});
