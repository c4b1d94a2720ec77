import { describe, expect, it } from "vitest";
import { FacecutError } from "../../src/errors.js";
import { decodeText } from "../../src/read/decode.js";
import { pieces, readTimelines } from "../../src/read/readers.js";
import { verifyFormat } from "../../src/verify/verify.js";
import { dialectOf } from "../../src/write/dialect.js";
import { plans } from "../support/plans.js";

function* endless(start: string, piece: string, times: number): Generator<string> {
  yield start;
  for (let i = 0; i < times; i++) yield piece;
}

const manyBlanks = " ".repeat(1 << 20);
const laughs = `<!DOCTYPE xmeml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><xmeml version="4"><name>&b;</name></xmeml>`;
const number = "7".repeat(10_000);
const fcpxml = (sequence: string) =>
  `<fcpxml version="1.10"><resources><format id="r1" frameDuration="1/25s"/></resources><project><sequence format="r1" ${sequence}</sequence></project></fcpxml>`;

/** Files no program wrote: what is wrong, the text, the message. */
const hostile: readonly (readonly [string, string, () => string | Iterable<string>, RegExp])[] = [
  ["billion laughs", "a.xml", () => laughs, /declares entities/],
  [
    "an external entity",
    "a.fcpxml",
    () => `<!DOCTYPE fcpxml [<!ENTITY x SYSTEM "file:///etc/passwd">]><fcpxml>&x;</fcpxml>`,
    /declares entities/,
  ],
  [
    "a parameter entity",
    "a.xml",
    () => `<!DOCTYPE xmeml [<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;]><xmeml/>`,
    /declares entities/,
  ],
  ["an unknown entity", "a.xml", () => "<xmeml><name>&nope;</name></xmeml>", /line 1/],
  ["100,000 nested elements", "a.xml", () => `<xmeml>${"<bin>".repeat(100_000)}`, /more than 256 elements/],
  ["100,000 nested lists", "a.otio", () => `{"a":${"[".repeat(100_000)}`, /more than 256 objects/],
  ["100,000 nested objects", "a.otio", () => `{"children":[`.repeat(100_000), /more than 256 objects/],
  ["1 GB of blanks in XML", "a.xml", () => endless("<xmeml>", manyBlanks, 1024), /16 MB/],
  ["1 GB of blanks before XML", "a.xml", () => endless("<!-- --><xmeml ", manyBlanks, 1024), /16 MB/],
  ["1 GB of blanks in JSON", "a.otio", () => endless("{", manyBlanks, 1024), /16 MB/],
  ["1 GB of blanks in a list", "a.edl", () => endless("TITLE: a\n", manyBlanks, 1024), /16 MB/],
  ["1 GB of blanks and nothing else", "a.edl", () => endless(" ", manyBlanks, 1024), /16 MB/],
  ["1 GB of one comment", "a.xml", () => endless("<xmeml><!--", "x".repeat(1 << 20), 1024), /16 MB/],
  ["1 GB of one JSON text", "a.otio", () => endless('{"name":"', "x".repeat(1 << 20), 1024), /16 MB/],
  ["1 GB of one JSON object", "a.otio", () => endless('{"a":[1', `,{"b":"${"x".repeat(1 << 20)}"}`, 1024), /64 MB/],
  [
    "a number of 10,000 digits in FCP7 XML",
    "a.xml",
    () => `<xmeml><sequence><duration>${number}</duration></sequence></xmeml>`,
    /10000 digits/,
  ],
  ["a time of 10,000 digits in FCPXML", "a.fcpxml", () => fcpxml(`duration="${number}/${number}s">`), /\d{5} digits/],
  [
    "a number of 10,000 digits in OTIO",
    "a.otio",
    () => `{"OTIO_SCHEMA":"Timeline.1","global_start_time":{"rate":25,"value":${number}},"tracks":{}}`,
    /too large/,
  ],
  ["JSON with a byte too many", "a.otio", () => `{"OTIO_SCHEMA":"Timeline.1","tracks":{}} x`, /JSON/],
  ["JSON cut off", "a.otio", () => `{"OTIO_SCHEMA":"Timeline.1","tracks":{"children":[`, /ends too early/],
  ["JSON with the wrong brackets", "a.otio", () => `{"OTIO_SCHEMA":"Timeline.1","tracks":{]}}`, /brackets/],
  [
    "JSON with a fault in a clip",
    "a.otio",
    () => `{"tracks":{"children":[{"children":[{"a" 1}]}]}}`,
    /\$\.tracks\.children\[0\]\.children\[0\]/,
  ],
  ["XML cut off", "a.xml", () => `<xmeml version="4"><sequence>`, /unclosed tag/],
  ["XML with a stray ampersand", "a.xml", () => "<xmeml><name>a & b</name></xmeml>", /line 1/],
  ["another XML", "a.xml", () => "<html></html>", /neither OTIO/],
  ["something else", "a.bin", () => "hello", /neither OTIO/],
  ["nothing", "a.otio", () => "", /neither OTIO/],
  ["OTIO without a timeline", "a.otio", () => `{"OTIO_SCHEMA":"Gap.1"}`, /holds no timeline/],
];

describe("hostile and broken files", () => {
  it.each(hostile)("%s is refused quickly", (_, file, text, message) => {
    const started = process.cpuUsage().user;
    const error = refusal(() => readTimelines(text(), { file }));
    expect(error.code).toBe("bad-timeline");
    expect(error.exitStatus).toBe(5);
    expect(error.where).toContain(file);
    expect(`${error.message} ${error.where}`).toMatch(message);
    expect(process.cpuUsage().user - started).toBeLessThan(5e6);
  });

  it("refuses fractions that grow without end", () => {
    const clips = Array.from({ length: 2000 }, (_, i) => `<gap duration="1/${10_007 + 2 * i}s"/>`).join("");
    const text = fcpxml(`><spine>${clips}</spine>`);
    const error = refusal(() => readTimelines(text, { file: "a.fcpxml" }));
    expect(error.message).toMatch(/denominators/);
    const verified = refusal(() =>
      verifyFormat("fcpxml", plans.twoPeople25(), dialectOf({}), [{ name: "a.fcpxml", chunks: [text] }]),
    );
    expect(verified).toMatchObject({ code: "bad-timeline", message: error.message });
  });

  it("takes no harm from names of JavaScript's own", () => {
    const text = `<xmeml><sequence id="__proto__"><name>constructor</name><media><video><track><clipitem id="a" __proto__="1"><__proto__>x</__proto__><start>0</start><end>1</end></clipitem></track></video></media></sequence></xmeml>`;
    const [timeline] = readTimelines(text, { file: "a.xml" }).timelines;
    expect(timeline).toMatchObject({ id: "__proto__", name: "constructor" });
    expect(timeline?.clips).toHaveLength(1);
  });

  it("does not mistake text of the file for what it cut out", () => {
    const text = `{"OTIO_SCHEMA":"Timeline.1","tracks":{"OTIO_SCHEMA":"Stack.1","children":[{"made":0},3,null,"x",{"OTIO_SCHEMA":"Track.1","kind":"Video","children":[{"made":7}]}]}}`;
    expect(readTimelines(text, { file: "a.otio" }).timelines[0]?.clips).toEqual([]);
  });

  it("names the encoding it does not know, and the one a file only claims", () => {
    const bytes = (text: string) => [...text].map((character) => character.charCodeAt(0));
    const read = (text: string) => [...decodeText([Uint8Array.from(bytes(text))], "a.xml")].join("");
    expect(refusal(() => read(`<?xml version="1.0" encoding="x-none"?><a/>`)).message).toContain("x-none");
    expect(refusal(() => read(`<?xml version="1.0" encoding="utf-8"?><a b="\u00ff"/>`)).message).toContain("utf-8");
  });

  it("reads what it cut in any places", () => {
    const text = `{"OTIO_SCHEMA":"Timeline.1","name":"\\"{[\\\\","tracks":{"children":[]}}`;
    const chunks = Array.from({ length: text.length }, (_, i) => [text.slice(0, i), text.slice(i)]);
    expect(chunks.map((two) => readTimelines(two, { file: "a.otio" }).timelines[0]?.name)).toEqual(chunks.map(() => '"{[\\'));
    expect([...pieces("x".repeat(200_000))].map(({ length }) => length)).toEqual([65_536, 65_536, 65_536, 3392]);
  });
});

function refusal(read: () => unknown): FacecutError {
  try {
    read();
  } catch (error) {
    if (error instanceof FacecutError) return error;
    throw error;
  }
  throw new Error("it was read");
}
