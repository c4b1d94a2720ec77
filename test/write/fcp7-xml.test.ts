import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mapToTimeline } from "../../src/map/map-to-timeline.js";
import { colours, type Plan, type Timeline } from "../../src/model/timeline.js";
import { oneLine } from "../../src/text.js";
import { compare, fraction } from "../../src/time/fraction.js";
import { type FrameRate, frameRate, timelineRates } from "../../src/time/frame-rate.js";
import { dialectOf } from "../../src/write/dialect.js";
import { fcp7xml } from "../../src/write/fcp7-xml.js";
import { media, person, plan, plans, rateOf, sound, timeline } from "../support/plans.js";
import { all, at, attribute, readXml, textAt, type XmlElement } from "../support/read-xml.js";
import { defaults, facts, record, clip as recordClip } from "../support/records.js";
import { sweep } from "../support/sweep.js";

type MarkerPlace = "clip" | "timeline";

function chunksOf(of: Plan, fcp7xmlPlace: MarkerPlace = "timeline"): string[] {
  const files = fcp7xml.write(of, ["cut", "cut-2"], dialectOf({ markerPlace: { otio: "clip", fcp7xml: fcp7xmlPlace } }));
  expect(files.map(({ name }) => name)).toEqual(["cut.xml"]);
  return files.flatMap(({ chunks }) => [...chunks]);
}

const written = (of: Plan, place?: MarkerPlace) => chunksOf(of, place).join("");
const read = (of: Plan, place?: MarkerPlace) => readXml(written(of, place));
const sequencesOf = (document: XmlElement) => all(document, "sequence");
const one = (of: Plan, place?: MarkerPlace) => sequencesOf(read(of, place))[0] as XmlElement;
const pictures = (sequence: XmlElement) => at(sequence, "media/video/track/clipitem");
const texts = (element: XmlElement, ...paths: string[]) => paths.map((path) => textAt(element, path));
const id = (element: XmlElement) => attribute(element, "id");

/** Every plan there is, by name, with the markers in either place. */
const everyPlan = Object.entries(plans).flatMap(([name, of]) =>
  (["clip", "timeline"] as const).map((place) => [name, place, of()] as const),
);

type Frames = readonly [frames: number, rate: FrameRate];

/** Which of two counts of frames takes longer, exactly. */
function compareTimes([a, rateA]: Frames, [b, rateB]: Frames): number {
  return compare(fraction(a * rateA.den, rateA.num), fraction(b * rateB.den, rateB.num));
}

const ada = person("Ada");
const single = (film: Parameters<typeof timeline>[1][number][number]["media"], options = {}): Plan =>
  plan("p", timeline("t", [[{ media: film, from: 0, to: 10, people: [ada] }]], options));

describe("fcp7xml", () => {
  it("writes a clip, its file and its marker as Premiere does", () => {
    const { audio: _, ...silent } = media("A 01.mov", { startTimecode: "10:00:00:00" });
    const cut = { media: silent, from: 50, to: 150, people: [ada], points: [{ person: ada, frame: 62, note: "score 0.91" }] };
    expect(written(plan("Ada", timeline("Ada", [[cut]])))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE xmeml>
<xmeml version="4">
  <sequence id="sequence-1">
    <duration>100</duration>
    <rate>
      <timebase>25</timebase>
      <ntsc>FALSE</ntsc>
    </rate>
    <name>Ada</name>
    <media>
      <video>
        <format>
          <samplecharacteristics>
            <rate>
              <timebase>25</timebase>
              <ntsc>FALSE</ntsc>
            </rate>
            <width>1920</width>
            <height>1080</height>
            <anamorphic>FALSE</anamorphic>
            <pixelaspectratio>square</pixelaspectratio>
            <fielddominance>none</fielddominance>
            <colordepth>24</colordepth>
          </samplecharacteristics>
        </format>
        <track>
          <clipitem id="clipitem-1">
            <masterclipid>masterclip-1</masterclipid>
            <name>A 01.mov</name>
            <enabled>TRUE</enabled>
            <duration>1000</duration>
            <rate>
              <timebase>25</timebase>
              <ntsc>FALSE</ntsc>
            </rate>
            <start>0</start>
            <end>100</end>
            <in>50</in>
            <out>150</out>
            <file id="file-1">
              <name>A 01.mov</name>
              <pathurl>file://localhost/media/A%2001.mov</pathurl>
              <rate>
                <timebase>25</timebase>
                <ntsc>FALSE</ntsc>
              </rate>
              <duration>1000</duration>
              <timecode>
                <rate>
                  <timebase>25</timebase>
                  <ntsc>FALSE</ntsc>
                </rate>
                <string>10:00:00:00</string>
                <frame>900000</frame>
                <displayformat>NDF</displayformat>
              </timecode>
              <media>
                <video>
                  <samplecharacteristics>
                    <rate>
                      <timebase>25</timebase>
                      <ntsc>FALSE</ntsc>
                    </rate>
                    <width>1920</width>
                    <height>1080</height>
                    <anamorphic>FALSE</anamorphic>
                    <pixelaspectratio>square</pixelaspectratio>
                    <fielddominance>none</fielddominance>
                    <colordepth>24</colordepth>
                  </samplecharacteristics>
                </video>
              </media>
            </file>
            <labels>
              <label2>Forest</label2>
            </labels>
          </clipitem>
          <enabled>TRUE</enabled>
          <locked>FALSE</locked>
        </track>
      </video>
    </media>
    <timecode>
      <rate>
        <timebase>25</timebase>
        <ntsc>FALSE</ntsc>
      </rate>
      <string>01:00:00:00</string>
      <frame>90000</frame>
      <displayformat>NDF</displayformat>
    </timecode>
    <marker>
      <comment>score 0.91</comment>
      <name>Ada</name>
      <in>12</in>
      <out>-1</out>
      <pproColor>4281828977</pproColor>
      <color>
        <alpha>0</alpha>
        <red>48</red>
        <green>191</green>
        <blue>72</blue>
      </color>
    </marker>
  </sequence>
</xmeml>
`);
  });

  it("keeps the file's timecode out of in and out, and states it in the file: 19:05:12:03 at 23.976", () => {
    const [clip] = pictures(one(plans.lateTimecode23976())) as [XmlElement];
    expect(texts(clip, "in", "out", "duration", "rate/timebase", "rate/ntsc")).toEqual(["1001", "1049", "24000", "24", "TRUE"]);
    const timecode = texts(clip, "file/timecode/string", "file/timecode/frame", "file/timecode/displayformat");
    expect(timecode).toEqual(["19:05:12:03", "1649091", "NDF"]);
  });

  it("writes drop-frame labels with a semicolon, of file and sequence", () => {
    const sequence = one(plans.dropFrame2997());
    const ofSequence = texts(sequence, "timecode/string", "timecode/frame", "timecode/displayformat", "timecode/rate/timebase");
    expect(ofSequence).toEqual(["00:10:00;00", "17982", "DF", "30"]);
    const [file] = at(sequence, "media/video/track/clipitem/file") as [XmlElement];
    const ofFile = texts(file, "timecode/string", "timecode/frame", "timecode/displayformat", "rate/ntsc");
    expect(ofFile).toEqual(["00:59:00;02", "106094", "DF", "TRUE"]);
  });

  it("puts everything of a clipitem on the sequence's grid, and the file's own rate into the file", () => {
    const [slow, same] = pictures(one(plans.mixed24In25())) as [XmlElement, XmlElement];
    // Frame 49 at 24 is 51.04 at 25; 480 frames are 500.
    expect(texts(slow, "rate/timebase", "in", "out", "start", "end", "duration")).toEqual(["25", "52", "102", "0", "50", "500"]);
    expect(texts(slow, "file/rate/timebase", "file/duration", "file/timecode/frame")).toEqual(["24", "480", "86400"]);
    const size = ["file/media/video/samplecharacteristics/width", "file/media/video/samplecharacteristics/height"];
    expect(texts(slow, ...size)).toEqual(["3840", "2160"]);
    expect(texts(same, "in", "out", "start", "end")).toEqual(["0", "10", "50", "60"]);
  });

  it("names each rate by timebase and ntsc", () => {
    const spelled = timelineRates.map((rate) => {
      const sequence = one(single(media("m.mov", { rate }), { rate }));
      return [rate.id, ...texts(sequence, "rate/timebase", "rate/ntsc", "timecode/displayformat")].join(" ");
    });
    expect(spelled).toEqual([
      "23.976 24 TRUE NDF",
      "24 24 FALSE NDF",
      "25 25 FALSE NDF",
      "29.97df 30 TRUE DF",
      "29.97ndf 30 TRUE NDF",
      "30 30 FALSE NDF",
      "47.952 48 TRUE NDF",
      "48 48 FALSE NDF",
      "50 50 FALSE NDF",
      "59.94df 60 TRUE DF",
      "59.94ndf 60 TRUE NDF",
      "60 60 FALSE NDF",
    ]);
  });

  it("leaves holes between clips where the timeline has gaps", () => {
    const places = pictures(one(plans.gaps())).map((clip) => texts(clip, "start", "end", "in", "out"));
    expect(places).toEqual([
      ["10", "30", "0", "20"],
      ["55", "65", "30", "40"],
    ]);
  });

  it("lays sound on a track per channel, each clip on as many as it has", () => {
    const sequence = one(plans.soundKinds());
    const tracks = at(sequence, "media/audio/track");
    expect(tracks.map((track) => at(track, "clipitem").map((clip) => textAt(clip, "name")))).toEqual([
      ["sound-1.mov", "sound-2.mov", "sound-6.mov"],
      ["sound-2.mov", "sound-6.mov"],
      ["sound-6.mov"],
      ["sound-6.mov"],
      ["sound-6.mov"],
      ["sound-6.mov"],
    ]);
    expect(tracks.map((track) => textAt(track, "outputchannelindex"))).toEqual(["1", "2", "1", "2", "1", "2"]);
    const channels = tracks.map((track) => [...new Set(at(track, "clipitem/sourcetrack/trackindex").map(({ text }) => text))]);
    expect(channels).toEqual([["1"], ["2"], ["3"], ["4"], ["5"], ["6"]]);
    const files = all(sequence, "file").filter((file) => file.children.length > 0);
    const counts = files.map((file) => at(file, "media/audio/channelcount").map(({ text }) => text));
    expect(counts).toEqual([[], ["1"], ["2"], ["6"]]);
    expect(at(pictures(sequence)[0] as XmlElement, "link")).toEqual([]);
  });

  it("has no audio element when no clip has sound", () => {
    const { audio: _, ...silent } = media("silent.mov");
    expect(at(one(single(silent)), "media/audio")).toEqual([]);
  });

  it("gives each video track its own sound tracks", () => {
    const tracks = at(one(plans.twoTracks()), "media/audio/track");
    const starts = tracks.map((track) =>
      at(track, "clipitem").map((clip) => [id(clip), ...texts(clip, "start", "sourcetrack/trackindex")]),
    );
    expect(starts).toEqual([
      [["clipitem-1-a1", "0", "1"]],
      [["clipitem-1-a2", "0", "2"]],
      [["clipitem-2-a1", "20", "1"]],
      [["clipitem-2-a2", "20", "2"]],
    ]);
  });

  it.each(everyPlan)(
    "links every clipitem of a clip to all of them, where they really are: %s, markers in %s",
    (_, place, of) => {
      for (const sequence of sequencesOf(read(of, place))) {
        const found = { video: at(sequence, "media/video/track"), audio: at(sequence, "media/audio/track") };
        const clips = [...found.video, ...found.audio].flatMap((track) => at(track, "clipitem"));
        for (const clip of clips) {
          for (const link of at(clip, "link")) {
            const [target, kind, track, position] = texts(link, "linkclipref", "mediatype", "trackindex", "clipindex");
            const linkedTrack = found[kind as "video" | "audio"][Number(track) - 1] as XmlElement;
            expect(at(linkedTrack, "clipitem").map(id)[Number(position) - 1]).toBe(target);
            expect(at(link, "groupindex").map(({ text }) => text)).toEqual(kind === "audio" ? ["1"] : []);
          }
          // Sounds are named after their picture: `clipitem-3-a1` is a sound of `clipitem-3`.
          const [picture] = (id(clip) as string).split("-a");
          const members = clips.map(id).filter((other) => other?.split("-a")[0] === picture);
          const linked = at(clip, "link/linkclipref").map(({ text }) => text);
          expect(linked).toEqual(members.length > 1 ? members : []);
        }
      }
    },
  );

  it.each(everyPlan)("has unique ids, and describes each file once, at its first use: %s, markers in %s", (_, place, of) => {
    const document = read(of, place);
    const ids = [...sequencesOf(document), ...all(document, "clipitem")].map(id);
    expect(new Set(ids).size).toBe(ids.length);
    const seen = new Set<string | undefined>();
    for (const file of all(document, "file")) {
      expect(file.children.length > 0).toBe(!seen.has(id(file)));
      seen.add(id(file));
    }
    expect(seen.size).toBe(of.media.length);
  });

  it("puts several timelines into one bin", () => {
    const [bin, ...others] = read(plans.twoTimelines()).children;
    expect([bin?.name, others]).toEqual(["bin", []]);
    expect(textAt(bin as XmlElement, "name")).toBe("Both");
    const sequences = at(bin as XmlElement, "children/sequence");
    expect(sequences.map((sequence) => [id(sequence), textAt(sequence, "name")])).toEqual([
      ["sequence-1", "Ada"],
      ["sequence-2", "Wang"],
    ]);
    const clips = sequences.map((sequence) =>
      pictures(sequence).map((clip) => [id(clip), textAt(clip, "masterclipid"), id(at(clip, "file")[0] as XmlElement)]),
    );
    expect(clips).toEqual([
      [["clipitem-1", "masterclip-1", "file-1"]],
      [
        ["clipitem-2", "masterclip-2", "file-2"],
        ["clipitem-3", "masterclip-1", "file-1"],
      ],
    ]);
  });

  it("counts sequence markers from the sequence's first frame, clip markers as the clip's in", () => {
    const of = plans.twoPeople25();
    const inTimeline = one(of, "timeline");
    expect(at(inTimeline, "marker").map((marker) => texts(marker, "name", "comment", "in", "out"))).toEqual([
      ["Ada Lovelace", "score 0.99 · Calm", "12", "-1"],
      ["Ada Lovelace", "score 0.91", "110", "-1"],
      ["王小明", "score 0.83", "110", "-1"],
    ]);
    expect(all(inTimeline, "marker")).toHaveLength(3);
    const inClips = one(of, "clip");
    expect(pictures(inClips).map((clip) => at(clip, "marker").map((marker) => texts(marker, "name", "in")))).toEqual([
      [["Ada Lovelace", "62"]],
      [
        ["Ada Lovelace", "210"],
        ["王小明", "210"],
      ],
    ]);
    expect(all(inClips, "marker")).toHaveLength(3);
  });

  it("moves clip markers of mixed rates with the clip's grid", () => {
    const [slow] = pictures(one(plans.mixed24In25(), "clip")) as [XmlElement];
    // 24 media frames after the in-point are 25 timeline frames.
    expect(at(slow, "marker").map((marker) => textAt(marker, "in"))).toEqual(["77"]);
  });

  it("shows a person in one colour, as marker and as label", () => {
    const people = colours.map((colour) => person(colour, colour));
    const cuts = people.map((who, n) => ({
      media: media(`${n}.mov`),
      from: 0,
      to: 1,
      people: [who],
      points: [{ person: who, frame: 0 }],
    }));
    const sequence = one(plan("p", timeline("t", [cuts])));
    const shown = at(sequence, "marker").map((marker) =>
      texts(marker, "name", "pproColor", "color/red", "color/green", "color/blue").join(" "),
    );
    expect(shown).toEqual([
      "GREEN 4281828977 48 191 72",
      "CYAN 4292277273 48 191 191",
      "MAGENTA 4289825711 127 0 255",
      "YELLOW 4281049552 255 255 0",
      "BLUE 4294741314 0 128 255",
      "RED 4281740498 255 0 0",
      "WHITE 4294967295 255 255 255",
    ]);
    const labels = pictures(sequence).map((clip) => textAt(clip, "labels/label2"));
    expect(labels).toEqual(["Forest", "Caribbean", "Violet", "Mango", "Cerulean", "Rose", "Lavender"]);
  });

  it("writes local files as Premiere does and other URLs as they are", () => {
    const urls = [
      "file:///a/b%20c.mov",
      "file:///C:/x/y.mov",
      "file://server/share/z.mov",
      "https://host/file:///v.mov",
      "w.mov",
      "file:///c:d.mov",
    ];
    const cuts = urls.map((url, n) => ({ media: media(`${n}.mov`, { url }), from: 0, to: 1, people: [ada] }));
    const found = all(one(plan("p", timeline("t", [cuts]))), "pathurl").map(({ text }) => text);
    expect(found).toEqual([
      "file://localhost/a/b%20c.mov",
      "file://localhost/C%3a/x/y.mov",
      "file://server/share/z.mov",
      "https://host/file:///v.mov",
      "w.mov",
      "file://localhost/c:d.mov",
    ]);
  });

  it("keeps hostile names, on one line", () => {
    const of = plans.hostileNames();
    const sequence = one(of);
    const name = oneLine(of.name);
    expect(textAt(sequence, "name")).toBe(name);
    expect(texts(pictures(sequence)[0] as XmlElement, "name", "file/name")).toEqual([
      `${name} · c'd"<>&,;é 😀.mov`,
      `c'd"<>&,;é 😀.mov`,
    ]);
    expect(at(sequence, "marker").map((marker) => texts(marker, "name", "comment"))).toEqual([
      [name, `"quoted" <note> & 'more'ü`],
    ]);
  });

  it("gives media of unknown size the timeline's, and media of any rate the nearest timebase", () => {
    const { size: _, ...unknown } = media("m.mov", { rate: frameRate(15, 1), duration: 150 });
    const [clip] = pictures(one(single(unknown, { size: { width: 720, height: 576 }, rate: rateOf("30") }))) as [XmlElement];
    expect(texts(clip, "file/media/video/samplecharacteristics/width", "file/rate/timebase", "file/rate/ntsc")).toEqual([
      "720",
      "15",
      "FALSE",
    ]);
    expect(texts(clip, "start", "end", "duration", "file/duration")).toEqual(["0", "20", "300", "150"]);
  });

  it("declares the nearest whole rate for media at a rate it cannot spell, with length and timecode in its frames", () => {
    const film = media("slow.mov", { rate: frameRate(25, 2), startTimecode: "01:00:00:00", duration: 1000 });
    const [clip] = pictures(one(single(film))) as [XmlElement];
    const rates = ["file/rate", "file/timecode/rate", "file/media/video/samplecharacteristics/rate"];
    for (const rate of rates) expect(texts(clip, `${rate}/timebase`, `${rate}/ntsc`)).toEqual(["13", "FALSE"]);
    // 1,000 frames at 12.5 are 80 s; the 46,800 frames before the first one 3,744 s.
    expect(texts(clip, "file/duration", "file/timecode/frame", "file/timecode/string")).toEqual(["1040", "48672", "01:02:24:00"]);
    expect(texts(clip, "in", "out", "duration")).toEqual(["0", "20", "2000"]);
  });

  it("begins the labels again at midnight when the declared rate counts past it", () => {
    const film = media("night.mov", { rate: frameRate(25, 2), startTimecode: "23:59:59:00" });
    const [clip] = pictures(one(single(film))) as [XmlElement];
    expect(texts(clip, "file/timecode/frame", "file/timecode/string")).toEqual(["44915", "00:57:35:00"]);
  });

  it("keeps clips inside files of any rate, and says the file's length to a frame", () => {
    const odd = fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 25 }));
    const rates = fc.oneof(
      fc.constantFrom(...timelineRates),
      odd.filter(([num, den]) => num > den).map(([num, den]) => frameRate(num, den)),
    );
    const times = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }));
    fc.assert(
      fc.property(
        fc.constantFrom(...timelineRates),
        rates,
        fc.integer({ min: 1, max: 1000 }),
        times,
        (rate, own, length, [a, b]) => {
          const found = record({
            a: [
              recordClip("Ada", [
                [0, 0.1],
                [Math.min(a, b), Math.max(a, b)],
              ]),
            ],
          });
          const known = facts({ a: { rate: own, duration: length } });
          fc.pre(length * own.den > own.num);
          const { plan: mapped } = mapToTimeline(found, known, { ...defaults, rate: { rate, countingGiven: true } });
          const clips = pictures(one(mapped));
          const [timebase, ntsc, duration] = texts(
            clips[0] as XmlElement,
            "file/rate/timebase",
            "file/rate/ntsc",
            "file/duration",
          );
          const declared = frameRate(Number(timebase) * (ntsc === "TRUE" ? 1000 : 1), ntsc === "TRUE" ? 1001 : 1);
          for (const clip of clips) {
            expect(compareTimes([Number(textAt(clip, "out")), rate], [Number(duration), declared])).toBeLessThanOrEqual(0);
          }
          expect(compareTimes([Number(duration), declared], [length, own])).toBeGreaterThanOrEqual(0);
          expect(compareTimes([Number(duration) - 1, declared], [length, own])).toBeLessThan(0);
        },
      ),
      { numRuns: sweep(40, 300) },
    );
  });

  it("holds for any plan: in and out as long as start and end, inside the file on the sequence's grid, markers inside clips", () => {
    const cut = fc.record({
      rate: fc.constantFrom(...timelineRates),
      from: fc.nat(5000),
      length: fc.integer({ min: 1, max: 500 }),
      gap: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.constantFrom(...timelineRates), fc.array(cut, { minLength: 1, maxLength: 5 }), (rate, cuts) => {
        const laid = cuts.map(({ rate: own, from, length, gap }, n) => {
          const film = media(`${n}.mov`, { rate: own, duration: 7000, audio: sound(n) });
          return {
            media: film,
            from,
            to: from + length,
            gap,
            people: [ada],
            points: [{ person: ada, frame: from + length - 1 }],
          };
        });
        const of: Timeline = timeline("t", [laid], { rate });
        const sequence = one(plan("p", of), "clip");
        for (const [index, item] of pictures(sequence).entries()) {
          const [start, end, from, to, duration] = texts(item, "start", "end", "in", "out", "duration").map(Number) as [
            number,
            number,
            number,
            number,
            number,
          ];
          const { recordRange } = of.tracks[0]?.clips[index] ?? { recordRange: { start: -1, end: -1 } };
          expect([start + of.start, end + of.start]).toEqual([recordRange.start, recordRange.end]);
          expect(to - from).toBe(end - start);
          expect(to).toBeLessThanOrEqual(duration);
          for (const marker of at(item, "marker").map((marker) => Number(textAt(marker, "in")))) {
            expect(from <= marker && marker < to).toBe(true);
          }
        }
        expect(textAt(sequence, "duration")).toBe(textAt(pictures(sequence).at(-1) as XmlElement, "end"));
      }),
      { numRuns: sweep(30, 200) },
    );
  });

  it("comes in pieces no larger than a clip or a marker", () => {
    const film = media("m.mov");
    const cuts = Array.from({ length: 500 }, (_, n) => ({
      media: film,
      from: n,
      to: n + 1,
      people: [ada],
      points: [{ person: ada, frame: n }],
    }));
    const chunks = chunksOf(plan("p", timeline("t", [cuts])));
    expect(chunks.filter((chunk) => chunk.includes("<clipitem"))).toHaveLength(1500);
    expect(chunks.filter((chunk) => chunk.includes("<marker>"))).toHaveLength(500);
    expect(Math.max(...chunks.map((chunk) => chunk.split(/<clipitem|<marker>/).length))).toBe(2);
  });
});
