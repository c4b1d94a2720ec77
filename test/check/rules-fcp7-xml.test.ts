import { describe, expect, it } from "vitest";
import { checkEdited, type Edits, expectedText, rulesIn } from "./broken.js";

const plain = "one-face-25/Ada Example.xml";
const drop = "one-face-2997-drop/Ada Example.xml";

type Row = readonly [rules: string | readonly string[], what: string, edits: Edits, file?: string];

/** The in and out of the silent clips, by their record range. */
const clip4 = /<start>151<\/start>\s*<end>251<\/end>\s*<in>100<\/in>\s*<out>200<\/out>/;
const ranges = (start: string, end: string, from: string, to: string) =>
  `<start>${start}</start><end>${end}</end><in>${from}</in><out>${to}</out>`;
/** Part of the link to the second channel of the first clip. */
const linkTo = (part: string) => new RegExp(`(?<=<linkclipref>clipitem-1-a2</linkclipref>[^-]*?<${part}>)\\w+`);
const clipDuration = /(?<=<clipitem id="clipitem-4">[\s\S]*?<duration>)260/;
const filter = "<filter><effect><effectid>timeremap</effectid></effect></filter>";
const fileStart = /<string>00:00:00:00<\/string>\s*<frame>0<\/frame>/;
const sequenceStart = /<string>01:00:00:00<\/string>\s*<frame>90000<\/frame>/;
const timecode = /<timecode>[\s\S]*?<\/timecode>/;
const fileRate = /(?<=interview-a.mp4<\/pathurl>\s*)<rate>[\s\S]*?<\/rate>/;

const rows: readonly Row[] = [
  ["error source-outside-media", "beyond the end", [[clip4, ranges("151", "251", "200", "300")]]],
  ["error source-outside-media", "before the start", [[clip4, ranges("151", "251", "-5", "95")]]],
  ["error length-mismatch", "two frames", [[clip4, ranges("151", "251", "100", "202")]]],
  ["warning length-off-by-one", "one frame", [[clip4, ranges("151", "251", "100", "201")]]],
  ["error no-length", "nothing", [[clip4, ranges("151", "151", "100", "100")]]],
  [
    "error before-start",
    "before 0",
    [[/<start>0<\/start>\s*<end>75<\/end>\s*<in>25<\/in>/, "<start>-10</start><end>75</end><in>15</in>"]],
  ],
  ["error record-overlap", "two on one track", [[clip4, ranges("150", "251", "99", "200")]]],
  [["error off-frame", "warning length-off-by-one"], "half a frame", [[clip4, ranges("151.5", "251", "100", "200")]]],
  ["warning source-off-frame", "in between frames", [[clip4, ranges("151", "251", "100.5", "200.5")]]],
  ["error duplicate-id", "two clipitems", [[/(?<=<clipitem )id="clipitem-4"/, 'id="clipitem-3"']]],
  [
    "error file-described-twice",
    "two bodies",
    [
      [
        '<file id="file-1"/>',
        '<file id="file-1"><name>interview-a.mp4</name><pathurl>file:///x</pathurl><rate><timebase>25</timebase></rate><duration>250</duration></file>',
      ],
    ],
  ],
  ["error dangling-reference", "no such file", [['<file id="file-2"/>', '<file id="file-9"/>']]],
  ["error dangling-reference", "no file at all", [['<file id="file-2"/>', ""]]],
  ["error no-path", "no pathurl", [[/<pathurl>.*<\/pathurl>/, ""]]],
  ["error no-rate", "no file rate", [[fileRate, ""]]],
  [
    "warning no-duration",
    "no file duration",
    [[/(?<=interview-a.mp4<\/pathurl>\s*<rate>[\s\S]*?<\/rate>\s*)<duration>250<\/duration>/, ""]],
  ],
  ["error no-size", "no format", [[/<format>[\s\S]*?<\/format>/, ""]]],
  ["warning name-without-extension", "a stem", [[/(?<=<file id="file-1">\s*)<name>interview-a.mp4/, "<name>interview-a"]]],
  ["warning no-timecode", "no file timecode", [[timecode, ""]]],
  ["error timecode-disagrees", "file", [[fileStart, "<string>00:00:00:00</string><frame>1</frame>"]]],
  ["error timecode-disagrees", "sequence", [[sequenceStart, "<string>01:00:00:01</string><frame>90000</frame>"]]],
  ["error no-such-label", "frame 25", [[sequenceStart, "<string>01:00:00:25</string><frame>90000</frame>"]]],
  [["error no-such-label"], "dropped", [[/<string>00:08:58;00/, "<string>00:09:00;00"]], drop],
  ["error display-format", "NDF with ;", [["<displayformat>DF", "<displayformat>NDF"]], drop],
  [
    "error display-format",
    "DF with :",
    [
      ["<string>00:08:58;00", "<string>00:08:58:00"],
      [/<frame>16124/, "<frame>16140"],
    ],
    drop,
  ],
  ["error ntsc-rate", "25 with ntsc", [[/<ntsc>FALSE/g, "<ntsc>TRUE"]]],
  ["error rates-disagree", "file and timecode", [[/(?<=<timecode>\s*<rate>\s*)<timebase>25/, "<timebase>30"]]],
  [
    ["warning clip-duration", "warning clip-rate"],
    "a clip at 50",
    [
      [/(?<=<clipitem id="clipitem-4">[\s\S]*?<rate>\s*)<timebase>25/, "<timebase>50"],
      [clip4, ranges("151", "251", "200", "400")],
    ],
  ],
  [
    "error drop-frame-rate",
    "DF at 25",
    [
      [
        /<string>01:00:00:00<\/string>(\s*<frame>90000<\/frame>\s*)<displayformat>NDF/,
        "<string>01:00:00;00</string><frame>90000</frame><displayformat>DF",
      ],
    ],
  ],
  ["error dangling-link", "no such clipitem", [["<linkclipref>clipitem-2-a2", "<linkclipref>clipitem-2-a9"]]],
  [
    "warning sound-out-of-step",
    "one frame late",
    [[/(?<=<clipitem id="clipitem-1-a1">[\s\S]*?)<in>25<\/in>\s*<out>100/, "<in>26</in><out>101"]],
  ],
  ["warning timeline-duration", "a longer sequence", [["<duration>419", "<duration>420"]]],
  ["warning timeline-marker-outside", "after the end", [["<in>306</in>", "<in>419</in>"]]],
  [
    "warning marker-outside",
    "outside in and out",
    [["<labels>", "<marker><name>x</name><in>10</in><out>-1</out></marker><labels>"]],
  ],
  ["error no-marker-in", "no in", [["<in>306</in>", ""]]],
  ["error no-record", "no end", [[/<end>251<\/end>/, ""]]],
  ["error bad-number", "no number", [["<duration>419", "<duration>many"]]],
  ["warning past-midnight", "a late start", [[sequenceStart, "<string>23:59:59:00</string><frame>2159975</frame>"]]],
  ["warning empty-timeline", "empty tracks", [[/<track>[\s\S]*<\/track>/, "<track/></video><audio><track/>"]]],
  ["warning marker-off-frame", "a marker between frames", [["<in>306</in>", "<in>306.5</in>"]]],
  ["error wrong-value", "ntsc", [["<ntsc>FALSE", "<ntsc>no"]]],
  ["error wrong-value", "an empty ntsc", [["<ntsc>FALSE", "<ntsc>"]]],
  ["error wrong-value", "enabled", [["<enabled>TRUE", "<enabled>1"]]],
  ["error wrong-value", "mediatype of a link", [["<mediatype>video", "<mediatype>picture"]]],
  ["error wrong-value", "mediatype of a source track", [[/(?<=<sourcetrack>\s*<mediatype>)audio/, "sound"]]],
  ["warning link-index", "a track that is not there", [[linkTo("trackindex"), "9"]]],
  ["warning link-index", "a clip that is not there", [[linkTo("clipindex"), "7"]]],
  ["warning link-index", "the other kind of track", [[linkTo("mediatype"), "video"]]],
  [
    "warning master-clip",
    "another one for the sound",
    [[/(?<=<clipitem id="clipitem-1-a1">\s*<masterclipid>)masterclip-1/, "other"]],
  ],
  ["warning master-clip", "one that is nowhere, where others are", [["<sequence ", '<clip id="masterclip-2"/><sequence ']]],
  ["warning clip-duration", "another than the file's", [[clipDuration, "250"]]],
  [
    ["warning clip-duration", "warning no-duration"],
    "less than out, of a file that does not say its own",
    [
      [clipDuration, "150"],
      [/(?<=night-c.mp4<\/pathurl>\s*<rate>[\s\S]*?<\/rate>\s*)<duration>260<\/duration>/, ""],
    ],
  ],
  ["error negative-length", "a marker that ends before it begins", [[/(?<=<in>306<\/in>\s*<out>)-1/, "300"]]],
  ["error negative-length", "a file", [[/(?<=night-c.mp4<\/pathurl>\s*<rate>[\s\S]*?<\/rate>\s*<duration>)260/, "-260"]]],
];

describe("rules of Final Cut Pro 7 XML", () => {
  for (const [rules, what, edits, file = plain] of rows)
    it(`${rules}: ${what}`, async () => {
      expect(rulesIn(await checkEdited(file, edits))).toEqual([rules].flat());
    });

  it("error dangling-link: a clip of another sequence", async () => {
    const [body = ""] = /<sequence [\s\S]*<\/sequence>/.exec(expectedText(plain)) ?? [];
    const other = body.replace(/(sequence|clipitem|file)-(\d)/g, "$1-9$2").replace("<uuid>", "<uuid>9");
    expect(rulesIn(await checkEdited(plain, [["</sequence>", `</sequence>${other}`]]))).toEqual([]);
    const linked = other.replaceAll("<linkclipref>clipitem-91-a2", "<linkclipref>clipitem-1-a2");
    expect(rulesIn(await checkEdited(plain, [["</sequence>", `</sequence>${linked}`]]))).toEqual(["error dangling-link"]);
  });

  it("take another length for a change of speed where a filter says so", async () => {
    const edits: Edits = [[clip4, ranges("151", "251", "0", "200") + filter]];
    expect(rulesIn(await checkEdited(plain, edits))).toEqual([]);
    const other: Edits = [...edits, ["timeremap", "basic"]];
    expect(rulesIn(await checkEdited(plain, other))).toEqual(["error length-mismatch"]);
  });
});
