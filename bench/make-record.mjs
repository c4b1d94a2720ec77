// A seeded record folder of any size: the same arguments give the same bytes.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Park and Miller's minimal generator: enough for data that only has to be varied and the same each time. */
function generator(seed) {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

const pageSize = 50;
const people = [
  "Ada Example",
  "Bob Sample",
  "李雷",
  "Cyd Muster",
  "Dee Demo",
  "Eve Test",
  "韩梅梅",
  "Gus Probe",
  "Ida Prueba",
  "Jan Vzor",
];
const rates = ["25.0", "25.0", "25.0", "23.976", "29.97"];

/** Writes a record of `clips` occurrences over `media` assets, `points` track points each, `spacing` seconds apart. */
export function makeRecord(folder, { clips, media, points, spacing = 12, seed = 7 }) {
  const random = generator(seed);
  const infos = [];
  for (let m = 0; m < media; m++) {
    const mediaId = m.toString(16).padStart(32, "0");
    const count = Math.floor(clips / media) + (m < clips % media ? 1 : 0);
    const elements = Array.from({ length: count }, (_, i) => element(random, m, i * spacing, points));
    const dir = join(folder, "SearchMediaClipByFace", mediaId);
    mkdirSync(dir, { recursive: true });
    for (let page = 0; page * pageSize < Math.max(1, count); page++) {
      const list = elements.slice(page * pageSize, (page + 1) * pageSize);
      writePage(dir, page + 1, { RequestId: `R-${m}-${page}`, Success: "true", Code: "200", MediaClipList: list, Total: count });
    }
    infos.push(mediaInfo(mediaId, m, rates[m % rates.length], count * spacing + 60));
  }
  const dir = join(folder, "BatchGetMediaInfos");
  mkdirSync(dir, { recursive: true });
  for (let page = 0; page * 20 < infos.length; page++)
    writePage(dir, page + 1, { RequestId: `B-${page}`, MediaInfos: infos.slice(page * 20, (page + 1) * 20) });
}

function writePage(dir, number, body) {
  writeFileSync(join(dir, `page-${String(number).padStart(4, "0")}.json`), JSON.stringify(body));
}

// Single-precision looking times, as the service gives them.
function time(seconds) {
  return Number(Math.fround(seconds).toPrecision(8));
}

function element(random, m, start, points) {
  const who = (m + random(people.length)) % people.length;
  const from = start + random(900) / 1000;
  const length = 2 + random(8000) / 1000;
  const trackData = Array.from({ length: points }, (_, i) => ({
    Timestamp: time(from + (length * (i + 0.5)) / points),
    BoxPosition: { X: random(1600), Y: random(800), W: 80 + random(200), H: 100 + random(200) },
  }));
  return {
    Score: Number((0.6 + random(4000) / 10000).toFixed(7)),
    EntityId: String(4400192837000 + who),
    LabelName: people[who],
    OccurrencesInfos: [{ StartTime: time(from), EndTime: time(from + length), TrackData: trackData, Expression: "Calm" }],
    Category: "custom",
  };
}

function mediaInfo(mediaId, m, fps, seconds) {
  const name = m % 10 === 9 ? `采访 ${m}.mov` : `camera-${m}.mov`;
  const duration = `${seconds}.000000`;
  return {
    MediaId: mediaId,
    MediaBasicInfo: {
      MediaId: mediaId,
      InputURL: `https://example-bucket.oss-cn-shanghai.aliyuncs.com/masters/${encodeURIComponent(name)}`,
      MediaType: "video",
      Title: name,
    },
    FileInfoList: [
      {
        FileBasicInfo: { FileName: name, FileType: "source_file", Duration: duration, Width: "1920", Height: "1080" },
        AudioStreamInfoList: [{ Index: "1", SampleRate: "48000", Channels: "2" }],
        VideoStreamInfoList: [{ Index: "0", Width: "1920", Height: "1080", Fps: fps, Duration: duration }],
      },
    ],
  };
}
