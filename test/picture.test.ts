import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { drawTimelines } from "../scripts/picture/draw-timelines.mjs";
import { readTimelines } from "../src/read/readers.js";
import { readXml, type XmlElement } from "../src/read/xml-events.js";
import { oneLine } from "../src/text.js";
import { parseTimelineRate, type TimelineRate, timelineRateOf } from "../src/time/frame-rate.js";
import { frameOfLabel, timecodeOf } from "../src/time/timecode.js";
import { facecut, root, sample, temporaryFolder } from "./support/cli.js";

const drawn = readFileSync(join(root, "docs", "picture.svg"), "utf8");
const rateOf = (id: string) => parseTimelineRate(id)?.rate as TimelineRate;

function draw(file: string, rate?: string): string {
  const reading = readTimelines(readFileSync(file, "utf8"), { file, ...(rate === undefined ? {} : { rate: rateOf(rate) }) });
  return drawTimelines(reading, { timecodeOf, frameOfLabel, timelineRateOf, oneLine });
}

/** Every element, read as XML: what is not well-formed throws. */
function elementsOf(svg: string): XmlElement[] {
  const all: XmlElement[] = [];
  readXml([svg], "picture.svg", { closed: (element) => all.push(element) > 0 });
  return all;
}

const expected = (name: string, extension: string) => {
  const folder = join(sample(name), "expected");
  return join(folder, readdirSync(folder).find((file) => file.endsWith(extension)) as string);
};

/** Left edge and width of every clip, in the order of the file. */
const clipsIn = (svg: string) =>
  elementsOf(svg)
    .filter(({ name, parent }) => name === "svg" && parent !== undefined)
    .map(({ attributes: { x, width } }) => ({ x: Number(x), width: Number(width) }));

const pinsIn = (svg: string) =>
  elementsOf(svg).filter(({ name, attributes }) => name === "circle" && attributes.stroke !== undefined);
const textsIn = (svg: string) => elementsOf(svg).filter(({ name }) => name === "text");

describe("docs/picture.svg", () => {
  it("is what the script draws of the sample (npm run picture)", () => {
    expect(drawn).toBe(draw(expected("two-people-23976", ".otio")));
    expect(drawn.length).toBeLessThan(40_000);
  });

  it("has every clip where the edit list says, and every marker", () => {
    const list = readFileSync(expected("two-people-23976", ".edl"), "utf8");
    const frame = (label: string) => label.split(":").reduce((sum, part, i) => sum * (i === 3 ? 24 : 60) + Number(part), 0);
    const events = [...list.matchAll(/(\S+) (\S+)\r$/gm)].flatMap(([, from = "", to = ""]) =>
      /^\d\d:/.test(from) ? [[frame(from), frame(to)] as const] : [],
    );
    const [first, last] = [events[0]?.[0] as number, events.at(-1)?.[1] as number];
    expect(events.length).toBe(5);
    const scale = (1000 - 64 - 24) / (last - first);
    for (const [i, { x, width }] of clipsIn(drawn).entries()) {
      const [from, to] = events[i] as (typeof events)[number];
      expect(x).toBeCloseTo(64 + (from - first) * scale, 1);
      // A hair is left between neighbours.
      expect(width).toBeCloseTo((to - from) * scale - 1.5, 1);
    }
    const locators = [...list.matchAll(/^\* LOC: (\S+)/gm)].map(([, label]) => 64 + (frame(label as string) - first) * scale);
    expect(pinsIn(drawn)).toHaveLength(locators.length);
    for (const [i, { attributes }] of pinsIn(drawn).entries())
      expect(Number(attributes.cx)).toBeCloseTo(locators[i] as number, 1);
  });

  it("tells of each clip what the edit list says, where a mouse rests", () => {
    const titles = elementsOf(drawn).filter(({ name, parent }) => name === "title" && parent?.name === "svg");
    const told = titles.map(({ text }) => text);
    expect(told).toContain("scene-12-take-3.mov, Ben Sample, 01:00:07:12 to 01:00:15:01");
  });

  it("names files, people and timecode, in a colour for each person", () => {
    const texts = textsIn(drawn).map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining(["scene-14-take-1.mov", "Ada Example", "Ben Sample", "01:00:05:00", "V1", "A2"]),
    );
    const fills = elementsOf(drawn).filter(({ name, parent }) => name === "rect" && parent?.name === "svg");
    const [ada, ben, again] = fills.map(({ attributes }) => attributes.fill);
    expect([ada === again, ada === ben]).toEqual([true, false]);
  });
});

describe("a picture", () => {
  it("is the same of every format that holds the cut", () => {
    const [otio, ...others] = [".otio", ".fcpxml", ".edl", ".xml"].map((extension) =>
      draw(expected("two-people-23976", extension), extension === ".edl" ? "23.976" : undefined),
    );
    for (const other of others) {
      expect(clipsIn(other)).toEqual(clipsIn(otio as string));
      expect(pinsIn(other).map(({ attributes }) => attributes.cx)).toEqual(
        pinsIn(otio as string).map(({ attributes }) => attributes.cx),
      );
    }
  });

  it("keeps hostile and Chinese names inside their clips, as well-formed XML", () => {
    const svg = draw(expected("chinese-library", ".otio"));
    expect(textsIn(svg).map(({ text }) => text)).toContain("李雷");
    const frames = elementsOf(svg).filter(({ name, parent }) => name === "svg" && parent !== undefined);
    expect(frames.length).toBe(16);
    for (const frame of frames) {
      expect(frame.attributes.overflow).toBe("hidden");
      for (const { text, attributes } of frame.children.filter(({ name }) => name === "text")) {
        const han = [...text].filter((sign) => /[\p{Script=Han}\p{Script=Hiragana}]/u.test(sign)).length;
        expect(han * Number(attributes["font-size"])).toBeLessThanOrEqual(Number(frame.attributes.width) - 8);
      }
    }
    expect(svg).toContain("…");
    const [head] = textsIn(draw(expected("chinese-library", ".fcpxml")));
    expect(head?.text).toBe("chinese-library");
  });

  it("has labels that exist in drop-frame counting, none over another", () => {
    const svg = draw(expected("one-face-2997-drop", ".fcpxml"));
    const labels = textsIn(svg).filter(({ text }) => /^\d\d:\d\d:\d\d;\d\d$/.test(text));
    expect(labels.length).toBeGreaterThan(2);
    for (const { text } of labels) expect(text).toMatch(/;0[024]$/);
    const places = labels.map(({ attributes }) => Number(attributes.x));
    for (const [i, x] of places.slice(1).entries()) expect(x - (places[i] as number)).toBeGreaterThan(100);
  });

  it("has a track above the other, and a timeline below the other", async () => {
    const out = temporaryFolder();
    const two = [sample("two-people-23976"), "-o", out, "--quiet"];
    await facecut("export", ...two, "--layout", "tracks", "--format", "otio", "--name", "t");
    const tracks = textsIn(draw(join(out, "t.otio"))).filter(({ text }) => /^V\d$/.test(text));
    expect(tracks.map(({ text }) => text)).toEqual(["V2", "V1"]);
    await facecut("export", ...two, "--layout", "per-person", "--format", "fcpxml", "--name", "p");
    const [first, second] = elementsOf(draw(join(out, "p.fcpxml"))).filter(({ name }) => name === "g");
    const height = (element?: XmlElement) => Number(element?.children.find(({ name }) => name === "rect")?.attributes.height);
    expect(first?.attributes.transform).toBe("translate(0 0)");
    expect(second?.attributes.transform).toBe(`translate(0 ${height(first) + 16})`);
  });

  it("comes from the command line, of any file that facecut reads", () => {
    const out = join(temporaryFolder(), "cut.svg");
    const list = expected("two-people-23976", ".edl");
    const args = [join(root, "scripts", "picture.mjs"), list, out, "--rate", "23.976"];
    expect(execFileSync(process.execPath, args, { encoding: "utf8" })).toBe(`drew ${list} as ${out}\n`);
    expect(readFileSync(out, "utf8")).toBe(draw(list, "23.976"));
  });
});
