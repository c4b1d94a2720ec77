import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/model/timeline.js";
import { differenceText } from "../../src/verify/difference.js";
import { verifyFormat } from "../../src/verify/verify.js";
import { verifyCompanion } from "../../src/verify/verify-companion.js";
import { verifyFiles } from "../../src/verify/verify-files.js";
import type { WrittenFile } from "../../src/verify/written-file.js";
import { companions } from "../../src/write/companions.js";
import { dialectOf } from "../../src/write/dialect.js";
import { type FormatId, formatIds } from "../../src/write/writer.js";
import { writers } from "../../src/write/writers.js";
import { media, person, plan, plans, timeline } from "../support/plans.js";

/** Differences a written file could have, each told as what it is. */

const dialect = dialectOf({ markerPlace: { otio: "timeline", fcp7xml: "clip" } });
const ada = person("Ada");

interface Written {
  readonly name: string;
  readonly text: string;
}

function written(format: FormatId, of: Plan): Written[] {
  const names = of.timelines.map((_, i) => `cut-${i + 1}`);
  return writers[format].write(of, names, dialect).map(({ name, chunks }) => ({ name, text: [...chunks].join("") }));
}

function told(format: FormatId, of: Plan, files: readonly WrittenFile[]): string[] {
  return verifyFormat(format, of, dialect, files).map(differenceText);
}

/** What is told of a plan's files once this was done to the text of each. */
function toldOf(format: FormatId, of: Plan, edit: (text: string) => string = (text) => text): string[] {
  const files = written(format, of).map(({ name, text }) => ({ name, chunks: [edit(text)] }));
  return told(format, of, files);
}

describe("another number of files", () => {
  it.each(formatIds)("of %s is told: none, and one too many", (format) => {
    const of = plans.twoPeople25();
    const [{ name, text }] = written(format, of) as [Written];
    const file = { name, chunks: [text] };
    expect(told(format, of, [file])).toEqual([]);
    expect(told(format, of, [])).toEqual(["number of files is 0, not 1"]);
    expect(told(format, of, [file, file])).toEqual(["number of files is 2, not 1"]);
  });

  it("of a companion is told", () => {
    const of = plans.twoPeople25();
    const [list] = companions["timeline-markers"].write(of, ["cut"]) as [WrittenFile];
    const found = (...files: WrittenFile[]) => verifyCompanion("timeline-markers", of, files).map(differenceText);
    expect(found(list)).toEqual([]);
    expect(found()).toEqual(["number of files is 0, not 1"]);
    expect(found(list, list)).toEqual(["number of files is 2, not 1"]);
  });

  it("a marker less in a companion is told", () => {
    const of = plans.twoPeople25();
    const [list] = companions["timeline-markers"].write(of, ["cut"]) as [WrittenFile];
    const text = [...list.chunks].join("");
    const shorter = text.slice(0, text.lastIndexOf("\r\n002"));
    const [first] = verifyCompanion("timeline-markers", of, [{ name: "cut", chunks: [shorter] }]).map(differenceText);
    expect(first).toBe("number of markers is 1, not 2");
  });
});

describe("clips that begin together on two tracks", () => {
  const cut = (name: string) => ({ media: media(name), from: 0, to: 10, people: [ada] });
  const together = plan("Both", timeline("Both", [[cut("lower.mov")], [cut("upper.mov")]]));

  it.each(["otio", "fcpxml", "fcp7xml", "csv"] as const)("hold the plan in %s, and not the other way round", (format) => {
    expect(toldOf(format, together)).toEqual([]);
    const swapped = (text: string) => text.replace(/lower|upper/g, (word) => (word === "lower" ? "upper" : "lower"));
    expect(toldOf(format, together, swapped)).not.toEqual([]);
  });

  it("make no edit list", () => {
    expect(written("edl", together)).toEqual([]);
    expect(toldOf("edl", together)).toEqual([]);
  });
});

describe("FCP7 XML", () => {
  const sounds = plans.soundKinds();
  const toldOfSounds = (edit: (text: string) => string) => toldOf("fcp7xml", sounds, edit);

  it("a picture without an id is linked with no sound", () => {
    expect(toldOfSounds((text) => text.replace('<clipitem id="clipitem-2">', "<clipitem>"))).toEqual([
      "links is clipitem-2 video 1 2, clipitem-2-a1 audio 1 1 1, not ",
    ]);
  });

  it("sound without links belongs to no picture", () => {
    const bare = (text: string) =>
      text.replace(/(<clipitem id="clipitem-2-a1"[\s\S]*?)(<link>[\s\S]*?<\/link>\s*)+(?=<\/clipitem>)/, "$1");
    expect(toldOfSounds(bare)).toContainEqual(expect.stringMatching(/number of sound clips linked to it is 0, not 1$/));
  });

  it("a picture that shows nothing of its media is told once, and its sound not compared with it", () => {
    const pictureOnly = (text: string) =>
      text.replace(/(<clipitem id="clipitem-2">[\s\S]*?)<in>\d+<\/in>\s*<out>\d+<\/out>/, "$1");
    const differences = toldOfSounds(pictureOnly);
    expect(differences).toContainEqual(expect.stringMatching(/source in is nothing, not 10$/));
    expect(differences.filter((text) => /sound 1: source/.test(text))).toEqual([]);
  });

  it("a clip without a file is told", () => {
    const without = (text: string) => text.replace(/<file id="file-1">[\s\S]*?<\/file>/, "");
    expect(toldOf("fcp7xml", plans.gaps(), without)).toContainEqual(expect.stringMatching(/media is nothing, not a media file$/));
  });

  it("a file that is described twice is told", () => {
    const twice = (text: string) => {
      const [whole] = /<file id="file-1">[\s\S]*?<\/file>/.exec(text) as RegExpExecArray;
      return text.replace('<file id="file-1"/>', whole);
    };
    expect(toldOf("fcp7xml", plans.twoPeople25(), twice)).toEqual(["number of descriptions of media is 2, not 1"]);
  });
});

describe("OTIO", () => {
  const marker = /\{ "OTIO_SCHEMA": "Marker\.2".*\}/;

  it("a marker more on the timeline is told", () => {
    expect(toldOf("otio", plans.twoPeople25(), (text) => text.replace(marker, "$&,\n$&"))).toContain(
      "number of markers is 4, not 3",
    );
  });

  it("of very many differences a thousand are told", () => {
    const film = media("long.mov", { duration: 3000 });
    const points = Array.from({ length: 1500 }, (_, frame) => ({ person: ada, frame }));
    const many = plan("Many", timeline("Many", [[{ media: film, from: 0, to: 2000, people: [ada], points }]]));
    expect(toldOf("otio", many, (text) => text.replaceAll('"comment": "', '"comment": "x'))).toHaveLength(1000);
  });

  it.each([
    ["file:///C:/media/a%20b.mov", "C:\\\\media\\\\a b.mov"],
    ["file://server/share/a.mov", "\\\\\\\\server\\\\share\\\\a.mov"],
    ["file:///media/100%.mov", "/media/100%.mov"],
    ["file:///media/a%20b.mov", "/media/a b.mov"],
    ["https://h/media/a%20b.mov", "https://h/media/a%20b.mov"],
  ])("%s is %s where paths are plain", (url, path) => {
    const plain = dialectOf({ otio: { paths: "plain" } });
    const of = plan("P", timeline("P", [[{ media: media("a.mov", { url }), from: 0, to: 10, people: [ada] }]]));
    const [file] = writers.otio.write(of, ["cut"], plain);
    const text = [...(file?.chunks ?? [])].join("");
    expect(text).toContain(`"target_url": "${path}"`);
    expect(verifyFormat("otio", of, plain, [{ name: "cut", chunks: [text] }])).toEqual([]);
    const other = text.replace(`"target_url": "${path}"`, `"target_url": "x${path}"`);
    expect(verifyFormat("otio", of, plain, [{ name: "cut", chunks: [other] }]).map(differenceText)).toContainEqual(
      expect.stringMatching(/^a\.mov: path is x.*, not /),
    );
  });
});

describe("FCPXML", () => {
  const namedOf = (name: string, fileName: string) =>
    plan(name, timeline(name, [[{ media: media(fileName), from: 0, to: 10, people: [ada] }]]));

  it("a name of which nothing can be seen is `unnamed`", () => {
    const of = namedOf("\u202E", "a.mov");
    expect(toldOf("fcpxml", of)).toEqual([]);
    expect(toldOf("fcpxml", of, (text) => text.replaceAll('"unnamed"', '"named"'))).toContain(
      "name of the timeline is named, not unnamed",
    );
  });

  it("a file without an extension, or with nothing else, keeps its whole name", () => {
    const stems = dialectOf({ fcpxml: { assetNames: "stem" } });
    for (const name of ["TAKE", ".mov"]) {
      const of = namedOf("Cut", name);
      const [file] = writers.fcpxml.write(of, ["cut"], stems) as [WrittenFile];
      const text = [...file.chunks].join("");
      expect(verifyFormat("fcpxml", of, stems, [{ name: "cut", chunks: [text] }])).toEqual([]);
      const other = text.replace(/(<asset [^>]*?name=")[^"]*/, "$1other");
      expect(verifyFormat("fcpxml", of, stems, [{ name: "cut", chunks: [other] }]).map(differenceText)).toEqual([
        `${name}: name of the media is other, not ${name}`,
      ]);
    }
  });
});

describe("markers of several people on one frame", () => {
  it("last as long as the longest, where one of them lasts", () => {
    const of = plans.twoPeople25();
    const joined = dialectOf({ markerPlace: { fcp7xml: "clip" }, sameFrame: { fcp7xml: "joined" } });
    const [first] = of.timelines as [Plan["timelines"][number]];
    const lasting = first.tracks.map((track) => ({
      ...track,
      clips: track.clips.map((clip) => ({
        ...clip,
        markers: clip.markers.map((marker, i) => (i === 0 ? { ...marker, duration: 5, mediaDuration: 5 } : marker)),
      })),
    }));
    const long = { ...of, timelines: [{ ...first, tracks: lasting }] };
    const [file] = writers.fcp7xml.write(long, ["cut"], joined) as [WrittenFile];
    const text = [...file.chunks].join("");
    const found = (changed: string) => verifyFormat("fcp7xml", long, joined, [{ name: "cut", chunks: [changed] }]);
    expect(found(text)).toEqual([]);
    const shorter = text.replace(/(Ada Lovelace \+ 王小明[\s\S]*?<out>)(\d+)/, (_, before, out) => `${before}${Number(out) - 1}`);
    expect(found(shorter).map(differenceText)).toEqual([expect.stringMatching(/marker 1's length is 4, not 5$/)]);
  });
});

describe("verifying all files", () => {
  const of = plans.twoPeople25();
  const [edl] = written("edl", of) as [Written];
  const verify = (chunks: Iterable<string>) => verifyFiles(of, dialect, [{ kind: "edl", name: edl.name, chunks }]);

  it("tells five differences, and how many more there are", () => {
    expect(() => verify([edl.text])).not.toThrow();
    const all = edl.text.replaceAll("01:00:0", "02:00:0").replaceAll("10:00:0", "11:00:0").replaceAll("A 01.mov", "B 02.mov");
    expect(() => verify([all])).toThrow(/^The written file does not hold the plan, in \d+ places: (?:[^;]*; ){5}and \d+ more$/);
  });

  it("does not take a failure for a file that holds something else", () => {
    function* failing(): Generator<string> {
      yield edl.text;
      throw new RangeError("no such disk");
    }
    expect(() => verify(failing())).toThrow(RangeError);
  });
});
