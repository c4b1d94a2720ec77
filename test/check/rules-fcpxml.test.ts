import { describe, expect, it } from "vitest";
import { checkFiles } from "../../src/check/check-files.js";
import { checkEdited, type Edits, edited, expectedText, rulesIn, written } from "./broken.js";

const plain = "one-face-25/Ada Example.fcpxml";
const mixed = "mixed-24-in-25/Ada Example.fcpxml";

type Row = readonly [rules: string | readonly string[], what: string, edits: Edits, file?: string];

/** The end of a clip that has a marker. */
const last = '<keyword start="86400700/2400s" duration="4900/2400s" value="Ada Example"/>\n            </asset-clip>';

/** Of the first clip on the timeline, which begins at 2500 and is 7500 long. */
const firstClip = String.raw`(?<=<spine>\s*<asset-clip [^>]*>[\s\S]*?`;
const markerLength = new RegExp(`${firstClip}<marker [^>]*?)duration="[^"]*"`);
const keywordLength = new RegExp(`${firstClip}<keyword [^>]*?)duration="[^"]*"`);
const keywordStart = new RegExp(`${firstClip}<keyword [^>]*?)start="[^"]*"`);

/** A keyword collection where this element begins. */
const misplaced = (before: string): Edits[number] => [before, `<keyword-collection name="x"/>${before}`];

const rows: readonly Row[] = [
  ["error unknown-version", "1.99", [['version="1.10"', 'version="1.99"']]],
  ["error unknown-version", "none", [['<fcpxml version="1.10">', "<fcpxml>"]]],
  [
    "error wrong-child",
    "a marker after the metadata",
    [[/<marker start="3000.*\n/, "<metadata/>$&\n".replace("$&", '<marker start="3000/2500s" value="x"/>')]],
  ],
  [
    "error wrong-child",
    "conform-rate after markers",
    [[last, last.replace("\n", '<conform-rate srcFrameRate="24" scaleEnabled="0"/>\n')]],
    mixed,
  ],
  ["error wrong-child", "a marker of the sequence", [["<spine>", '<marker start="0s" value="x"/><spine>']]],
  ["error wrong-child", "two notes", [['<marker start="3000', '<note>a</note><note>b</note><marker start="3000']]],
  [
    ["error no-path", "error wrong-child"],
    "an asset without media-rep",
    [[/<media-rep kind="original-media" src="[^"]*interview[^>]*>/, ""]],
  ],
  ["error unknown-attribute", "colorSpace on an asset", [['hasVideo="1"', 'hasVideo="1" colorSpace="1-1-1"']]],
  ["error unknown-attribute", "src on an asset since 1.9", [['<asset id="r2"', '<asset id="r2" src="file:///x.mov"']]],
  ["error unknown-attribute", "what is newer than the version", [['<format id="r1"', '<format id="r1" heroEye="left"']]],
  [["error unknown-attribute", "warning marker-outside"], "a marker without start", [['<marker start="3000/2500s"', "<marker"]]],
  ["error wrong-value", "tcFormat", [['tcFormat="NDF"', 'tcFormat="no"']]],
  ["error wrong-value", "srcFrameRate 23.976", [['srcFrameRate="23.98"', 'srcFrameRate="23.976"']], mixed],
  ["error duplicate-id", "two of one id", [['<asset id="r3"', '<effect id="r1" uid="x"/><asset id="r3"']]],
  ["error duplicate-id", "a number", [[/"r1"/g, '"1"']]],
  ["error dangling-reference", "no such asset", [['ref="r4" offset', 'ref="r44" offset']]],
  ["error dangling-reference", "a format as asset", [['ref="r4" offset', 'ref="r1" offset']]],
  [["error no-frame-duration"], "empty", [['frameDuration="100/2500s"', 'frameDuration=""']]],
  [["error no-frame-duration"], "missing", [['frameDuration="100/2500s" ', ""]]],
  ["warning format-name", "invented", [['<format id="r1"', '<format id="r1" name="FFVideoFormat1080x1920p30"']]],
  ["warning format-name", "of another rate", [['<format id="r1"', '<format id="r1" name="FFVideoFormat1080p24"']]],
  ["error forbidden-name", "a slash", [['<project name="Ada', '<project name="A/da']]],
  ["error forbidden-name", "a line break", [['<event name="Ada', '<event name="A&#10;da']]],
  [
    "error spine-not-contiguous",
    "a hole",
    [
      [/offset="9030100\/2500s"/, 'offset="9030200/2500s"'],
      ['duration="41900/2500s"', 'duration="42000/2500s"'],
    ],
  ],
  [
    ["error spine-not-contiguous", "warning record-overlap"],
    "an overlap",
    [
      ['offset="9030100/2500s"', 'offset="9030000/2500s"'],
      ['duration="41900/2500s"', 'duration="41800/2500s"'],
    ],
  ],
  [
    ["error off-frame", "error spine-not-contiguous"],
    "an offset between frames",
    [
      ['offset="9030100/2500s"', 'offset="9030150/2500s"'],
      ['duration="41900/2500s"', 'duration="41950/2500s"'],
    ],
  ],
  [
    "warning source-off-frame",
    "a start between frames",
    [['start="2500/2500s" duration="7500/2500s" format', 'start="2550/2500s" duration="7500/2500s" format']],
  ],
  [
    ["error source-outside-media", "warning keyword-outside"],
    "beyond the end",
    [['start="0s" duration="26000/2500s" hasVideo', 'start="0s" duration="19900/2500s" hasVideo']],
  ],
  [
    ["error source-outside-media", "warning keyword-outside"],
    "before the start",
    [['start="0s" duration="25000/2500s" hasVideo', 'start="2600/2500s" duration="25000/2500s" hasVideo']],
  ],
  ["error no-path", "an empty src", [[/src="[^"]*interview-a.mp4"/, 'src=""']]],
  ["warning bad-url", "blanks", [['interview-a.mp4"/>', 'interview a.mp4"/>']]],
  ["warning shared-file", "two assets, one file", [["masters/night-c.mp4", "masters/interview-a.mp4"]]],
  ["warning audio-sources", "sound without sources", [[' audioSources="1"', ""]]],
  ["warning conform-rate", "left out", [['<conform-rate scaleEnabled="0" srcFrameRate="24"/>', ""]], mixed],
  ["warning conform-rate", "of another rate", [['srcFrameRate="24"', 'srcFrameRate="50"']], mixed],
  ["error too-fast", "100 frames a second", [[/100\/2500s" width/, '1/100s" width']]],
  ["error audio-layout", "mono", [['audioLayout="stereo"', 'audioLayout="mono"']]],
  ["error bad-time", "a decimal", [['<marker start="3000/2500s"', '<marker start="1.2s"']]],
  ["error drop-frame-rate", "DF at 25", [['tcStart="9000000/2500s" tcFormat="NDF"', 'tcStart="9000000/2500s" tcFormat="DF"']]],
  ["warning timeline-duration", "a longer sequence", [['duration="41900/2500s"', 'duration="42000/2500s"']]],
  ["warning marker-outside", "before its clip", [['<marker start="3000/2500s"', '<marker start="2000/2500s"']]],
  [
    "error no-length",
    "a clip without length",
    [
      ['start="12000/2500s" duration="11800/2500s" format', 'start="12000/2500s" duration="0s" format'],
      ['duration="41900/2500s"', 'duration="30100/2500s"'],
    ],
  ],
  [
    ["error before-start", "error spine-not-contiguous"],
    "before the sequence",
    [
      ['offset="9000000/2500s"', 'offset="8999900/2500s"'],
      ['start="2500/2500s" duration="7500/2500s" format', 'start="2500/2500s" duration="7600/2500s" format'],
    ],
  ],
  ["warning empty-timeline", "an empty spine", [[/<spine>[\s\S]*<\/spine>/, "<spine/>"]]],
  ["warning marker-off-frame", "a marker between frames", [['<marker start="3000/2500s"', '<marker start="3050/2500s"']]],
  ["error negative-length", "a marker", [[markerLength, 'duration="-100/2500s"']]],
  ["error negative-length", "a keyword", [[keywordLength, 'duration="-7500/2500s"']]],
  ["error negative-length", "an asset", [['start="0s" duration="26000/2500s" hasVideo', 'start="0s" duration="-1s" hasVideo']]],
  ["warning no-marked-length", "a marker", [[markerLength, 'duration="0s"']]],
  ["warning no-marked-length", "a keyword", [[keywordLength, 'duration="0/2500s"']]],
  ["warning marked-length-off-frame", "a marker", [[markerLength, 'duration="150/2500s"']]],
  ["warning marked-length-off-frame", "a keyword", [[keywordLength, 'duration="7450/2500s"']]],
  ["warning keyword-off-frame", "a keyword between frames", [[keywordStart, 'start="2550/2500s"']]],
  ["warning keyword-outside", "before the media of its clip", [[keywordStart, 'start="-10s"']]],
  [
    "warning keyword-outside",
    "after its browser clip",
    [['<keyword start="2500/2500s" duration="7500', '<keyword start="30000/2500s" duration="7500']],
  ],
  ["error wrong-child", "a keyword collection in the library", [misplaced("<event")]],
  ["error wrong-child", "a keyword collection beside the library", [misplaced("<library")]],
  ["error wrong-child", "a keyword collection in a project", [misplaced("<sequence")]],
  ["error wrong-child", "an event beside the library", [["</library>", '</library><event name="x"/>']]],
  ["error wrong-child", "a second library", [["</library>", "</library><library/>"]]],
];

describe("rules of FCPXML", () => {
  it("take keywords outside a cut for those of its media, as Final Cut Pro writes them", async () => {
    expect(rulesIn(await checkEdited(plain, [[keywordStart, 'start="15000/2500s"']]))).toEqual([]);
  });

  it("let items or events stand at the top where there is no library", async () => {
    const events = edited(expectedText(plain), [
      [/<library>|<\/library>/, ""],
      [/<library>|<\/library>/, ""],
    ]);
    expect(rulesIn(await checkFiles(written({ "a.fcpxml": events })))).toEqual([]);
    const items = edited(events, [
      [/<event [^>]*>/, ""],
      ["</event>", ""],
    ]);
    expect(rulesIn(await checkFiles(written({ "a.fcpxml": items })))).toEqual([]);
  });

  for (const [rules, what, edits, file = plain] of rows)
    it(`${rules}: ${what}`, async () => {
      expect(rulesIn(await checkEdited(file, edits))).toEqual([rules].flat());
    });

  it("warning past-midnight: a late start", async () => {
    // Every offset 82,796 seconds later: the sequence starts four seconds before midnight.
    const later = expectedText(plain).replace(
      /(offset|tcStart)="(\d+)\/2500s"/g,
      (_, name, time) => `${name}="${Number(time) + 206_990_000}/2500s"`,
    );
    expect(rulesIn(await checkFiles(written({ "a.fcpxml": later })))).toEqual(["warning past-midnight"]);
  });
});
