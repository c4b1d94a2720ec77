/**
 * The samples: one function a case, each giving the files of its folder. All times are media frames; `from` is the
 * first frame with the face, `to` the first one without, and a fraction lies between two frames.
 */
import { boxAt, tinyMedia, tinySize } from "./tiny-media.mjs";
import { between, generator, mediaIdOf, pageName, rates, recordOf, replyOf, secondsAt } from "./vendor-replies.mjs";

const bucket = "https://example-bucket.oss-cn-shanghai.aliyuncs.com";
const ada = { entityId: "4400192837461", name: "Ada Example" };
const ben = { entityId: "4400192837462", name: "Ben Sample" };
const cleo = { entityId: "4400192837463", name: "Cleo Placeholder" };

const hd = { width: 1920, height: 1080 };

/** A media asset with its clips; `folder` is the part of its address before the file name. */
function mediaOf(random, { file, folder = "masters", ...rest }) {
  const url = `${bucket}/${`${folder}/${file}`.split("/").map(encodeURIComponent).join("/")}`;
  return { mediaId: mediaIdOf(random), fileName: file, url, title: file.replace(/\.\w+$/, ""), ...hd, ...rest };
}

/** A face on screen from `from` to `to`, with a track point at each of `frames`, drifting a little. */
function seen(random, from, to, frames = []) {
  const [x, y, w] = [between(random, 200, 1400), between(random, 60, 600), between(random, 80, 260)];
  const points = frames.map((frame, i) => [frame, { X: x + 9 * i, Y: y - 3 * i, W: w, H: Math.round(w * 1.28) }]);
  return { from, to, points };
}

const clip = (person, score, ...occurrences) => ({ person, score, occurrences });

const searchOf = (name) => ({
  version: 1,
  searchLibName: "example-lib",
  faceSearchToken: `sample-${name}`,
  personImageUrl: `${bucket}/faces/ada.jpg`,
  mediaType: "video",
  endpoint: "ice.cn-shanghai.aliyuncs.com",
  complete: true,
});

const mapOf = (rows) => `${["media,start_timecode", ...rows.map((row) => row.join(","))].join("\n")}\n`;

/** A case of ordinary replies; `startTimecodes` (file name -> timecode) become its media map. */
function caseOf(name, { random, media, options = [], startTimecodes }) {
  const files = { "search.json": searchOf(name), ...recordOf(random, { media }) };
  if (startTimecodes === undefined) return { files, options };
  const map = `samples/${name}/media-map.csv`;
  return {
    files: { ...files, "media-map.csv": mapOf(Object.entries(startTimecodes)) },
    options: [...options, "--media-map", map],
  };
}

function oneFace25(name) {
  const random = generator(1);
  const media = tinyMedia.map((tiny) => {
    const clips = tiny.occurrences.map(({ from, to, score, points }) =>
      clip(ada, score, { from, to, points: points.map((frame) => [frame, boxAt(tiny, frame)]) }),
    );
    const { file, mediaId, title, frames, channels } = tiny;
    return {
      ...mediaOf(random, { file, frames, rate: rates[25], clips, ...tinySize }),
      mediaId,
      title,
      streams: channels ? [channels] : [],
    };
  });
  return caseOf(name, { random, media });
}

function twoPeople23976(name) {
  const random = generator(2);
  const rate = rates[23.976];
  const first = mediaOf(random, { file: "scene-12-take-3.mov", rate, frames: 3600, streams: [2] });
  first.clips = [
    // 240..360 and 350..420 overlap, 600..650 and 650..700 touch: one appearance each. Frame 355 has a point in both.
    clip(ada, 0.98731244, seen(random, 240, 360, [250, 300, 355]), seen(random, 600, 650, [612])),
    clip(ben, 0.91, seen(random, 300.4, 480.2, [310, 355, 400])),
    clip(ada, 0.9912, seen(random, 350, 420, [355, 410]), seen(random, 650, 700, [655, 699])),
  ];
  const second = mediaOf(random, { file: "scene-14-take-1.mov", rate, frames: 4800, streams: [1, 1] });
  second.clips = [
    // The last frame of the media; a point before the appearance belongs to no clip.
    clip(ben, 0.7, seen(random, 4700, 4800, [4650, 4799])),
    clip(ada, 0.64, seen(random, 2000, 2001.5, [2000])),
  ];
  return caseOf(name, { random, media: [first, second], options: ["--markers", "all"] });
}

function oneFace2997Drop(name) {
  const random = generator(3);
  const media = mediaOf(random, { file: "ferry-crossing.mxf", rate: rates[29.97], frames: 9000, streams: [2] });
  // From 00:08:58;00 frame 60 is 00:09:00;02, frame 1858 is 00:10:00;00 and frame 3656 is 00:11:00;02.
  media.clips = [
    clip(ada, 0.97, seen(random, 40, 90, [58, 59, 60, 61]), seen(random, 1830, 1900, [1857, 1858])),
    clip(ada, 0.88, seen(random, 3500, 3700, [3655, 3656]), seen(random, 5000, 7000, [5100, 6000, 6777, 6778, 6779, 6999])),
  ];
  const options = ["--rate", "29.97df", "--start-timecode", "00:58:50;00", "--markers", "all"];
  return caseOf(name, { random, media: [media], options, startTimecodes: { [media.fileName]: "00:08:58;00" } });
}

function oneFace2997Nondrop(name) {
  const random = generator(4);
  const media = mediaOf(random, { file: "panel-discussion.mov", rate: rates[29.97], frames: 126000, streams: [1] });
  media.clips = [
    clip(ada, 0.95, seen(random, 1790, 1810, [1799, 1800]), seen(random, 17975, 17990, [17982])),
    clip(ada, 0.93, seen(random, 107880, 107900, [107892]), seen(random, 109990, 110010, [110000])),
  ];
  const options = ["--rate", "29.97ndf", "--markers", "all"];
  return caseOf(name, { random, media: [media], options, startTimecodes: { [media.fileName]: "01:00:00:00" } });
}

function mixed24In25(name) {
  const random = generator(5);
  const film = mediaOf(random, { file: "film-24.mov", rate: rates[24], frames: 2400, streams: [2] });
  const ntsc = mediaOf(random, { file: "ntsc-film-23976.mov", rate: rates[23.976], frames: 3600, width: 3840, height: 2160 });
  const pal = mediaOf(random, { file: "pal-25.mov", rate: rates[25], frames: 5000, streams: [2] });
  // Each media has a clip that ends with it: there the length gives way to what is left.
  film.clips = [clip(ada, 0.99, seen(random, 7, 56, [7, 8, 30, 55]), seen(random, 2351, 2400, [2375, 2399]))];
  ntsc.clips = [
    clip(ada, 0.9, seen(random, 1, 2, [1]), seen(random, 1001, 1130, [1001, 1064])),
    clip(ada, 0.8, seen(random, 3571, 3600, [3599])),
  ];
  pal.clips = [clip(ada, 0.97, seen(random, 100, 350, [125, 200, 349]), seen(random, 4900, 5000, [4999]))];
  const startTimecodes = { [film.fileName]: "10:00:00:00", [ntsc.mediaId]: "01:00:00:00", [pal.fileName]: "00:59:50:10" };
  return caseOf(name, { random, media: [film, ntsc, pal], options: ["--rate", "25", "--markers", "all"], startTimecodes });
}

function lateTimecode23976(name) {
  const random = generator(6);
  const media = mediaOf(random, { file: "a-cam-reel-7.mov", rate: rates[23.976], frames: 172800, streams: [2] });
  media.clips = [
    clip(ada, 0.99, seen(random, 109950, 110050, [109975, 110000, 110049])),
    clip(ada, 0.94, seen(random, 110109, 110218, [110109, 110200]), seen(random, 0, 24, [0, 12])),
    clip(ada, 0.91, seen(random, 172700, 172800, [172799])),
  ];
  return caseOf(name, {
    random,
    media: [media],
    options: ["--markers", "all"],
    startTimecodes: { [media.mediaId]: "19:05:12:03" },
  });
}

function sport5994Drop(name) {
  const random = generator(7);
  const match = mediaOf(random, { file: "match-half-1.mxf", rate: rates[59.94], frames: 20000, streams: [2] });
  const crowd = mediaOf(random, { file: "crowd-50.mov", rate: rates[50], frames: 6000, streams: [2] });
  // From 00:59:58;00 frame 120 is 01:00:00;00 and frame 3720 is 01:01:00;04.
  match.clips = [
    clip(
      ada,
      0.98,
      seen(random, 100, 160, [119, 120]),
      seen(random, 3700, 3760, [3719, 3720]),
      seen(random, 9000, 12600, [9001, 12599]),
    ),
  ];
  crowd.clips = [clip(ada, 0.85, seen(random, 33, 83, [33, 34, 82]), seen(random, 5801, 6000, [5999]))];
  const startTimecodes = { [match.fileName]: "00:59:58;00", [crowd.fileName]: "10:00:00:00" };
  const options = ["--rate", "59.94df", "--start-timecode", "00:58:58;00", "--markers", "all"];
  return caseOf(name, { random, media: [match, crowd], options, startTimecodes });
}

function chineseLibrary(name) {
  const random = generator(8);
  const people = [
    "李雷",
    "田中さくら 🎬👩‍🚀",
    "ليلى חנה",
    `O'Neil "Bob" <b>&amp; Sons</b>`,
    "Doe, Jane / Team A\\B; 100% |x|",
    "two\nlines\tand\u0001control\u0000 \u202Egnp.\u2029end\uFFFE\uD800",
    "很长的名字".repeat(60),
    "-- LOC: 01:00:00:00 RED ]]> * FROM CLIP NAME: x",
  ].map((label, i) => ({ entityId: String(5500100200300 + i), name: label }));
  const files = [
    { folder: "采访/2025", file: "第1集.mp4", streams: [2] },
    { folder: "备份/2025", file: "第1集.mp4", streams: [] },
    { folder: "masters", file: "interview-north-east.mp4", streams: [1] },
    { folder: "masters", file: "interview-north-west.mp4", streams: [2] },
    { folder: "masters", file: `a&b <c> "d" 'e' #1 100% +;=.mov`, streams: [1, 1] },
    { folder: "🎬 clips/שלום", file: "さくら 🌸 مرحبا.mov", streams: [] },
    { folder: "masters", file: `${"长".repeat(296)}.mp4`, streams: [6] },
    { folder: "masters", file: "line\nbreak \u0007bell\u202Etxt.mp4", streams: [2] },
  ];
  const media = files.map(({ folder, file, streams }, i) => {
    const start = 50 + 10 * i;
    const clips = [clip(people[i], 0.9 - i / 100, seen(random, start, start + 40, [start + 5, start + 30]))];
    // The next person too, in the same shot, later on: each file shows two people.
    clips.push(clip(people[(i + 1) % people.length], 0.8 - i / 100, seen(random, start + 200, start + 225, [start + 210])));
    return mediaOf(random, { folder, file, streams, rate: rates[25], frames: 1500, clips });
  });
  return caseOf(name, { random, media, options: ["--markers", "all"] });
}

function noMatches25(name) {
  const random = generator(9);
  const media = [mediaOf(random, { file: "empty-street.mp4", rate: rates[25], frames: 750, streams: [2], clips: [] })];
  return caseOf(name, { random, media });
}

/** 100 appearances in each of 12 media, cut up into occurrences that overlap or touch, on pages that repeat clips. */
function twelveHundred25(name) {
  const random = generator(10);
  const cast = [ada, ben, cleo];
  const media = Array.from({ length: 12 }, (_, i) => {
    const file = `dailies-${i + 1}.mov`;
    return { ...mediaOf(random, { file, rate: rates[25], frames: 50000 }), pages: pagesWithRepeats(dailies(random, cast)) };
  });
  return { ...caseOf(name, { random, media, options: ["--markers", "appearance"] }), compact: true };
}

function dailies(random, cast) {
  const clips = [];
  let frame = 0;
  for (let i = 0; i < 100; i++) {
    const from = frame + between(random, 40, 300);
    const to = from + between(random, 10, 150);
    const person = cast[between(random, 0, 2)];
    const point = between(random, 0, 3) > 0 ? [between(random, from, to - 1)] : [];
    const pieces =
      i % 10 === 0
        ? [seen(random, from, from + 6, point), seen(random, from + (i % 20 === 0 ? 6 : 3), to)]
        : [seen(random, from, to, point)];
    const score = between(random, 600, 999) / 1000;
    // Two appearances an element, as when one person is found twice; others have one of their own.
    const last = clips.at(-1);
    if (i % 3 === 1 && last?.person === person) last.occurrences.push(...pieces);
    else clips.push(clip(person, score, ...pieces));
    frame = to;
  }
  return clips;
}

/** Pages of 50 of which each begins with the last two elements of the page before, as when a library moves meanwhile. */
function pagesWithRepeats(clips) {
  const pages = [];
  for (let i = 0; i < clips.length; i += 48) pages.push(clips.slice(Math.max(0, i - (i > 0 ? 2 : 0)), i + 48));
  return pages;
}

function numbersAsText30() {
  const random = generator(11);
  const rate = rates[30];
  const media = [
    mediaOf(random, { file: "phone-1.mp4", rate, frames: 1261, width: 1080, height: 1920, streams: [1] }),
    mediaOf(random, { file: "phone-2.mp4", rate, frames: 900, width: 1080, height: 1920 }),
  ];
  const text = (frame) => String(secondsAt(frame, rate));
  const times = (from, to) => ({ StartTime: text(from), EndTime: text(to) });
  const box = { X: "517", Y: "-12", W: "128", H: "168" };
  const fine = {
    [media[0].mediaId]: [
      {
        Score: "0.99041677",
        OccurrencesInfos: {
          OccurrencesInfo: [{ ...times(30, 90), TrackData: { TrackDataItem: [{ Timestamp: text(45), BoxPosition: box }] } }],
        },
      },
      { OccurrencesInfos: { OccurrencesInfo: [times(600, 660), { ...times(1200, 1261), TrackData: { TrackDataItem: [] } }] } },
    ],
    [media[1].mediaId]: [
      {
        EntityId: "",
        LabelName: "",
        Category: "unknown",
        OccurrencesInfos: { OccurrencesInfo: [{ ...times(0, 15), Expression: "" }] },
      },
    ],
  };
  const files = {
    "BatchGetMediaInfos/page-0001.json": recordOf(random, { media: media.map((one) => ({ ...one, clips: [] })) })[
      "BatchGetMediaInfos/page-0001.json"
    ],
  };
  for (const [mediaId, clips] of Object.entries(fine)) {
    files[`SearchMediaClipByFace/${mediaId}/${pageName(0)}`] = replyOf(random, {
      MediaClipList: { MediaClip: clips },
      Total: String(clips.length),
    });
  }
  return { files, options: ["--markers", "all"] };
}

/** Folder name -> what it proves (the line of samples/README.md) and how it is made. */
export const cases = {
  "one-face-25": { proves: "the README's example: one person in the three files of `samples/media`", make: oneFace25 },
  "two-people-23976": {
    proves:
      "two people at 23.976, on screen together; occurrences that overlap or touch become one appearance; stereo and two mono streams",
    make: twoPeople23976,
  },
  "one-face-2997-drop": {
    proves: "29.97 drop-frame labels across a minute, a tenth minute and the hour, in source and record",
    make: oneFace2997Drop,
  },
  "one-face-2997-nondrop": {
    proves: "29.97 non-drop, where other tools are 109 frames off by frame 110,000",
    make: oneFace2997Nondrop,
  },
  "mixed-24-in-25": {
    proves: "media at 24, 23.976 and 25 on a timeline at 25, each with a clip at its very end",
    make: mixed24In25,
  },
  "late-timecode-23976": {
    proves: "media that start at 19:05:12:03, cut 110,000 frames in: drift and unsafe integers would show",
    make: lateTimecode23976,
  },
  "sport-5994-drop": {
    proves: "59.94 drop-frame, where four labels go a minute, and 50 fps media on the same timeline",
    make: sport5994Drop,
  },
  "chinese-library": {
    proves:
      "hostile names: Chinese, Japanese, emoji, right-to-left, quotes, markup, control characters, 300 characters, two files of one name, names that differ late",
    make: chineseLibrary,
  },
  "no-matches-25": { proves: "a search that found nobody: exit 6, nothing written", make: noMatches25 },
  "twelve-hundred-25": {
    proves: "1,200 clips from twelve media over several pages, some of which repeat clips; an EDL in two parts",
    make: twelveHundred25,
  },
  "numbers-as-text-30": {
    proves: "replies with wrapped lists, numbers as text and fields left out; people nobody named",
    make: numbersAsText30,
  },
};
