import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FacecutError } from "../../src/errors.js";
import type { Clip, Plan, Track } from "../../src/model/timeline.js";
import { compare, type Fraction, fraction, multiply } from "../../src/time/fraction.js";
import { frameRange } from "../../src/time/frame-range.js";
import { frameRate, timelineRates } from "../../src/time/frame-rate.js";
import { dialectOf } from "../../src/write/dialect.js";
import { fcpxml } from "../../src/write/fcpxml.js";
import { timeOf } from "../../src/write/fcpxml-time.js";
import { media, person, plan, plans, rateOf, timeline } from "../support/plans.js";
import { all, at, attribute, readXml, type XmlElement } from "../support/read-xml.js";
import { sweep } from "../support/sweep.js";

const dialect = dialectOf({ markerPlace: { otio: "clip", fcp7xml: "timeline" } });

function chunksOf(of: Plan): string[] {
  const files = fcpxml.write(of, ["cut", "cut-2"], dialect);
  expect(files.map(({ name }) => name)).toEqual(["cut.fcpxml"]);
  return files.flatMap(({ chunks }) => [...chunks]);
}

const written = (of: Plan) => chunksOf(of).join("");
const read = (of: Plan) => readXml(written(of));

/** The attributes named, in that order. */
const pick = (element: XmlElement | undefined, ...names: string[]) => names.map((name) => element && attribute(element, name));

const spineOf = (document: XmlElement) => all(document, "spine")[0]?.children ?? [];

/** An FCPXML time as exact seconds; throws on anything that is not one. */
function seconds(text: string | undefined): Fraction {
  const match = /^(\d+)(?:\/([1-9]\d*))?s$/.exec(text ?? "");
  if (match === null || BigInt(match[2] ?? 1) >= 2n ** 31n) throw new Error(`no FCPXML time: ${text}`);
  return fraction(BigInt(match[1] as string), BigInt(match[2] ?? 1));
}

const time = (element: XmlElement | undefined, name: string) => seconds(element && attribute(element, name));
const plus = (a: Fraction, b: Fraction) => fraction(a.num * b.den + b.num * a.den, a.den * b.den);

describe("fcpxml", () => {
  it("writes a project, its media and people as Final Cut Pro does", () => {
    expect(written(plans.twoPeople25())).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE fcpxml>
<fcpxml version="1.10">
  <resources>
    <format id="r1" frameDuration="100/2500s" width="1920" height="1080"/>
    <asset id="r2" name="A 01.mov" start="90000000/2500s" duration="100000/2500s" hasVideo="1" format="r1" hasAudio="1" videoSources="1" audioSources="1" audioChannels="2" audioRate="48000">
      <media-rep kind="original-media" src="file:///media/A%2001.mov"/>
    </asset>
  </resources>
  <library>
    <event name="Ada &amp; 王">
      <asset-clip ref="r2" name="A 01.mov" start="90000000/2500s" duration="100000/2500s" format="r1" tcFormat="NDF" audioRole="dialogue">
        <keyword start="90005000/2500s" duration="10000/2500s" value="Ada Lovelace"/>
        <keyword start="90020000/2500s" duration="5000/2500s" value="Ada Lovelace"/>
        <keyword start="90020000/2500s" duration="5000/2500s" value="王小明"/>
      </asset-clip>
      <project name="Ada &amp; 王">
        <sequence format="r1" duration="15000/2500s" tcStart="9000000/2500s" tcFormat="NDF" audioLayout="stereo" audioRate="48k">
          <spine>
            <asset-clip ref="r2" offset="9000000/2500s" name="A 01.mov" start="90005000/2500s" duration="10000/2500s" format="r1" tcFormat="NDF" audioRole="dialogue">
              <marker start="90006200/2500s" duration="100/2500s" value="Ada Lovelace" note="score 0.99 · Calm"/>
              <keyword start="90005000/2500s" duration="10000/2500s" value="Ada Lovelace"/>
            </asset-clip>
            <asset-clip ref="r2" offset="9010000/2500s" name="A 01.mov" start="90020000/2500s" duration="5000/2500s" format="r1" tcFormat="NDF" audioRole="dialogue">
              <marker start="90021000/2500s" duration="100/2500s" value="Ada Lovelace + 王小明" note="score 0.91 | score 0.83"/>
              <keyword start="90020000/2500s" duration="5000/2500s" value="Ada Lovelace"/>
              <keyword start="90020000/2500s" duration="5000/2500s" value="王小明"/>
            </asset-clip>
          </spine>
        </sequence>
      </project>
      <keyword-collection name="Ada Lovelace"/>
      <keyword-collection name="王小明"/>
    </event>
  </library>
</fcpxml>
`);
  });

  it("puts the file's own timecode into every source time: 19:05:12:03 at 23.976", () => {
    const document = read(plans.lateTimecode23976());
    // 19:05:12:03 is frame 1,649,091 of 1001/24000 s.
    expect(pick(all(document, "asset")[0], "start", "duration")).toEqual(["1650740091/24000s", "24024000/24000s"]);
    expect(pick(all(document, "sequence")[0], "tcStart", "duration")).toEqual(["86486400/24000s", "48048/24000s"]);
    const [clip] = spineOf(document);
    expect(pick(clip, "offset", "start", "duration")).toEqual([
      "86486400/24000s",
      `${(1649091 + 1001) * 1001}/24000s`,
      "48048/24000s",
    ]);
    expect(pick(all(document, "marker")[0], "start", "duration")).toEqual([`${(1649091 + 1010) * 1001}/24000s`, "1001/24000s"]);
    expect(all(document, "conform-rate")).toEqual([]);
  });

  it("counts drop-frame labels and says DF of clip and sequence", () => {
    const document = read(plans.dropFrame2997());
    // 00:59:00;02 is frame 106,094; 00:10:00;00 is 17,982.
    expect(pick(all(document, "asset")[0], "start")).toEqual([`${106094 * 1001}/30000s`]);
    expect(pick(all(document, "sequence")[0], "tcStart", "tcFormat")).toEqual([`${17982 * 1001}/30000s`, "DF"]);
    expect(all(document, "asset-clip").map((clip) => attribute(clip, "tcFormat"))).toEqual(["DF", "DF"]);
    expect(all(document, "format")).toHaveLength(1);
  });

  it("keeps mixed rates in real time: source on the media's grid, record on the sequence's", () => {
    const document = read(plans.mixed24In25());
    const [slow, same] = spineOf(document);
    expect(pick(slow, "format", "start", "offset", "duration")).toEqual([
      "r2",
      `${(86400 + 49) * 100}/2400s`,
      "9000000/2500s",
      "5000/2500s",
    ]);
    expect(slow?.children.map(({ name }) => name)).toEqual(["conform-rate", "marker", "keyword"]);
    expect(pick(slow?.children[0], "scaleEnabled", "srcFrameRate")).toEqual(["0", "24"]);
    expect(pick(slow?.children[1], "start", "duration")).toEqual([`${(86400 + 73) * 100}/2400s`, "100/2400s"]);
    expect(pick(slow?.children[2], "start", "duration")).toEqual([`${(86400 + 49) * 100}/2400s`, "4800/2400s"]);
    expect(same?.children.map(({ name }) => name)).toEqual(["keyword"]);
    expect(pick(all(document, "format")[1], "frameDuration", "width", "height")).toEqual(["100/2400s", "3840", "2160"]);
  });

  it("gives media of any other rate its exact frame, and no conform-rate, which has no word for it", () => {
    const fast = media("fast.mov", { rate: frameRate(120, 1), duration: 2400 });
    const document = read(plan("Fast", timeline("Fast", [[{ media: fast, from: 121, to: 240, people: [person("Ada")] }]])));
    expect(pick(all(document, "format")[1], "frameDuration")).toEqual(["1/120s"]);
    expect(pick(spineOf(document)[0], "start", "duration")).toEqual(["121/120s", "2500/2500s"]);
    expect(all(document, "conform-rate")).toEqual([]);
  });

  it("writes each rate as conform-rate spells it", () => {
    const speeds = timelineRates.filter(({ id }) => id !== "25" && !id.endsWith("ndf"));
    const cuts = speeds.map((rate) => ({ media: media(`${rate.id}.mov`, { rate }), from: 0, to: 100, people: [person("Ada")] }));
    const spelled = all(read(plan("All", timeline("All", [cuts]))), "conform-rate").map((element) =>
      attribute(element, "srcFrameRate"),
    );
    // FCPXML 1.10 DTD, conform-rate, without the sequence's own 25.
    expect(spelled).toEqual(["23.98", "24", "29.97", "30", "47.95", "48", "50", "59.94", "60"]);
  });

  it("fills holes with gaps, so that the storyline has none", () => {
    const spine = spineOf(read(plans.gaps()));
    expect(spine.map((item) => [item.name, ...pick(item, "offset", "start", "duration")])).toEqual([
      ["gap", "9000000/2500s", "9000000/2500s", "1000/2500s"],
      ["asset-clip", "9001000/2500s", "0s", "2000/2500s"],
      ["gap", "9003000/2500s", "9000000/2500s", "2500/2500s"],
      ["asset-clip", "9005500/2500s", "3000/2500s", "1000/2500s"],
    ]);
  });

  it("declares sound only where there is some", () => {
    const document = read(plans.soundKinds());
    const sound = all(document, "asset").map((asset) => pick(asset, "hasAudio", "audioSources", "audioChannels", "audioRate"));
    expect(sound).toEqual([
      [undefined, undefined, undefined, undefined],
      ["1", "1", "1", "48000"],
      ["1", "1", "2", "48000"],
      ["1", "1", "6", "48000"],
    ]);
    const roles = spineOf(document).map((clip) => attribute(clip, "audioRole"));
    expect(roles).toEqual([undefined, "dialogue", "dialogue", "dialogue"]);
  });

  it("holds several timelines in one event, with each media file once", () => {
    const document = read(plans.twoTimelines());
    const [event] = at(document, "library/event");
    expect(event?.children.map((child) => [child.name, attribute(child, "name")])).toEqual([
      ["asset-clip", "SHARED.mov"],
      ["asset-clip", "OTHER.mov"],
      ["project", "Ada"],
      ["project", "Wang"],
      ["keyword-collection", "Ada Lovelace"],
      ["keyword-collection", "王小明"],
    ]);
    const ids = [...all(document, "format"), ...all(document, "asset")].map((element) => attribute(element, "id"));
    expect(ids).toEqual(["r1", "r2", "r3"]);
  });

  it("lays several tracks as lanes over one gap", () => {
    const [gap, ...others] = spineOf(read(plans.twoTracks()));
    expect(others).toEqual([]);
    expect([gap?.name, ...pick(gap, "offset", "start", "duration")]).toEqual([
      "gap",
      "9000000/2500s",
      "9000000/2500s",
      "6000/2500s",
    ]);
    expect(gap?.children.map((clip) => pick(clip, "lane", "offset", "start", "duration"))).toEqual([
      ["1", "9000000/2500s", "0s", "5000/2500s"],
      ["2", "9002000/2500s", "2000/2500s", "4000/2500s"],
    ]);
  });

  it("counts connected clips on the gap's clock, wherever the timeline starts", () => {
    const rows = [1, 2].map((n) => [{ media: media(`${n}.mov`), from: 0, to: 10, gap: n, people: [person("Ada")] }]);
    const [gap] = spineOf(read(plan("Late", timeline("Late", rows, { startTimecode: "10:00:00:00" }))));
    expect(pick(gap, "offset", "start")).toEqual(["90000000/2500s", "9000000/2500s"]);
    expect(gap?.children.map((clip) => attribute(clip, "offset"))).toEqual(["9000100/2500s", "9000200/2500s"]);
  });

  it("cleans names of what Final Cut Pro refuses, and nothing else", () => {
    const of = plans.hostileNames();
    const document = read(of);
    const clean = `a'b"<>&-,  &amp; &nope; 王 😀`;
    const file = `c'd"<>&,;é 😀.mov`;
    expect(all(document, "event").map((event) => attribute(event, "name"))).toEqual([clean]);
    expect(all(document, "project").map((project) => attribute(project, "name"))).toEqual([clean]);
    expect(all(document, "asset-clip").map((clip) => attribute(clip, "name"))).toEqual([file, `${clean} · ${file}`]);
    expect(all(document, "asset").map((asset) => attribute(asset, "name"))).toEqual([file]);
    const keywords = [...all(document, "keyword-collection").map((one) => attribute(one, "name"))];
    expect(keywords).toEqual([clean.replace(",", "")]);
    expect(new Set(all(document, "keyword").map((one) => attribute(one, "value")))).toEqual(new Set(keywords));
    expect(pick(all(document, "marker")[0], "value", "note")).toEqual([
      `a'b"<>&/\\,  &amp; &nope; 王 😀`,
      `"quoted" <note> & 'more'ü`,
    ]);
  });

  it("makes one collection of people whose names are cleaned to the same", () => {
    const [slash, dash, empty] = [person("a/b"), person("a-b"), person(" , ")];
    const of = plan("p", timeline("t", [[{ media: media("m.mov"), from: 0, to: 10, people: [slash, dash, empty] }]]));
    expect(all(read(of), "keyword-collection").map((one) => attribute(one, "name"))).toEqual(["a-b", "unnamed"]);
  });

  it("shows a media file under the name the media map gives it, and keeps the asset the file's", () => {
    const film = media("C0001.MP4", { name: "Interview" });
    const document = read(plan("p", timeline("t", [[{ media: film, from: 0, to: 10, people: [person("Ada")] }]])));
    expect(at(document, "library/event/asset-clip").map((clip) => attribute(clip, "name"))).toEqual(["Interview"]);
    expect(all(document, "asset").map((asset) => attribute(asset, "name"))).toEqual(["C0001.MP4"]);
  });

  it("escapes in media URLs what relinkers stumble over, and marks relative ones", () => {
    const urls = ["file:///C:/a%20(1)'s.mov", "x+y.mov", "../up.mov", "https://host/b&c.mov", "/abs/d.mov"];
    const cuts = urls.map((url, n) => ({ media: media(`${n}.mov`, { url }), from: 0, to: 10, people: [person("Ada")] }));
    const found = all(read(plan("p", timeline("t", [cuts]))), "media-rep").map((rep) => attribute(rep, "src"));
    expect(found).toEqual(["file:///C:/a%20%281%29%27s.mov", "./x%2By.mov", "../up.mov", "https://host/b%26c.mov", "/abs/d.mov"]);
  });

  it("gives media of unknown size the timeline's", () => {
    const { size: _, ...unknown } = media("m.mov", { rate: rateOf("24") });
    const of = plan(
      "p",
      timeline("t", [[{ media: unknown, from: 0, to: 10, people: [person("Ada")] }]], { size: { width: 720, height: 576 } }),
    );
    expect(pick(all(read(of), "format")[1], "frameDuration", "width", "height")).toEqual(["100/2400s", "720", "576"]);
  });

  it("cuts keywords to the clip and leaves out who is not in it", () => {
    const [ada, bob] = [person("Ada"), person("Bob")];
    const appearances = [
      { person: bob, range: { start: 90, end: 100 } },
      { person: ada, range: { start: 15, end: 40 } },
      { person: ada, range: { start: 0, end: 12 } },
    ];
    const document = read(plan("p", timeline("t", [[{ media: media("m.mov"), from: 10, to: 30, people: [ada], appearances }]])));
    const inside = spineOf(document).flatMap(({ children }) => children.map((one) => pick(one, "start", "duration", "value")));
    expect(inside).toEqual([
      ["1000/2500s", "200/2500s", "Ada"],
      ["1500/2500s", "1500/2500s", "Ada"],
    ]);
    expect(all(document, "keyword")).toHaveLength(5);
  });

  it("cuts keywords to the media frames that a clip shortened at the media's end still shows", () => {
    const [ada, bob] = [person("Ada"), person("Bob")];
    const film = media("50.mov", { rate: rateOf("50") });
    const appearances = [
      { person: ada, range: { start: 10, end: 30 } },
      { person: bob, range: { start: 16, end: 30 } },
    ];
    const whole = timeline("t", [[{ media: film, from: 10, to: 30, people: [ada], appearances }]]);
    const shortened = (frames: number) => {
      const [track] = whole.tracks as [Track];
      const [clip] = track.clips as [Clip];
      const recordRange = frameRange(clip.recordRange.start, clip.recordRange.start + frames);
      return plan("p", { ...whole, tracks: [{ ...track, clips: [{ ...clip, recordRange }] }] });
    };
    const keywords = (frames: number) =>
      spineOf(read(shortened(frames))).flatMap((clip) =>
        at(clip, "keyword").map((one) => pick(one, "start", "duration", "value")),
      );
    // Four timeline frames at 25 are eight at 50; at three Bob, who comes with the sixth, is not in the clip.
    expect(keywords(4)).toEqual([
      ["1000/5000s", "800/5000s", "Ada"],
      ["1600/5000s", "200/5000s", "Bob"],
    ]);
    expect(keywords(3)).toEqual([["1000/5000s", "600/5000s", "Ada"]]);
  });

  it("gives a clip shorter than one of its media's frames a keyword of one", () => {
    const ada = person("Ada");
    const slow = media("slow.mov", { rate: frameRate(12, 1) });
    const of = timeline("t", [[{ media: slow, from: 5, to: 6, people: [ada] }]], { rate: rateOf("60") });
    const [track] = of.tracks as [Track];
    const clips = track.clips.map((clip) => ({
      ...clip,
      recordRange: frameRange(clip.recordRange.start, clip.recordRange.start + 3),
    }));
    const [clip] = spineOf(read(plan("p", { ...of, tracks: [{ ...track, clips }] })));
    expect(at(clip as XmlElement, "keyword").map((one) => pick(one, "start", "duration"))).toEqual([["5/12s", "1/12s"]]);
  });

  it("joins markers only within one record frame, and leaves empty notes out", () => {
    const [ada, bob] = [person("Ada"), person("Bob")];
    const fast = media("fast.mov", { rate: rateOf("50") });
    const points = [
      { person: ada, frame: 10, note: "" },
      { person: bob, frame: 11, note: "b" },
      { person: ada, frame: 12, note: "" },
    ];
    const document = read(plan("p", timeline("t", [[{ media: fast, from: 10, to: 30, people: [ada, bob], points }]])));
    expect(all(document, "marker").map((marker) => pick(marker, "start", "value", "note"))).toEqual([
      ["1000/5000s", "Ada + Bob", "b"],
      ["1200/5000s", "Ada", undefined],
    ]);
  });

  it("holds for any plan: no hole, on the grid, inside the media, markers inside their clips", () => {
    const cut = fc.record({
      rate: fc.constantFrom(...timelineRates),
      from: fc.nat(5000),
      length: fc.integer({ min: 1, max: 500 }),
      gap: fc.nat(3),
    });
    const ada = person("Ada");
    const row = fc.array(cut, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...timelineRates), row, (rate, cuts) => {
        const laid = cuts.map(({ rate: own, from, length, gap }, n) => {
          const film = media(`${n}.mov`, { rate: own, dropFrame: own.dropped > 0, startTimecode: "10:00:00:00", duration: 7000 });
          const points = [{ person: ada, frame: from + length - 1 }];
          return { media: film, from, to: from + length, gap, people: [ada], points };
        });
        const document = read(plan("p", timeline("t", [laid], { rate })));
        const [sequence] = all(document, "sequence");
        const frame = fraction(rate.den, rate.num);
        let cursor = time(sequence, "tcStart");
        for (const item of spineOf(document)) {
          expect(time(item, "offset")).toEqual(cursor);
          const frames = multiply(time(item, "duration"), fraction(frame.den, frame.num));
          expect(frames.den).toBe(1n);
          cursor = plus(cursor, time(item, "duration"));
          if (item.name === "gap") continue;
          const asset = all(document, "asset").find((one) => attribute(one, "id") === attribute(item, "ref"));
          const end = plus(time(item, "start"), time(item, "duration"));
          expect(compare(time(asset, "start"), time(item, "start"))).toBeLessThanOrEqual(0);
          expect(compare(end, plus(time(asset, "start"), time(asset, "duration")))).toBeLessThanOrEqual(0);
          for (const marker of at(item, "marker")) {
            expect(compare(time(item, "start"), time(marker, "start"))).toBeLessThanOrEqual(0);
            expect(compare(time(marker, "start"), end)).toBeLessThan(0);
          }
        }
        expect(cursor).toEqual(plus(time(sequence, "tcStart"), time(sequence, "duration")));
      }),
      { numRuns: sweep(30, 200) },
    );
  });

  it("comes in pieces no larger than a clip", () => {
    const [film, people] = [media("m.mov"), [person("Ada")]];
    const cuts = Array.from({ length: 500 }, (_, n) => ({ media: film, from: n, to: n + 1, people }));
    const chunks = chunksOf(plan("p", timeline("t", [cuts])));
    const clips = chunks.filter((chunk) => chunk.includes("offset="));
    expect(clips).toHaveLength(500);
    expect(Math.max(...clips.map((chunk) => chunk.split("<asset-clip").length))).toBe(2);
  });
});

describe("timeOf", () => {
  it("is exact past the safe integers", () => {
    expect(timeOf(5_000_000, { num: 999_999_937, den: 1_000_000_000 }).verbatim).toBe("4999999685000000/1000000000s");
    expect(timeOf(50_000_000, { num: 999_999_937, den: 1_000_000_000 }).verbatim).toBe("49999996850000000/1000000000s");
    expect(timeOf(0, { num: 1001, den: 24000 }).verbatim).toBe("0s");
  });

  it("refuses what is no whole number of frames from zero on", () => {
    for (const frames of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => timeOf(frames, { num: 1, den: 25 })).toThrow(FacecutError);
    }
  });
});
