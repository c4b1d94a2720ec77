/**
 * Makes footage that says what should be seen where, and the record of a face search in it, to confirm in an editing
 * program that every cut and marker is on its frame (docs/runbook.md). Needs ffmpeg with drawtext, and a font:
 *
 *   npm run make-proof-media            into ./proof
 *   node scripts/make-proof-media.mjs FOLDER
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const size = { width: 1280, height: 720 };
const seconds = 12;

/** Cuts by the media's own frames: the first, the last, and those with a marker. */
const cuts = [
  { first: 30, last: 89, markers: [30, 60] },
  { first: 150, last: 229, markers: [151, 190, 229] },
];

/** Two files that count alike, and two of other rates; drop-frame leaves two labels out within the last one's second cut. */
export const proofMedia = [
  { id: "proof-a", file: "proof A 25.mov", rate: "25", startTimecode: "10:00:00:00", colour: "0x203850" },
  { id: "proof-b", file: "proof B 25.mov", rate: "25", startTimecode: "19:05:12:03", colour: "0x284828" },
  { id: "proof-c", file: "proof C 23976.mov", rate: "24000/1001", startTimecode: "01:00:00:00", colour: "0x503020" },
  { id: "proof-d", file: "proof D 2997df.mov", rate: "30000/1001", startTimecode: "00:58:54;00", colour: "0x402048" },
].map((media) => ({ ...media, cuts }));

const fonts = [
  "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
  "/usr/share/fonts/dejavu/DejaVuSansMono.ttf",
  "/System/Library/Fonts/Menlo.ttc",
  "C:/Windows/Fonts/consola.ttf",
];

/** A line of text on the picture. Inside a filter description colons end a value, so they are escaped. */
function text(font, { value, y, fontsize, colour = "white", box, when }) {
  const escaped = (one) => one.replaceAll("\\", "\\\\").replaceAll(":", "\\:");
  const options = [`fontfile='${escaped(font)}'`, value, `fontsize=${fontsize}`, `fontcolor=${colour}`, "x=(w-tw)/2", `y=${y}`];
  if (box !== undefined) options.push("box=1", `boxcolor=${box}`, "boxborderw=24");
  if (when !== undefined) options.push(`enable='${when}'`);
  return `drawtext=${options.join(":")}`;
}

/** What is on every picture, and what on those frames alone that a cut or marker is on. */
function captions(font, { file, rate, startTimecode, cuts: planned }) {
  const at = (frames) => frames.map((frame) => `eq(n,${frame})`).join("+");
  const big = (value, y, frames, box) => text(font, { value: `text='${value}'`, y, fontsize: 110, box, when: at(frames) });
  const firsts = planned.map(({ first }) => first);
  const lasts = planned.map(({ last }) => last);
  return [
    text(font, { value: `text='${file.replace(/\.mov$/, "")}'`, y: 40, fontsize: 48 }),
    text(font, { value: "text='frame %{frame_num}'", y: 110, fontsize: 64 }),
    text(font, { value: `timecode='${startTimecode.replaceAll(":", "\\:")}':rate=${rate}`, y: "h-90", fontsize: 56 }),
    big("FIRST", 230, firsts, "0x107010"),
    big("LAST", 230, lasts, "0x901010"),
    big(
      "BEFORE - must not be seen",
      230,
      firsts.map((frame) => frame - 1),
      "black",
    ).replace("fontsize=110", "fontsize=60"),
    big(
      "AFTER - must not be seen",
      230,
      lasts.map((frame) => frame + 1),
      "black",
    ).replace("fontsize=110", "fontsize=60"),
    big(
      "MARKER",
      420,
      planned.flatMap(({ markers }) => markers),
      "0x204090",
    ),
  ].join(",");
}

/** A beep of two frames at the beginning of each cut, so that sound can be heard to lie under its picture. */
function beeps({ rate, cuts: planned }) {
  const at = (frame) => `(${frame})*(${rate.includes("/") ? `${rate.split("/")[1]}/${rate.split("/")[0]}` : `1/${rate}`})`;
  const gates = planned.map(({ first }) => `between(t,${at(first)},${at(first + 2)})`).join("+");
  return `aevalsrc='0.3*sin(2*PI*880*t)*(${gates})|0.3*sin(2*PI*440*t)*(${gates})':s=48000:d=${seconds}`;
}

function makeFile(path, media, font) {
  const picture = `color=${media.colour}:size=${size.width}x${size.height}:rate=${media.rate}:duration=${seconds}`;
  const inputs = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", beeps(media)];
  const encoding = [
    "-c:v",
    "libx264",
    "-preset",
    "fast",
    "-crf",
    "20",
    "-g",
    "12",
    "-pix_fmt",
    "yuv420p",
    "-c:a",
    "aac",
    "-shortest",
  ];
  const output = ["-vf", captions(font, media), ...encoding, "-timecode", media.startTimecode, path];
  execFileSync("ffmpeg", ["-nostdin", "-hide_banner", "-loglevel", "error", "-y", ...inputs, ...output], {
    stdio: ["ignore", "inherit", "inherit"],
  });
}

/** A frame's beginning in seconds, with as many decimals as the service gives. */
function time(frame, rate) {
  const [num, den = 1] = rate.split("/").map(Number);
  return Number(((frame * den) / num).toFixed(6));
}

function writeRecord(folder, media) {
  const write = (name, fields) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(
      path,
      `${JSON.stringify({ RequestId: "00000000-0000-0000-0000-000000000000", Success: "true", Code: "200", ...fields }, null, 2)}\n`,
    );
  };
  for (const { id, rate, cuts: planned } of media) {
    const OccurrencesInfos = planned.map(({ first, last, markers }) => ({
      StartTime: time(first, rate),
      EndTime: time(last + 1, rate),
      TrackData: markers.map((frame) => ({ Timestamp: time(frame, rate), BoxPosition: { X: 440, Y: 220, W: 400, H: 160 } })),
    }));
    const clip = { Score: 0.99, EntityId: "1000000000001", LabelName: "Proof Person", OccurrencesInfos };
    write(join("SearchMediaClipByFace", id, "page-0001.json"), { MediaClipList: [clip], Total: 1 });
  }
  const MediaInfos = media.map(({ id, file }) => ({
    MediaId: id,
    FileInfoList: [{ FileBasicInfo: { FileName: file } }],
    MediaBasicInfo: { MediaType: "video", Title: file },
  }));
  write(join("BatchGetMediaInfos", "page-0001.json"), { MediaInfos });
}

/** Makes everything below a folder. */
export function makeProof(folder) {
  const font = fonts.find((path) => existsSync(path));
  if (font === undefined) throw new Error(`No font was found; this needs one of ${fonts.join(", ")}`);
  mkdirSync(join(folder, "media"), { recursive: true });
  for (const media of proofMedia) makeFile(join(folder, "media", media.file), media, font);
  writeRecord(join(folder, "hits-25"), proofMedia.slice(0, 2));
  writeRecord(join(folder, "hits-mixed"), proofMedia);
}

const commands = (folder) =>
  ["resolve", "premiere", "final-cut", "avid"].flatMap((template) =>
    ["25", "mixed"].map(
      (kind) =>
        `facecut export ${folder}/hits-${kind} --media-dir ${folder}/media --template ${template} --markers all --rate 25 --name proof-${kind} -o ${folder}/${template}`,
    ),
  );

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const folder = process.argv[2] ?? "proof";
  makeProof(folder);
  console.log(
    `${folder}/media holds ${proofMedia.length} files, ${folder}/hits-25 and ${folder}/hits-mixed searches in them. For the program at hand (docs/runbook.md):\n`,
  );
  for (const command of commands(folder)) console.log(`  ${command}`);
}
