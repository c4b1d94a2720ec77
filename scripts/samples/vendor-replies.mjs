/**
 * Replies shaped as the service sends them (Intelligent Media Services, API 2020-11-09): RequestId in upper case,
 * Success and Code as text, every number of a media file as text, times as single-precision floats.
 */

/** A small seeded generator (mulberry32): the same numbers on every machine. Gives [0, 1). */
export function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `low` up to and including `high`. */
export const between = (random, low, high) => low + Math.floor(random() * (high - low + 1));

const hex = (random, digits) => Array.from({ length: digits }, () => between(random, 0, 15).toString(16)).join("");

/** 32 hexadecimal digits, as the service names media. */
export const mediaIdOf = (random) => hex(random, 32);

const requestIdOf = (random) =>
  [8, 4, 4, 4, 12]
    .map((digits) => hex(random, digits))
    .join("-")
    .toUpperCase();

/** The shortest decimal of the nearest single-precision float, which is how the service's times look. */
function single(value) {
  const nearest = Math.fround(value);
  for (let digits = 1; digits < 10; digits++) {
    const short = Number(nearest.toPrecision(digits));
    if (Math.fround(short) === nearest) return short;
  }
  return nearest;
}

/** Where frame `frame` begins, in seconds; a fraction of a frame is allowed. */
export const secondsAt = (frame, { num, den }) => single((frame * den) / num);

/** What a sample's media run at, and how the service prints it. */
export const rates = {
  23.976: { num: 24000, den: 1001, fps: "23.976" },
  24: { num: 24, den: 1, fps: "24.0" },
  25: { num: 25, den: 1, fps: "25.0" },
  29.97: { num: 30000, den: 1001, fps: "29.97" },
  30: { num: 30, den: 1, fps: "30.0" },
  50: { num: 50, den: 1, fps: "50.0" },
  59.94: { num: 60000, den: 1001, fps: "59.94" },
};

export const replyOf = (random, fields) => ({ RequestId: requestIdOf(random), Success: "true", Code: "200", ...fields });

/** `from` and `to` are media frames, `to` the first one after; `points` are [frame, box] pairs. */
function occurrenceOf({ from, to, points = [], expression = "Calm" }, rate) {
  return {
    StartTime: secondsAt(from, rate),
    EndTime: secondsAt(to, rate),
    TrackData: points.map(([frame, box]) => ({ Timestamp: secondsAt(frame, rate), BoxPosition: box })),
    Expression: expression,
  };
}

function clipOf({ score, person, occurrences, category = "custom" }, rate) {
  return {
    Score: single(score),
    EntityId: person.entityId,
    LabelName: person.name,
    OccurrencesInfos: occurrences.map((occurrence) => occurrenceOf(occurrence, rate)),
    Category: category,
  };
}

/** One element of MediaInfos: `media` has mediaId, url, fileName, title, rate, frames, width, height, streams (of sound). */
function mediaInfoOf(media) {
  const seconds = ((media.frames * media.rate.den) / media.rate.num).toFixed(6);
  return {
    MediaId: media.mediaId,
    MediaBasicInfo: {
      MediaId: media.mediaId,
      InputURL: media.url,
      MediaType: "video",
      BusinessType: "general",
      Source: "oss",
      Title: media.title,
      Description: "",
      MediaTags: "synthetic",
      Snapshots: "[]",
      Status: "Normal",
      CreateTime: "2025-12-30T08:00:00Z",
      ModifiedTime: "2025-12-30T08:05:00Z",
    },
    FileInfoList: [
      {
        FileBasicInfo: {
          FileName: media.fileName,
          FileStatus: "Normal",
          FileType: "source_file",
          FileUrl: media.url,
          Region: "cn-shanghai",
          FormatName: "mov,mp4,m4a,3gp,3g2,mj2",
          Duration: seconds,
          Width: String(media.width),
          Height: String(media.height),
        },
        AudioStreamInfoList: (media.streams ?? []).map((channels, i) => audioStreamOf(i + 1, channels, seconds)),
        VideoStreamInfoList: [videoStreamOf(media, seconds)],
        SubtitleStreamInfoList: [],
      },
    ],
  };
}

const channelLayouts = { 1: "mono", 2: "stereo", 6: "5.1" };

function audioStreamOf(index, channels, seconds) {
  return {
    Index: String(index),
    CodecName: "aac",
    SampleRate: "48000",
    Channels: String(channels),
    ChannelLayout: channelLayouts[channels],
    Timebase: "1/48000",
    StartTime: "0.000000",
    Duration: seconds,
  };
}

function videoStreamOf({ rate, frames, width, height }, seconds) {
  return {
    Index: "0",
    CodecName: "h264",
    Width: String(width),
    Height: String(height),
    Sar: "1:1",
    Fps: rate.fps,
    AvgFPS: rate.fps,
    StartTime: "0.000000",
    Duration: seconds,
    NumFrames: String(frames),
    Nb_frames: String(frames),
    Rotate: "0",
  };
}

/** The replies of one search: file name in the record folder -> reply. `cases` give media with their `clips`. */
export function recordOf(random, { media, pageSize = 50 }) {
  const files = {};
  const add = (name, fields) => (files[name] = replyOf(random, fields));
  for (const [page, some] of pagesOf(media, pageSize)) {
    add(`SearchMediaByFace/${page}`, { MediaInfoList: some.map(({ mediaId }) => ({ MediaId: mediaId })), Total: media.length });
  }
  for (const one of media) {
    const total = one.pages === undefined ? one.clips.length : new Set(one.pages.flat()).size;
    const pages = one.pages === undefined ? pagesOf(one.clips, pageSize) : one.pages.map((clips, i) => [pageName(i), clips]);
    for (const [page, clips] of pages) {
      const shaped = clips.map((clip) => clipOf(clip, one.rate));
      add(`SearchMediaClipByFace/${one.mediaId}/${page}`, { MediaClipList: shaped, Total: total });
    }
  }
  if (media.length > 0) {
    const { RequestId } = replyOf(random, {});
    files["BatchGetMediaInfos/page-0001.json"] = { RequestId, MediaInfos: media.map(mediaInfoOf), IgnoredList: [] };
  }
  return files;
}

export const pageName = (index) => `page-${String(index + 1).padStart(4, "0")}.json`;

/** Pages of at most `size`; at least one, which may be empty. */
function pagesOf(items, size) {
  const pages = Array.from({ length: Math.max(1, Math.ceil(items.length / size)) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
  return pages.map((page, i) => [pageName(i), page]);
}
