import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { facecut } from "../support/cli.js";
import { decimalOf, edgeAt, exact, frameOfLabel, framesIn } from "../support/exact-time.js";
import { makeNumbered, shownPictures } from "../support/frame-numbers.js";
import { type Hit, rawProbe, rawTimecode, writeHits } from "../support/media-hits.js";
import { oracle, type ReadClip, type Reading, type ReadTimeline, readTimelines, titled } from "../support/oracles.js";
import { timelineRates } from "../support/rates.js";
import { all, at, readXml, type XmlElement } from "../support/read-xml.js";
import { full } from "../support/sweep.js";
import { exactly, type Format, formats, frameShown, type Media, pictureClips, type Slack, slackOf } from "./shown-frames.js";

/**
 * Which picture does a timeline show? Media whose pictures hold their own numbers, of every rate, are cut on timelines
 * of every rate; other people's readers say which time of which file each place of the timeline shows, ffmpeg decodes
 * the picture there, and its number is compared with what the search's decimals ask for.
 */
const [ffmpeg, python] = [oracle("ffmpeg"), oracle("python")];

interface Recipe {
  readonly fileName: string;
  readonly rate: string;
  readonly start?: string;
  readonly encoding: readonly string[];
}

// All rates with FACECUT_SWEEP=full, a few without.
const few = ["23.976", "25", "29.97df"];
const rates = timelineRates.filter(({ id }) => full || few.includes(id));

// Pictures that stand alone, and pictures that lean on later ones.
const intra = ["-c:v", "mjpeg", "-q:v", "2"];
const bidirectional = ["-c:v", "mpeg4", "-q:v", "2", "-bf", "2"];
const seconds = 8n;
const evening = (dropped: number) => `19:05:12${dropped > 0 ? ";" : ":"}03`;
const ntsc = (thousands: number) => `${thousands * 1000}/1001`;

const recipes: Recipe[] = [
  ...rates.map(({ id, num, den, dropped }, i) => {
    const encoding = i % 2 === 0 ? intra : bidirectional;
    return { fileName: `evening ${id}.mov`, rate: `${num}/${den}`, start: evening(dropped), encoding };
  }),
  ...rates
    .filter(({ dropped }) => dropped === 0)
    .map(({ id, num, den }) => ({ fileName: `no timecode ${id}.mp4`, rate: `${num}/${den}`, encoding: bidirectional })),
  // Drop-frame leaves labels out in the middle of these.
  { fileName: "minute 29.97df.mov", rate: ntsc(30), start: "01:00:56;00", encoding: intra },
  { fileName: "minute 59.94df.mov", rate: ntsc(60), start: "01:00:56;00", encoding: intra },
  { fileName: "midnight 25.mov", rate: "25", start: "23:59:56:00", encoding: intra },
  { fileName: "midnight 29.97df.mov", rate: ntsc(30), start: "23:59:56;00", encoding: intra },
  { fileName: "slow 15.mp4", rate: "15", encoding: intra },
];

// --- what is asked for --------------------------------------------------------------------------------------------

/** Frame edges as rounded decimals, times between edges, one instant, and the file's end. */
function takesOf({ rate, pictures }: Media): Hit["occurrences"] {
  const edge = (frame: number) => decimalOf(frame, rate);
  const end = pictures.length;
  return [
    { from: edge(0), to: edge(5), points: [edge(0), edge(3)] },
    { from: edge(7), to: edge(18), points: [edge(7), edge(12), edge(17)] },
    { from: "1.3345", to: "1.99", points: ["1.3345", "1.5", "1.777777"] },
    { from: "2.5", to: "2.5", points: ["2.5"] },
    { from: "3.0333", to: "5.0999", points: ["3.1", "3.70001", "4.4", "5.05"] },
    { from: edge(end - 31), to: edge(end), points: [edge(end - 31), edge(end - 20)] },
  ];
}

/** Media frames, from the file's first. */
interface PlannedCut {
  readonly media: Media;
  readonly first: number;
  readonly last: number;
  readonly points: readonly number[];
}

function plannedCuts(media: Media): PlannedCut[] {
  const frameAt = (time: string, side: "before" | "after") => edgeAt(exact(time), media.rate, side);
  return takesOf(media).map(({ from, to, points }) => {
    const first = frameAt(from, "before");
    return {
      media,
      first,
      last: Math.max(first, frameAt(to, "after") - 1),
      points: points.map((time) => frameAt(time, "before")),
    };
  });
}

// --- the proof ----------------------------------------------------------------------------------------------------

describe.skipIf(ffmpeg === undefined || python === undefined)(titled("pictures that timelines show", "ffmpeg", "python"), () => {
  const folder = join(tmpdir(), `facecut-pictures-${randomUUID()}`);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const mediaDir = join(folder, "media");
  const cuts: PlannedCut[] = [];
  const readings = new Map<string, ReadTimeline>();
  const fileOf = (id: string, format: Format) => join(folder, id, `cut.${format}`);
  const read = (id: string, format: Format) => readings.get(fileOf(id, format)) as ReadTimeline;

  beforeAll(async () => {
    mkdirSync(mediaDir, { recursive: true });
    const media = await inTurns(recipes, (recipe, i) => makeAndLook(join(mediaDir, recipe.fileName), recipe, (i + 1) * 65536));
    cuts.push(...media.flatMap(plannedCuts));
    const hits = join(folder, "hits");
    writeHits(
      hits,
      media.map((one) => ({ fileName: one.fileName, occurrences: takesOf(one) })),
    );
    for (const { id, dropped } of rates) {
      const timeline = ["--rate", id, "--start-timecode", evening(dropped), "--markers", "all"];
      const where = ["--media-dir", mediaDir, "--no-cache", "-o", join(folder, id), "--name", "cut"];
      const { status, err } = await facecut("export", hits, ...where, ...timeline);
      if (status !== 0) throw new Error(`${id}: export ended with ${status}: ${err}`);
    }
    const files = rates.flatMap((rate) => formats.map((format) => ({ rate, format, path: fileOf(rate.id, format) })));
    const asked = files.map(({ rate, format, path }) => (format === "edl" ? `${path}=${rate.num}/${rate.den}` : path));
    for (const [i, reading] of readTimelines(python as string, asked).entries()) {
      readings.set(files[i]?.path as string, theOnly(reading));
    }
  }, 300_000);

  describe.each(rates)("a timeline of $id", ({ id, num, den }) => {
    const rate = exact(`${num}/${den}`);

    test("has all cuts", () => {
      expect(pictureClips(read(id, "otio")).length).toBe(cuts.length);
    });

    test.each(formats)("%s shows the planned pictures at in, out and markers", (format) => {
      const timeline = read(id, format);
      // Where the cuts lie is told by the OpenTimelineIO file; the others must show the same there.
      const places = inOrder(cuts, pictureClips(read(id, "otio")));
      const wrong = cuts.flatMap(({ media, first, last, points }, n) => {
        const { recordStart, recordEnd } = places[n] as ReadClip;
        const slack = slackOf(rate, media.rate);
        const check = (what: string, frame: number, planned: number, [early, late]: Slack) => {
          const shown = frameShown(timeline, format, frame, media);
          const isRight = planned + early <= shown && shown <= planned + late;
          return isRight ? [] : [`${what} of ${media.fileName} ${first}-${last} shows ${shown}, planned ${planned}`];
        };
        const marked = timeline.markers.map(({ frame }) => frame).filter((frame) => recordStart <= frame && frame < recordEnd);
        return [
          ...check("in", recordStart, first, format === "fcpxml" ? exactly : slack.in),
          ...check("out", recordEnd - 1, last, last === media.pictures.length - 1 ? slack.end : slack.inside),
          ...(marked.length === points.length ? [] : [`${marked.length} markers in ${media.fileName}, planned ${points.length}`]),
          ...marked.flatMap((frame, i) => check("marker", frame, points[i] as number, slack.inside)),
        ];
      });
      expect(wrong).toEqual([]);
    });

    test("fcpxml's markers name the planned media frames themselves", () => {
      const root = readXml(readFileSync(fileOf(id, "fcpxml"), "utf8"));
      const clips = all(root, "spine").flatMap((spine) => at(spine, "asset-clip"));
      const found = inOrder(
        cuts,
        clips.map((clip) => ({ name: clip.attributes.name, markers: at(clip, "marker") })),
      );
      const frames = found.map(({ markers }, n) => markers.map((marker) => markedFrame(marker, cuts[n]?.media as Media)));
      expect(frames).toEqual(cuts.map(({ points }) => points));
    });
  });
});

/** The clip of each cut; those of one file are in the cuts' order. */
function inOrder<T extends { readonly name: string | undefined }>(cuts: readonly PlannedCut[], clips: readonly T[]): T[] {
  const left = [...clips];
  return cuts.map(({ media }) => {
    const [clip] = left.splice(left.findIndex(({ name }) => name === media.fileName) >>> 0, 1);
    if (clip === undefined) throw new Error(`a clip of ${media.fileName} is missing`);
    return clip;
  });
}

/** The frame of its file that a marker of FCPXML names; a fraction when it names none. */
function markedFrame(marker: XmlElement, { rate, start }: Media): number {
  const { num, den } = framesIn(exact(marker.attributes.start?.slice(0, -1) ?? ""), rate);
  return Number(num - start * den) / Number(den);
}

function theOnly({ path, timelines, error }: Reading): ReadTimeline {
  const [only, ...others] = timelines ?? [];
  if (only === undefined || others.length > 0) throw new Error(`${path}: ${error ?? "not one timeline"}`);
  return only;
}

/** Three at a time. */
async function inTurns<T, R>(items: readonly T[], work: (item: T, i: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = items.entries();
  const worker = async () => {
    for (const [i, item] of left) results[i] = await work(item, i);
  };
  await Promise.all([worker(), worker(), worker()]);
  return results;
}

async function makeAndLook(path: string, { fileName, rate, start, encoding }: Recipe, firstNumber: number): Promise<Media> {
  const { num, den } = exact(rate);
  const timecode = start === undefined ? [] : ["-timecode", start];
  const frames = Number((seconds * num + den - 1n) / den);
  await makeNumbered(ffmpeg as string, { path, rate, frames, first: firstNumber, encoding: [...encoding, ...timecode] });
  const raw = rawProbe(path);
  const found = exact(raw.streams[0]?.avg_frame_rate as string);
  const label = rawTimecode(raw) ?? "00:00:00:00";
  const pictures = await shownPictures(ffmpeg as string, path);
  return { fileName, rate: found, start: frameOfLabel(label, found), label, pictures, firstNumber };
}
