import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { factsOf, packetNeed } from "../../src/media/probe-facts.js";
import { readPackets } from "../../src/media/probe-packets.js";
import { readReply } from "../../src/media/probe-reply.js";

/** Answers after ffprobe 5.1's, with the fields that matter. */
const picture = { index: 0, codec_type: "video", codec_name: "h264", width: 1920, height: 1080, time_base: "1/90000" };
const even = (rate: string) => ({ r_frame_rate: rate, avg_frame_rate: rate });
const tmcd = (rate: string, timecode: string) => ({
  codec_type: "data",
  codec_tag_string: "tmcd",
  r_frame_rate: "0/0",
  avg_frame_rate: rate,
  tags: { timecode },
});

interface Answer {
  readonly streams?: readonly object[];
  readonly format?: object;
}

function facts(answer: Answer, packets?: { lines: string; complete: boolean }) {
  const reply = readReply(answer);
  const listed = packets && reply.picture && readPackets(packets.lines, reply.picture, packets.complete);
  return factsOf(reply, listed);
}

const video = (fields: object, ...others: object[]) => ({ streams: [{ ...picture, ...fields }, ...others], format: {} });
const lines = (times: readonly number[]) => times.map((time) => `${time},___\n`).join("");
const grid = (frame: number, frames: number) => lines(Array.from({ length: frames }, (_, k) => Math.round(k * frame)));

describe("the rate", () => {
  test.each([
    ["a standard one", "30000/1001", 30000, 1001],
    ["hundredths for NTSC", "2997/100", 30000, 1001],
    ["thousandths for NTSC", "23976/1000", 24000, 1001],
    ["milliseconds for NTSC", "19001/634", 30000, 1001],
    ["hundredths, rounded up, for NTSC", "2398/100", 24000, 1001],
    ["one frame a minute off a standard one is another", "24010/1000", 2401, 100],
    ["slow", "15/1", 15, 1],
    ["fast", "1000/1", 1000, 1],
  ])("%s: %s", (_, text, num, den) => {
    expect(facts(video(even(text)))).toMatchObject({ facts: { rate: { num, den }, variableRate: false } });
  });

  test.each([
    ["average off by rounding, frames even", "25/1", "2500000/100003", grid(3600, 50), true, 25, false],
    ["fields as the grid of interlaced pictures", "50/1", "25/1", grid(3600, 50), true, 25, false],
    ["times rounded to milliseconds", "25/1", "24900/997", lines([0, 3630, 7170, 10800]), true, 25, false],
    ["a hole", "25/1", "20/1", lines([0, 3600, 10800, 14400]), true, 25, true],
    ["a hole, and an average that is whole", "30/1", "24/1", lines([0, 3000, 6000, 9000, 15000, 18000]), true, 30, true],
    ["milliseconds as the grid", "1000/1", "25/1", lines([0, 3690, 7200, 10710]), true, 25, false],
    ["even at first, but too few in all", "30/1", "28/1", grid(3000, 50), false, 30, true],
    ["even at first, and as many as there should be", "30/1", "29999/1000", grid(3000, 50), false, 30, false],
    ["no times", "25/1", "20/1", "N/A,K__\nN/A,___\n", true, 25, true],
    ["ticks as the grid", "90000/1", "2987/100", lines([0, 3001, 6100, 9100]), true, 30, true],
  ])("%s", (_, declared, average, packets, complete, num, variable) => {
    const answer = video({ r_frame_rate: declared, avg_frame_rate: average, nb_frames: "9000", duration: "321.4" });
    expect(packetNeed(readReply(answer))).toBe("rate");
    expect(facts(answer, { lines: packets, complete })).toMatchObject({
      facts: { rate: { num, den: 1 }, variableRate: variable },
    });
  });

  // GXF gives twice its rate as the average, and packets without a time.
  test.each([
    ["no packets", undefined],
    ["no times", { lines: "N/A,K__\nN/A,___\n", complete: true }],
    ["even times", { lines: grid(3600, 50), complete: true }],
  ])("the average is that of fields: %s", (_, packets) => {
    const answer = video({ r_frame_rate: "25/1", avg_frame_rate: "50/1" });
    expect(facts(answer, packets)).toMatchObject({ facts: { rate: { num: 25, den: 1 }, variableRate: false } });
  });

  test("a hole among fields is a hole", () => {
    const answer = video({ r_frame_rate: "25/1", avg_frame_rate: "50/1" });
    const packets = { lines: lines([0, 3600, 10800, 14400]), complete: true };
    expect(facts(answer, packets)).toMatchObject({ facts: { variableRate: true } });
  });

  test("packets that could not be listed leave the doubt", () => {
    const answer = video({ r_frame_rate: "30/1", avg_frame_rate: "2987/100" });
    expect(facts(answer)).toMatchObject({ facts: { rate: { num: 30, den: 1 }, variableRate: true } });
  });

  test("none is known", () => {
    expect(facts(video(even("0/0")))).toEqual({
      facts: { kind: "video", variableRate: false, rotation: 0, size: { width: 1920, height: 1080 } },
    });
  });
});

describe("the start timecode", () => {
  test.each([
    [
      "timecode track before the picture's tag",
      "25/1",
      [tmcd("25/1", "10:00:00:01")],
      { timecode: "11:00:00:00" },
      "10:00:00:01",
    ],
    ["the picture's tag before the file's", "25/1", [], { timecode: "11:00:00:00" }, "11:00:00:00"],
    ["the file's tag before another stream's", "25/1", [{ tags: { timecode: "13:00:00:00" } }], {}, "12:00:00:00"],
    ["tags in capitals", "25/1", [], { TIMECODE: "11:00:00:00" }, "11:00:00:00"],
    ["counted at 30 beside 60", "60000/1001", [tmcd("30000/1001", "19:05:12;29")], {}, "19:05:12;58"],
    ["counted at 50 beside 25", "25/1", [tmcd("50/1", "10:00:00:49")], {}, "10:00:00:24"],
    ["the track's rate in hundredths", "30000/1001", [tmcd("2997/100", "19:05:12;29")], {}, "19:05:12;29"],
    ["a semicolon before the seconds", "30000/1001", [], { timecode: "01:02;03;04" }, "01:02:03;04"],
    ["counted at 30 beside 24, on a common frame", "24000/1001", [tmcd("30000/1001", "09:59:24:05")], {}, "09:59:24:04"],
  ])("%s", (_, rate, others, tags, expected) => {
    const answer = { ...video({ ...even(rate), tags }, ...others), format: { tags: { timecode: "12:00:00:00" } } };
    expect(facts(answer)).toMatchObject({ facts: { startTimecode: expected } });
  });

  const tagged = (timecode: string) => ({ codec_type: "data", tags: { timecode } });
  test.each([
    ["no such frame", "25/1", tagged("10:00:00:25")],
    ["dropped label", "30000/1001", tagged("10:01:00;00")],
    ["drop-frame where there is none", "25/1", tagged("10:00:00;00")],
    ["another spelling", "25/1", tagged("10:00:00.00")],
    ["counted at 30 beside 24", "24000/1001", tmcd("30000/1001", "09:59:24:28")],
    ["counted at 30 beside 24, though 24 has the label", "24000/1001", tmcd("30000/1001", "09:59:24:12")],
  ])("is kept as it is when its label cannot be: %s", (_, rate, place) => {
    const result = facts(video(even(rate), place));
    expect(result).toMatchObject({ facts: { kind: "video", unusableTimecode: place.tags.timecode } });
    expect("facts" in result && result.facts.startTimecode).toBeUndefined();
  });
});

describe("the length", () => {
  const rate = even("30000/1001");
  test.each([
    ["frames as counted", { nb_frames: "1800", duration: "60.060000" }, {}, 1800],
    ["frames that an edit list hides", { nb_frames: "1800", duration: "30.030000" }, {}, 900],
    ["the stream's time", { duration: "60.060000" }, { duration: "99" }, 1800],
    ["Matroska's tag", { tags: { DURATION: "00:01:00.060000000" } }, { duration: "99" }, 1800],
    ["the file's time", {}, { duration: "60.060000" }, 1800],
    ["not known", { nb_frames: "N/A" }, {}, undefined],
    ["beyond counting", { duration: "1e400" }, {}, undefined],
  ])("%s", (_, fields, format, expected) => {
    const result = facts({ streams: [{ ...picture, ...rate, ...fields }], format });
    expect("facts" in result && result.facts.duration).toBe(expected);
  });

  test("packets counted, the hidden ones not", () => {
    const answer = video(rate);
    expect(packetNeed(readReply(answer))).toBe("length");
    expect(facts(answer, { lines: "-1,KD\n0,K_\n1,__\n", complete: true })).toMatchObject({ facts: { duration: 2 } });
  });

  test.each([
    ["as counted, where it was measured some frames short", "mpeg", 245, 250],
    ["as measured, where fields were counted", "mpegts", 125, 125],
    ["as written, where it is written", "mxf", 248, 248],
  ])("without a count of frames: %s", (_, name, own, expected) => {
    const reply = { streams: [{ ...picture, ...even("25/1"), duration: String(own / 25) }], format: { format_name: name } };
    expect(packetNeed(readReply(reply))).toBe("length");
    expect(facts(reply, { lines: grid(3600, 250), complete: true })).toMatchObject({ facts: { duration: expected } });
  });

  test.each([
    ["matroska,webm", { tags: { DURATION: "00:00:20.003000000" } }, 149, false],
    ["matroska,webm", { tags: { DURATION: "00:00:20.003000000" } }, 498, true],
    ["matroska,webm", { tags: { DURATION: "00:00:20.003000000" }, start_time: "2.0" }, 450, true],
    ["mxf", { duration: "20.000000" }, 162, false],
    ["avi", { duration: "6.680000", nb_frames: "501" }, 155, false],
    ["avi", { duration: "1.000000", nb_frames: "25" }, 24, true],
    ["mpeg", { duration: "20.000000" }, 162, true],
    ["mxf", { duration: "20.000000" }, 0, true],
  ])("of %s says %j: with %d pictures it is whole: %s", (name, fields, frames, whole) => {
    const answer = { streams: [{ ...picture, ...even("25/1"), ...fields }], format: { format_name: name } };
    const result = facts(answer, { lines: grid(3600, frames), complete: true });
    if (whole) expect(result).toHaveProperty("facts");
    else expect(result).toEqual({ failure: expect.stringMatching(new RegExp(`^it is cut off: ${frames} of its \\d+ pictures`)) });
  });

  test("variable frames last as long as their time", () => {
    const answer = video({ r_frame_rate: "30/1", avg_frame_rate: "20/1", nb_frames: "200", duration: "10" });
    expect(facts(answer)).toMatchObject({ facts: { duration: 300 } });
  });
});

describe("the picture", () => {
  const turn = (rotation: number) => ({ side_data_list: [{ side_data_type: "Display Matrix", rotation }] });
  test.each([
    ["a phone held upright", turn(-90), 90, true],
    ["the other way", turn(90), 270, true],
    ["upside down", turn(-180), 180, false],
    ["upside down, written the other way", turn(180), 180, false],
    ["older ffprobe's tag", { tags: { rotate: "270" } }, 270, true],
    ["a tilt", turn(-3), 0, false],
    ["nonsense", { tags: { rotate: "x" } }, 0, false],
  ])("%s", (_, fields, rotation, upright) => {
    const size = upright ? { width: 1080, height: 1920 } : { width: 1920, height: 1080 };
    expect(facts(video(fields))).toMatchObject({ facts: { rotation, size } });
  });

  test.each([
    ["12:11", { num: 12, den: 11 }],
    ["32:22", { num: 16, den: 11 }],
    ["1:1", { num: 1, den: 1 }],
    ["0:1", undefined],
    ["N/A", undefined],
  ])("pixels %s", (text, expected) => {
    const result = facts(video({ sample_aspect_ratio: text }));
    expect("facts" in result && result.facts.pixelAspect).toEqual(expected);
  });

  test.each([
    ["720x576", 576, "unknown", "lower"],
    ["720x480", 480, undefined, "lower"],
    ["1280x720, which is progressive", 720, "unknown", undefined],
    ["720x576 that says so", 576, "progressive", "progressive"],
  ])("DV of %s", (_, height, order, expected) => {
    const result = facts(video({ codec_name: "dvvideo", height, field_order: order }));
    expect("facts" in result && result.facts.scan).toBe(expected);
  });

  test.each([
    ["unknown", undefined],
    ["constructor", undefined],
    ["progressive", "progressive"],
    ["tb", "upper"],
    ["bt", "lower"],
  ])("scan %s", (text, expected) => {
    const result = facts(video({ field_order: text }));
    expect("facts" in result && result.facts.scan).toBe(expected);
  });
});

describe("kinds", () => {
  const cover = { ...picture, disposition: { attached_pic: 1 } };
  const sound = { codec_type: "audio", channels: 2, sample_rate: "44100", duration: "1.5" };
  test.each([
    ["a song with a cover", { streams: [cover, sound] }, "audio"],
    ["a photo", { streams: [picture], format: { format_name: "jpeg_pipe" } }, "still"],
    ["a phone's photo", { streams: [picture], format: { format_name: "mov,mp4", tags: { major_brand: "heic" } } }, "still"],
    ["a film", { streams: [picture, sound], format: { format_name: "mov,mp4", tags: { major_brand: "qt" } } }, "video"],
  ])("%s", (_, answer, kind) => {
    expect(facts(answer)).toMatchObject({ facts: { kind } });
    expect(packetNeed(readReply(answer)) === "none").toBe(kind !== "video");
  });

  test.each([
    ["nothing", {}, /cut off or broken/],
    ["subtitles", { streams: [{ codec_type: "subtitle", codec_name: "subrip" }] }, /neither picture nor sound/],
    ["text", { streams: [{ ...picture, codec_name: "ansi" }] }, /text, not media/],
    ["a picture without size", { streams: [{ codec_type: "video" }] }, /cut off or broken/],
    ["not what ffprobe says", { streams: 7 as unknown as [], format: [] }, /cut off or broken/],
  ])("no facts: %s", (_, answer, failure) => {
    expect(facts(answer)).toEqual({ failure: expect.stringMatching(failure) });
  });

  test("of several pictures the one players show, then the largest", () => {
    const small = { ...picture, width: 320, height: 180 };
    const size = (...streams: object[]) => facts({ streams });
    const shown = { disposition: { default: 1 } };
    expect(size(small, picture)).toMatchObject({ facts: { size: { width: 1920 } } });
    expect(size(picture, { ...small, ...shown })).toMatchObject({ facts: { size: { width: 320 } } });
    expect(size({ ...small, ...shown }, { ...picture, ...shown })).toMatchObject({ facts: { size: { width: 1920 } } });
    expect(size(small, cover)).toMatchObject({ facts: { size: { width: 320 } } });
  });

  test("streams whose sound is not known are left out", () => {
    const answer = video({}, sound, { codec_type: "audio", channels: 0 }, { ...sound, channels: 1 });
    expect(facts(answer)).toMatchObject({ facts: { audio: { channels: 3, sampleRate: 44100, streams: [2, 1] } } });
  });
});

describe("whatever ffprobe says", () => {
  const words = [
    "0/0",
    "25/1",
    "1/0",
    "-1/25",
    "99999999999/1",
    "N/A",
    "",
    "1e400",
    "00:00:01.0",
    "24:00:00:00",
    "__proto__",
    "16:0",
  ];
  const value = fc.oneof(fc.constantFrom<unknown>(...words, 0, -1, 1e300, null), fc.jsonValue());
  const names = ["codec_type", "r_frame_rate", "avg_frame_rate", "time_base", "duration", "nb_frames", "width", "field_order"];
  const more = ["sample_aspect_ratio", "tags", "disposition", "side_data_list", "channels", "sample_rate", "codec_tag_string"];
  const fields = fc.dictionary(fc.constantFrom(...names, ...more), value);

  test("it is one failure, or facts that can be counted with", () => {
    fc.assert(
      fc.property(fields, fields, fc.string(), (spoilt, other, packets) => {
        const result = facts(
          { ...video({ tags: { timecode: "01:00:00:00" }, ...even("25/1"), ...spoilt }, other) },
          { lines: packets, complete: true },
        );
        expect("facts" in result || result.failure.length > 0).toBe(true);
        if ("failure" in result) return;
        const { rate, duration, size } = result.facts;
        for (const count of [rate?.num, rate?.den, rate?.nominal, duration, size?.width, size?.height]) {
          expect(count === undefined || (Number.isSafeInteger(count) && count > 0)).toBe(true);
        }
      }),
    );
  });
});
