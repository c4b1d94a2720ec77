import { describe, expect, it } from "vitest";
import { dialectOf } from "../../src/write/dialect.js";
import { otio } from "../../src/write/otio.js";
import { media, person, plan, plans, rateOf, timeline } from "../support/plans.js";

const [clip, stack] = (["clip", "timeline"] as const).map((place) =>
  dialectOf({ markerPlace: { otio: place, fcp7xml: "timeline" } }),
);
const ada = person("Ada");

// biome-ignore lint/suspicious/noExplicitAny: OTIO's tree is looked into freely
type Json = any;

function read(made: Parameters<typeof otio.write>[0], dialect = clip): { text: string; json: Json }[] {
  const files = otio.write(
    made,
    made.timelines.map((_, i) => `cut-${i}`),
    dialect as NonNullable<typeof clip>,
  );
  return files.map(({ chunks }) => [...chunks].join("")).map((text) => ({ text, json: JSON.parse(text) }));
}

/** The one file there is. */
function only<T>(files: readonly T[]): T {
  expect(files).toHaveLength(1);
  return files[0] as T;
}

const seconds = (time: Json) => time.value / time.rate;

describe("OpenTimelineIO", () => {
  it("has every required key, and times with a decimal point", () => {
    for (const made of Object.values(plans).map((make) => make())) {
      for (const { text, json } of read(made)) {
        expect(json.OTIO_SCHEMA).toBe("Timeline.1");
        expect(text).not.toMatch(/"(rate|value)": \d+[,\s}]/);
        expect(text).not.toMatch(/"(markers|metadata|effects|children)": null/);
      }
    }
  });

  it("puts source ranges on the timeline's grid and available ranges on the media's, both in source timecode", () => {
    const source = media("a.mov", { rate: rateOf("24"), startTimecode: "10:00:00:00", duration: 2400 });
    const { json } = only(read(plan("mixed", timeline("mixed", [[{ media: source, from: 7, to: 56, people: [ada] }]]))));
    const written = json.tracks.children[0].children[0];
    expect(written.source_range.start_time).toMatchObject({ rate: 25, value: 900_008 });
    expect(written.source_range.duration).toMatchObject({ rate: 25, value: 52 });
    expect(written.media_references.DEFAULT_MEDIA.available_range).toMatchObject({
      start_time: { rate: 24, value: 864_000 },
      duration: { value: 2400 },
    });
    expect(json.global_start_time).toMatchObject({ rate: 25, value: 90_000 });
  });

  it("keeps clips inside their media, in seconds, for every sample plan", () => {
    for (const { json } of Object.values(plans).flatMap((make) => read(make()))) {
      for (const item of json.tracks.children.flatMap((track: Json) => track.children)) {
        if (item.OTIO_SCHEMA !== "Clip.2") continue;
        const available = item.media_references.DEFAULT_MEDIA.available_range;
        const [from, length] = [seconds(item.source_range.start_time), seconds(item.source_range.duration)];
        expect(from).toBeGreaterThanOrEqual(seconds(available.start_time) - 1e-6);
        expect(from + length).toBeLessThanOrEqual(seconds(available.start_time) + seconds(available.duration) + 1e-6);
      }
    }
  });

  it("writes markers in the clip's time, or on the stack from the timeline's first frame, never both", () => {
    const source = media("a.mov", { startTimecode: "19:05:12:03" });
    const made = plan(
      "m",
      timeline("m", [[{ media: source, from: 100, to: 150, people: [ada], points: [{ person: ada, frame: 112, note: "n" }] }]]),
    );
    const [onClip, onStack] = [read(made, clip)[0]?.json, read(made, stack)[0]?.json];
    const start = 1_717_803;
    expect(onClip.tracks.children[0].children[0].markers[0]).toMatchObject({
      name: "Ada",
      color: "GREEN",
      comment: "n",
      marked_range: { start_time: { value: start + 112 } },
    });
    expect(onClip.tracks.markers).toEqual([]);
    expect(onStack.tracks.markers[0].marked_range).toMatchObject({ start_time: { rate: 25, value: 12 }, duration: { value: 1 } });
    expect(onStack.tracks.children[0].children[0].markers).toEqual([]);
  });

  it("links sound to picture, and writes no sound track where there is none", () => {
    const [silent, stereo] = [media("silent.mov"), media("stereo.mov")];
    const { audio: _, ...noSound } = silent;
    const cut = (source: typeof silent) => ({ media: source, from: 0, to: 10, people: [ada] });
    const { json } = only(read(plan("s", timeline("s", [[cut(noSound), cut(stereo)]]))));
    expect(json.tracks.children.map((track: Json) => [track.kind, track.children.map((item: Json) => item.OTIO_SCHEMA)])).toEqual(
      [
        ["Video", ["Clip.2", "Clip.2"]],
        ["Audio", ["Gap.1", "Clip.2"]],
      ],
    );
    const [picture, sound] = json.tracks.children.map((track: Json) => track.children[1]);
    expect(sound.metadata.Resolve_OTIO["Link Group ID"]).toBe(picture.metadata.Resolve_OTIO["Link Group ID"]);
    expect(sound.metadata.PremierePro_OTIO).toEqual(picture.metadata.PremierePro_OTIO);
    expect(sound.source_range).toEqual(picture.source_range);
    const { json: mute } = only(read(plan("s", timeline("s", [[cut(noSound)]]))));
    expect(mute.tracks.children.map((track: Json) => track.kind)).toEqual(["Video"]);
  });

  it("is one file a timeline", () => {
    const source = media("a.mov");
    const one = (name: string) => timeline(name, [[{ media: source, from: 0, to: 10, people: [ada] }]]);
    expect(
      otio.write(plan("p", one("p"), one("p-2")), ["p", "p-2"], clip as NonNullable<typeof clip>).map(({ name }) => name),
    ).toEqual(["p.otio", "p-2.otio"]);
  });
});
