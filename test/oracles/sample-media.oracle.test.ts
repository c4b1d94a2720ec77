import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { oracle, titled } from "../support/oracles.js";
import { expectedCut } from "./cut-file.js";

/** The three tiny media files are what their media map says, and show the "face" where one-face-25 cuts. */
const folder = join("samples", "media");
const [header, ...lines] = readFileSync(join(folder, "media-map.csv"), "utf8").trimEnd().split("\n");
type Column = "media" | "original" | "rate" | "start_timecode" | "duration" | "width" | "height" | "audio";
const cells = (line: string) => Object.fromEntries(line.split(",").map((cell, i) => [header?.split(",")[i], cell]));
const rows = lines.map((line) => cells(line) as Record<Column, string>);
const ffmpeg = oracle("ffmpeg");
const title = (text: string) => titled(text, "ffmpeg");

describe.skipIf(ffmpeg === undefined)(title("samples/media, read by ffprobe and ffmpeg"), () => {
  test.each(rows)("$media has the rate, timecode, length, size and sound of the media map", (row) => {
    const { streams } = JSON.parse(
      run("ffprobe", ["-v", "error", "-show_streams", "-of", "json", join(folder, row.original)]).toString(),
    );
    const of = (type: string) => streams.find((stream: { codec_type: string }) => stream.codec_type === type);
    const [video, audio, data] = ["video", "audio", "data"].map(of);
    expect(data.codec_tag_string).toBe("tmcd");
    expect({
      rate: video.avg_frame_rate,
      start: data.tags.timecode,
      frames: Number(video.nb_frames),
      size: `${video.width}x${video.height}`,
      audio: String(audio?.channels ?? "none"),
    }).toEqual({
      rate: `${row.rate}/1`,
      start: row.start_timecode,
      frames: Number(row.duration) * Number(row.rate),
      size: `${row.width}x${row.height}`,
      audio: row.audio,
    });
  });

  test("the face is on screen from the first to the last frame of every clip of one-face-25, and not around it", () => {
    const cut = expectedCut("one-face-25");
    const shown = cut.clips.map(({ file, mediaIn, recordIn, recordOut }) => {
      const bright = framesWithFace(join(folder, file));
      const mediaOut = mediaIn + recordOut - recordIn;
      return [mediaIn - 1, mediaIn, mediaOut - 1, mediaOut].map((frame) => bright.has(frame));
    });
    expect(shown).toEqual(cut.clips.map(() => [false, true, true, false]));
  });
});

function run(command: string, args: string[]): Buffer {
  return execFileSync(command, args, { maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "inherit"] });
}

/** Frames with something as bright as the box above the burnt-in timecode; the background is dark. */
function framesWithFace(path: string): Set<number> {
  const [width, height] = [320, 144];
  const pixels = run("ffmpeg", [
    "-v",
    "error",
    "-i",
    path,
    "-vf",
    `crop=${width}:${height}:0:0,format=gray`,
    "-f",
    "rawvideo",
    "-",
  ]);
  const found = new Set<number>();
  for (const [i, value] of pixels.entries()) if (value > 150) found.add(Math.floor(i / (width * height)));
  return found;
}
