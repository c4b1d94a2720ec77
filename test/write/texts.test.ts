import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Clip, Marker, Person, Plan } from "../../src/model/timeline.js";
import { dialectOf } from "../../src/write/dialect.js";
import { type FormatId, formatIds } from "../../src/write/writer.js";
import { writers } from "../../src/write/writers.js";
import { media, person, plan, timeline } from "../support/plans.js";
import { readXml, type XmlElement } from "../support/read-xml.js";
import { sweep } from "../support/sweep.js";

/**
 * Whatever texts stand in a plan, hand-made ones included, stand in a file on one line, and none can turn the reading
 * direction of what follows it.
 */

const nasty = ["\n", "\r\n", "\t", "\0", "\u001B[2J", "\u0085", "\u2028", "\u202E", "\u2066", "\uD83D", "\uDE00", "\uFFFE"];
const meaningful = ['"', "'", "<", ">", "&", "&#10;", "]]>", "<?facecut-slot 1?>\n", "\\n", "\\u000a", "* LOC:", "😀", "王"];
const text = fc
  .array(fc.oneof(fc.constantFrom(...nasty, ...meaningful), fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 6 })
  .map((parts) => parts.join(""));

/** The names of the places texts stand in; each gets a text of its own. */
const places = [
  ...["plan", "timeline", "track", "clipId", "clip", "clipExpression", "note", "expression"],
  ...["person", "entity", "personKey", "mediaId", "fileName", "mediaName", "url", "reel"],
] as const;
type Texts = Readonly<Record<(typeof places)[number], string>>;
const texts = fc.record(Object.fromEntries(places.map((place) => [place, text]))) as fc.Arbitrary<Texts>;

/** A plan of two clips and two markers of one person, with these texts. */
function planWith(given: Texts): Plan {
  const who: Person = { ...person(given.person), key: given.personKey, entityId: given.entity };
  const film = media("m.mov", { ...given, name: given.mediaName });
  const point = (frame: number) => ({ person: who, frame, note: given.note });
  const cut = (from: number) => ({ media: film, from, to: from + 10, people: [who], points: [point(from)], name: given.clip });
  const plain = timeline(given.timeline, [[cut(0), cut(50)]]);
  const marker = (one: Marker): Marker => ({ ...one, expression: given.expression });
  const clip = (one: Clip): Clip => ({
    ...one,
    id: given.clipId,
    expression: given.clipExpression,
    markers: one.markers.map(marker),
  });
  const tracks = plain.tracks.map(({ clips }) => ({ name: given.track, clips: clips.map(clip) }));
  const whole = plan(given.plan, { ...plain, tracks });
  // Two timelines, so that the plan's own name is written in every format that has a place for it.
  return {
    ...whole,
    timelines: [...whole.timelines, ...whole.timelines],
    media: whole.media.map((one) => ({ ...one, reel: given.reel })),
  };
}

function filesOf(format: FormatId, of: Plan, markerPlace: "clip" | "timeline"): string[] {
  const dialect = dialectOf({ markerPlace: { otio: markerPlace, fcp7xml: markerPlace } });
  return writers[format].write(of, ["cut", "cut-2"], dialect).map(({ chunks }) => [...chunks].join(""));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const forbidden = /[\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]|\p{Surrogate}/u;

/** Everything a reader gets out of a file, text by text. */
const valuesOf: Readonly<Record<FormatId, (file: string) => string[]>> = {
  otio: (file) => jsonTexts(JSON.parse(file)),
  otioz: (file) => jsonTexts(JSON.parse(file)),
  otiod: (file) => jsonTexts(JSON.parse(file)),
  fcpxml: (file) => xmlTexts(readXml(file)),
  fcp7xml: (file) => xmlTexts(readXml(file)),
  edl: (file) => file.split("\r\n"),
  csv: (file) => file.replace(/^\uFEFF/, "").split("\r\n"),
};

function jsonTexts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(jsonTexts) : [];
}

/** Space between elements is no text; `text` of an element with children is that. */
function xmlTexts({ attributes, text, children }: XmlElement): string[] {
  return [...Object.values(attributes), ...(children.length === 0 ? [text] : []), ...children.flatMap(xmlTexts)];
}

/** No plain text is a part of another one. */
const plain = (place: string) => `${place}.`;

const otioPlaces = [
  "timeline",
  "clipId",
  "clip",
  "clipExpression",
  "note",
  "expression",
  "person",
  "entity",
  "mediaId",
  "fileName",
  "url",
  "reel",
] as const;

/** The places each format has; texts of the others go into none of its files. */
const writes: Readonly<Record<FormatId, readonly (keyof Texts)[]>> = {
  otio: otioPlaces,
  otioz: otioPlaces,
  otiod: otioPlaces,
  fcpxml: ["plan", "timeline", "clip", "note", "person", "fileName", "mediaName", "url", "reel"],
  edl: ["timeline", "note", "person", "fileName", "reel"],
  csv: ["clip", "clipExpression", "person", "mediaId", "fileName", "url"],
  fcp7xml: ["plan", "timeline", "clip", "note", "person", "fileName", "url", "reel"],
};

const plainPlan = planWith(Object.fromEntries(places.map((place) => [place, plain(place)])) as Texts);

describe.each(formatIds)("%s, whatever texts a plan holds", (format) => {
  it.each(["clip", "timeline"] as const)("has them on one line each, markers in the %s", (place) => {
    const lineEnd = format === "edl" || format === "csv" ? "\r\n" : "\n";
    const linesOf = (files: readonly string[]) => files.map((file) => file.split(lineEnd).length);
    const plainLines = linesOf(filesOf(format, plainPlan, place));
    fc.assert(
      fc.property(texts, (given) => {
        const files = filesOf(format, planWith(given), place);
        expect(linesOf(files)).toEqual(plainLines);
        const texts = files.flatMap((file) => [file.replaceAll(lineEnd, ""), ...valuesOf[format](file)]);
        expect(texts.filter((text) => forbidden.test(text))).toEqual([]);
      }),
      { numRuns: sweep(30, 300) },
    );
  });

  it("writes every text it has a place for", () => {
    const written = filesOf(format, plainPlan, "clip").join("");
    expect(places.filter((place) => written.includes(plain(place)))).toEqual(writes[format]);
  });
});
