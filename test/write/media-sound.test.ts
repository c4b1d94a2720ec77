import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/model/timeline.js";
import { media, person, plan, sound, timeline } from "../support/plans.js";
import { all, at, textAt, type XmlElement } from "../support/read-xml.js";
import { fcp7xml, fcpxml, film, type Json, otio, pick, planOf, texts } from "./written-media.js";

/** What the files say of the sound of media, stream by stream. */

const ada = person("Ada");

describe("streams of sound", () => {
  interface Layout {
    readonly streams: number[];
    /** audioSources and audioChannels of FCPXML. */
    readonly asset: (string | undefined)[];
    /** channelcount and the source channels of each audio element of Final Cut Pro 7 XML. */
    readonly files: [string, string[]][];
    /** The kind of each audio track in OpenTimelineIO, and the channels on it as stream.channel. */
    readonly tracks: [string | undefined, string[]][];
  }
  const layouts: Layout[] = [
    { streams: [], asset: [undefined, undefined], files: [], tracks: [] },
    { streams: [1], asset: ["1", "1"], files: [["1", []]], tracks: [["Mono", ["0.0"]]] },
    { streams: [2], asset: ["1", "2"], files: [["2", []]], tracks: [["Stereo", ["0.0", "0.1"]]] },
    {
      streams: [1, 1],
      asset: ["2", "2"],
      files: [
        ["1", ["1"]],
        ["1", ["2"]],
      ],
      tracks: [
        ["Mono", ["0.0"]],
        ["Mono", ["1.0"]],
      ],
    },
    {
      streams: [6],
      asset: ["1", "6"],
      files: [["6", []]],
      tracks: [[undefined, ["0.0", "0.1", "0.2", "0.3", "0.4", "0.5"]]],
    },
    {
      streams: [2, 6],
      asset: ["2", "8"],
      files: [
        ["2", ["1", "2"]],
        ["6", ["3", "4", "5", "6", "7", "8"]],
      ],
      tracks: [
        ["Stereo", ["0.0", "0.1"]],
        [undefined, ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5"]],
      ],
    },
  ];
  const filmOf = (streams: readonly number[], name = "m.mov") =>
    streams.length === 0 ? film({}, name) : media(name, { audio: sound(...streams) });
  const cases = layouts.map((layout) => [layout.streams.join("+") || "none", layout] as const);

  it.each(cases)("%s: are counted in FCPXML", (_, { streams, asset }) => {
    const [found] = all(fcpxml(planOf(filmOf(streams))), "asset");
    expect(pick(found, "audioSources", "audioChannels")).toEqual(asset);
    expect(pick(found, "hasAudio", "audioRate")).toEqual(streams.length > 0 ? ["1", "48000"] : [undefined, undefined]);
  });

  it.each(cases)("%s: are an element each in Final Cut Pro 7 XML, their channels a track each", (_, { streams, files }) => {
    const document = fcp7xml(planOf(filmOf(streams)));
    const [file] = all(document, "file") as [XmlElement];
    expect(at(file, "media/audio").map((one) => [textAt(one, "channelcount"), texts(one, "audiochannel/sourcechannel")])).toEqual(
      files,
    );
    expect(texts(file, "media/audio/samplecharacteristics/samplerate")).toEqual(streams.map(() => "48000"));
    const channels = streams.reduce((sum, count) => sum + count, 0);
    const numbers = Array.from({ length: channels }, (_, n) => `${n + 1}`);
    expect(texts(document, "sequence/media/audio/track/clipitem/sourcetrack/trackindex")).toEqual(numbers);
    const [picture] = at(document, "sequence/media/video/track/clipitem") as [XmlElement];
    expect(at(picture, "link")).toHaveLength(channels === 0 ? 0 : channels + 1);
  });

  const audioTracks = (of: Plan): Json[] => otio(of).tracks.children.filter(({ kind }: Json) => kind === "Audio");
  const channelsOn = (item: Json): string[] =>
    item.metadata.Resolve_OTIO.Channels.map((one: Json) => `${one["Source Track ID"]}.${one["Source Channel ID"]}`);

  it.each(cases)("%s: are a track each in OpenTimelineIO, which says what is on it", (_, { streams, tracks }) => {
    const found = audioTracks(planOf(filmOf(streams)));
    expect(found.map(({ metadata, children }) => [metadata.Resolve_OTIO?.["Audio Type"], channelsOn(children[0])])).toEqual(
      tracks,
    );
    expect(found.map(({ name }) => name)).toEqual(streams.map((_, n) => `A${n + 1}`));
  });

  it("lie under their picture, linked to it, on as many tracks as the clip with most streams has", () => {
    const films = [[2], [1, 1, 1], [], [2, 2]].map((streams, n) => filmOf(streams, `${n}.mov`));
    const [pictures, ...sounds] = otio(planOf(...films)).tracks.children;
    const link = (item: Json) => item.metadata.Resolve_OTIO?.["Link Group ID"];
    const row = ({ children }: Json) => children.map((item: Json) => link(item) ?? item.OTIO_SCHEMA);
    const [one, two, silent, four] = row(pictures);
    expect(silent).toBe("Clip.2");
    expect(sounds.map(row)).toEqual([
      [one, two, "Gap.1", four],
      ["Gap.1", two, "Gap.1", four],
      ["Gap.1", two],
    ]);
    // The first two hold mono and stereo.
    expect(sounds.map(({ metadata }: Json) => metadata.Resolve_OTIO?.["Audio Type"])).toEqual([undefined, undefined, "Mono"]);
    expect(pictures.children.flatMap((item: Json) => item.metadata.Resolve_OTIO?.Channels ?? [])).toEqual([]);
  });

  it("of each video track lie on tracks of their own", () => {
    const [first, second] = [filmOf([1, 1], "1.mov"), filmOf([2], "2.mov")];
    const rows = [first, second].map((one) => [{ media: one, from: 0, to: 10, people: [ada] }]);
    const found = audioTracks(plan("p", timeline("t", rows)));
    expect(found.map(({ name, children }) => [name, children[0].name, ...channelsOn(children[0])])).toEqual([
      ["A1", "1.mov", "0.0"],
      ["A2", "1.mov", "1.0"],
      ["A3", "2.mov", "0.0", "0.1"],
    ]);
  });
});
