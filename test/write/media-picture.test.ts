import { describe, expect, it } from "vitest";
import { given } from "../../src/model/given.js";
import type { MediaFacts, PixelAspect, Scan } from "../../src/model/media.js";
import { all, at, attribute, textAt, type XmlElement } from "../support/read-xml.js";
import { fcp7xml, fcpxml, film, pick, planOf } from "./written-media.js";

/** What the files say of the picture of media. */

/** The format of the one asset, and the file's characteristics in Final Cut Pro 7 XML. */
function pictureOf(one: MediaFacts) {
  const document = fcpxml(planOf(one));
  const [asset] = all(document, "asset");
  const format = all(document, "format").find((each) => attribute(each, "id") === asset?.attributes.format);
  const [file] = all(fcp7xml(planOf(one)), "file") as [XmlElement];
  return { format, file: at(file, "media/video/samplecharacteristics")[0] as XmlElement };
}

describe("scan", () => {
  const table: [Scan | undefined, string | undefined, string][] = [
    [undefined, undefined, "none"],
    ["progressive", undefined, "none"],
    ["upper", "upper first", "upper"],
    ["lower", "lower first", "lower"],
  ];
  it.each(table)("%s is fieldOrder %s and fielddominance %s", (scan, order, dominance) => {
    const { format, file } = pictureOf(film(given({ scan })));
    expect(pick(format, "fieldOrder", "paspH")).toEqual([order, undefined]);
    expect(textAt(file, "fielddominance")).toBe(dominance);
  });

  it("is one format less when it says nothing new", () => {
    const films = [undefined, "progressive", "upper", "upper", "lower"] as const;
    const document = fcpxml(planOf(...films.map((scan, n) => film(given({ scan }), `${n}.mov`))));
    expect(all(document, "format").map((format) => pick(format, "id", "fieldOrder"))).toEqual([
      ["r1", undefined],
      ["r2", "upper first"],
      ["r3", "lower first"],
    ]);
    expect(all(document, "asset").map((asset) => pick(asset, "id", "format"))).toEqual([
      ["r4", "r1"],
      ["r5", "r1"],
      ["r6", "r2"],
      ["r7", "r2"],
      ["r8", "r3"],
    ]);
    expect(at(document, "library/event/asset-clip").map((each) => attribute(each, "format"))).toEqual(
      all(document, "asset").map((asset) => attribute(asset, "format")),
    );
  });
});

describe("pixel aspect", () => {
  const hd = [1920, 1080];
  const [ntsc, pal] = [
    [720, 480],
    [720, 576],
  ];
  // The ratios of BT.601, those ffmpeg gives for DV, and those of MPEG-4 part 2.
  const table: [ratio: string, size: number[], word: string, anamorphic: string][] = [
    ["1:1", hd, "square", "FALSE"],
    ["10:11", ntsc, "NTSC-601", "FALSE"],
    ["8:9", ntsc, "NTSC-601", "FALSE"],
    ["40:33", ntsc, "NTSC-601", "TRUE"],
    ["32:27", ntsc, "NTSC-601", "TRUE"],
    ["59:54", pal, "PAL-601", "FALSE"],
    ["16:15", pal, "PAL-601", "FALSE"],
    ["12:11", pal, "PAL-601", "FALSE"],
    ["118:81", pal, "PAL-601", "TRUE"],
    ["64:45", pal, "PAL-601", "TRUE"],
    ["16:11", pal, "PAL-601", "TRUE"],
    ["4:3", [1440, 1080], "HD-(1440x1080)", "FALSE"],
    ["4:3", [960, 720], "HD-(960x720)", "FALSE"],
    ["4:3", hd, "HD-(1440x1080)", "FALSE"],
    ["3:2", [1280, 1080], "HD-(1280x1080)", "FALSE"],
    // No word: the nearest.
    ["2:1", [2880, 2160], "HD-(1280x1080)", "FALSE"],
    ["101:100", hd, "square", "FALSE"],
    ["3:4", [1080, 1440], "NTSC-601", "FALSE"],
  ];
  it.each(table)("%s at %j is %s, anamorphic %s", (ratio, [width, height], word, anamorphic) => {
    const [num, den] = ratio.split(":").map(Number) as [number, number];
    const size = { width: width as number, height: height as number };
    const { format, file } = pictureOf(film({ size, pixelAspect: { num, den } }));
    expect(pick(format, "width", "height", "paspH", "paspV")).toEqual([
      `${width}`,
      `${height}`,
      ...(ratio === "1:1" ? [undefined, undefined] : [`${num}`, `${den}`]),
    ]);
    expect(["width", "height", "pixelaspectratio", "anamorphic"].map((name) => textAt(file, name))).toEqual([
      `${width}`,
      `${height}`,
      word,
      anamorphic,
    ]);
  });

  it("and scan are the media's, never the timeline's", () => {
    const pixelAspect: PixelAspect = { num: 4, den: 3 };
    const of = planOf(film({ size: { width: 1920, height: 1080 }, scan: "upper", pixelAspect }));
    const document = fcpxml(of);
    const [sequence] = all(document, "sequence");
    const [format] = all(document, "format").filter((each) => attribute(each, "id") === sequence?.attributes.format);
    expect(format?.attributes).toEqual({ id: "r1", frameDuration: "100/2500s", width: "1920", height: "1080" });
    const shape = at(fcp7xml(of), "sequence/media/video/format/samplecharacteristics")[0] as XmlElement;
    expect(["fielddominance", "pixelaspectratio", "anamorphic"].map((name) => textAt(shape, name))).toEqual([
      "none",
      "square",
      "FALSE",
    ]);
  });
});
