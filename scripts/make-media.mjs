/**
 * Makes samples/media: three tiny files with a burnt-in running timecode, an embedded timecode track and a box
 * where the "face" is. Needs ffmpeg (with libx264) and ffprobe; run from the repository root:
 *
 *   node scripts/make-media.mjs
 *
 * The files are committed, so nobody needs this to use facecut. Other ffmpeg versions give other bytes.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { tinyMedia, tinyRate, tinySize } from "./samples/tiny-media.mjs";

const folder = "samples/media";
const fonts = [
  "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
  "/usr/share/fonts/dejavu/DejaVuSansMono.ttf",
  "/System/Library/Fonts/Menlo.ttc",
  "C:/Windows/Fonts/consola.ttf",
];

/** The burnt-in timecode; without a font there is none, the embedded track is what programs read. */
function timecodeText({ startTimecode }) {
  const font = fonts.find((path) => existsSync(path));
  if (font === undefined) return "null";
  // Inside a filter description a colon ends a value, so those of the timecode and the path are escaped.
  const escaped = (text) => text.replaceAll(":", "\\:");
  return `drawtext=fontfile='${escaped(font)}':timecode='${escaped(startTimecode)}':rate=${tinyRate}:fontsize=22:fontcolor=white:x=(w-tw)/2:y=h-30`;
}

/** Shows the box during the occurrences. Half a frame is taken off, so that rounding of `t` cannot lose a frame. */
function faceBox({ box, occurrences }) {
  const seconds = (frame) => ((frame - 0.5) / tinyRate).toFixed(3);
  const shown = occurrences.map(({ from, to }) => `between(t,${seconds(from)},${seconds(to)})`).join("+");
  return `overlay=x='round(${box.x}+(${box.right})*t)':y='round(${box.y}+(${box.down})*t)':enable='${shown}':shortest=1`;
}

function arguments_(media) {
  const { width, height } = tinySize;
  const seconds = media.frames / tinyRate;
  const source = (graph) => ["-f", "lavfi", "-i", graph];
  const sound = `sine=frequency=220:sample_rate=48000:duration=${seconds},aformat=channel_layouts=stereo,volume=0.2`;
  return [
    ...["-hide_banner", "-loglevel", "error", "-y"],
    ...source(`color=${media.background}:size=${width}x${height}:rate=${tinyRate}:duration=${seconds}`),
    ...source(`color=0xe0b080:size=${media.box.w}x${media.box.h}:rate=${tinyRate}:duration=${seconds}`),
    ...(media.channels > 0 ? source(sound) : []),
    ...["-filter_complex", `[0:v][1:v]${faceBox(media)},${timecodeText(media)},format=yuv420p[v]`, "-map", "[v]"],
    ...(media.channels > 0 ? ["-map", "2:a", "-c:a", "aac", "-b:a", "32k"] : []),
    ...["-c:v", "libx264", "-preset", "veryslow", "-crf", "30", "-g", String(tinyRate)],
    ...["-threads", "1", "-video_track_timescale", "12800", "-timecode", media.startTimecode],
    ...["-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-movflags", "+faststart"],
    `${folder}/${media.file}`,
  ];
}

/** What ffprobe says of a file, in the words of the media map. */
function probe(path) {
  const { streams } = JSON.parse(
    execFileSync("ffprobe", ["-v", "error", "-show_streams", "-of", "json", path], { encoding: "utf8" }),
  );
  const video = streams.find((stream) => stream.codec_type === "video");
  const data = streams.find((stream) => stream.codec_tag_string === "tmcd");
  return {
    rate: video.avg_frame_rate,
    frames: Number(video.nb_frames),
    startTimecode: data?.tags?.timecode,
    channels: streams.find((stream) => stream.codec_type === "audio")?.channels ?? 0,
    size: `${video.width}x${video.height}`,
  };
}

function verify(media) {
  const path = `${folder}/${media.file}`;
  const wanted = {
    rate: `${tinyRate}/1`,
    frames: media.frames,
    startTimecode: media.startTimecode,
    channels: media.channels,
    size: `${tinySize.width}x${tinySize.height}`,
  };
  const found = probe(path);
  for (const [fact, value] of Object.entries(wanted)) {
    if (found[fact] !== value) throw new Error(`${path}: ${fact} is ${found[fact]}, wanted ${value}`);
  }
  if (statSync(path).size >= 100_000) throw new Error(`${path}: ${statSync(path).size} bytes, wanted less than 100000`);
}

/** Paths in a media map are relative to the map. */
function mediaMap() {
  const header = "media,original,rate,start_timecode,duration,width,height,scan,audio";
  const rows = tinyMedia.map(({ file, startTimecode, frames, channels }) =>
    [
      file,
      file,
      tinyRate,
      startTimecode,
      frames / tinyRate,
      tinySize.width,
      tinySize.height,
      "progressive",
      channels || "none",
    ].join(","),
  );
  return `${[header, ...rows].join("\n")}\n`;
}

mkdirSync(folder, { recursive: true });
for (const media of tinyMedia) {
  execFileSync("ffmpeg", arguments_(media), { stdio: ["ignore", "inherit", "inherit"] });
  verify(media);
}
writeFileSync(`${folder}/media-map.csv`, mediaMap());
