import type { FormatId } from "../../src/write/writer.js";

/** A source of seeded choices. */
interface Choices {
  /** A whole number from 0 up to, not including, `n`. */
  readonly below: (n: number) => number;
}

/** Corrupts a good file in one way at a chosen place; undefined when there is nothing of the kind in it. */
export type Mutator = (text: string, choices: Choices) => string | undefined;

/** Replaces one of the matches of a pattern. */
function one(pattern: RegExp, replace: (match: RegExpExecArray, choices: Choices) => string): Mutator {
  return (text, choices) => {
    const matches = [...text.matchAll(pattern)];
    if (matches.length === 0) return undefined;
    const match = matches[choices.below(matches.length)] as RegExpExecArray;
    return text.slice(0, match.index) + replace(match, choices) + text.slice(match.index + match[0].length);
  };
}

/** Exchanges two neighbouring matches that differ. */
function swap(pattern: RegExp): Mutator {
  return (text, choices) => {
    const matches = [...text.matchAll(pattern)];
    const pairs = matches.slice(1).flatMap((second, i) => {
      const first = matches[i] as RegExpExecArray;
      return first[0] === second[0] ? [] : [[first, second] as const];
    });
    if (pairs.length === 0) return undefined;
    const [first, second] = pairs[choices.below(pairs.length)] as (typeof pairs)[number];
    const between = text.slice(first.index + first[0].length, second.index);
    return text.slice(0, first.index) + second[0] + between + first[0] + text.slice(second.index + second[0].length);
  };
}

/** Changes only what comes after the first place of a text. */
function behind(start: string, mutate: Mutator): Mutator {
  return (text, choices) => {
    const from = text.indexOf(start);
    const changed = from < 0 ? undefined : mutate(text.slice(from), choices);
    return changed && text.slice(0, from) + changed;
  };
}

const remove = (pattern: RegExp) => one(pattern, () => "");
const byOne = (text: string, { below }: Choices) => String(Number(text) + (below(2) === 0 || Number(text) === 0 ? 1 : -1));

/** Cut off somewhere before the last tenth, where only closing brackets may be. */
const cutOff: Mutator = (text, { below }) => text.slice(0, Math.floor(text.length * 0.1) + below(Math.floor(text.length * 0.8)));

/** One frame more or less in a timecode whose frames are neither at an end nor next to a label that drop-frame leaves out. */
const shiftLabel = (label: string, choices: Choices) => {
  const frames = Number(label.slice(-2));
  return (
    label.slice(0, -2) +
    String(frames > 20 ? frames - 1 : frames + 1 + (choices.below(2) && frames < 10 ? 1 : 0)).padStart(2, "0")
  );
};

const otio: Readonly<Record<string, Mutator>> = {
  "shift a time": one(
    /(?<="(?:start_time|duration|global_start_time)": \{[^{}]*"value": )(\d+)\.0/g,
    (m, c) => `${byOne(m[1] as string, c)}.0`,
  ),
  "change a rate": one(/(?<="(?:source_range|available_range|marked_range)": \{[^\n]*?"rate": )(\d+\.\d+)/g, (m) =>
    m[1] === "30.0" ? "25.0" : "30.0",
  ),
  "drop a clip": one(/\{\s+"OTIO_SCHEMA": "Clip\.2"[\s\S]*?"active_media_reference_key": "DEFAULT_MEDIA"\s+\},?\s*/g, () => ""),
  "swap two clips": swap(/\{\s+"OTIO_SCHEMA": "Clip\.2"[\s\S]*?"active_media_reference_key": "DEFAULT_MEDIA"\s+\}/g),
  "lose a marker": remove(/\{ "OTIO_SCHEMA": "Marker\.2".*\},?\n/g),
  "another name": one(/"name": "(media-[^"]+)"/g, () => '"name": "other.mov"'),
  "another colour": one(/"color": "(\w+)"/g, (m) => `"color": "${m[1] === "RED" ? "BLUE" : "RED"}"`),
  "another file": one(/"target_url": "([^"]+)"/g, (m) => `"target_url": "${m[1]}x"`),
  "an active reference that is none": one(
    /"active_media_reference_key": "DEFAULT_MEDIA"/g,
    () => '"active_media_reference_key": "other"',
  ),
  "another link": one(/"Link Group ID":\d+/g, () => '"Link Group ID":99999'),
  "another note": one(/"comment": "/g, () => '"comment": "x'),
  "a disabled clip": one(/"enabled": true(?=,\s*"media_references")/g, () => '"enabled": false'),
  "a schema of the future": one(/"(Timeline|Stack|Track|Clip|Gap|Marker|ExternalReference)\.\d"/g, (m) => `"${m[1]}.7"`),
  "slipped sound": behind(
    '"kind": "Audio"',
    one(
      /("Clip\.2",\s*"name": [^\n]*\n[^\n]*\n\s*"source_range": \{[^{}]*\{[^{}]*"value": )(\d+)\.0/g,
      ([, before, from]) => `${before}${Number(from) + 1}.0`,
    ),
  ),
  "a picture track for sound": one(/"kind": "(?:Video|Audio)"/g, (m) =>
    m[0].includes("Video") ? '"kind": "Audio"' : '"kind": "Video"',
  ),
  "cut off": cutOff,
};

const fcpxml: Readonly<Record<string, Mutator>> = {
  "shift a time": one(
    /(?<=<(?:asset-clip|asset|marker|keyword|sequence)\b[^>]*? (?:offset|start|duration|tcStart)=")(\d+)(\/\d+)?s/g,
    (m, c) => `${byOne(m[1] as string, c)}${m[2] ?? ""}s`,
  ),
  "change a rate": one(/frameDuration="(\d+)\/(\d+)s"/g, (m) => `frameDuration="${m[1]}/${Number(m[2]) + 1000}s"`),
  "drop a clip": remove(/<asset-clip (?=[^>]*offset=)[^>]*?(?:\/>|>[\s\S]*?<\/asset-clip>)/g),
  "swap two clips' sources": swap(/(?<=<asset-clip (?=[^>]*offset=)[^>]*?)ref="\w+"/g),
  "lose a marker": remove(/<marker [^>]*\/>/g),
  "lose a keyword": remove(/<keyword [^>]*\/>/g),
  "another name": one(/(?<=<(?:asset|asset-clip) [^>]*?)name="[^"]*"/g, () => 'name="other"'),
  "another note": one(/(?<=<marker [^>]*?)value="[^"]*"/g, () => 'value="Nobody"'),
  "another file": one(/src="([^"]*)"/g, (m) => `src="${m[1]}x"`),
  "a reference to nothing": one(/ref="r\d+"/g, () => 'ref="r999"'),
  "another format": one(/(?<=<(?:asset|sequence) [^>]*?)format="r\d+"/g, () => 'format="r999"'),
  "another size": one(/width="(\d+)"/g, (m) => `width="${Number(m[1]) + 2}"`),
  "another sound": one(/audioChannels="(\d+)"/g, (m) => `audioChannels="${Number(m[1]) + 1}"`),
  "a disabled clip": one(/(?<=<asset-clip )(?=[^>]*offset=)/g, () => 'enabled="0" '),
  "two formats of one id": one(/<format [^>]*\/>/g, (m) => m[0] + m[0]),
  "a clip's format that is none": one(/(?<=<asset-clip [^>]*?)format="r\d+"/g, () => 'format="r999"'),
  "a misplaced keyword collection": (text) => {
    const [collection] = /<keyword-collection [^>]*\/>/.exec(text) ?? [];
    return collection && text.replace(collection, "").replace("<sequence", `${collection}<sequence`);
  },
  "an attribute that no definition has": one(/(?<=<(?:asset|asset-clip|marker|keyword) )/g, () => 'colour="red" '),
  "another counting": one(/(?<=<sequence [^>]*?)tcFormat="(\w+)"/g, (m) => `tcFormat="${m[1] === "DF" ? "NDF" : "DF"}"`),
  "cut off": cutOff,
};

const label = /\d\d:\d\d:\d\d[:;]\d\d/g;

const edl: Readonly<Record<string, Mutator>> = {
  "shift a timecode": one(label, (m, c) => shiftLabel(m[0], c)),
  "drop an event": remove(/^\d{3} {2}.*\r\n/gm),
  "swap two events' sources": swap(/(?<=^\d{3} {2}.* {2})\d\d:\d\d:\d\d[:;]\d\d \d\d:\d\d:\d\d[:;]\d\d/gm),
  "lose a locator": remove(/^\* LOC:.*\r\n/gm),
  "another reel": one(/(?<=^\d{3} {2})\w/gm, (m) => (m[0] === "Q" ? "Z" : "Q")),
  "another name": one(/(?<=^\* FROM CLIP NAME: )./gm, () => "Q"),
  "another colour": one(/(?<=^\* LOC: \S+ )\w+/gm, (m) => (m[0] === "RED" ? "BLUE" : "RED")),
  "another counting": one(/^FCM: .*/gm, (m) => (m[0].startsWith("FCM: DROP") ? "FCM: NON-DROP FRAME" : "FCM: DROP FRAME")),
  "another title": one(/(?<=^TITLE: )./gm, () => "Q"),
  "cut off": (text, choices) => {
    const lines = text.split("\r\n");
    return lines
      .slice(
        0,
        2 + choices.below(Math.max(1, lines.lastIndexOf(lines.filter((line) => /^\d{3} {2}/.test(line)).at(-1) as string) - 2)),
      )
      .join("\r\n");
  },
};

const fcp7xml: Readonly<Record<string, Mutator>> = {
  "shift a time": one(/(?<=<(?:start|end|in|frame)>)\d+(?=<)/g, (m, c) => byOne(m[0], c)),
  "another length": one(
    /(?<=<(?:sequence id|file id)[^>]*>\s*(?:<name>.*<\/name>\s*<pathurl>.*<\/pathurl>\s*<rate>[\s\S]{0,120}?<\/rate>\s*)?<duration>)\d+/g,
    (m, c) => byOne(m[0], c),
  ),
  "change a rate": one(/(?<=<rate>\s*<timebase>)\d+/g, (m) => String(Number(m[0]) + 5)),
  "another ntsc": one(/(?<=<ntsc>)\w+/g, (m) => (m[0] === "TRUE" ? "FALSE" : "TRUE")),
  "drop a clip": remove(/<clipitem id="[^"]*">[\s\S]*?<\/clipitem>/g),
  "lose a marker": remove(/<marker>[\s\S]*?<\/marker>/g),
  "another name": one(/(?<=<name>)[^<]/g, () => "Q"),
  "another colour": one(/(?<=<pproColor>)\d+/g, (m) => (m[0] === "4281740498" ? "4294741314" : "4281740498")),
  "another file": one(/(?<=<pathurl>[^<]*)[^<](?=<)/g, (m) => (m[0] === "Q" ? "Z" : "Q")),
  "a reference to nothing": one(/<file id="(file-\d+)"\/>/g, () => '<file id="file-999"/>'),
  "another link": one(/(?<=<linkclipref>)[^<]+/g, () => "clipitem-999"),
  "another channel": one(/(?<=<sourcetrack>\s*<mediatype>audio<\/mediatype>\s*<trackindex>)\d+/g, (m) =>
    String(Number(m[0]) + 7),
  ),
  "another size": one(/(?<=<sequence[\s\S]*?<format>\s*<samplecharacteristics>[\s\S]{0,200}?<width>)\d+/g, (m) =>
    String(Number(m[0]) + 2),
  ),
  "another note": one(/(?<=<comment>)[^<]/g, () => "Q"),
  "a disabled clip": one(/(?<=<name>[^<]*<\/name>\s*<enabled>)TRUE/g, () => "FALSE"),
  "a word that is none": one(/(?<=<(?:enabled|ntsc)>)(?:TRUE|FALSE)/g, () => "maybe"),
  "slipped sound": one(
    /(<clipitem id="[^"]*-a\d+"[^>]*>(?:(?!<\/clipitem>)[\s\S])*?<in>)(\d+)(<\/in>\s*<out>)(\d+)/g,
    ([, before, from, between, to]) => `${before}${Number(from) + 1}${between}${Number(to) + 1}`,
  ),
  "cut off": cutOff,
};

const csv: Readonly<Record<string, Mutator>> = {
  "shift a timecode": one(label, (m, c) => shiftLabel(m[0], c)),
  "drop a row": remove(/(?<=\r\n).*\r\n/g),
  "swap two rows' sources": swap(
    /(?<=,)\d\d:\d\d:\d\d[:;]\d\d,\d\d:\d\d:\d\d[:;]\d\d(?=,\d\d:\d\d:\d\d[:;]\d\d,\d\d:\d\d:\d\d[:;]\d\d,)/g,
  ),
  "another number": one(/(?<=\r\n)\d+/g, (m, c) => byOne(m[0], c)),
  "another person": one(/(?<=\r\n\d+,"?)[^",]/g, (m) => (m[0] === "Q" ? "Z" : "Q")),
  "another file": one(/media-\d\.mov/g, () => "media-9.mov"),
  "another score": one(/(?<=,0\.)\d/g, (m) => String((Number(m[0]) + 1) % 10)),
  "another expression": one(/Calm/g, () => "Happy"),
  "another id": one(/(?<=,'?)\d(?=\d{31}\r\n)/g, (m) => String((Number(m[0]) + 1) % 10)),
  "cut off": cutOff,
};

/** The ways to corrupt a file of each format. */
export const mutators: Readonly<Record<FormatId, Readonly<Record<string, Mutator>>>> = {
  otio,
  fcpxml,
  edl,
  fcp7xml,
  csv,
  otioz: otio,
  otiod: otio,
};
