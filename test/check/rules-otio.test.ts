import { describe, expect, it } from "vitest";
import { checkEdited, type Edits, rulesIn } from "./broken.js";

const plain = "one-face-25/Ada Example.otio";

type Row = readonly [rules: string | readonly string[], what: string, edits: Edits];

const time = (value: string, rate = "25.0") => `{ "OTIO_SCHEMA": "RationalTime.1", "rate": ${rate}, "value": ${value} }`;
const range = (start: string, duration: string, rate?: string) =>
  `"start_time": ${time(start, rate)}, "duration": ${time(duration, rate)}`;

const clip1 = range("25.0", "75.0");
const clip2 = range("150.0", "75.0");
const media1 = range("0.0", "250.0");

const effect = (schema: string): Edits[number] => [
  /(?<=Clip\.2[\s\S]*?)"effects": \[\]/,
  `"effects": [{ "OTIO_SCHEMA": "${schema}", "effect_name": "x" }]`,
];

const rows: readonly Row[] = [
  ["error source-outside-media", "shorter media", [[media1, range("0.0", "99.0")]]],
  ["error source-outside-media", "media that begin later", [[media1, range("26.0", "224.0")]]],
  [
    ["error before-start", "error no-length", "warning sound-out-of-step"],
    "a clip that ends before it begins",
    [[clip1, range("25.0", "-75.0")]],
  ],
  [
    "error no-length",
    "a clip without length",
    [[/"value": 1\.0 \} \},\n {12}"effects"/, '"value": 0.0 } },\n            "effects"']],
  ],
  [["warning off-frame", "warning sound-out-of-step"], "half a frame", [[clip1, range("25.0", "75.5")]]],
  [["warning sound-out-of-step", "warning source-off-frame"], "a start at half a frame", [[clip2, range("150.5", "74.0")]]],
  ["error unknown-schema", "a clip of the future", [['"Clip.2"', '"Clip.9"']]],
  ["error unknown-schema", "a marker of the future", [['"Marker.2"', '"Marker.4"']]],
  ["error unknown-schema", "a marker of OpenTimelineIO's next release", [['"Marker.2"', '"Marker.3"']]],
  ["error unknown-schema", "a stack of the future", [['"Stack.1"', '"Stack.2"']]],
  ["error unknown-schema", "a time of the future", [['"RationalTime.1"', '"RationalTime.2"']]],
  ["error unknown-schema", "an effect that is none", [effect("Blur.1")]],
  [
    "error unknown-schema",
    "something that is no clip",
    [['"children": [\n          {', '"children": [{"OTIO_SCHEMA": "Thing.1"}, {']],
  ],
  ["error wrong-value", "enabled", [['"enabled": true,\n            "media', '"enabled": 1,\n            "media']]],
  ["error negative-length", "a marker", [[range("30.0", "1.0"), range("30.0", "-1.0")]]],
  ["error negative-length", "an available range", [[media1, range("0.0", "-250.0")]]],
  [
    ["error before-start", "error negative-length", "warning sound-out-of-step"],
    "a gap",
    [
      [
        '"children": [\n          {',
        `"children": [{ "OTIO_SCHEMA": "Gap.1", "source_range": { "OTIO_SCHEMA": "TimeRange.1", ${range("0.0", "-1.0")} } }, {`,
      ],
    ],
  ],
  ["error bad-time", "a marker that lasts NaN", [[range("30.0", "1.0"), range("30.0", "NaN")]]],
  [["error bad-time", "warning sound-out-of-step"], "a clip that begins at NaN", [[clip1, range("NaN", "75.0")]]],
  [["error bad-rate", "error bad-time"], "a rate of NaN", [[range("30.0", "1.0"), range("30.0", "1.0", "NaN")]]],
  [
    "warning no-media",
    "a missing reference",
    [
      ['"ExternalReference.1"', '"MissingReference.1"'],
      [/,\n *"target_url": "[^"]*interview-a.mp4"/, ""],
    ],
  ],
  ["warning source-rate", "a source range at 50", [[clip1, range("50.0", "150.0", "50.0")]]],
  ["warning marker-outside", "a marker before its clip", [[range("30.0", "1.0"), range("20.0", "1.0")]]],
  [
    "warning timeline-marker-outside",
    "a marker of the timeline after all",
    [
      [
        '"markers": []',
        `"markers": [{ "OTIO_SCHEMA": "Marker.2", "marked_range": { "OTIO_SCHEMA": "TimeRange.1", ${range("500.0", "1.0")} } }]`,
      ],
    ],
  ],
  ["error bad-rate", "a rate below zero", [['"rate": 25.0, "value": 90000.0', '"rate": -25.0, "value": 90000.0']]],
  [
    "warning idle-time-warp",
    "a warp of 1",
    [
      [
        '"effects": [],\n            "markers": [\n',
        '"effects": [{ "OTIO_SCHEMA": "LinearTimeWarp.1", "effect_name": "", "time_scalar": 1.0 }],\n            "markers": [\n',
      ],
    ],
  ],
  ["warning past-midnight", "a start late in the day", [[time("90000.0"), time("2159900.0")]]],
  [
    ["warning sound-alone"],
    "sound of another picture",
    [
      [/"Link Group ID":1\}/, '"Link Group ID":99}'],
      [/"LinkID":"1"/, '"LinkID":"99"'],
    ],
  ],
  ["warning empty-timeline", "no clip", [[/"children": \[\n {10}\{[\s\S]*\n {10}\}\n {8}\]/, '"children": []']]],
  ["warning marker-off-frame", "a marker between frames", [[range("30.0", "1.0"), range("30.5", "1.0")]]],
];

describe("rules of OpenTimelineIO", () => {
  it("know its effects", async () => {
    for (const schema of ["Effect.1", "TimeEffect.1"]) expect(rulesIn(await checkEdited(plain, [effect(schema)]))).toEqual([]);
  });

  for (const [rules, what, edits] of rows)
    it(`${rules}: ${what}`, async () => {
      expect(rulesIn(await checkEdited(plain, edits))).toEqual([rules].flat());
    });
});
