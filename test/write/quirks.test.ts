import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/model/timeline.js";
import { frameRate } from "../../src/time/frame-rate.js";
import { type DialectChoices, dialectGroups, dialectOf, quirksOf } from "../../src/write/dialect.js";
import type { FormatId } from "../../src/write/writer.js";
import { writers } from "../../src/write/writers.js";
import { media, person, plan, plans, rateOf, sound, timeline } from "../support/plans.js";
import { all, at, attribute, readXml, textAt, type XmlElement } from "../support/read-xml.js";

/** Each row of the quirk table has a test of its name, which shows what every value of it writes. */

const ada = person("Ada Lovelace", "MAGENTA");
const cut = { media: media("A 01 (x).mov"), from: 0, to: 10, people: [ada], points: [{ person: ada, frame: 4 }] };
const simple = plan("Ada", timeline("Ada", [[cut]]));
const twoPeople = plans.twoPeople25();

function files(format: FormatId, of: Plan, choices: DialectChoices): string[] {
  const names = of.timelines.map((_, i) => `cut-${i + 1}`);
  return writers[format].write(of, names, dialectOf(choices)).map(({ chunks }) => [...chunks].join(""));
}

function only(format: FormatId, of: Plan, choices: DialectChoices): string {
  const [text, ...others] = files(format, of, choices);
  expect(others).toEqual([]);
  return text as string;
}

// biome-ignore lint/suspicious/noExplicitAny: OTIO's tree is looked into freely
type Json = any;

const otio = (of: Plan, choices: DialectChoices): Json => JSON.parse(only("otio", of, choices));
const xml = (format: "fcpxml" | "fcp7xml", of: Plan, choices: DialectChoices) => readXml(only(format, of, choices));
const picture = (document: Json) => document.tracks.children[0].children[0];
const soundTracks = (document: Json) => document.tracks.children.filter(({ kind }: Json) => kind === "Audio");
const names = (elements: readonly XmlElement[]) => elements.map((element) => attribute(element, "value"));

const cases: Record<string, () => void> = {
  "markerPlace.otio": () => {
    const places = (place: "clip" | "timeline") => {
      const document = otio(simple, { markerPlace: { otio: place } });
      return [document.tracks.markers.length, picture(document).markers.length];
    };
    expect([places("clip"), places("timeline")]).toEqual([
      [0, 1],
      [1, 0],
    ]);
  },
  "markerPlace.fcp7xml": () => {
    const parents = (place: "clip" | "timeline") => {
      const [sequence] = all(xml("fcp7xml", simple, { markerPlace: { fcp7xml: place } }), "sequence") as [XmlElement];
      return [at(sequence, "marker").length, at(sequence, "media/video/track/clipitem/marker").length];
    };
    expect([parents("timeline"), parents("clip")]).toEqual([
      [1, 0],
      [0, 1],
    ]);
  },
  "sameFrame.otio": () => {
    const shown = (sameFrame: "apart" | "joined") => {
      const { children } = otio(twoPeople, { sameFrame: { otio: sameFrame } }).tracks.children[0];
      return children[1].markers.map(({ name, comment, color }: Json) => [name, comment, color]);
    };
    expect(shown("joined")).toEqual([["Ada Lovelace + 王小明", "score 0.91 | score 0.83", "GREEN"]]);
    expect(shown("apart")).toEqual([
      ["Ada Lovelace", "score 0.91", "GREEN"],
      ["王小明", "score 0.83", "CYAN"],
    ]);
  },
  "sameFrame.fcpxml": () => {
    const shown = (fcpxml: "apart" | "joined") => names(all(xml("fcpxml", twoPeople, { sameFrame: { fcpxml } }), "marker"));
    expect(shown("joined")).toEqual(["Ada Lovelace", "Ada Lovelace + 王小明"]);
    expect(shown("apart")).toEqual(["Ada Lovelace", "Ada Lovelace", "王小明"]);
  },
  "sameFrame.fcp7xml": () => {
    const shown = (fcp7xml: "apart" | "joined") =>
      all(xml("fcp7xml", twoPeople, { sameFrame: { fcp7xml } }), "marker").map((marker) => textAt(marker, "name"));
    expect(shown("joined")).toEqual(["Ada Lovelace", "Ada Lovelace + 王小明"]);
    expect(shown("apart")).toEqual(["Ada Lovelace", "Ada Lovelace", "王小明"]);
  },
  "otio.links": () => {
    const metadata = (links: "both" | "groups" | "ids") => {
      const document = otio(simple, { otio: { links } });
      const [heard] = soundTracks(document)[0].children;
      return [picture(document), heard, soundTracks(document)[0]].map(({ metadata: { facecut: _, ...others } }) => others);
    };
    const channels = [0, 1].map((channel) => ({ "Source Channel ID": channel, "Source Track ID": 0 }));
    const [group, id] = [{ "Link Group ID": 1 }, { PremierePro_OTIO: { LinkID: "1" } }];
    const stereo = { Resolve_OTIO: { "Audio Type": "Stereo" } };
    expect(metadata("both")).toEqual([
      { Resolve_OTIO: group, ...id },
      { Resolve_OTIO: { ...group, Channels: channels }, ...id },
      stereo,
    ]);
    expect(metadata("groups")).toEqual([{ Resolve_OTIO: group }, { Resolve_OTIO: { ...group, Channels: channels } }, stereo]);
    expect(metadata("ids")).toEqual([id, id, {}]);
  },
  "otio.notes": () => {
    const metadata = (notes: boolean) => picture(otio(simple, { otio: { notes } })).markers[0].metadata.Resolve_OTIO;
    expect([metadata(true), metadata(false)]).toEqual([{ Note: "score 0.99 · Calm" }, undefined]);
  },
  "otio.sequenceFormat": () => {
    const made = otio(simple, { otio: { sequenceFormat: true, links: "ids" } });
    expect(made.metadata).toEqual({ PremierePro_OTIO: { MetadataVersion: "1.0" } });
    expect(made.tracks.metadata.PremierePro_OTIO).toEqual({
      AudioFrameRate: 48000,
      PixelAspectRatio: { denominator: 1, numerator: 1 },
      VideoFrameRate: 25,
      VideoResolution: { height: 1080, width: 1920 },
    });
    const audio = { AudioChannels: { ChannelType: "Stereo", NumberOfChannels: 2 } };
    expect(soundTracks(made)[0].metadata).toEqual({ PremierePro_OTIO: audio });
    expect([otio(simple, {}).metadata, otio(simple, {}).tracks.metadata]).toEqual([{}, {}]);
  },
  "otio.paths": () => {
    const target = (url: string, paths: "url" | "plain") => {
      const film = media("a.mov", { url });
      return picture(otio(plan("p", timeline("t", [[{ ...cut, media: film }]])), { otio: { paths } })).media_references
        .DEFAULT_MEDIA.target_url;
    };
    expect(target("file:///media/a%20%23%E7%8E%8B.mov", "url")).toBe("file:///media/a%20%23%E7%8E%8B.mov");
    const plain: readonly (readonly [url: string, path: string])[] = [
      ["file:///media/a%20%23%E7%8E%8B.mov", "/media/a #王.mov"],
      ["file://localhost/media/a.mov", "/media/a.mov"],
      ["file:///C:/My%20Media/a.mov", "C:\\My Media\\a.mov"],
      ["file://server/share/a%20b.mov", "\\\\server\\share\\a b.mov"],
      ["file:///media/a%2520b.mov", "/media/a%20b.mov"],
      ["file:///media/100%.mov", "/media/100%.mov"],
      ["a%20b.mov", "a b.mov"],
      ["https://example.com/a%20b.mov", "https://example.com/a%20b.mov"],
    ];
    for (const [url, path] of plain) expect(target(url, "plain")).toBe(path);
  },
  "otio.secondRange": () => {
    const marker = (secondRange: boolean) => picture(otio(simple, { otio: { secondRange } })).markers[0];
    expect(marker(true).range).toEqual(marker(true).marked_range);
    expect(marker(false)).not.toHaveProperty("range");
  },
  "fcpxml.version": () => {
    const film = media("slow.mov", { rate: frameRate(120000, 1001) });
    const fast = plan("p", timeline("t", [[{ ...cut, media: film }]]));
    const shown = (["1.9", "1.10", "1.11", "1.12", "1.13"] as const).map((version) => {
      const document = xml("fcpxml", fast, { fcpxml: { version } });
      return [attribute(document, "version"), ...all(document, "conform-rate").map((rate) => attribute(rate, "srcFrameRate"))];
    });
    expect(shown).toEqual([["1.9"], ["1.10"], ["1.11"], ["1.12"], ["1.13", "119.88"]]);
  },
  "fcpxml.root": () => {
    const children = (root: "library" | "event") => xml("fcpxml", simple, { fcpxml: { root } }).children.map(({ name }) => name);
    expect([children("library"), children("event")]).toEqual([
      ["resources", "library"],
      ["resources", "event"],
    ]);
  },
  "fcpxml.urlDelimiters": () => {
    const film = media("a.mov", { url: "file:///m/A&B(1)'%2C%20%23.mov" });
    const source = (urlDelimiters: "escaped" | "plain") =>
      attribute(
        all(
          xml("fcpxml", plan("p", timeline("t", [[{ ...cut, media: film }]])), { fcpxml: { urlDelimiters } }),
          "media-rep",
        )[0] as XmlElement,
        "src",
      );
    expect(source("escaped")).toBe("file:///m/A%26B%281%29%27%2C%20%23.mov");
    expect(source("plain")).toBe("file:///m/A&B(1)',%20%23.mov");
  },
  "fcpxml.assetNames": () => {
    const name = (assetNames: "file" | "stem") =>
      attribute(all(xml("fcpxml", simple, { fcpxml: { assetNames } }), "asset")[0] as XmlElement, "name");
    expect([name("file"), name("stem")]).toEqual(["A 01 (x).mov", "A 01 (x)"]);
  },
  "fcpxml.browserClips": () => {
    const count = (browserClips: boolean) =>
      at(xml("fcpxml", simple, { fcpxml: { browserClips } }), "library/event/asset-clip").length;
    expect([count(true), count(false)]).toEqual([1, 0]);
  },
  "fcpxml.keywordCollections": () => {
    const count = (keywordCollections: boolean) =>
      all(xml("fcpxml", twoPeople, { fcpxml: { keywordCollections } }), "keyword-collection").length;
    expect([count(true), count(false)]).toEqual([2, 0]);
  },
  "fcpxml.roles": () => {
    const doctor = person("Dr. Ada");
    const of = plan("p", timeline("t", [[{ ...cut, people: [doctor], points: [] }]]));
    const roles = (value: "dialogue" | "people" | "none") => {
      const [clip] = all(all(xml("fcpxml", of, { fcpxml: { roles: value } }), "spine")[0] as XmlElement, "asset-clip");
      return ["audioRole", "videoRole"].map((name) => attribute(clip as XmlElement, name));
    };
    expect([roles("dialogue"), roles("people"), roles("none")]).toEqual([
      ["dialogue", undefined],
      ["dialogue", "Dr  Ada"],
      [undefined, undefined],
    ]);
  },
  "edl.form": () => {
    const many = Array.from({ length: 1001 }, () => ({ ...cut, from: 0, to: 1, points: [] }));
    const long = plan("p", timeline("t", [many]));
    const [first, second, ...others] = files("edl", long, {});
    expect([first, second].map((text) => text?.match(/^\d{3} {2}/gm)?.length)).toEqual([999, 2]);
    expect(others).toEqual([]);
    expect(only("edl", long, { edl: { form: "file_32" } })).toMatch(/^001001 {2}REEL1 {27} V {5}C {8}\d\d:/m);
    const wide = only("edl", simple, { edl: { form: "file_32" } });
    expect(wide.split("\r\n").slice(4, 7)).toEqual([
      "*FROM CLIP NAME: A 01 (x).mov",
      "*COMMENT: Ada Lovelace",
      "*LOC: 01:00:00:04 Magenta Ada Lovelace · score 0.99 · Calm",
    ]);
  },
  "edl.reel": () => {
    const reels = (reel: "short" | "long" | "file", ...fileNames: string[]) => {
      const films = fileNames.map((name, i) => ({ ...cut, media: media(name, { mediaId: `id-${i}` }) }));
      const text = only("edl", plan("p", timeline("t", [films])), { edl: { reel } });
      return [...text.matchAll(/^\d{3} {2}(\S+)/gm)].map(([, name]) => name);
    };
    expect(reels("short", "Interview Ada.mov")).toEqual(["REEL1"]);
    expect(reels("long", "Interview-Ada 1.mov", "王.mov")).toEqual(["INTERVIEWADA1", "REEL2"]);
    expect(reels("long", "Ada.mov", "Ada.mp4", "bl.mov")).toEqual(["ADA_REEL1", "ADA_REEL2", "BL_REEL3"]);
    expect(reels("long", `${"x".repeat(40)}.mov`)).toEqual(["X".repeat(32)]);
    expect(reels("file", "Interview Ada.mov", "INTERVIEW ADA.mov", "王 1.mov")).toEqual([
      "InterviewAda.mov_REEL1",
      "INTERVIEWADA.mov_REEL2",
      "王1.mov",
    ]);
  },
  "edl.mixedRates": () => {
    const mixed = plans.mixed24In25();
    expect(files("edl", mixed, { edl: { mixedRates: "real_time" } })).toHaveLength(1);
    expect(files("edl", mixed, { edl: { mixedRates: "leave_out" } })).toEqual([]);
    const ntsc = plan(
      "p",
      timeline("t", [[{ ...cut, media: media("n.mov", { rate: rateOf("30") }) }]], { rate: rateOf("29.97ndf") }),
    );
    expect(files("edl", ntsc, { edl: { mixedRates: "leave_out" } })).toHaveLength(1);
  },
  "edl.sourceFile": () => {
    const has = (sourceFile: boolean) => only("edl", simple, { edl: { sourceFile } }).includes("* SOURCE FILE: A 01 (x).mov\r\n");
    expect([has(true), has(false)]).toEqual([true, false]);
  },
  "edl.locators": () => {
    const has = (locators: boolean) => only("edl", simple, { edl: { locators } }).includes("* LOC:");
    expect([has(true), has(false)]).toEqual([true, false]);
  },
  "edl.lineEnd": () => {
    const crlf = only("edl", simple, { edl: { lineEnd: "crlf" } });
    expect(crlf.match(/\r\n/g)?.length).toBe(crlf.match(/\n/g)?.length);
    expect(only("edl", simple, { edl: { lineEnd: "lf" } })).toBe(crlf.replaceAll("\r", ""));
  },
  "fcp7xml.stereo": () => {
    const film = (name: string, ...streams: number[]) => ({
      ...cut,
      media: media(name, { audio: sound(...streams) }),
      points: [],
    });
    const of = plan("p", timeline("t", [[film("a.mov", 2), film("b.mov", 1, 2), film("c.mov", 6), film("d.mov", 1)]]));
    const tracks = (stereo: "channels" | "pairs") =>
      all(xml("fcp7xml", of, { fcp7xml: { stereo } }), "audio")
        .flatMap((audio) => at(audio, "track"))
        .map((track) =>
          [
            `${attribute(track, "premiereTrackType")} ${attribute(track, "currentExplodedTrackIndex")}/${attribute(track, "totalExplodedTrackCount")}:`,
            ...at(track, "clipitem").map(
              (item) =>
                `${textAt(item, "name")[0]}${textAt(item, "sourcetrack/trackindex")}${attribute(item, "premiereChannelType")?.[0] ?? ""}`,
            ),
          ].join(" "),
        );
    expect(tracks("channels")).toEqual([
      "undefined undefined/undefined: a1 b1 c1 d1",
      "undefined undefined/undefined: a2 b2 c2",
      "undefined undefined/undefined: b3 c3",
      "undefined undefined/undefined: c4",
      "undefined undefined/undefined: c5",
      "undefined undefined/undefined: c6",
    ]);
    expect(tracks("pairs")).toEqual([
      "Stereo 0/2: a1s b2s",
      "Stereo 1/2: a1s b2s",
      "Mono 0/1: b1m c1m d1m",
      "Mono 0/1: c2m",
      "Mono 0/1: c3m",
      "Mono 0/1: c4m",
      "Mono 0/1: c5m",
      "Mono 0/1: c6m",
    ]);
  },
  "fcp7xml.scaleToFit": () => {
    const scales = (size: { width: number; height: number } | undefined, pixelAspect?: { num: number; den: number }) => {
      const { size: _, ...unsized } = media("a.mov", pixelAspect === undefined ? {} : { pixelAspect });
      const film = size === undefined ? unsized : { ...unsized, size };
      const document = xml("fcp7xml", plan("p", timeline("t", [[{ ...cut, media: film }]])), { fcp7xml: { scaleToFit: true } });
      return all(document, "parameter").map((parameter) => `${textAt(parameter, "parameterid")} ${textAt(parameter, "value")}`);
    };
    expect(scales({ width: 3840, height: 2160 })).toEqual(["scale 50"]);
    expect(scales({ width: 1280, height: 720 })).toEqual(["scale 150"]);
    expect(scales({ width: 4096, height: 2160 })).toEqual(["scale 46.875"]);
    expect(scales({ width: 1080, height: 1920 })).toEqual(["scale 56.25"]);
    expect(scales({ width: 3000, height: 2000 })).toEqual(["scale 54"]);
    expect(scales({ width: 7, height: 7 })).toEqual(["scale 15428.5714"]);
    // 1440 columns of 4:3 are as wide as 1920 square ones.
    expect(scales({ width: 1440, height: 1080 }, { num: 4, den: 3 })).toEqual([]);
    expect(scales({ width: 1920, height: 1080 })).toEqual([]);
    expect(scales(undefined)).toEqual([]);
    expect(only("fcp7xml", plans.mixed24In25(), {})).not.toContain("<filter>");
  },
  "fcp7xml.pproColours": () => {
    const has = (pproColours: boolean) =>
      only("fcp7xml", simple, { fcp7xml: { pproColours } }).includes("<pproColor>4289825711</pproColor>");
    expect([has(true), has(false)]).toEqual([true, false]);
  },
  "fcp7xml.labels": () => {
    const has = (labels: boolean) => only("fcp7xml", simple, { fcp7xml: { labels } }).includes("<label2>Violet</label2>");
    expect([has(true), has(false)]).toEqual([true, false]);
  },
};

describe("the quirk table", () => {
  it("has a test for each row, and no test without one", () => {
    const rows = dialectGroups.flatMap((group) => Object.keys(quirksOf(group)).map((key) => `${group}.${key}`));
    expect(Object.keys(cases).sort()).toEqual(rows.sort());
  });

  it.each(
    dialectGroups.flatMap((group) => Object.entries(quirksOf(group)).map(([key, row]) => [`${group}.${key}`, row] as const)),
  )(
    "%s says what it decides, for whom, what happens without it, and who says so",
    (_, { values, decides, programs, without, source }) => {
      expect(values.length).toBeGreaterThan(1);
      for (const text of [decides, programs, without, source]) expect(text.length).toBeGreaterThan(3);
    },
  );

  it.each(Object.entries(cases))("%s", (_, shows) => {
    expect.hasAssertions();
    shows();
  });

  it("what a template leaves out is at its default", () => {
    expect(dialectOf({ fcpxml: { version: "1.9" } })).toEqual({
      ...dialectOf(),
      fcpxml: { ...dialectOf().fcpxml, version: "1.9" },
    });
  });
});
