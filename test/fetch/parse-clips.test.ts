import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FacecutError } from "../../src/errors.js";
import { DistinctClips } from "../../src/fetch/distinct-clips.js";
import { parseClips } from "../../src/fetch/parse-clips.js";
import { parseMediaInfos, parseMediaPage } from "../../src/fetch/parse-media.js";
import type { MediaClip } from "../../src/model/matches.js";
import { sweep } from "../support/sweep.js";
import { clip, clipPage, occurrence, refusal, reply } from "./record-fixture.js";

const file = { path: "hits/page-0001.json", name: "page-0001.json" };
const clipsOf = (value: unknown) => parseClips(file, value).clips.map((found) => found.clip);
const withOccurrence = (fields: object) => clipPage([{ ...clip, OccurrencesInfos: [{ ...occurrence, ...fields }] }]);
const withPoint = (fields: object) => withOccurrence({ TrackData: [{ Timestamp: 62, ...fields }] });
const withBox = (box: unknown) => withPoint({ BoxPosition: box });
const boxOf = (value: unknown) => clipsOf(value)[0]?.occurrences[0]?.trackData.at(0)?.box;

// The example of the vendor's documentation, as the current clients and as the older ones get it.
const boxed = { Timestamp: 62.03302, BoxPosition: { X: 517, Y: 409, W: 128, H: 168 } };
const plain = clipPage([{ ...clip, OccurrencesInfos: [{ ...occurrence, TrackData: [boxed] }] }], 5);
const wrapped = reply({
  Total: 5,
  MediaClipList: {
    MediaClip: [{ ...clip, OccurrencesInfos: { OccurrencesInfo: [{ ...occurrence, TrackData: { TrackDataItem: [boxed] } }] } }],
  },
});
const asText = JSON.parse(JSON.stringify(plain), (_, value) => (typeof value === "number" ? String(value) : value));

/** The clip with its track points as a plain list. */
const spelledOut = (clip: MediaClip) => ({
  ...clip,
  occurrences: clip.occurrences.map((each) => ({ ...each, trackData: [...each.trackData] })),
});

describe("a page", () => {
  it.each([
    ["plain lists", plain],
    ["wrapped lists", wrapped],
    ["numbers as text", asText],
    ["unknown fields", { ...plain, New: { a: [1] } }],
  ])("is read with %s", (_, value) => {
    const page = parseClips(file, value);
    expect(page.total).toBe(5);
    expect(page.clips.map((found) => spelledOut(found.clip))).toEqual([
      {
        score: 0.99,
        entityId: "440",
        labelName: "Ada",
        category: "celebrity",
        occurrences: [
          {
            startTime: 61.066353,
            endTime: 69.06635,
            expression: "Calm",
            trackData: [{ timestamp: 62.03302, box: { x: 517, y: 409, w: 128, h: 168 } }],
          },
        ],
        place: expect.stringMatching(/^hits\/page-0001\.json \$\.MediaClipList(\.MediaClip)?\[0\]$/),
      },
    ]);
  });

  it("leaves out what is missing or blank", () => {
    const bare = { Score: null, EntityId: "", LabelName: "", OccurrencesInfos: [{ StartTime: 1, EndTime: 1 }] };
    expect(clipsOf(clipPage([bare, {}])).map(spelledOut)).toEqual([
      { occurrences: [{ startTime: 1, endTime: 1, trackData: [] }], place: "hits/page-0001.json $.MediaClipList[0]" },
      { occurrences: [], place: "hits/page-0001.json $.MediaClipList[1]" },
    ]);
  });

  it("keeps ids that are numbers as their digits", () => {
    expect(clipsOf(clipPage([{ ...clip, EntityId: 4400192837461 }]))[0]?.entityId).toBe("4400192837461");
  });

  it("keeps times below zero and scores above one for others to judge", () => {
    const [found] = clipsOf(clipPage([{ Score: 1.5, OccurrencesInfos: [{ StartTime: -1, EndTime: -0.5 }] }]));
    expect([found?.score, found?.occurrences[0]?.startTime]).toEqual([1.5, -1]);
  });
});

describe("boxes", () => {
  it("may begin outside the picture", () => {
    expect(boxOf(withBox({ X: -5, Y: "-7", W: 0, H: 10 }))).toEqual({ x: -5, y: -7, w: 0, h: 10 });
  });

  it.each([undefined, null, {}, { X: 1, Y: 2, W: 3 }, { X: 1, Y: 2, W: 3, H: null }])("%j counts as none", (box) => {
    const [found] = clipsOf(withBox(box));
    expect([...(found?.occurrences[0]?.trackData ?? [])]).toEqual([{ timestamp: 62 }]);
  });
});

describe("wrong values", () => {
  const at = "hits/page-0001.json $.MediaClipList[0]";
  it.each([
    ["a text as time", withOccurrence({ StartTime: "12:04" }), `${at}.OccurrencesInfos[0].StartTime`, '"12:04"'],
    ["NaN as time", withOccurrence({ EndTime: "NaN" }), `${at}.OccurrencesInfos[0].EndTime`, '"NaN"'],
    ["no time", withOccurrence({ StartTime: undefined }), `${at}.OccurrencesInfos[0].StartTime`, "nothing"],
    ["no timestamp", withPoint({ Timestamp: null }), `${at}.OccurrencesInfos[0].TrackData[0].Timestamp`, "nothing"],
    ["a width below zero", withBox({ X: 0, Y: 0, W: -1, H: 1 }), `${at}.OccurrencesInfos[0].TrackData[0].BoxPosition.W`, "-1"],
    ["a height below zero", withBox({ H: "-3" }), `${at}.OccurrencesInfos[0].TrackData[0].BoxPosition.H`, '"-3"'],
    ["a box that is text", withBox("517;409"), `${at}.OccurrencesInfos[0].TrackData[0].BoxPosition`, '"517;409"'],
    ["a score that is text", clipPage([{ ...clip, Score: "high" }]), `${at}.Score`, '"high"'],
    ["a list that is text", clipPage([{ ...clip, OccurrencesInfos: "none" }]), `${at}.OccurrencesInfos`, '"none"'],
    ["an element that is none", clipPage(["x"]), at, '"x"'],
    ["a name that is a list", clipPage([{ ...clip, LabelName: ["Ada"] }]), `${at}.LabelName`, "a list"],
    ["an id that lost digits", clipPage([{ ...clip, EntityId: 2 ** 60 }]), `${at}.EntityId`, String(2 ** 60)],
    ["a Total below zero", clipPage([], -1), "hits/page-0001.json $.Total", "-1"],
  ])("%s is refused with its place and value", async (_, value, where, found) => {
    const error = await refusal(() => parseClips(file, value));
    expect([error.code, error.where]).toEqual(["bad-reply", where]);
    expect(error.text).toContain(`Found ${found} where`);
  });

  it("EndTime before StartTime is refused with both", async () => {
    const error = await refusal(() => parseClips(file, withOccurrence({ StartTime: 10.5, EndTime: 3 })));
    expect([error.code, error.where]).toEqual(["bad-occurrence", `${at}.OccurrencesInfos[0]`]);
    expect(error.text).toContain("EndTime 3 lies before StartTime 10.5");
  });
});

describe("clips that come again", () => {
  const distinct = (clips: readonly unknown[]) => {
    const found = new DistinctClips();
    for (const each of parseClips(file, clipPage(clips)).clips) found.add(each);
    return [found.clips.length, found.duplicates];
  };
  it.each([
    ["equal ones", [clip, clip], [1, 1]],
    ["keys in another order", [clip, Object.fromEntries(Object.entries(clip).reverse())], [1, 1]],
    ["another score", [clip, { ...clip, Score: 0.98 }], [2, 0]],
    ["another track point only", [clip, { ...clip, OccurrencesInfos: [{ ...occurrence, TrackData: [] }] }], [2, 0]],
    ["an unknown field only", [clip, { ...clip, ClipId: 7 }, { ...clip, ClipId: 7 }], [2, 1]],
    ["a key more", [{ ...clip, Extra: null }, clip], [2, 0]],
  ])("%s", (_, clips, expected) => {
    expect(distinct(clips)).toEqual(expected);
  });
});

describe("any JSON", () => {
  // Values that look like replies reach the parsers' depth; plain jsonValue() alone would be refused at the door.
  const keys = fc.constantFrom(
    ...["MediaClipList", "MediaInfoList", "MediaInfos", "MediaInfo", "OccurrencesInfos", "TrackData", "BoxPosition", "StartTime"],
    ...[
      "EndTime",
      "Timestamp",
      "X",
      "W",
      "Score",
      "EntityId",
      "Success",
      "Total",
      "MediaId",
      "FileInfoList",
      "Fps",
      "Rotate",
      "__proto__",
    ],
    ...[
      "VideoStreamInfoList",
      "AudioStreamInfoList",
      "FileBasicInfo",
      "MediaBasicInfo",
      "Duration",
      "Width",
      "Height",
      "FileUrl",
    ],
  );
  const leaf = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom("true", "1", "-1", "NaN", "1e999", "", 0, 1e300));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ depthSize: "medium", withCrossShrink: true }, leaf, tie("list"), tie("object")),
    list: fc.array(tie("tree"), { maxLength: 4 }),
    object: fc.array(fc.tuple(keys, tie("tree")), { maxLength: 8 }).map((entries) => {
      const object = {};
      for (const [key, value] of entries) Object.defineProperty(object, key, { value, enumerable: true, configurable: true });
      return object;
    }),
  }));
  const replies = fc.oneof(
    tree,
    tree.map((list) => clipPage(Array.isArray(list) ? list : [list])),
    tree.map((value) => withPoint({ Timestamp: value, BoxPosition: value })),
    tree.map((value) => ({ MediaInfos: [{ MediaId: "a", MediaBasicInfo: value, FileInfoList: [value] }] })),
    tree.map((value) => ({
      MediaInfo: { MediaId: "a", FileInfoList: [{ FileBasicInfo: value, VideoStreamInfoList: [value] }] },
    })),
  );
  const parsers = [
    (value: unknown) => parseClips(file, value).clips.map((found) => found.clip),
    (value: unknown) => parseMediaPage(file, value),
    (value: unknown) => parseMediaInfos(file, value, "BatchGetMediaInfos"),
    (value: unknown) => parseMediaInfos(file, value, "GetMediaInfo"),
  ];

  it("gives a result or a FacecutError, and never NaN or infinity", () => {
    fc.assert(
      fc.property(replies, fc.constantFrom(...parsers), (value, parse) => {
        const outcome = outcomeOf(() => parse(value));
        expect(outcome).not.toBeInstanceOf(Error);
        expect(numbersIn(outcome).every(Number.isFinite)).toBe(true);
      }),
      { numRuns: sweep(300, 2000) },
    );
  });
});

function outcomeOf(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error instanceof FacecutError ? [error.code, error.message, error.where] : error;
  }
}

function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}
