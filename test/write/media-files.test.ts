import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { gatherMediaFacts } from "../../src/media/media-facts.js";
import { readMediaMap } from "../../src/media/media-map.js";
import { fileUrl, locationUrl } from "../../src/media/media-url.js";
import { type MediaFacts, mediaUses } from "../../src/model/media.js";
import { writers } from "../../src/write/writers.js";
import { folderOf } from "../fetch/record-fixture.js";
import { all, at, attribute, type XmlElement } from "../support/read-xml.js";
import { clip, record } from "../support/records.js";
import { fcp7xml, fcpxml, film, type Json, otio, pick, planOf, texts, written } from "./written-media.js";

/** Which files the timelines point to, where they are, and what they are called on tape. */

describe("original and proxy", () => {
  const [url, otherUrl] = ["file:///masters/m.mov", "file:///proxies/m.mp4"];

  it.each(mediaUses)("are both there when clips point to the %s, that one first", (use) => {
    const other = use === "original" ? "proxy" : "original";
    const of = planOf(film({ url, use, otherUrl, startTimecode: "10:00:00:00" }));
    expect(all(fcpxml(of), "media-rep").map((rep) => pick(rep, "kind", "src"))).toEqual([
      [`${use}-media`, url],
      [`${other}-media`, otherUrl],
    ]);
    const [item] = otio(of).tracks.children[0].children;
    expect(Object.entries(item.media_references).map(([key, one]: Json) => [key, one.target_url])).toEqual([
      ["DEFAULT_MEDIA", url],
      [other, otherUrl],
    ]);
    expect(item.active_media_reference_key).toBe("DEFAULT_MEDIA");
    expect(item.media_references[other].available_range).toEqual(item.media_references.DEFAULT_MEDIA.available_range);
    expect(item.media_references[other].available_range.start_time.value).toBe(900_000);
    expect(texts(fcp7xml(of), "sequence/media/video/track/clipitem/file/pathurl")).toEqual(["file://localhost/masters/m.mov"]);
  });

  it.each(mediaUses)("are one when only the %s is known", (use) => {
    const of = planOf(film({ url, use }));
    expect(all(fcpxml(of), "media-rep").map((rep) => pick(rep, "kind", "src"))).toEqual([[`${use}-media`, url]]);
    expect(Object.keys(otio(of).tracks.children[0].children[0].media_references)).toEqual(["DEFAULT_MEDIA"]);
  });

  it.each([
    ["original", "CAM1.mxf"],
    ["proxy", "CAM1_proxy.mp4"],
  ] as const)("give an EDL the name of the file it is to conform to: --use %s", async (use, name) => {
    const csv = "media,original,proxy,rate\na1,/masters/CAM1.mxf,/proxies/CAM1_proxy.mp4,25\n";
    const map = await readMediaMap(join(await folderOf({ "media.csv": csv }), "media.csv"));
    const { facts } = gatherMediaFacts(record({ a1: [clip("Ada", [[0, 1]])] }), map, { use });
    const text = written("edl", planOf(facts.get("a1") as MediaFacts));
    expect(text.split("\r\n").filter((line) => line.startsWith("* FROM CLIP NAME"))).toEqual([`* FROM CLIP NAME: ${name}`]);
  });
});

describe("a reel", () => {
  const reel = "Tape 12/卷";
  const of = planOf(film({ reel }));

  it("is metadata of the asset in FCPXML, behind its files", () => {
    const [asset] = all(fcpxml(of), "asset") as [XmlElement];
    expect(asset.children.map(({ name }) => name)).toEqual(["media-rep", "metadata"]);
    expect(at(asset, "metadata/md").map((md) => md.attributes)).toEqual([
      { key: "com.apple.proapps.studio.reel", value: reel, editable: "1" },
    ]);
  });

  it("is the timecode's in Final Cut Pro 7 XML, and only the file's", () => {
    const document = fcp7xml(of);
    expect(texts(document, "sequence/media/video/track/clipitem/file/timecode/reel/name")).toEqual([reel]);
    expect(all(document, "reel")).toHaveLength(1);
  });

  it("is in OpenTimelineIO as an edit list spells it, and as it was given", () => {
    const [item] = otio(of).tracks.children[0].children;
    expect(item.metadata.cmx_3600).toEqual({ reel: of.media[0]?.reel });
    expect(item.media_references.DEFAULT_MEDIA.metadata.facecut.reel).toBe(reel);
  });

  it("is nowhere when nobody gives one, but in an edit list", () => {
    const none = planOf(film());
    expect(written("fcpxml", none)).not.toMatch(/metadata|reel/);
    expect(written("fcp7xml", none)).not.toContain("reel");
    expect(written("otio", none)).not.toMatch(/cmx_3600|reel/);
    expect(written("edl", none)).toContain("  REEL1 ");
  });
});

describe("the place of a file", () => {
  // Every character RFC 3986 reserves, and what names hold besides; `é` composed.
  const reserved = ":?#[]@!$&'()*+,;=%\"<>\\^`{|}~ -._";
  const encoded = "%3A%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%25%22%3C%3E%5C%5E%60%7B%7C%7D~%20-._";
  const table: [path: string, url: string, fcp7: string][] = [
    ["/Volumes/Media/a b.mov", "file:///Volumes/Media/a%20b.mov", "file://localhost/Volumes/Media/a%20b.mov"],
    [`/m/${reserved}.mov`, `file:///m/${encoded}.mov`, `file://localhost/m/${encoded}.mov`],
    [
      "/素材/采访 😀 \u00e9.mov",
      "file:///%E7%B4%A0%E6%9D%90/%E9%87%87%E8%AE%BF%20%F0%9F%98%80%20%C3%A9.mov",
      "file://localhost/%E7%B4%A0%E6%9D%90/%E9%87%87%E8%AE%BF%20%F0%9F%98%80%20%C3%A9.mov",
    ],
    ["C:\\素材\\a&b.mov", "file:///C:/%E7%B4%A0%E6%9D%90/a%26b.mov", "file://localhost/C%3a/%E7%B4%A0%E6%9D%90/a%26b.mov"],
    ["d:/x/y.mov", "file:///d:/x/y.mov", "file://localhost/d%3a/x/y.mov"],
    ["\\\\nas\\Media\\a (1).mov", "file://nas/Media/a%20%281%29.mov", "file://nas/Media/a%20%281%29.mov"],
  ];
  const places = (url: string) => {
    const of = planOf(film({ url }));
    return {
      fcpxml: all(fcpxml(of), "media-rep").map((rep) => attribute(rep, "src")),
      otio: [otio(of).tracks.children[0].children[0].media_references.DEFAULT_MEDIA.target_url],
      fcp7xml: all(fcp7xml(of), "pathurl").map(({ text }) => text),
    };
  };

  it.each(table)("%s is a URL, percent-encoded, in each format's form", (path, url, fcp7) => {
    expect(places(fileUrl(path))).toEqual({ fcpxml: [url], otio: [url], fcp7xml: [fcp7] });
  });

  it.each([
    ["file://localhost/m/a%20b.mov", "file:///m/a%20b.mov", "file://localhost/m/a%20b.mov"],
    ["file://localhost/C%3a/a.mov", "file:///C:/a.mov", "file://localhost/C%3a/a.mov"],
    ["file://LOCALHOST/C:/a.mov", "file:///C:/a.mov", "file://localhost/C%3a/a.mov"],
    ["file://localhost.example/a.mov", "file://localhost.example/a.mov", "file://localhost.example/a.mov"],
  ])("%s, as a media map may say, has no host in FCPXML and localhost in Final Cut Pro 7 XML", (location, url, fcp7) => {
    const { fcpxml, fcp7xml } = places(locationUrl(location));
    expect({ fcpxml, fcp7xml }).toEqual({ fcpxml: [url], fcp7xml: [fcp7] });
  });

  it("is the service's URL, without its query, when no file is known", () => {
    const url = "https://bucket.oss-cn-shanghai.aliyuncs.com/masters/a%20%26%20b.mp4";
    expect(places(locationUrl(`${url}?Expires=1&Signature=x`))).toEqual({ fcpxml: [url], otio: [url], fcp7xml: [url] });
  });
});

describe("what a format leaves out", () => {
  it.each([
    ["edl", ["sound", "proxies", "scan", "pixel shape", "size"]],
    ["fcp7xml", ["proxy", "pixel shapes"]],
    ["otio", ["frame size", "scan", "pixel shape"]],
    ["fcpxml", ["marker colours", "channels"]],
  ] as const)("%s says so", (format, words) => {
    const text = writers[format].leavesOut.join("; ");
    expect(words.filter((word) => !text.includes(word))).toEqual([]);
  });
});
